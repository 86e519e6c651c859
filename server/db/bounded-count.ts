import type { Table } from 'drizzle-orm';
import { count, type SQL, sql } from 'drizzle-orm';
import type { Queries } from './database.ts';

/**
 * Rows that are counted one by one at most, where no counter is kept of them: so many cost as much with a million devices as
 * with a thousand, and nobody reads on further than that (decision 24).
 */
export const MOST_COUNTED = 1_000;

/** How many rows of a table match, `MOST_COUNTED` and one at most: that one says that there are more. */
export function countUpTo(q: Queries, rows: Table, where: SQL | undefined) {
  const matching = sql`(select 1 from ${rows} where ${where ?? sql`true`} limit ${sql.raw(String(MOST_COUNTED + 1))}) as counted`;
  return q.select({ count: count() }).from(matching);
}
