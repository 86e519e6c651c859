import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Config } from '../config.ts';
import { type Database, type DatabaseLog, type Queries, SLOW_WRITE_MS, type WriteTransaction } from './database.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations/sqlite', import.meta.url));

/** How long a statement waits for another process's lock (better-sqlite3's own default). */
const BUSY_TIMEOUT_MS = 5_000;

/** How long a process waits for another one that is migrating. */
const MIGRATION_TIMEOUT_MS = 60_000;

/** The name of the database file in DATA_DIR. */
export const SQLITE_FILE = 'beckon.sqlite';

/** Opens `beckon.sqlite` in DATA_DIR (or the file that sqlite:… names), creating folder and file where missing. */
export async function openSqlite(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR' | 'SQLITE_SYNCHRONOUS'>,
  log: DatabaseLog,
): Promise<Database> {
  const file = config.DATABASE_URL?.replace(/^sqlite:(\/\/)?/, '') ?? join(config.DATA_DIR, SQLITE_FILE);
  if (!config.DATABASE_URL) makeFolder(config.DATA_DIR);
  const writer = connect(file, config.SQLITE_SYNCHRONOUS);
  // The log of events holds people's names and addresses: nobody else on the machine is to read it.
  chmodSync(file, 0o600);
  migrateOnce(writer, file);
  const reader = connect(file, config.SQLITE_SYNCHRONOUS);
  reader.pragma('query_only = ON');

  const read = withStablePlans(drizzle({ client: reader, jit: true }));
  const q = withStablePlans(drizzle({ client: writer, jit: true }));
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  const rollback = writer.prepare('ROLLBACK');

  let last: Promise<unknown> = Promise.resolve();
  let hear: (text: string) => void = () => {};

  async function transact<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const heard: string[] = [];
    const start = performance.now();
    begin.run();
    let result: T;
    try {
      result = await work({
        q,
        async notify(text) {
          heard.push(text);
        },
      });
      commit.run();
    } catch (error) {
      // A failing COMMIT or a full disk may have rolled back by itself.
      if (writer.inTransaction) rollback.run();
      throw error;
    }
    const took = performance.now() - start;
    if (took > SLOW_WRITE_MS) log.slowWrite(took);
    for (const text of heard) hear(text);
    return result;
  }

  return {
    read,
    write(work) {
      // One after another: there is one writer connection, and SQLite takes one writer at a time anyway.
      const turn = last.then(
        () => transact(work),
        () => transact(work),
      );
      last = turn.catch(() => {});
      return turn;
    },
    listen(listener) {
      hear = listener;
    },
    onGap() {
      // In one process no announcement can be missed.
    },
    async ping() {
      reader.prepare('select 1').get();
    },
    async close() {
      await last;
      reader.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

/**
 * Makes a folder and those above it that are missing. Not by node's `recursive`, which never ends where the system says
 * that a parent that exists does not (under /proc; Node 24.21, to be tried again with each update).
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process that starts at the same time may have been first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function connect(file: string, synchronous: string): SqliteDatabase.Database {
  const client = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  client.pragma('journal_mode = WAL');
  client.pragma(`synchronous = ${synchronous}`);
  client.pragma('foreign_keys = ON');
  return client;
}

/**
 * Has Drizzle write parameters as `+?`. better-sqlite3's SQLite is built with STAT4: where the planner saw a parameter,
 * each new value has the statement compiled again, prepared or not, which costs more than most of ours take to run
 * (bench/README.md). It does not look behind a unary plus, which means nothing else.
 */
function withStablePlans(database: object): Queries {
  (database as { dialect: { escapeParam(): string } }).dialect.escapeParam = () => '+?';
  return database as Queries;
}

/**
 * Applies missing migrations, one process at a time: the lock is a transaction on a file of its own beside the
 * database (Drizzle's migrator begins one itself on the database), which a process that dies lets go of.
 */
function migrateOnce(client: SqliteDatabase.Database, file: string): void {
  const lock = new SqliteDatabase(`${file}-migrating`, { timeout: MIGRATION_TIMEOUT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
  } finally {
    lock.close();
  }
}
