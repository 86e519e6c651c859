import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Config } from '../config.ts';
import { ROOT } from '../lib/root.ts';
import { nextTurn } from '../lib/turns.ts';
import { Checkpoints } from './checkpoints.ts';
import { type Database, type DatabaseLog, type Queries, SLOW_WRITE_MS, type WriteTransaction } from './database.ts';
import { withKeptStatements } from './kept-statements.ts';
import { refuseNewer } from './newer-database.ts';
import { remember } from './prepared.ts';
import { RememberedRows } from './remembered-rows.ts';

/** A folder for each migration. */
export const SQLITE_MIGRATIONS = join(ROOT, 'server/db/migrations/sqlite');

/** How long a statement waits for another process's lock (better-sqlite3's own default). */
export const BUSY_TIMEOUT_MS = 5_000;

/** How long a process waits for another one that is migrating. */
const MIGRATION_TIMEOUT_MS = 60_000;

/** How long a server waits for one that is being stopped to let go of the file. */
const CLAIM_TIMEOUT_MS = 2_000;

/** The name of the database file in DATA_DIR. */
export const SQLITE_FILE = 'beckon.sqlite';

/**
 * Transactions that one COMMIT makes durable together, and how long they may take until it comes, in ms. With
 * synchronous = FULL the commit is what a write costs: it waits for the disk (docs/decisions/0025).
 */
const MOST_GROUPED = 64;
const GROUPED_FOR_MS = 20;

/** Opens `beckon.sqlite` in DATA_DIR (or the file that sqlite:… names), creating folder and file where missing. */
export async function openSqlite(
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR' | 'SQLITE_SYNCHRONOUS'>,
  log: DatabaseLog,
): Promise<Database> {
  const file = sqliteFile(config);
  if (!config.DATABASE_URL) makeFolder(config.DATA_DIR);
  const writer = connect(file, config.SQLITE_SYNCHRONOUS);
  // The log of events holds people's names and addresses: nobody else on the machine is to read it.
  chmodSync(file, 0o600);
  migrateOnce(writer, file);
  const checkpoints = new Checkpoints(file, writer, (error) => log.checkpointFailed(error));
  const reader = connect(file, config.SQLITE_SYNCHRONOUS);
  reader.pragma('query_only = ON');

  const read = withStablePlans(drizzle({ client: reader, jit: true }));
  // As the writer's connection sees it, which its own commits do not change.
  const version = writer.prepare('pragma data_version').pluck();
  const memory = new RememberedRows(dependentTables(reader), triggeredTables(reader), () => version.get() as number);
  remember(read, memory);
  /** The statements of the present transaction. */
  const executed = new Set<string>();
  const q = withStablePlans(
    drizzle({ client: withKeptStatements(writer), jit: true, logger: { logQuery: (sql) => executed.add(sql) } }),
  );
  const statement = (sql: string) => writer.prepare(sql);
  const [begin, commit, rollback] = [statement('BEGIN IMMEDIATE'), statement('COMMIT'), statement('ROLLBACK')];
  const [save, keep, undo] = [statement('SAVEPOINT one'), statement('RELEASE one'), statement('ROLLBACK TO one')];

  interface Waiting {
    readonly work: (tx: WriteTransaction) => Promise<unknown>;
    readonly resolve: (result: never) => void;
    readonly reject: (error: unknown) => void;
    /** Announced with the commit. */
    heard: string[];
  }
  interface Done {
    readonly one: Waiting;
    readonly result: unknown;
  }
  const waiting: Waiting[] = [];
  let draining: Promise<void> | null = null;
  let hear: (text: string) => void = () => {};

  async function run(one: Waiting): Promise<unknown> {
    one.heard = [];
    const start = performance.now();
    const result = await one.work({
      q,
      async notify(text) {
        one.heard.push(text);
      },
    });
    const took = performance.now() - start;
    if (took > SLOW_WRITE_MS) log.slowWrite(took);
    return result;
  }

  /** Makes it durable and visible. */
  function commitAll(): void {
    commit.run();
    checkpoints.committed();
    for (const sql of executed) if (!/^\s*select/i.test(sql)) memory.written(sql);
    executed.clear();
  }

  /** One transaction by itself. */
  async function runAlone(one: Waiting): Promise<void> {
    const start = performance.now();
    try {
      begin.run();
      const result = await run(one);
      commitAll();
      log.committed(1, performance.now() - start);
      tell([{ one, result }]);
    } catch (error) {
      // A failing COMMIT or a full disk may have rolled back by itself.
      if (writer.inTransaction) rollback.run();
      one.reject(error);
    }
  }

  /**
   * Those that wait, in their order, in one transaction of the database: each between savepoints, so that one that throws
   * leaves the others as they are. Nobody hears of any before the one commit.
   */
  async function runGrouped(): Promise<void> {
    const done: Done[] = [];
    const start = performance.now();
    const until = start + GROUPED_FOR_MS;
    try {
      begin.run();
    } catch (error) {
      // Another process has held the file for longer than anyone waits.
      for (const one of waiting.splice(0)) one.reject(error);
      return;
    }
    try {
      do {
        const one = waiting.shift() as Waiting;
        try {
          save.run();
          const result = await run(one);
          keep.run();
          done.push({ one, result });
        } catch (error) {
          // A full disk has undone all of them, this one among them.
          if (!writer.inTransaction) {
            one.reject(error);
            throw error;
          }
          undo.run();
          keep.run();
          one.reject(error);
        }
      } while (waiting.length > 0 && done.length < MOST_GROUPED && performance.now() < until);
      commitAll();
    } catch {
      if (writer.inTransaction) rollback.run();
      // Each again by itself: it hears what is wrong, or is done after all.
      for (const { one } of done) await runAlone(one);
      return;
    }
    if (done.length > 0) log.committed(done.length, performance.now() - start);
    tell(done);
  }

  /** Those who wait for news go first: who wrote it knows it, and is answered a turn of the event loop later. */
  function tell(done: readonly Done[]): void {
    for (const { one } of done) for (const text of one.heard) hear(text);
    setImmediate(() => {
      for (const { one, result } of done) one.resolve(result as never);
    });
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Requests that have arrived by now are read first, one by one: what they write shares a commit.
      await nextTurn();
      if (waiting.length === 1) await runAlone(waiting.shift() as Waiting);
      else await runGrouped();
    }
    draining = null;
  }

  return {
    read,
    snapshot: (work) => work(),
    write(work) {
      // One after another: there is one writer connection, and SQLite takes one writer at a time anyway.
      return new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject, heard: [] });
        draining ??= drain();
      });
    },
    listen(listener) {
      hear = listener;
    },
    onGap() {
      // In one process no announcement can be missed.
    },
    queued: () => waiting.length,
    async ping() {
      reader.prepare('select 1').get();
    },
    async close() {
      await draining;
      // When the last ones are answered, too.
      await nextTurn();
      await checkpoints.close();
      reader.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

/**
 * Takes the file for the server that is about to serve it, until the process ends, however it ends: the lock is a
 * transaction on a file of its own beside the database. Two servers on one file would each miss what the other does.
 * @throws Error BECKON_IN_USE where another one has it.
 */
export function claimSqlite(config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): { release(): void } {
  const file = sqliteFile(config);
  if (!config.DATABASE_URL) makeFolder(config.DATA_DIR);
  const lock = new SqliteDatabase(`${file}-serving`, { timeout: CLAIM_TIMEOUT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw Object.assign(new Error(`another Beckon serves ${file}`), { code: 'BECKON_IN_USE' });
  }
  const release = (): void => {
    lock.close();
  };
  // Referred to until the end: what nothing refers to is collected, and the lock with it.
  process.once('exit', release);
  return {
    release() {
      process.off('exit', release);
      release();
    },
  };
}

/** The file of the embedded database that the settings name. */
export function sqliteFile({ DATABASE_URL, DATA_DIR }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): string {
  return DATABASE_URL?.replace(/^sqlite:(\/\/)?/, '') ?? join(DATA_DIR, SQLITE_FILE);
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

/** All tables, each with those whose rows a deletion from it deletes or changes, directly or by way of others. */
function dependentTables(client: SqliteDatabase.Database): Map<string, string[]> {
  const tables = client.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[];
  const changing = client
    .prepare<[string]>(
      `select m.name from sqlite_master m, pragma_foreign_key_list(m.name) f
       where m.type = 'table' and f."table" = ? and f.on_delete <> 'NO ACTION'`,
    )
    .pluck();
  return new Map(tables.map((name) => [name, changing.all(name) as string[]]));
}

/** Tables that have triggers, each with those that its triggers name. */
function triggeredTables(client: SqliteDatabase.Database): Map<string, string[]> {
  const triggers = client.prepare(`select tbl_name as "table", sql from sqlite_master where type = 'trigger'`).all();
  const named = new Map<string, string[]>();
  for (const { table, sql } of triggers as { table: string; sql: string }[]) {
    named.set(table, [...(named.get(table) ?? []), ...(sql.match(/\w+/g) ?? [])]);
  }
  return named;
}

function connect(file: string, synchronous: string): SqliteDatabase.Database {
  const client = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  client.pragma('journal_mode = WAL');
  client.pragma(`synchronous = ${synchronous}`);
  client.pragma('foreign_keys = ON');
  // Its own knows A to Z only.
  client.function('lower', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
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

/** The migrations that were applied, the oldest first; none where the file is new, or another program's. */
export function migrationsIn(client: SqliteDatabase.Database): string[] {
  try {
    return client.prepare('select name from __drizzle_migrations order by id').pluck().all() as string[];
  } catch {
    return [];
  }
}

/**
 * Applies missing migrations, one process at a time: the lock is a transaction on a file of its own beside the
 * database (Drizzle's migrator begins one itself on the database), which a process that dies lets go of.
 */
function migrateOnce(client: SqliteDatabase.Database, file: string): void {
  const lock = new SqliteDatabase(`${file}-migrating`, { timeout: MIGRATION_TIMEOUT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    refuseNewer(migrationsIn(client), SQLITE_MIGRATIONS);
    migrate(drizzle({ client }), { migrationsFolder: SQLITE_MIGRATIONS });
  } finally {
    lock.close();
  }
}
