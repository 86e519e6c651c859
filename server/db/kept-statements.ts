import type SqliteDatabase from 'better-sqlite3';

/** Statements that stay compiled, a few KiB each: all that operations write, and lists of many lengths. */
const MOST_KEPT = 500;

/**
 * The same connection for Drizzle, which prepares every statement that it writes anew: those of the same text are kept, the
 * ones asked for last. Compiling them is a seventh of what an invitation costs otherwise.
 */
export function withKeptStatements(client: SqliteDatabase.Database): SqliteDatabase.Database {
  const kept = new Map<string, KeptStatement>();
  const prepare = (text: string) => {
    const statement = kept.get(text) ?? new KeptStatement(() => client.prepare(text));
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    return statement;
  };
  return new Proxy(client, { get: (of, name) => (name === 'prepare' ? prepare : Reflect.get(of, name)) });
}

/** As much of a statement as Drizzle uses. What answers rows as arrays is another one, for that is a state of it. */
class KeptStatement {
  readonly #prepare: () => SqliteDatabase.Statement;
  #plain: SqliteDatabase.Statement | null = null;
  #arrays: SqliteDatabase.Statement | null = null;

  constructor(prepare: () => SqliteDatabase.Statement) {
    this.#prepare = prepare;
  }

  raw(): SqliteDatabase.Statement {
    this.#arrays ??= this.#prepare().raw();
    return this.#arrays;
  }

  run(...values: unknown[]) {
    return this.#objects().run(...values);
  }

  get(...values: unknown[]) {
    return this.#objects().get(...values);
  }

  all(...values: unknown[]) {
    return this.#objects().all(...values);
  }

  #objects(): SqliteDatabase.Statement {
    this.#plain ??= this.#prepare();
    return this.#plain;
  }
}
