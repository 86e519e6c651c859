/** How often rows of a table were changed since the start. */
interface Changes {
  count: number;
}

/** Rows that one generation remembers, of all statements, and two are kept: 20 MB where rows take half a kilobyte. */
const MOST_ROWS = 20_000;

/** How often another process is noticed that has written, in ms: asking costs as much as a statement that finds nothing. */
const LOOK_AROUND_MS = 1;

/**
 * Rows that statements found, for as long as nothing was written to the tables that they came from: most of what a
 * request reads (who asks, roles, the page that a dashboard shows) was read a moment ago (bench/README.md has what that
 * saves; decision 22).
 */
export class RememberedRows {
  readonly #tables: ReadonlyMap<string, Changes>;
  readonly #dependents: ReadonlyMap<string, readonly string[]>;
  readonly #triggered: ReadonlyMap<string, readonly string[]>;
  readonly #statements: StatementMemory[] = [];
  /** Rows that this generation has room for. */
  #room = MOST_ROWS;
  readonly #versionByOthers: () => number;
  #seenVersion: number;
  #lookedAt = 0;

  /**
   * @param dependents the names of all tables, each with those whose rows a deletion from it changes (ON DELETE).
   * @param triggered tables with those that triggers write when anything is written to them.
   * @param versionByOthers changes with whatever other processes commit.
   */
  constructor(
    dependents: ReadonlyMap<string, readonly string[]>,
    triggered: ReadonlyMap<string, readonly string[]>,
    versionByOthers: () => number,
  ) {
    this.#tables = new Map([...dependents.keys()].map((name) => [name, { count: 0 }]));
    this.#dependents = dependents;
    this.#triggered = triggered;
    this.#versionByOthers = versionByOthers;
    this.#seenVersion = versionByOthers();
  }

  /** The memory of one statement. */
  of(sql: string): StatementMemory {
    const memory = new StatementMemory(this, this.#changesOf(this.#names(sql)));
    this.#statements.push(memory);
    return memory;
  }

  /** Forgets everything where another process has written. */
  lookAround(): void {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_AROUND_MS) return;
    this.#lookedAt = now;
    const version = this.#versionByOthers();
    if (version !== this.#seenVersion) for (const memory of this.#statements) memory.forget();
    this.#seenVersion = version;
  }

  /** Has to be told each statement that wrote something, when others can see it. */
  written(sql: string): void {
    const [, verb = '', table = ''] = /^\s*(insert into|update|delete from) "?(\w+)/i.exec(sql) ?? [];
    const alone = this.#tables.has(table) && !/^delete/i.test(verb);
    const names = alone ? new Set([table]) : this.#names(sql, true);
    for (const name of names) for (const other of this.#triggered.get(name) ?? []) names.add(other);
    for (const changes of this.#changesOf(names)) changes.count++;
  }

  /** Makes room for so many rows: those that nobody has asked for lately have to go. */
  makeRoom(rows: number): void {
    this.#room -= rows;
    if (this.#room > 0) return;
    this.#room = MOST_ROWS;
    for (const memory of this.#statements) memory.age();
  }

  /** The tables that a statement names; a column that is called like a table costs some of the memory only. */
  #names(sql: string, withDependents = false): Set<string> {
    const names = new Set(sql.match(/\w+/g));
    if (withDependents)
      for (const name of names) for (const other of this.#dependents.get(name) ?? []) names.add(other);
    return names;
  }

  #changesOf(names: ReadonlySet<string>): Changes[] {
    return [...names].flatMap((name) => this.#tables.get(name) ?? []);
  }
}

/** What one statement found in the present state of its tables, by its arguments. */
export class StatementMemory {
  readonly #all: RememberedRows;
  readonly #tables: readonly Changes[];
  #state = 0;
  #young = new Map<string, readonly unknown[]>();
  #old = new Map<string, readonly unknown[]>();

  constructor(all: RememberedRows, tables: readonly Changes[]) {
    this.#all = all;
    this.#tables = tables;
  }

  /** The rows for these arguments: remembered, or as `find` finds them. They are frozen, for many will read them. */
  rows<Row>(args: Record<string, unknown>, find: () => Row[]): readonly Row[] {
    // What goes by the time is asked for each time anew.
    if (args['now'] !== undefined) return find();
    this.#all.lookAround();
    const state = this.#tables.reduce((sum, { count }) => sum + count, 0);
    if (state !== this.#state) this.forget();
    this.#state = state;
    const key = JSON.stringify(args);
    const young = this.#young.get(key);
    if (young) return young as readonly Row[];
    const rows = (this.#old.get(key) as readonly Row[] | undefined) ?? freeze(find());
    this.#young.set(key, rows);
    this.#all.makeRoom(rows.length + 1);
    return rows;
  }

  /** Lets go of what nobody has asked for since the last time. */
  age(): void {
    this.#old = this.#young;
    this.#young = new Map();
  }

  forget(): void {
    this.age();
    this.age();
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
