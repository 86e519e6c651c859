import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { change } from '../domain/change.ts';
import { systemContext } from '../domain/context.ts';
import { queueMail } from '../domain/mail-outbox.ts';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { openSocket, socketOf, watchFollowers } from '../testing/sockets.ts';
import { mayReadMetrics } from './metrics.ts';

const EVENTS = 'subscription { deviceEvents { __typename } }';

/** The samples of /metrics by name and labels. */
async function samplesOf(port: number): Promise<Map<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

it('operations are counted once, by type and outcome, over HTTP and over sockets, compiled or not', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const socket = await socketOf(api.port, device.credential);
  const before = await samplesOf(api.port);
  const caller = { bearer: device.credential };
  // The second time it is compiled, the third time it is ready.
  for (let i = 0; i < 3; i++) {
    await api.post('{ viewer { device { name } } }', {}, caller);
    await socket.ask('{ viewer { device { id } } }');
  }
  const rename = 'mutation ($name: String!) { updateDevice(input: { name: $name }) { __typename } }';
  for (const name of ['One', 'Two', 'Three']) await api.post(rename, { name }, caller);
  const renamed = rename.replace('__typename', '... on UpdateDevicePayload { device { name } }');
  for (const name of ['Four', 'Five', 'Six']) await socket.ask(renamed, { name });
  // What is ready to run is left to Yoga where it is denied.
  const remove = 'mutation ($id: ID!) { revokeApiToken(input: { id: $id }) { __typename } }';
  const removed = remove.replace('$id', '$token').replace('id: $id', 'id: $token');
  for (const id of ['one', 'two', 'three']) {
    await api.post(remove, { id }, caller);
    await socket.ask(removed, { token: id });
  }
  await api.post('mutation { updateDevice(input: { name: "Seven" }) { __typename } }');
  await api.post('{ viewer { device { name } } }', {}, { bearer: 'wrong' });
  for (const text of ['{', '{ nothing }']) {
    await api.post(text);
    await socket.ask(text);
  }
  const stream = await api.events(EVENTS, {}, caller);
  expect(stream.status).toBe(200);
  const after = await samplesOf(api.port);
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  const operations = [...after.keys()].filter((name) => name.startsWith('beckon_operations_total'));
  expect(
    Object.fromEntries(
      operations
        .filter((name) => grown(name) !== 0)
        .map((name) => [name.slice('beckon_operations_total'.length), grown(name)]),
    ),
  ).toEqual({
    '{type="query",outcome="ok"}': 6,
    '{type="mutation",outcome="ok"}': 6,
    '{type="mutation",outcome="NOT_FOUND"}': 6,
    '{type="mutation",outcome="UNAUTHENTICATED"}': 1,
    '{type="subscription",outcome="ok"}': 1,
    '{type="none",outcome="UNAUTHENTICATED"}': 1,
    '{type="none",outcome="BAD_USER_INPUT"}': 4,
  });
  expect(grown('beckon_query_duration_seconds_count')).toBe(6);
  expect(grown('beckon_mutation_duration_seconds_count')).toBe(13);
  expect(grown('beckon_events_total{concept="device",change="UPDATED"}')).toBe(6);
  expect(grown('beckon_commit_transactions_sum')).toBeGreaterThanOrEqual(4);
  expect(grown('beckon_http_responses_total{status="4xx"}')).toBeGreaterThan(0);
});

it('sockets, streams and devices are there while they are open, and how sockets ended is told by their codes', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const [one, two] = [await buildDevice(app), await buildDevice(app)];
  const followers = watchFollowers(app);
  const socket = await socketOf(api.port, one.credential);
  socket.subscribe('events', EVENTS);
  const stream = await api.events(EVENTS, {}, { bearer: two.credential });
  await followers.came(2);
  expect(await openOn(api.port)).toEqual({ sockets: 1, open: 2, devices: 2, subscriptions: 2 });

  stream.cut();
  socket.raw.close(4321);
  await socket.closed;
  await followers.gone();
  expect(await openOn(api.port)).toEqual({ sockets: 0, open: 0, devices: 0, subscriptions: 0 });
  expect((await samplesOf(api.port)).get('beckon_socket_closes_total{code="other"}')).toBe(1);
});

async function openOn(port: number): Promise<object> {
  const samples = await samplesOf(port);
  const names = ['sockets', 'open_connections', 'devices_connected', 'subscriptions'];
  const [sockets, open, devices, subscriptions] = names.map((name) => samples.get(`beckon_${name}`));
  return { sockets, open, devices, subscriptions };
}

it('a connection too many, a wrong password, and a mail that waits are told', async () => {
  const app = await testApp({ SOCKETS_PER_PRINCIPAL: '1' });
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const { account } = await buildAccount(app);
  await socketOf(api.port, device.credential);
  const second = await openSocket(api.port);
  second.send({ type: 'connection_init', payload: { authorization: `Bearer ${device.credential}` } });
  expect((await second.closed).reason).toBe('too many sockets');
  const input = { email: account.email, password: 'wrong password' };
  await api.post('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input });
  await change(systemContext(app.services), 'test', {}, (tx) =>
    queueMail(tx, { recipient: account.email, subject: 'Hello', body: 'Hello' }),
  );
  app.clock.advance(90_000);
  const samples = await samplesOf(api.port);
  expect(samples.get('beckon_refused_connections_total')).toBe(1);
  expect(samples.get('beckon_refusals_total{code="WRONG_CREDENTIALS"}')).toBe(1);
  expect(samples.get('beckon_mail_outbox')).toBe(1);
  expect(samples.get('beckon_mail_outbox_oldest_seconds')).toBe(90);
  expect(samples.get('beckon_webhook_backlog')).toBe(0);
});

describe('who may read the metrics', () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

  it('without METRICS_TOKEN this machine alone, and not through a proxy', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      expect([address, mayReadMetrics(from(address), null)]).toEqual([address, true]);
    }
    for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '10.0.0.1', '', '::2']) {
      expect([address, mayReadMetrics(from(address), null)]).toEqual([address, false]);
    }
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host']) {
      expect([name, mayReadMetrics(from('127.0.0.1', { [name]: '127.0.0.1' }), null)]).toEqual([name, false]);
    }
  });

  it('with METRICS_TOKEN who has it, wherever from; others are told 401, and how', async () => {
    const token = 'a-token-of-this-test';
    expect(mayReadMetrics(from('192.0.2.1', { authorization: `Bearer ${token}` }), token)).toBe(true);
    const { port } = await httpApi(await testApp({ METRICS_TOKEN: token }));
    const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    for (const authorization of ['', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, 'Bearer']) {
      const { status, headers } = await ask({ authorization });
      expect([authorization, status, headers.get('www-authenticate')]).toEqual([authorization, 401, 'Bearer']);
    }
    const good = await ask({ authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.1' });
    expect([good.status, good.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(await good.text()).toContain('# TYPE beckon_sockets gauge\nbeckon_sockets 0\n');
  });

  it('without METRICS_TOKEN a proxied request is told so', async () => {
    const { port } = await httpApi(await testApp());
    const { status } = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { 'x-forwarded-for': '::1' } });
    expect(status).toBe(403);
  });
});
