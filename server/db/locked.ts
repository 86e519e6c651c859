import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { databaseEngine } from '../config.ts';

const onPostgres = databaseEngine() === 'postgres';

/**
 * The rows of `table` that the query finds stay as they are until the transaction ends: it waits for whoever is changing one of
 * them, finds it as it is afterwards, and others wait for us. So what is decided by them holds when it is written, and nobody
 * has to look again. For transactions only. SQLite needs none of it: there one writes after the other.
 */
export function locked<Query>(query: Query, table: SQLiteTable): Query {
  if (!onPostgres) return query;
  return (query as { for(strength: 'no key update', how: { of: SQLiteTable }): Query }).for('no key update', {
    of: table,
  });
}
