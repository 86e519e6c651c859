import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { databaseEngine } from './config.ts';
import { mails } from './db/tables/mails.ts';
import { readEvents, streamOf } from './domain/event-log.ts';
import { acceptInvitation, getInvitation, INVITATION_TTL_MS, rejectInvitation } from './domain/invitations.ts';
import { signIn } from './domain/sign-in.ts';
import { openNode } from './testing/app.ts';
import { buildAccount, PASSWORD } from './testing/builders.ts';
import { BUILT_SERVER } from './testing/built-server.ts';
import { FakeClock } from './testing/clock.ts';
import { emptyDatabase, freshDatabase } from './testing/database.ts';
import { refusalOf } from './testing/refusals.ts';
import { setUpApp } from './testing/second-factor.ts';
import { startServer } from './testing/server-process.ts';

async function ask(url: string, query: string, bearer?: string): Promise<Record<string, Record<string, never>>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, Record<string, never>>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

interface Registered {
  credential: string;
  device: { id: string; address: string };
}

const register = async (url: string) =>
  (
    await ask(
      url,
      'mutation { registerDevice(input: { name: "PC", platform: WINDOWS, clientKind: HOST, clientVersion: "7" }) { ... on RegisterDevicePayload { credential device { id address } } } }',
    )
  )['registerDevice'] as unknown as Registered;

it('INV-19 a server killed by SIGKILL while an invitation is pending has lost nothing, and it expires on time', async () => {
  const database = await freshDatabase();
  const first = await startServer(database);
  const [ana, ben] = [await register(first.url), await register(first.url)];
  const sent = (
    await ask(
      first.url,
      `mutation { inviteDevice(input: { recipient: "${ben.device.address}", origin: OWN_ID }) { ... on InviteDevicePayload { invitation { id expiresAt createdAt } } } }`,
      ana.credential,
    )
  )['inviteDevice']?.['invitation'] as unknown as { id: string; expiresAt: string; createdAt: string };
  first.server.kill('SIGKILL');
  await once(first.server, 'exit');

  const second = await startServer(database);
  const again = await ask(
    second.url,
    `{ node(id: "${sent.id}") { ... on DirectInvitation { status expiresAt } } }`,
    ben.credential,
  );
  expect(again['node']).toEqual({ status: 'PENDING', expiresAt: sent.expiresAt });
  second.server.kill('SIGKILL');
  await once(second.server, 'exit');

  // The last start on a clock that can be moved: to the last instant of the two minutes, and to their end.
  const deadline = Date.parse(sent.expiresAt);
  expect(deadline - Date.parse(sent.createdAt)).toBe(INVITATION_TTL_MS);
  const clock = new FakeClock();
  clock.set(deadline - 1);
  const third = await openNode(database, {}, clock);
  const recipient = third.as({ kind: 'device', deviceId: ben.device.id });
  expect(await getInvitation(recipient, sent.id)).toMatchObject({ status: 'PENDING' });
  clock.set(deadline);
  await refusalOf(rejectInvitation(recipient, { id: sent.id }), 'NOT_PENDING');
  await refusalOf(acceptInvitation(recipient, { id: sent.id, revision: 1 }), 'NOT_PENDING');
  await third.close();
  const fourth = await openNode(database, {}, clock);
  for (const { device } of [ana, ben]) {
    const log = await readEvents(fourth.services.db.read, streamOf.device(device.id), 0);
    const changes = log.filter(({ subject }) => subject === sent.id).map(({ change }) => change);
    expect(changes).toEqual(['CREATED', 'EXPIRED']);
  }
}, 60_000);

it.runIf(databaseEngine() === 'postgres')(
  'two nodes started at once on an empty database migrate it once, and one of them shows the operator’s token',
  async () => {
    const database = await emptyDatabase();
    const both = await Promise.all([startServer(database), startServer(database)]);
    for (const { url } of both) await register(url);
    await Promise.all(
      both.map(({ server }) => {
        server.kill('SIGTERM');
        return once(server, 'exit');
      }),
    );
    const shown = both.filter(({ said }) => said().includes('bkn_opr_'));
    expect(shown).toHaveLength(1);
  },
  60_000,
);

/** Runs a command of the server's command line to its end. */
async function command(database: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env['PATH'], ...database, LOG_LEVEL: 'error' };
  const running = spawn(process.execPath, [BUILT_SERVER, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const output of [running.stdout, running.stderr]) output.on('data', (chunk) => (said += chunk));
  const [code] = await once(running, 'close');
  return { code, said };
}

it('the command line turns the second factor of who has lost it off, beside a server that runs', async () => {
  const database = await freshDatabase();
  const app = await openNode(database, {}, new FakeClock());
  const { account } = await buildAccount(app, { email: 'ana@example.test' }).then(async (who) => {
    await setUpApp(app, who);
    return who;
  });
  const enter = () => signIn(app.as({ kind: 'anonymous' }), { email: 'ana@example.test', password: PASSWORD });
  await refusalOf(enter(), 'SECOND_FACTOR_NEEDED');
  expect(await command(database, 'reset-second-factor')).toMatchObject({ code: 1 });
  expect(await command(database, 'reset-second-factor', 'ben@example.test')).toEqual({
    code: 1,
    said: 'No account with the address ben@example.test has a second factor.\n',
  });
  await refusalOf(enter(), 'SECOND_FACTOR_NEEDED');
  expect(await command(database, 'reset-second-factor', 'Ana@example.test')).toMatchObject({ code: 0 });
  expect((await enter()).account.id).toBe(account.id);
  const { read } = app.services.db;
  const [last] = await readEvents(read, streamOf.operator(), 0);
  expect(last).toMatchObject({
    concept: 'secondFactor',
    change: 'DISABLED',
    subject: account.id,
    actor: { kind: 'SYSTEM' },
  });
  const subjects = (await read.select().from(mails)).map(({ subject }) => subject);
  expect(subjects).toContain('Signing in takes no code any more');
}, 60_000);
