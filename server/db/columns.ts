import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { databaseEngine } from '../config.ts';

/**
 * The column builders of the engine in use, under the types of SQLite's: tables and queries are written once. The
 * engine is settled by DATABASE_URL when this file is first imported, because Drizzle's tables are values.
 */
const onPostgres = databaseEngine() === 'postgres';

type Sqlite = typeof sqlite;

export const table = (onPostgres ? pg.pgTable : sqlite.sqliteTable) as Sqlite['sqliteTable'];
export const text = (onPostgres ? pg.text : sqlite.text) as Sqlite['text'];
export const index = (onPostgres ? pg.index : sqlite.index) as Sqlite['index'];
export const uniqueIndex = (onPostgres ? pg.uniqueIndex : sqlite.uniqueIndex) as Sqlite['uniqueIndex'];
export const alias = (onPostgres ? pg.alias : sqlite.alias) as Sqlite['alias'];
export const primaryKey = (onPostgres ? pg.primaryKey : sqlite.primaryKey) as Sqlite['primaryKey'];

const sqliteInteger = (name: string) => sqlite.integer(name);
const sqliteFlag = (name: string) => sqlite.integer(name, { mode: 'boolean' });
const sqliteJson = (name: string) => sqlite.text(name, { mode: 'json' });

/** A whole number within 2^53. */
export const integer = (onPostgres
  ? (name: string) => pg.bigint(name, { mode: 'number' })
  : sqliteInteger) as unknown as typeof sqliteInteger;

/** Milliseconds since 1970, as the clock of `lib/clock.ts` tells them. */
export const instant = integer;

/** A yes or no. */
export const flag = (onPostgres ? (name: string) => pg.boolean(name) : sqliteFlag) as unknown as typeof sqliteFlag;

/** A JSON value; give its type with `.$type<T>()`. */
export const json = (onPostgres ? (name: string) => pg.jsonb(name) : sqliteJson) as unknown as typeof sqliteJson;
