import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { SQLITE_FILE } from './db/sqlite.ts';
import { BUILT_SERVER } from './testing/built-server.ts';
import { emptyDatabase } from './testing/database.ts';
import { closeAfterTest } from './testing/resources.ts';

/** A start that cannot succeed: it ends, with 1, and says why in one sentence. */

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm start`'s program to its end; one that does not end fails by the time that a test may take. */
function start(env: Readonly<Record<string, string>>, ...words: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [BUILT_SERVER, ...words], {
    env: { PATH: process.env['PATH'], DATABASE_URL: '', PORT: '0', LOG_LEVEL: 'error', ...env },
  });
  closeAfterTest(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-start-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port of this machine on which something takes connections and says nothing. */
async function silentPort(): Promise<number> {
  const server = createServer();
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port of this machine on which nothing listens, under any of its addresses. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('a data directory that cannot be made is an error, not an endless start', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const DATA_DIR = join(file, 'data');
  for (const words of [[], ['operator-token']]) {
    const { code, out, err } = await start({ DATA_DIR }, ...words);
    expect(err).toMatch(/^Beckon could not start on .*\/file\/data: ENOTDIR.*\n$/);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  }
});

it.each(['127.0.0.1', 'localhost'])(
  'a PostgreSQL that nothing answers for, at %s, is told in one sentence',
  async (host) => {
    const port = await closedPort();
    const DATABASE_URL = `postgres://beckon:verysecret@${host}:${port}/beckon`;
    for (const words of [[], ['operator-token']]) {
      const { code, out, err } = await start({ DATABASE_URL, DATA_DIR: temporaryFolder() }, ...words);
      expect(err).toMatch(
        new RegExp(`^PostgreSQL does not answer: connect ECONNREFUSED .*:${port}\\. Check DATABASE_URL\\.\\n$`),
      );
      expect(err).not.toContain('verysecret');
      expect({ code, out }).toEqual({ code: 1, out: '' });
    }
  },
);

it('a PostgreSQL that takes the connection and never answers is given up on', async () => {
  const DATABASE_URL = `postgres://beckon@127.0.0.1:${await silentPort()}/beckon`;
  const { code, out, err } = await start({ DATABASE_URL, DATA_DIR: temporaryFolder() });
  expect(err).toBe('PostgreSQL does not answer: no answer within 5 s. Check DATABASE_URL.\n');
  expect({ code, out }).toEqual({ code: 1, out: '' });
});

it('ASVS 7.3 a sign-in may be set to last 12 h unused and 30 days at most: a second more is no start, and says so', async () => {
  const DATA_DIR = temporaryFolder();
  const { code, out, err } = await start({ DATA_DIR, SESSION_IDLE_S: '43201', SESSION_ABSOLUTE_S: '2592001' });
  expect(err).toBe(
    [
      'Beckon cannot start with these settings:',
      '  · SESSION_IDLE_S must be a whole number from 60 to 43200. A sign-in ends after this many seconds without use; at most 12 h (NIST 800-63B, AAL2).',
      '  · SESSION_ABSOLUTE_S must be a whole number from 60 to 2592000. A sign-in ends after this many seconds whatever happens; at most 30 days (NIST 800-63B, AAL1).',
      '',
    ].join('\n'),
  );
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(readConfig({ SESSION_IDLE_S: '43200', SESSION_ABSOLUTE_S: '2592000' })).toMatchObject({
    SESSION_IDLE_S: 43_200,
    SESSION_ABSOLUTE_S: 2_592_000,
  });
});

it('an older version does not start on a newer database, and leaves it as it is', async () => {
  const database = await emptyDatabase();
  expect(await start(database, 'operator-token')).toMatchObject({ code: 0 });
  const table = database.DATABASE_URL ? 'drizzle.__drizzle_migrations' : '__drizzle_migrations';
  const statement = `insert into ${table} (hash, created_at, name) values ('x', 1, '29991231235959_later')`;
  if (database.DATABASE_URL) {
    const client = new pg.Client({ connectionString: database.DATABASE_URL });
    await client.connect();
    await client.query(statement);
    await client.end();
  } else {
    const client = new SqliteDatabase(join(database.DATA_DIR, SQLITE_FILE));
    client.exec(statement);
    client.close();
  }
  for (const words of [[], ['operator-token']]) {
    expect(await start(database, ...words)).toEqual({
      code: 1,
      out: '',
      err: 'Not started: the database is of a newer version, this version of Beckon does not know 29991231235959_later. Start that version, or restore a backup: docs/operations.md.\n',
    });
  }
});
