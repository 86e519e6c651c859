import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { type Database, type DatabaseLog, type Queries, SLOW_WRITE_MS, type WriteTransaction } from './database.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations/postgres', import.meta.url));

/** The channel of LISTEN/NOTIFY. */
const CHANNEL = 'beckon';

/** The advisory lock under which migrations run: "beckon" in ASCII. */
const MIGRATION_LOCK = 0x6265636b6f6e;

/** serialization_failure and deadlock_detected: the transaction left no trace and may be run again. */
const RETRIED = new Set(['40001', '40P01']);
const MOST_TRIES = 5;

/** How long a lost listening connection waits before it is opened again. */
const RECONNECT_MS = 500;

/** Opens a pool to the database that `url` names. */
export async function openPostgres(url: string, log: DatabaseLog): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, application_name: 'beckon' });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.lostConnection(error));
  // One that breaks while a transaction has it, too: between two statements nobody else listens (pg 8.23).
  pool.on('connect', (client) => client.on('error', (error) => log.lostConnection(error)));
  try {
    await migrateOnce(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const read = drizzle({ client: pool, jit: true }) as unknown as Queries;

  // One for each connection, so that its prepared statements are built once.
  const queriesOf = new WeakMap<pg.PoolClient, Queries>();
  function queriesOn(client: pg.PoolClient): Queries {
    let q = queriesOf.get(client);
    if (!q) {
      q = drizzle({ client, jit: true }) as unknown as Queries;
      queriesOf.set(client, q);
    }
    return q;
  }

  async function transact<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const start = performance.now();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work({
        q: queriesOn(client),
        async notify(text) {
          await client.query('select pg_notify($1, $2)', [CHANNEL, text]);
        },
      });
      await client.query('COMMIT');
      const took = performance.now() - start;
      if (took > SLOW_WRITE_MS) log.slowWrite(took);
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  let hear: (text: string) => void = () => {};
  let again: () => void = () => {};
  let closed = false;
  let listener: pg.Client | null = null;

  async function openListener(): Promise<void> {
    const client = new pg.Client({ connectionString: url, application_name: 'beckon listener' });
    client.on('notification', (message) => hear(message.payload ?? ''));
    client.on('error', (error) => log.lostConnection(error));
    client.on('end', () => {
      if (!closed) reopenListener();
    });
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    listener = client;
  }

  function reopenListener(): void {
    setTimeout(() => {
      if (closed) return;
      openListener().then(
        () => again(),
        (error: Error) => {
          log.lostConnection(error);
          reopenListener();
        },
      );
    }, RECONNECT_MS).unref();
  }

  await openListener();

  return {
    read,
    async write(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await transact(work);
        } catch (error) {
          if (tries === MOST_TRIES || !RETRIED.has(sqlState(error))) throw error;
        }
      }
    },
    listen(listen) {
      hear = listen;
    },
    onGap(missed) {
      again = missed;
    },
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      closed = true;
      await listener?.end();
      await pool.end();
    },
  };
}

/** PostgreSQL's code of an error, also where Drizzle wrapped it. */
function sqlState(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause ? sqlState(cause) : '';
}

/** Applies missing migrations under an advisory lock, so that nodes started at once do it once. */
async function migrateOnce(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    client.release();
  }
}
