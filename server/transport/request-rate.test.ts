import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { rateLimits } from '../db/tables/rate-limits.ts';
import { updateDevice } from '../domain/device-changes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice, type TestDevice } from '../testing/builders.ts';
import { type HttpApi, httpApi } from '../testing/http.ts';
import { openSocket } from '../testing/sockets.ts';
import { askOver, TRANSPORTS } from '../testing/transports.ts';
import { callerKey } from './request-rate.ts';

const LIMITS = { REQUESTS_PER_MINUTE: '3', ANONYMOUS_REQUESTS_PER_MINUTE: '2' };

describe.each(TRANSPORTS)('over %s', (transport) => {
  /** Asks as this device, or as nobody: the errors that are answered. */
  async function askAs(api: HttpApi, device: TestDevice | null) {
    const ask = await askOver(transport, api, device ? { bearer: device.credential } : {});
    return async (query?: string) => (await ask(query)).errors;
  }

  it('operations are counted for each device or address, whatever becomes of them, until the minute is over', async () => {
    const app = await testApp(LIMITS);
    const api = await httpApi(app);
    const [one, other] = [await buildDevice(app), await buildDevice(app)];
    const asOne = await askAs(api, one);
    const asOther = await askAs(api, other);
    const asNobody = await askAs(api, null);
    app.clock.advance(59_000 - (app.clock.now() % 60_000));

    expect(await asOne()).toEqual([]);
    // What cannot be parsed or is too large is counted all the same.
    expect((await asOne('{')).length).toBe(1);
    expect((await asOne('{ nothing }')).length).toBe(1);
    const [refused] = await asOne();
    expect(refused).toEqual({
      message: 'Too many requests. Try again in 1 s.',
      extensions: { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 1 },
    });
    // Refused before the document is looked at.
    expect((await asOne('{'))[0]?.extensions['code']).toBe('TOO_MANY_REQUESTS');

    expect(await asOther()).toEqual([]);
    expect([await asNobody(), await asNobody()]).toEqual([[], []]);
    expect((await asNobody())[0]?.extensions['code']).toBe('TOO_MANY_REQUESTS');

    app.clock.advance(999);
    expect((await asOne())[0]?.extensions['code']).toBe('TOO_MANY_REQUESTS');
    app.clock.advance(1);
    expect([await asOne(), await asNobody()]).toEqual([[], []]);
  });

  it('what is counted is the caller: a device has one count over all of its connections', async () => {
    const app = await testApp(LIMITS);
    const api = await httpApi(app);
    const device = await buildDevice(app);
    const asks = await Promise.all([1, 2, 3, 4].map(() => askAs(api, device)));
    const errors = await Promise.all(asks.map((ask) => ask()));
    expect(errors.flat().map(({ extensions }) => extensions['code'])).toEqual(['TOO_MANY_REQUESTS']);
  });
});

it('too many requests are answered with 429 and Retry-After', async () => {
  const app = await testApp(LIMITS);
  const api = await httpApi(app);
  for (let i = 0; i < 2; i++) await api.post('{ __typename }');
  const { status, headers, data } = await api.post('{ __typename }');
  expect([status, headers.get('retry-after'), data]).toEqual([429, '60', undefined]);
});

it('wrong credentials are counted for the address that they came from', async () => {
  const app = await testApp(LIMITS);
  const api = await httpApi(app);
  const codes: unknown[] = [];
  for (let i = 0; i < 3; i++) codes.push(...(await api.post('{ __typename }', {}, { bearer: `bkn_dev_${i}` })).codes);
  expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'TOO_MANY_REQUESTS']);
});

/** How many operations are answered before this caller is refused. */
async function answeredTo(api: HttpApi, headers: Record<string, string>): Promise<number> {
  let answered = 0;
  while ((await api.post('{ __typename }', {}, { headers })).status === 200) answered += 1;
  return answered;
}

it('X-Forwarded-For counts only as far as proxies are trusted', async () => {
  const direct = await httpApi(await testApp(LIMITS));
  expect(await answeredTo(direct, { 'x-forwarded-for': '198.51.100.1' })).toBe(2);
  expect(await answeredTo(direct, { 'x-forwarded-for': '198.51.100.2' })).toBe(0);

  const behind = await httpApi(await testApp({ ...LIMITS, TRUST_PROXY: '1' }));
  expect(await answeredTo(behind, { 'x-forwarded-for': '198.51.100.1' })).toBe(2);
  expect(await answeredTo(behind, { 'x-forwarded-for': '198.51.100.2' })).toBe(2);
  // What the client wrote before the proxy added its line proves nothing.
  expect(await answeredTo(behind, { 'x-forwarded-for': '203.0.113.9, 198.51.100.2' })).toBe(0);
  // What is no address is the proxy's own.
  expect(await answeredTo(behind, { 'x-forwarded-for': 'unknown' })).toBe(2);
  expect(await answeredTo(behind, {})).toBe(0);
});

it('an IPv6 network of 64 bits counts as one address', () => {
  const keyOf = (address: string) => callerKey({ kind: 'anonymous' }, address);
  expect(keyOf('2001:db8:1:2:3:4:5:6')).toBe(keyOf('2001:db8:1:2::1'));
  expect(keyOf('2001:db8::1')).toBe(keyOf('2001:db8:0:0:ffff::'));
  expect(keyOf('2001:db8:1:2::1')).not.toBe(keyOf('2001:db8:1:3::1'));
  expect(keyOf('192.0.2.1')).not.toBe(keyOf('192.0.2.2'));
});

describe('several nodes', () => {
  const LIMIT = 60;
  /** What each further node may let through too much: a twentieth of the limit. */
  const UNTOLD = 3;

  const toldOf = async (app: TestApp) =>
    (await app.services.db.read.select().from(rateLimits)).map(({ count }) => count);

  /** As many operations at each node, `at` a time; how many of them were answered. */
  async function answered(apis: readonly HttpApi[], bearer: string, rounds: number, at: number): Promise<number> {
    let count = 0;
    for (let round = 0; round < rounds; round++) {
      const asked = apis.flatMap((api) => Array.from({ length: at }, () => api.post('{ __typename }', {}, { bearer })));
      count += (await Promise.all(asked)).filter(({ status }) => status === 200).length;
    }
    return count;
  }

  // On SQLite there is one node.
  it.runIf(databaseEngine() === 'postgres').each([
    ['one after another', LIMIT, 1],
    ['many at once', 4, LIMIT],
  ])(
    'count a caller together, %s: each further one lets through a twentieth too much at most',
    async (_how, rounds, at) => {
      const app = await testApp({ REQUESTS_PER_MINUTE: String(LIMIT) });
      const other = await app.anotherNode();
      const apis = [await httpApi(app), await httpApi(other)];
      const { credential } = await buildDevice(app);
      const count = await answered(apis, credential, rounds, at);
      expect(count).toBeGreaterThanOrEqual(LIMIT);
      expect(count).toBeLessThanOrEqual(LIMIT + UNTOLD);
      app.clock.advance(60_000);
      expect(await answered(apis, credential, 1, 1)).toBe(2);
    },
  );

  it.runIf(databaseEngine() === 'postgres')('count a caller exactly where the limit is under twenty', async () => {
    const app = await testApp({ REQUESTS_PER_MINUTE: '19' });
    const apis = [await httpApi(app), await httpApi(await app.anotherNode())];
    const { credential } = await buildDevice(app);
    expect(await answered(apis, credential, 2, 10)).toBe(19);
  });

  it('are told of a caller once for each twentieth of its limit, not for each operation, and on SQLite never', async () => {
    const app = await testApp({ REQUESTS_PER_MINUTE: String(LIMIT) });
    const apis = [await httpApi(app)];
    const { credential } = await buildDevice(app);
    const before = await toldOf(app);
    await answered(apis, credential, UNTOLD, 1);
    expect(await toldOf(app)).toEqual(before);
    await answered(apis, credential, UNTOLD + 1, 1);
    const told = databaseEngine() === 'postgres' ? [UNTOLD + 1] : [];
    expect(await toldOf(app)).toEqual([...before, ...told]);
    // Who goes on beyond the limit costs no more writes.
    await answered(apis, credential, 1, 2 * LIMIT);
    const full = await toldOf(app);
    await answered(apis, credential, 1, LIMIT);
    expect(await toldOf(app)).toEqual(full);
  });
});

describe('sockets and event streams', () => {
  const EVENTS = 'subscription { deviceEvents { __typename } }';

  it('a device has so many at a time, of both kinds together; when one has gone, another may come', async () => {
    const app = await testApp({ SOCKETS_PER_PRINCIPAL: '2' });
    const api = await httpApi(app);
    const [device, other] = [await buildDevice(app), await buildDevice(app)];
    const payload = { authorization: `Bearer ${device.credential}` };
    const socket = await openSocket(api.port);
    await socket.init(payload);
    const stream = await api.events(EVENTS, {}, { bearer: device.credential });
    expect(stream.status).toBe(200);

    const oneMore = await openSocket(api.port);
    oneMore.send({ type: 'connection_init', payload });
    expect(await oneMore.closed).toEqual({ code: 1013, reason: 'too many sockets' });
    expect((await api.events(EVENTS, {}, { bearer: device.credential })).status).toBe(429);
    // Neither the other operations of the device nor other devices are kept from anything.
    expect((await api.post('{ __typename }', {}, { bearer: device.credential })).status).toBe(200);
    expect((await api.events(EVENTS, {}, { bearer: other.credential })).status).toBe(200);

    socket.raw.close();
    await socket.closed;
    const again = await openSocket(api.port);
    await again.init(payload);
    await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Still heard' });
    expect((await stream.next()).data.deviceEvents.__typename).toBe('DeviceEvent');
  });

  it('a socket that closes while its credentials are checked takes no place', async () => {
    const app = await testApp({ SOCKETS_PER_PRINCIPAL: '1' });
    const api = await httpApi(app);
    const device = await buildDevice(app);
    const payload = { authorization: `Bearer ${device.credential}` };
    for (let i = 0; i < 5; i++) {
      const socket = await openSocket(api.port);
      socket.send({ type: 'connection_init', payload });
      socket.raw.close();
      await socket.closed;
    }
    const last = await openSocket(api.port);
    await last.init(payload);
  });

  it('sockets of nobody count for their address', async () => {
    const app = await testApp({ SOCKETS_PER_PRINCIPAL: '1' });
    const { port } = await httpApi(app);
    await (await openSocket(port)).init();
    const second = await openSocket(port);
    second.send({ type: 'connection_init' });
    expect((await second.closed).code).toBe(1013);
  });
});
