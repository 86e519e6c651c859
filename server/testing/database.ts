import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseEngine } from '../config.ts';

import { openSqlite, SQLITE_FILE } from '../db/sqlite.ts';
import { closeAfterTest } from './resources.ts';

interface DatabaseEnv extends Readonly<Record<string, string>> {
  readonly DATABASE_URL: string;
  readonly DATA_DIR: string;
}

/** The part of the environment that names a database with nothing in it, not even tables. */
export async function emptyDatabase(): Promise<DatabaseEnv> {
  const DATA_DIR = temporaryFolder();
  return { DATABASE_URL: databaseEngine() === 'postgres' ? await createPostgres('template1') : '', DATA_DIR };
}

/** The part of the environment that names a fresh, migrated database of this test's own. */
export async function freshDatabase(): Promise<DatabaseEnv> {
  const folder = temporaryFolder();
  if (databaseEngine() === 'postgres') {
    const template = new URL(inject('postgres')).pathname.slice(1);
    return { DATABASE_URL: await createPostgres(template), DATA_DIR: folder };
  }
  copyFileSync(await sqliteTemplate(), join(folder, SQLITE_FILE));
  return { DATABASE_URL: '', DATA_DIR: folder };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-test-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let template: Promise<string> | null = null;

/** A migrated file to copy, made once for each worker: migrating takes a hundred times as long as copying. */
function sqliteTemplate(): Promise<string> {
  template ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'beckon-template-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const database = await openSqlite(
      { DATABASE_URL: null, DATA_DIR: folder, SQLITE_SYNCHRONOUS: 'OFF' },
      { slowWrite() {}, lostConnection() {} },
    );
    await database.close();
    const file = join(folder, 'template.sqlite');
    renameSync(join(folder, SQLITE_FILE), file);
    return file;
  })();
  return template;
}

async function createPostgres(from: string): Promise<string> {
  const source = new URL(inject('postgres'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(source, async (client) => {
    await client.query(`create database ${name} template ${from}`);
  });
  closeAfterTest(() =>
    administer(source, async (client) => {
      await client.query(`drop database ${name} with (force)`);
    }),
  );
  const copy = new URL(source);
  copy.pathname = `/${name}`;
  return copy.href;
}

async function administer(source: URL, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(source);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
