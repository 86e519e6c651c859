import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';

/** The rows to read from one source: the newest ones that are older than (at, id), `limit` of them at most. */
export interface Before extends Record<string, unknown> {
  readonly at: number;
  readonly id: string;
  readonly limit: number;
}

/** One of the queries that a list is put together from; no row comes from two of them. */
export interface Source<Row> {
  readonly rows: (before: Before) => Promise<readonly Row[]>;
  /** As `countUpTo` counts. */
  readonly count: () => Promise<number>;
}

/** Later than every instant that the clock tells. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

/** The condition that goes with `Before` in a prepared statement, which is to be ordered by both, descending. */
export function olderThan(instant: SQLWrapper, id: SQLWrapper): SQL {
  return sql`(${instant}, ${id}) < (${sql.placeholder('at')}, ${sql.placeholder('id')})`;
}

/**
 * A page of what several sources have, newest first. Each source reads its own index from the key on, so that a list
 * over several columns or tables costs no more than they have places. What happened in the same millisecond comes in
 * the order of the sources; their ids are compared by the database alone, because its collation is its own.
 * @throws Denial BAD_USER_INPUT for a page size or cursor that cannot be used.
 */
export async function newestFirst<Row extends object>(
  list: string,
  args: PageArgs,
  sources: readonly Source<Row>[],
  keyOf: (row: Row) => { at: number; id: string },
): Promise<Page<Row>> {
  const limit = pageSize(args) + 1;
  const [at, number, id] = keyAfter(list, args, [0, 0, ''] as const) ?? [END_OF_TIME, 0, ''];
  const sourceOf = new Map<Row, number>();
  const batches = await Promise.all(
    sources.map((source, i) => {
      // Of the cursor's own millisecond: what earlier sources had is over, what later ones have is yet to come.
      const from = i === number ? { at, id } : { at: i < number || at === END_OF_TIME ? at : at + 1, id: '' };
      return source.rows({ ...from, limit });
    }),
  );
  for (const [i, batch] of batches.entries()) for (const row of batch) sourceOf.set(row, i);
  const rows = batches
    .flat()
    .sort((a, b) => keyOf(b).at - keyOf(a).at)
    .slice(0, limit);
  return pageOf(
    list,
    args,
    rows,
    (row) => [keyOf(row).at, sourceOf.get(row) ?? 0, keyOf(row).id],
    async () => totalOf((await Promise.all(sources.map((source) => source.count()))).reduce((sum, n) => sum + n, 0)),
  );
}
