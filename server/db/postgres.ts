import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { ROOT } from '../lib/root.ts';
import { Channel, RECONNECT_MS } from './channel.ts';
import { type Database, type DatabaseLog, type Queries, SLOW_WRITE_MS, type WriteTransaction } from './database.ts';
import { refuseNewer } from './newer-database.ts';
import { PipelinedConnection } from './pipelined-connection.ts';

const MIGRATIONS = join(ROOT, 'server/db/migrations/postgres');

/** The advisory lock under which migrations run: "beckon" in ASCII. */
const MIGRATION_LOCK = 0x6265636b6f6e;

/** serialization_failure and deadlock_detected: the transaction left no trace and may be run again. */
const RETRIED = new Set(['40001', '40P01']);
const MOST_TRIES = 5;

/** Connections of a node for transactions and single reads, and for queries that read one state; it has one more to listen by. */
const MOST_CONNECTIONS = 10;
const MOST_SNAPSHOTS = 5;

/** How long a first answer may take. Without a bound, something that takes connections and is silent holds a start up for ever. */
const CONNECT_WITHIN_MS = 5_000;

/** A transaction that only reads. What is read by work that was given up is read anew each time once it is over. */
interface Snapshot {
  readonly connection: PipelinedConnection;
  over: boolean;
}

/** Opens a pool to the database that `url` names. */
export async function openPostgres(url: string, log: DatabaseLog): Promise<Database> {
  await migrateOnce(url);
  const channel = await Channel.open(async () => {
    const client = newClient(url, 'beckon listener');
    client.on('error', (error) => log.lostConnection(error));
    await connect(client);
    return client;
  }, log);
  const pool = newPool(url, MOST_CONNECTIONS, log);
  // Of their own: who reads a snapshot and has to write, such as when a token was last used, waits for no other reader.
  const snapshots = newPool(url, MOST_SNAPSHOTS, log);
  const snapshotRead = new AsyncLocalStorage<Snapshot>();

  // One for each connection, so that its prepared statements are built once.
  const opened = new WeakMap<pg.PoolClient, { connection: PipelinedConnection; q: Queries }>();
  function onClient(client: pg.PoolClient) {
    let found = opened.get(client);
    if (!found) {
      const connection = new PipelinedConnection(client);
      const q = onConnection((asked, values) => connection.query(asked, values));
      found = { connection, q };
      opened.set(client, found);
    }
    return found;
  }

  const read = onConnection(async (asked, values) => {
    const reading = snapshotRead.getStore();
    if (reading && !reading.over) return reading.connection.read(asked, values);
    const client = await pool.connect();
    try {
      return await onClient(client).connection.read(asked, values);
    } finally {
      // One that was lost is no longer taken back.
      client.release();
    }
  });

  async function snapshot<T>(work: () => Promise<T>): Promise<T> {
    const client = await snapshots.connect();
    const reading: Snapshot = { connection: onClient(client).connection, over: false };
    reading.connection.begin('SNAPSHOT');
    try {
      return await snapshotRead.run(reading, work);
    } finally {
      reading.over = true;
      // Nobody has to wait for that.
      void reading.connection.rollback().then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      );
    }
  }

  async function transact<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const { connection, q } = onClient(client);
    const start = performance.now();
    let broken: Error | undefined;
    const announced: string[] = [];
    let committing = false;
    let result: T;
    try {
      connection.begin();
      result = await work({
        q,
        async notify(text) {
          announced.push(text);
        },
      });
      committing = true;
      await connection.commit();
    } catch (error) {
      // Where the connection broke, PostgreSQL may be committing still, and nobody would be told.
      if (committing) setTimeout(() => channel.announce(announced), RECONNECT_MS).unref();
      await connection.rollback().catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
    const took = performance.now() - start;
    log.committed(1, took);
    if (took > SLOW_WRITE_MS) log.slowWrite(took);
    channel.announce(announced);
    return result;
  }

  return {
    read,
    snapshot,
    async write(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await transact(work);
        } catch (error) {
          if (tries === MOST_TRIES || !RETRIED.has(sqlState(error))) throw error;
        }
      }
    },
    listen(hear) {
      channel.hear = hear;
    },
    onGap(again) {
      channel.again = again;
    },
    queued: () => pool.waitingCount + snapshots.waitingCount,
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      await channel.close();
      await Promise.all([pool.end(), snapshots.end()]);
    },
  };
}

function newPool(url: string, max: number, log: DatabaseLog): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, pipeline: true, application_name: 'beckon' });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.lostConnection(error));
  // One that breaks while a transaction has it, too: between two statements nobody else listens (pg 8.23).
  pool.on('connect', (client) => client.on('error', (error) => log.lostConnection(error)));
  return pool;
}

/** Drizzle, for statements that `query` runs. */
function onConnection(query: PipelinedConnection['query']): Queries {
  return drizzle({ client: { query } as unknown as pg.PoolClient, jit: true }) as unknown as Queries;
}

/** PostgreSQL's code of an error, also where Drizzle wrapped it. */
function sqlState(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause ? sqlState(cause) : '';
}

function newClient(url: string, name: string): pg.Client {
  return new pg.Client({ connectionString: url, application_name: name, connectionTimeoutMillis: CONNECT_WITHIN_MS });
}

/** @throws Error with the code ETIMEDOUT where nobody answers; pg 8.23 gives that no code of its own. */
async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    if ((error as Error).message !== 'timeout expired') throw error;
    throw Object.assign(new Error(`no answer within ${CONNECT_WITHIN_MS / 1000} s`), { code: 'ETIMEDOUT' });
  }
}

/** The migrations that were applied, the oldest first; none where the database is empty. */
async function migrationsIn(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as found");
  if (found[0]?.found === null) return [];
  const { rows } = await client.query<{ name: string }>('select name from drizzle.__drizzle_migrations order by id');
  return rows.map(({ name }) => name);
}

/**
 * Applies missing migrations under an advisory lock, so that nodes started at once do it once. The lock goes with the
 * connection.
 */
async function migrateOnce(url: string): Promise<void> {
  const client = newClient(url, 'beckon migrations');
  // What breaks is told by the statement that runs; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await connect(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    refuseNewer(await migrationsIn(client), MIGRATIONS);
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end().catch(() => {});
  }
}
