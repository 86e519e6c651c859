import pg from 'pg';

/** A statement as it is written. */
export interface Plan {
  readonly text: string;
  /** PostgreSQL parses and plans a statement that has one once for each connection, which costs more than most of ours take to run. */
  readonly name: string;
  readonly answered: boolean;
}

/** What is known of a statement on a connection. */
export interface Prepared {
  columns: readonly Column[];
  /** Whether it was run there, so that it is certainly there. */
  sure: boolean;
}

interface Column {
  readonly name: string;
  /** Makes a value of its text. */
  readonly parse: (text: string) => unknown;
}

/** A statement with its values, on its way and back. */
export class Statement {
  readonly plan: Plan;
  readonly values: (string | Buffer | null)[];
  readonly rows: unknown[] = [];
  readonly asArrays: boolean;
  /** Is told once how it went. */
  readonly done: (failure: Error | null, rows: unknown[]) => void;

  constructor(plan: Plan, values: readonly unknown[], asArrays: boolean, done: Statement['done']) {
    this.plan = plan;
    this.values = values.map(parameterOf);
    this.asArrays = asArrays;
    this.done = done;
  }
}

/** pg's own statement, which sends one; its types say that `submit` is no method. */
const PgQuery = pg.Query as unknown as new (text: string) => object;

/**
 * Statements that go to PostgreSQL together, are run one after the other and answered together; the one that fails ends the
 * batch. What the columns of a named statement are is asked once for each connection, as telling it costs more than most rows.
 * pg calls these methods as it calls those of pg-cursor, and takes descendants of its own class only (pg 8.23).
 */
export class Batch extends PgQuery {
  readonly statements: readonly Statement[];
  readonly #prepared: Map<string, Prepared>;
  /** What is known of each of the statements. */
  #known: Prepared[] = [];
  /** The one that is answered next. */
  #at = 0;

  /** @param prepared what is known on the connection, by the names of statements. */
  constructor(statements: readonly Statement[], prepared: Map<string, Prepared>) {
    super('');
    this.statements = statements;
    this.#prepared = prepared;
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    stream.cork();
    for (const { plan, values } of this.statements) {
      const known = this.#prepared.get(plan.name);
      this.#known.push(known ?? this.#prepare(connection, plan));
      connection.bind({ statement: plan.name, values }, true);
      if (!known) connection.describe({ type: 'P' }, true);
      connection.execute(null, true);
    }
    connection.sync();
    stream.uncork();
  }

  #prepare(connection: pg.Connection, plan: Plan): Prepared {
    const known: Prepared = { columns: [], sure: false };
    if (plan.name !== '') {
      this.#prepared.set(plan.name, known);
      // It is there already where what came before failed the last time; closing what is not there is no mistake.
      connection.close({ type: 'S', name: plan.name }, true);
    }
    connection.parse({ ...plan, types: [] }, true);
    return known;
  }

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    const known = this.#known[this.#at] as Prepared;
    known.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: pg.types.getTypeParser(dataTypeID, 'text') }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { columns } = this.#known[this.#at] as Prepared;
    const { rows, asArrays } = this.statements[this.#at] as Statement;
    const row = fields.map((text, i) => (text === null ? null : columns[i]?.parse(text)));
    rows.push(asArrays ? row : Object.fromEntries(row.map((value, i) => [columns[i]?.name, value])));
  }

  handleCommandComplete(): void {
    const { done, rows } = this.statements[this.#at] as Statement;
    (this.#known[this.#at] as Prepared).sure = true;
    this.#at += 1;
    done(null, rows);
  }

  /** Also where the connection is lost. */
  handleError(failure: Error): void {
    for (const { plan } of this.statements) if (!this.#prepared.get(plan.name)?.sure) this.#prepared.delete(plan.name);
    const failed = this.statements.slice(this.#at);
    this.#at = this.statements.length;
    for (const { done, rows } of failed) done(failure, rows);
  }

  /** Everything has been answered. */
  handleReadyForQuery(): void {}
}

/** A value as text, as PostgreSQL takes it whatever the type. */
function parameterOf(value: unknown): string | Buffer | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : JSON.stringify(value);
}
