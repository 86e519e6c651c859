import type { Queries } from './database.ts';

/** What Drizzle gives for a statement that is run: a promise, which SQLite's can do without. */
type Result<Row> = PromiseLike<Row[]> & { sync?(): Row[] };
type Statement<Args, Row> = { execute(args: Args): Result<Row> };

/**
 * A statement that is built once for each connection and then only filled in: `build` writes it with
 * `sql.placeholder`s; calling the result runs it. Building costs more than running (design, Reading fast).
 */
export function prepared<Args extends Record<string, unknown>, Row>(
  name: string,
  build: (q: Queries) => { prepare(name?: string): Statement<Args, Row> },
): (q: Queries, args: Args) => Promise<Row[]> {
  const statements = new WeakMap<Queries, Statement<Args, Row>>();
  return async (q, args) => {
    let statement = statements.get(q);
    if (!statement) {
      statement = build(q).prepare(name);
      statements.set(q, statement);
    }
    const result = statement.execute(args);
    // Drizzle's three promises around rows that are there at once cost as much as finding some of them.
    return result.sync ? result.sync() : await result;
  };
}

/** As `prepared`, for a statement that comes in variants: each is built when it is first asked for. */
export function preparedVariants<Variant extends readonly string[], Args extends Record<string, unknown>, Row>(
  name: string,
  build: (q: Queries, ...variant: Variant) => { prepare(name?: string): Statement<Args, Row> },
): (q: Queries, variant: Variant, args: Args) => Promise<Row[]> {
  const statements = new Map<string, (q: Queries, args: Args) => Promise<Row[]>>();
  return (q, variant, args) => {
    const key = [name, ...variant].join('_').toLowerCase();
    let statement = statements.get(key);
    if (!statement) {
      statement = prepared(key, (queries) => build(queries, ...variant));
      statements.set(key, statement);
    }
    return statement(q, args);
  };
}
