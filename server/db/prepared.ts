import type { Queries } from './database.ts';

/**
 * A statement that is built once for each connection and then only filled in: `build` writes it with
 * `sql.placeholder`s; calling the result runs it. Building costs more than running (design, Reading fast).
 */
export function prepared<Args extends Record<string, unknown>, Row>(
  name: string,
  build: (q: Queries) => { prepare(name?: string): { execute(args: Args): PromiseLike<Row[]> } },
): (q: Queries, args: Args) => Promise<Row[]> {
  const statements = new WeakMap<Queries, { execute(args: Args): PromiseLike<Row[]> }>();
  return async (q, args) => {
    let statement = statements.get(q);
    if (!statement) {
      statement = build(q).prepare(name);
      statements.set(q, statement);
    }
    return await statement.execute(args);
  };
}
