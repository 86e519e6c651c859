import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseEngine } from '../config.ts';
import { openSqlite, SQLITE_FILE } from '../db/sqlite.ts';
import { SILENT_DATABASE_LOG } from './database-log.ts';
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
    return { DATABASE_URL: await reusedPostgres(), DATA_DIR: folder };
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
      SILENT_DATABASE_LOG,
    );
    await database.close();
    const file = join(folder, 'template.sqlite');
    renameSync(join(folder, SQLITE_FILE), file);
    return file;
  })();
  return template;
}

/** Databases of this worker that earlier tests are through with, emptied. */
const emptied: string[] = [];

/**
 * A migrated database of this test's own: one that an earlier test left, emptied, or a new copy. Emptying takes a
 * tenth of what copying and dropping takes, and by now only this test knows of it.
 */
async function reusedPostgres(): Promise<string> {
  const url = emptied.pop() ?? (await createPostgres(new URL(inject('postgres')).pathname.slice(1), false));
  closeAfterTest(async () => {
    await administer(new URL(url), '', async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
      );
      // Without its triggers a foreign key asks for no order. What still holds a lock is a server that was left open.
      await client.query(`set lock_timeout = '10s'; set session_replication_role = replica;
        ${rows.map(({ name }) => `delete from ${name}`).join(';')}`);
    });
    emptied.push(url);
  });
  return url;
}

async function createPostgres(from: string, dropped = true): Promise<string> {
  const source = new URL(inject('postgres'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(source, '/postgres', async (client) => {
    await client.query(`create database ${name} template ${from}`);
  });
  if (dropped) {
    closeAfterTest(() =>
      administer(source, '/postgres', async (client) => {
        await client.query(`drop database ${name} with (force)`);
      }),
    );
  }
  const copy = new URL(source);
  copy.pathname = `/${name}`;
  return copy.href;
}

/** Works on the database that the address names, or on another one of the same server. */
async function administer(source: URL, other: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(source);
  if (other) url.pathname = other;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
