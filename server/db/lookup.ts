import DataLoader from 'dataloader';
import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { databaseEngine } from '../config.ts';
import { anyOf, idList } from './any-of.ts';
import type { Queries } from './database.ts';
import { type Preparable, prepared } from './prepared.ts';

const onPostgres = databaseEngine() === 'postgres';

/** Keys of one statement. */
const MOST_KEYS = 500;

/**
 * The row with a key, for what every request asks; undefined where there is none. On PostgreSQL a statement costs less than waiting for
 * its answer, so that all that is asked for on one turn of the loop is one (decision 25). `build` writes the statement for the
 * rows whose `column` it is given a condition for, and selects that column as `key`.
 */
export function lookup<Row extends { readonly key: string }>(
  name: string,
  column: SQLWrapper,
  build: (q: Queries, asked: SQL) => Preparable<Record<string, unknown>, Row>,
): (q: Queries, key: string) => Promise<Row | undefined> {
  if (!onPostgres) {
    const find = prepared<{ key: string }, Row>(name, (q) => build(q, eq(column, sql.placeholder('key'))));
    return async (q, key) => (await find(q, { key }))[0];
  }
  const findAll = prepared<{ keys: string }, Row>(name, (q) => build(q, anyOf(column, sql.placeholder('keys'))));
  const loaders = new WeakMap<Queries, DataLoader<string, Row | undefined>>();
  return (q, key) => {
    let loader = loaders.get(q);
    if (!loader) {
      loader = new DataLoader(
        async (keys) => {
          const rows = new Map((await findAll(q, { keys: idList(keys) })).map((row) => [row.key, row]));
          return keys.map((one) => rows.get(one));
        },
        // Nothing is remembered: another node may have written meanwhile.
        { cache: false, maxBatchSize: MOST_KEYS, batchScheduleFn: setImmediate },
      );
      loaders.set(q, loader);
    }
    return loader.load(key);
  };
}
