/**
 * The limit for what is written: rows that Beckon left behind, by prepared inserts into tables of the same columns and
 * indexes in a file of its own, with the same durability; nothing is looked up, checked or updated.
 */
import { readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';

export type Row = Record<string, unknown>;
/** A row, and the table that it goes to. */
export type Insert = readonly [table: string, row: Row];

/** Where an invitation leaves rows, from its creation to the end of its session. */
export const TABLES = ['events', 'invitations', 'streams', 'support_sessions', 'session_permission_changes'] as const;

/** The rows that one left. Those that were there before and were updated are not among them. */
export interface Life {
  readonly invitation: Row;
  readonly session: Row;
  /** The head of the session's own stream. */
  readonly stream: Row;
  /** What the session's permissions were when it started. */
  readonly permissions: Row;
  /** In the order in which they happened. */
  readonly events: readonly Row[];
}

/** One transaction for each mutation: inviteDevice, acceptInvitation, endSession. */
export function transactionsOf({ invitation, session, stream, permissions, events }: Life): Insert[][] {
  const byRequest = Map.groupBy(events, (row) => row['request_id']);
  const [invited = [], accepted = [], ...others] = [...byRequest.values()].map((rows) =>
    rows.map((row): Insert => ['events', row]),
  );
  return [
    [...invited, ['invitations', invitation]],
    [...accepted, ['streams', stream], ['support_sessions', session], ['session_permission_changes', permissions]],
    ...others,
  ];
}

/** What makes a row another one than the same row of the round before. */
const KEYS: ReadonlySet<string> = new Set(['id', 'invitation_id', 'name', 'request_id', 'session_id', 'stream']);

/** The value of a column, another one each round where it is a key. */
export function renewed(column: string, value: unknown, round: string): unknown {
  return typeof value === 'string' && KEYS.has(column) ? `${value}${round}` : value;
}

/** How the tables are made, with their indexes and without their triggers. */
export function tablesOf(source: SqliteDatabase.Database): string[] {
  const names = JSON.stringify(TABLES);
  const made = source.prepare<[string], { sql: string }>(
    `select sql from sqlite_master where tbl_name in (select value from json_each(?)) and type in ('table', 'index') and sql is not null
     order by type desc`,
  );
  return made.all(names).map(({ sql }) => sql);
}

export class BareRows {
  readonly #db: SqliteDatabase.Database;
  readonly #inserts = new Map<string, SqliteDatabase.Statement>();

  constructor(file: string, tables: readonly string[]) {
    this.#db = new SqliteDatabase(file);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('foreign_keys = OFF');
    for (const sql of tables) this.#db.exec(sql);
  }

  /** One transaction, which is on the disk when this returns. */
  write(inserts: readonly Insert[]): void {
    this.#db.exec('begin immediate');
    for (const [name, row] of inserts) this.#insert(name, row);
    this.#db.exec('commit');
  }

  clear(): void {
    for (const name of TABLES) this.#db.exec(`delete from ${name}`);
  }

  close(): void {
    this.#db.close();
  }

  #insert(name: string, row: Row): void {
    let insert = this.#inserts.get(name);
    if (!insert) {
      const columns = Object.keys(row);
      insert = this.#db.prepare(
        `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '+?').join(', ')})`,
      );
      this.#inserts.set(name, insert);
    }
    insert.run(...Object.values(row));
  }
}

/** What a server of the benchmark keeps before it tells anybody: the same as Beckon. */
export interface WritePlan {
  readonly file: string;
  readonly tables: readonly string[];
  readonly inserts: readonly Insert[];
}

/** Has the rows of a plan written, with new keys each time. */
export function plannedWrite(planFile: string): () => void {
  const { file, tables, inserts } = JSON.parse(readFileSync(planFile, 'utf8')) as WritePlan;
  const rows = new BareRows(file, tables);
  let rounds = 0;
  return () => {
    const round = ` ${++rounds}`;
    const values = (row: Row) => Object.entries(row).map(([column, value]) => [column, renewed(column, value, round)]);
    rows.write(inserts.map(([name, row]) => [name, Object.fromEntries(values(row))]));
  };
}
