import { describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { loggableError } from '../lib/loggable-error.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, PASSWORD } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { mailsTo, STRONG_PASSWORD, signedIn, solvedCaptcha, tokenIn } from '../testing/people.ts';
import { openSocket, socketOf, watchFollowers } from '../testing/sockets.ts';
import { askOver, TRANSPORTS } from '../testing/transports.ts';

const REGISTER = `mutation { registerDevice(input: {
  name: "One", platform: WINDOWS, clientKind: FULL_CLIENT, clientVersion: "7.1"
}) { __typename } }`;

const FAILED = 'an operation failed unexpectedly';

/** Has the next operations find a database that behaves otherwise. */
function replaceDatabase(app: TestApp, part: Partial<Database>): void {
  (app.services as { db: Database }).db = { ...app.services.db, ...part };
}

/** A database that answers each read with this failure. */
function failingReads(error: Error): Database['read'] {
  return new Proxy({} as Database['read'], {
    get() {
      throw error;
    },
  });
}

/** The same reads, until they are broken off: from then on every statement fails, prepared before or not. */
function breakable(read: Database['read']): { read: Database['read']; breakOff(error: Error): void } {
  let failure: Error | null = null;
  const wrap = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Promise) return value;
    return new Proxy(value, {
      get(target, name) {
        if (failure && (name === 'execute' || name === 'then')) throw failure;
        const found = Reflect.get(target, name, target);
        if (typeof found !== 'function' || name === 'constructor') return found;
        return (...args: unknown[]) => wrap(found.apply(target, args));
      },
    });
  };
  return {
    read: wrap(read) as Database['read'],
    breakOff(error) {
      failure = error;
    },
  };
}

describe.each(TRANSPORTS)('over %s', (transport) => {
  it('what nobody expected is masked, with a reference that stands in the log beside what it was', async () => {
    const app = await testApp();
    const ask = await askOver(transport, await httpApi(app), { headers: { 'accept-language': 'fr' } });
    const cause = new Error('disk full at /var/lib/secret');
    replaceDatabase(app, { write: () => Promise.reject(cause) });
    app.log.expectError(FAILED);
    const [error] = (await ask(REGISTER)).errors;
    const reference = error?.extensions['reference'];
    expect(reference).toMatch(/^rq_[\w-]{24}$/);
    expect(error).toMatchObject({
      message: `Une erreur s’est produite sur le serveur. Référence : ${reference}`,
      path: ['registerDevice'],
      extensions: { code: 'INTERNAL' },
    });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', message: FAILED, details: { err: cause, reference } },
    ]);
    // It was that operation's only.
    expect((await ask()).errors).toEqual([]);
  });

  it('an operation that takes longer than it may is answered with TIMEOUT, and the next ones are answered', async () => {
    const app = await testApp({ REQUEST_TIMEOUT_S: '0.03' });
    const ask = await askOver(transport, await httpApi(app));
    const { write } = app.services.db;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    replaceDatabase(app, { write: (work) => held.then(() => write(work)) });
    const [error] = (await ask(REGISTER)).errors;
    expect(error).toEqual({
      message: 'This took too long and was stopped.',
      extensions: { code: 'TIMEOUT', seconds: 0.03 },
    });
    expect(app.log.lines).toContainEqual({
      level: 'warn',
      message: 'an operation took too long',
      details: { reference: expect.stringMatching(/^rq_/), seconds: 0.03 },
    });
    expect((await ask()).errors).toEqual([]);
    release();
  });
});

it('a request that took too long has the status of a gateway that waited in vain', async () => {
  const app = await testApp({ REQUEST_TIMEOUT_S: '0.01' });
  const api = await httpApi(app);
  replaceDatabase(app, { write: () => new Promise(() => {}) });
  const { status, codes, data } = await api.post(REGISTER);
  expect([status, codes, data]).toEqual([504, ['TIMEOUT'], undefined]);
});

it('a database that is away is told from credentials that are wrong', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const socket = await socketOf(api.port, device.credential);
  const late = await openSocket(api.port);
  const { read } = app.services.db;
  replaceDatabase(app, { read: failingReads(new Error('connection lost')) });
  for (const message of [FAILED, 'a socket failed unexpectedly']) app.log.expectError(message);

  const answer = await api.post('{ __typename }', {}, { bearer: device.credential });
  expect([answer.status, answer.codes, answer.data]).toEqual([500, ['INTERNAL'], undefined]);
  expect(app.log.lines.at(-1)?.details).toMatchObject({ reference: answer.errors[0]?.extensions['reference'] });
  expect((await socket.ask('{ __typename }')).errors?.[0]?.extensions['code']).toBe('INTERNAL');
  late.send({ type: 'connection_init', payload: { authorization: `Bearer ${device.credential}` } });
  expect(await late.closed).toMatchObject({ code: 1013, reason: expect.stringContaining('Reference: rq_') });

  replaceDatabase(app, { read });
  expect(await socket.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
});

it('a stream that fails ends with a masked error, over WebSocket and over server-sent events', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const query = 'subscription ($after: Cursor) { deviceEvents(after: $after) { __typename } }';
  const after = await currentCursor(device.ctx, streamOf.device(device.device.id));
  const followers = watchFollowers(app);
  // A stream keeps the connection that it was opened with.
  const { read, breakOff } = breakable(app.services.db.read);
  replaceDatabase(app, { read });
  const socket = await socketOf(api.port, device.credential);
  socket.subscribe('events', query, { after });
  const stream = await api.events(query, { after }, { bearer: device.credential });
  // The first event, which says that the device is online, shows that each stream is there.
  expect((await socket.nextOf('events')).payload.data).toEqual((await stream.next()).data);
  for (const message of [FAILED, 'a device could not be marked offline']) app.log.expectError(message);
  breakOff(new Error('secret detail'));
  await app.services.db.write(async (tx) => tx.notify(JSON.stringify([`device:${device.device.id}`])));
  const told = [(await socket.nextOf('events')).payload, (await stream.next()).errors];
  for (const errors of told) {
    expect(errors[0].extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(errors)).not.toContain('secret');
  }
  await followers.gone();
});

it('nothing secret stands in the log, whatever was done with it and whatever failed', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const secrets: string[] = [PASSWORD, STRONG_PASSWORD];
  const email = 'ana@example.test';
  const signUp = `mutation ($captcha: String!) { signUp(input: { email: "${email}", name: "Ana", password: "${STRONG_PASSWORD}",
    acceptEula: true, eulaVersion: "1", captcha: $captcha }) { __typename } }`;
  const signIn = (password: string) =>
    `mutation { signIn(input: { email: "${email}", password: "${password}" }) { __typename } }`;
  const captcha = await solvedCaptcha(app);
  secrets.push(captcha);
  await api.post(signUp, { captcha });
  const [mail] = await mailsTo(app, email);
  if (mail) secrets.push(tokenIn(mail));
  const cookie = (await api.post(signIn(STRONG_PASSWORD))).headers.get('set-cookie');
  if (cookie) secrets.push(cookie.split(/[=;]/)[1] ?? '');
  const device = await buildDevice(app);
  const { ctx, secret } = await signedIn(app, await buildAccount(app));
  const token = await createApiToken(ctx, { name: 'CI', scopes: ['READ'] });
  secrets.push(device.credential, secret, token.secret);
  for (const bearer of [device.credential, token.secret, 'bkn_dev_guess'])
    await api.post('{ viewer { kind } }', {}, { bearer });
  secrets.push('bkn_dev_guess');
  await api.send({ search: { query: `{ node(id: "${device.credential}") { id } }` } });
  const socket = await socketOf(api.port, device.credential);
  await socket.ask(`{ node(id: "${token.secret}") { nothing } }`);
  socket.send('{"payload": "bkn_dev_guess"');
  await socket.closed;

  // Every kind of failure, with the same in hand.
  app.log.expectError(FAILED);
  app.log.expectError('a socket failed unexpectedly');
  const { read } = app.services.db;
  replaceDatabase(app, { read: failingReads(new Error('away')) });
  for (const session of [secret, 'x']) await api.post('{ __typename }', {}, { session });
  await api.post('{ __typename }', {}, { bearer: token.secret });
  replaceDatabase(app, { read, write: () => Promise.reject(new Error('full')) });
  await api.post(signIn(PASSWORD));
  await api.post(signUp, { captcha });

  const log = JSON.stringify(app.log.lines, (_key, value) => (value instanceof Error ? loggableError(value) : value));
  expect(app.log.lines.length).toBeGreaterThan(2);
  expect(secrets.every((text) => text.length > 3)).toBe(true);
  expect(secrets.filter((text) => log.includes(text))).toEqual([]);
});
