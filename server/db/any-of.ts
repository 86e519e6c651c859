import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { databaseEngine } from '../config.ts';

const onPostgres = databaseEngine() === 'postgres';

/**
 * `column` is one of the ids: one statement whatever their number, so that it can be prepared. Give a placeholder
 * (filled with `idList`) or the ids themselves.
 */
export function anyOf(column: SQLWrapper, ids: readonly string[] | SQLWrapper): SQL {
  const list = Array.isArray(ids) ? idList(ids) : ids;
  return onPostgres ? sql`${column} = any(${list}::text[])` : sql`${column} in (select value from json_each(${list}))`;
}

/** The ids as the parameter that `anyOf` takes. */
export function idList(ids: readonly string[]): string {
  return onPostgres ? `{${ids.map((id) => `"${id.replace(/["\\]/g, '\\$&')}"`).join(',')}}` : JSON.stringify(ids);
}
