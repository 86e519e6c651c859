import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { SQLITE_FILE } from './db/sqlite.ts';
import { verifyChain } from './domain/event-log.ts';
import { openNode } from './testing/app.ts';
import { BUILT_SERVER } from './testing/built-server.ts';
import { FakeClock } from './testing/clock.ts';
import { closeAfterTest } from './testing/resources.ts';

/** What becomes of the embedded database when processes are killed, files are damaged and disks are full. */

const WRITER = fileURLToPath(new URL('./testing/restless-writer.ts', import.meta.url));

/** Deaths in the middle of writes: enough that each stage of a commit was met by some. */
const ROUNDS = 100;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-durability-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
});

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  DATA_DIR: folder,
  PORT: '0',
  LOG_LEVEL: 'error',
  REGISTRATIONS_PER_MINUTE: '1000000',
  // Most of a start is compiling, which a hundred starts need not all do.
  NODE_COMPILE_CACHE: join(tmpdir(), 'beckon-compile-cache'),
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the server's program with these words to its end. */
async function run(...words: string[]): Promise<Ended> {
  const { ended } = start(BUILT_SERVER, words);
  return await ended;
}

function start(
  program: string,
  words: string[] = [],
): { child: ChildProcess; said: () => string; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...words], { env: environment() });
  closeAfterTest(() => void child.kill('SIGKILL'));
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => ({ code, said })) };
}

/** Resolves when the child has said this. */
function heard({ child, said }: ReturnType<typeof start>, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (said().includes(text)) resolve();
    };
    child.stdout?.on('data', look);
    child.once('close', () => reject(new Error(`it ended without saying «${text}»: ${said()}`)));
    look();
  });
}

const database = (): SqliteDatabase.Database => new SqliteDatabase(join(folder, SQLITE_FILE));

it(`a process that is killed in the middle of writes, ${ROUNDS} times, loses nothing that it acknowledged and leaves nothing by halves`, async () => {
  const acknowledged: { change: string; id: string }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const writer = start(WRITER);
    await heard(writer, 'CREATED');
    // From the first commits on to some dozens later; spread, not random, so that a failure can be met again.
    const until = Date.now() + ((round * 7) % 50);
    while (Date.now() < until) await new Promise(setImmediate);
    writer.child.kill('SIGKILL');
    const { said } = await writer.ended;
    const whole = said.slice(0, said.lastIndexOf('\n')).split('\n');
    for (const line of whole) {
      const [change = '', id = ''] = line.split(' ');
      if (id.startsWith('inv_')) acknowledged.push({ change, id });
    }
  }
  const client = database();
  expect(client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(client.pragma('foreign_key_check')).toEqual([]);
  const status = client.prepare('select status from invitations where id = ?').pluck();
  const events = client.prepare('select count(*) from events where subject = ? and change = ?').pluck();
  const lost = acknowledged.filter(({ change, id }) => {
    const now = status.get(id);
    // Written once to the streams of both devices.
    return now === undefined || (change === 'CANCELLED' && now !== 'CANCELLED') || events.get(id, change) !== 2;
  });
  expect(lost).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(ROUNDS);
  const halves = client
    .prepare(
      `select id from invitations i where
           (select count(*) from events where subject = i.id and change = 'CREATED') <> 2
           or (i.status = 'CANCELLED') <> ((select count(*) from events where subject = i.id and change = 'CANCELLED') = 2)`,
    )
    .all();
  expect(halves).toEqual([]);
  const streams = client.prepare('select name from streams').pluck().all() as string[];
  client.close();
  const node = await openNode({ DATABASE_URL: '', DATA_DIR: folder }, {}, new FakeClock());
  for (const name of streams) {
    expect(await verifyChain(node.services.db.read, name)).toMatchObject({ intact: true });
  }
}, 300_000);

it('a first start that is killed at any moment is made good by the next', async () => {
  for (let round = 0; round < 8; round++) {
    const server = start(BUILT_SERVER);
    const until = Date.now() + 80 * round;
    while (Date.now() < until && server.child.exitCode === null) await new Promise(setImmediate);
    server.child.kill('SIGKILL');
    await server.ended;
    const again = start(BUILT_SERVER);
    await heard(again, 'Beckon is ready');
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
    rmSync(folder, { recursive: true });
  }
}, 120_000);

it('two servers do not serve one file: the second says so and ends', async () => {
  const first = start(BUILT_SERVER);
  await heard(first, 'Beckon is ready');
  const second = await run();
  expect(second.code).toBe(1);
  expect(second.said).toMatch(/another Beckon serves .*beckon\.sqlite.*Stop that one, or set DATA_DIR/);
  // Its port is free, its database is whole, and it still answers.
  const url = /listening on (127\.0\.0\.1:\d+)/.exec(first.said())?.[1];
  expect((await fetch(`http://${url}/readyz`)).status).toBe(200);
  first.child.kill('SIGKILL');
  await first.ended;
  const third = start(BUILT_SERVER);
  await heard(third, 'Beckon is ready');
}, 60_000);

it('a damaged file is told as such, at the start and by a backup', async () => {
  const server = start(BUILT_SERVER);
  await heard(server, 'Beckon is ready');
  server.child.kill('SIGTERM');
  await server.ended;
  const file = join(folder, SQLITE_FILE);
  // The middle of the file: pages of tables and indexes.
  const handle = openSync(file, 'r+');
  for (let page = 4; page < statSync(file).size / 4096 - 4; page += 3) {
    writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
  }
  closeSync(handle);
  const backup = await run('backup', join(folder, 'copy.sqlite'));
  expect(backup).toMatchObject({ code: 1, said: expect.stringMatching(/damaged|cannot be read as a database/) });
  writeFileSync(file, 'this is no database, and never was: '.repeat(200));
  const begun = await run();
  expect(begun).toMatchObject({ code: 1, said: expect.stringMatching(/is damaged .*Restore a backup/s) });
}, 60_000);

it('a backup is taken under load and verified; restored, it is the database as it was at some moment', async () => {
  const writer = start(WRITER);
  await heard(writer, 'CANCELLED');
  const copy = join(folder, 'copy.sqlite');
  const taken = await run('backup', copy);
  expect(taken).toMatchObject({
    code: 0,
    said: expect.stringContaining('every page, index and reference was checked'),
  });
  expect(statSync(copy).mode & 0o077).toBe(0);
  expect(await run('backup', copy)).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
  writer.child.kill('SIGKILL');
  await writer.ended;

  const before = count();
  expect(await run('restore', join(folder, 'none.sqlite'))).toMatchObject({ code: 1 });
  expect(await run('restore', BUILT_SERVER)).toMatchObject({
    code: 1,
    said: expect.stringContaining('cannot be read as a database'),
  });
  expect(count()).toEqual(before);
  const restored = await run('restore', copy);
  expect(restored).toMatchObject({
    code: 0,
    said: expect.stringMatching(/Restored .*The database that was there before is/s),
  });
  const after = count();
  expect(after.invitations).toBeGreaterThan(0);
  expect(after.invitations).toBeLessThan(before.invitations);
  expect(after.created).toBe(after.invitations * 2);

  const server = start(BUILT_SERVER);
  await heard(server, 'Beckon is ready');
  expect(await run('restore', copy)).toMatchObject({ code: 1, said: expect.stringContaining('Stop it first') });
}, 60_000);

function count(): { invitations: number; created: number } {
  const client = database();
  const number = (sql: string): number => client.prepare(sql).pluck().get() as number;
  const counted = {
    invitations: number('select count(*) from invitations'),
    created: number("select count(*) from events where concept = 'invitation' and change = 'CREATED'"),
  };
  client.close();
  return counted;
}
