import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { databaseEngine } from '../config.ts';

/** The JSON list in `column` has this text. Give the text itself or a placeholder. */
export function jsonHas(column: SQLWrapper, text: string | SQLWrapper): SQL {
  return databaseEngine() === 'postgres'
    ? sql`${column} @> to_jsonb(${text}::text)`
    : sql`exists (select 1 from json_each(${column}) where value = ${text})`;
}
