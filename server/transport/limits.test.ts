import { Socket } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { inviteDevice, modifyInvitation } from '../domain/invitations.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildCompany, buildDevice, type TestDevice } from '../testing/builders.ts';
import { type HttpApi, httpApi } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { openSocket, socketOf } from '../testing/sockets.ts';
import { type Ask, askOver, TRANSPORTS, type Transport } from '../testing/transports.ts';

/** The limits as they are where nothing is set: each is met as it stands, over every transport that it is for. */
const DEFAULTS = readConfig({});

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** A document of so many tokens that breaks no other limit: lists of ids, each of twelve tokens and the ids. */
function documentOf(tokens: number): string {
  const lists: string[] = [];
  for (let left = tokens - 2; left > 0; ) {
    const size = left > 124 ? 112 : left;
    lists.push(`a${lists.length}: nodes(ids: [${'"x" '.repeat(size - 12)}]) { id }`);
    left -= size;
  }
  return `{ ${lists.join(' ')} }`;
}

const LEVELS = ['viewer', 'account', 'company', 'devices(first: 1)', 'nodes', 'company', 'devices(first: 1)', 'nodes'];

/** A document of so many levels. */
function nested(levels: number): string {
  const path = [...LEVELS, 'company', 'permissionProfiles', 'edges'].slice(0, levels - 1);
  return `{ ${path.join(' { ')} { __typename ${'} '.repeat(path.length)} }`;
}

/** An operation of so much cost, from a page on: four objects above it, its places, and eleven objects in each. */
function costing(points: number): [string, Record<string, unknown>] {
  const places = 83;
  const page = `devices(first: $n) { nodes { ${times(11, () => 'account { name }')} } }`;
  const more = times(points - 4 - 12 * places, () => 'viewer { kind }');
  return [`query ($n: Int) { viewer { account { company { ${page} } } } ${more} }`, { n: places }];
}

type Request = string | [query: string, variables: Record<string, unknown>];

/** For each limit of documents: its setting, what there may be so much of, and a request with any amount of it. */
const DOCUMENTS: readonly [setting: string, limit: number, what: string, request: (amount: number) => Request][] = [
  ['QUERY_MAX_TOKENS', 1000, 'tokens', documentOf],
  ['QUERY_MAX_ALIASES', 30, 'aliases', (n) => `{ ${times(n, (i) => `a${i}: __typename`)} }`],
  ['QUERY_MAX_DIRECTIVES', 50, 'directives', (n) => `{ ${times(n, () => '__typename @include(if: true)')} }`],
  ['QUERY_MAX_FIELDS', 100, 'fields in one selection', (n) => `{ ${times(n, () => '__typename')} }`],
  ['QUERY_MAX_DEPTH', 10, 'levels', nested],
  ['QUERY_MAX_COMPLEXITY', 1000, 'points of cost', costing],
  ['QUERY_MAX_LIST', 250, 'entries of one list', (n) => ['{ __typename }', { list: Array(n).fill('x') }]],
];

/** An administrator of a company with a device, asking over one transport. */
async function asked(transport: Transport): Promise<{ app: TestApp; api: HttpApi; ask: Ask }> {
  const app = await testApp();
  const api = await httpApi(app);
  const { secret } = await signedIn(app, (await buildCompany(app)).admin);
  return { app, api, ask: await askOver(transport, api, { session: secret }) };
}

describe.each(TRANSPORTS)('over %s', (transport) => {
  it.each(DOCUMENTS)(
    '%s: %i %s are answered, one more is not, each time, in the language of whoever asks',
    async (_setting, limit, what, request) => {
      const { api, ask } = await asked(transport);
      const french = await askOver(transport, api, { headers: { 'accept-language': 'fr' } });
      const of = (amount: number) => [request(amount)].flat(1) as [string, Record<string, unknown>?];
      for (const round of ['first', 'again', 'and when it is compiled']) {
        expect([round, (await ask(...of(limit))).errors]).toEqual([round, []]);
        const { data, errors } = await ask(...of(limit + 1));
        const message = `The document is too large: at most ${limit} ${what}.`;
        expect([round, data ?? null, errors]).toEqual([
          round,
          null,
          [{ message, extensions: { code: 'QUERY_TOO_LARGE', what, limit } }],
        ]);
        const [error] = (await french(...of(limit + 1))).errors;
        expect(error?.message).toContain(`Le document est trop grand : ${limit} au plus (`);
      }
    },
  );

  it('what is no document is told apart from what is too much of one', async () => {
    const { ask } = await asked(transport);
    const { errors } = await ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
  });

  it('the introspection of tools is answered, and one that goes in circles is not', async () => {
    const { ask } = await asked(transport);
    const all = { descriptions: true, inputValueDeprecation: true, specifiedByUrl: true, oneOf: true };
    for (const options of [{}, all]) expect((await ask(getIntrospectionQuery(options))).errors).toEqual([]);
    const circle =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect((await ask(circle)).errors.length).toBeGreaterThan(0);
  });

  it('a page has 1 to 100 places', async () => {
    const { ask } = await asked(transport);
    const query = 'query ($first: Int) { viewer { account { company { devices(first: $first) { nodes { id } } } } } }';
    for (const first of [1, 100]) expect((await ask(query, { first })).errors).toEqual([]);
    for (const first of [0, -1, 101, 1.5, '10', true, [1]]) {
      const { errors } = await ask(query, { first });
      expect([first, errors.map(({ extensions }) => extensions['code'])]).toEqual([first, ['BAD_USER_INPUT']]);
    }
  });

  it('an answer tells what the operation cost, where it is asked to, before there is too much of it', async () => {
    const { ask } = await asked(transport);
    const [query, variables] = costing(1_000);
    for (const round of ['first', 'again', 'and when it is compiled']) {
      const told = await ask(query, variables, { cost: true });
      expect([round, told.errors, told.extensions]).toEqual([round, [], { cost: { requested: 1_000, limit: 1_000 } }]);
      expect((await ask(query, { n: 1 }, { cost: true })).extensions).toEqual({
        cost: { requested: 16, limit: 1_000 },
      });
      expect((await ask(query, variables)).extensions).toBeUndefined();
      expect((await ask(query, variables, { cost: 'yes' })).extensions).toBeUndefined();
    }
    const mutation = 'mutation { updateAccount(input: { name: "Ana" }) { __typename } }';
    expect((await ask(mutation, {}, { cost: true })).extensions).toEqual({ cost: { requested: 1, limit: 1_000 } });
    // Told also beside an error, and with nothing that ran.
    const failed = await ask(
      '{ nodes(ids: []) { id } viewer { account { company { devices(first: 0) { nodes { id } } } } } }',
      {},
      { cost: true },
    );
    expect([failed.errors.length, failed.extensions]).toEqual([1, { cost: { requested: 6, limit: 1_000 } }]);
    const [tooMuch, more] = costing(1_001);
    expect((await ask(tooMuch, more, { cost: true })).errors[0]?.extensions).toMatchObject({ limit: 1_000 });
  });

  it.each([
    ['REQUESTS_PER_MINUTE', 600],
    ['ANONYMOUS_REQUESTS_PER_MINUTE', 120],
  ] as const)('%s: %i operations are answered in a minute, one more is not', async (setting, limit) => {
    expect(DEFAULTS[setting]).toBe(limit);
    const app = await testApp({ [setting]: String(limit), SOCKET_MESSAGES_PER_MINUTE: '10000' });
    const { credential: bearer } = await buildDevice(app);
    const caller = setting === 'REQUESTS_PER_MINUTE' ? { bearer } : {};
    const ask = await askOver(transport, await httpApi(app), caller);
    app.clock.advance(18_000);
    for (let i = 0; i < limit; i++) expect((await ask()).errors).toEqual([]);
    const { errors, retryAfter } = await ask();
    expect(errors).toEqual([
      {
        message: 'Too many requests. Try again in 42 s.',
        extensions: { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 42 },
      },
    ]);
    expect(retryAfter).toBe(transport === 'WebSocket' ? null : '42');
    app.clock.advance(42_000);
    expect((await ask()).errors).toEqual([]);
  });
});

it('what nobody sets stands at the numbers of its sources', () => {
  expect(DEFAULTS).toMatchObject({
    // NIST 800-63B
    SESSION_IDLE_S: 12 * 60 * 60,
    SESSION_ABSOLUTE_S: 30 * 24 * 60 * 60,
    // NIST 800-63B, MakerKit
    SIGN_INS_PER_MINUTE: 20,
    SIGN_UPS_PER_MINUTE: 3,
    SIGN_UPS_PER_HOUR: 20,
    // OWASP GraphQL and WebSocket sheets, Node, graphql-ws
    REQUEST_TIMEOUT_S: 10,
    HTTP_HEADERS_TIMEOUT_S: 10,
    HTTP_REQUEST_TIMEOUT_S: 30,
    HTTP_KEEP_ALIVE_S: 5,
    SOCKET_INIT_TIMEOUT_S: 5,
    SOCKET_PING_S: 12,
    SOCKET_MAX_BUFFERED_BYTES: 1024 * 1024,
    SQLITE_SYNCHRONOUS: 'FULL',
    ALLOWED_ORIGINS: [],
    TRUST_PROXY: 0,
  });
});

describe('what is sent', () => {
  const pad = (text: string, bytes: number) => text.padEnd(bytes);

  it.each(['HTTP', 'server-sent events'])(
    'BODY_MAX_BYTES: over %s 256 KiB are read, one byte more is not',
    async (by) => {
      const api = await httpApi(await testApp());
      const headers = { 'content-type': 'application/json', accept: by === 'HTTP' ? '*/*' : 'text/event-stream' };
      const statusOf = async (bytes: number) =>
        (await api.send({ method: 'POST', headers, body: pad('{"query":"{ __typename }"}', bytes) })).status;
      expect(DEFAULTS.BODY_MAX_BYTES).toBe(256 * 1024);
      expect([await statusOf(DEFAULTS.BODY_MAX_BYTES), await statusOf(DEFAULTS.BODY_MAX_BYTES + 1)]).toEqual([
        200, 413,
      ]);
    },
  );

  it('SOCKET_MAX_PAYLOAD_BYTES: over a WebSocket 64 KiB are read, one byte more closes it', async () => {
    const api = await httpApi(await testApp());
    const socket = await openSocket(api.port);
    const limit = DEFAULTS.SOCKET_MAX_PAYLOAD_BYTES;
    expect(limit).toBe(64 * 1024);
    socket.send(pad('{"type":"ping"}', limit));
    expect((await socket.next()).type).toBe('pong');
    socket.send(pad('{"type":"ping"}', limit + 1));
    expect((await socket.closed).code).toBe(1009);
  });

  it('SOCKET_MESSAGES_PER_MINUTE: a WebSocket may say 600 things in a minute, one more closes it', async () => {
    const socket = await openSocket((await httpApi(await testApp())).port);
    for (let i = 0; i < DEFAULTS.SOCKET_MESSAGES_PER_MINUTE; i++) {
      socket.send({ type: 'ping' });
      expect((await socket.next()).type).toBe('pong');
    }
    expect(DEFAULTS.SOCKET_MESSAGES_PER_MINUTE).toBe(600);
    socket.send({ type: 'ping' });
    expect(await socket.closed).toEqual({ code: 1008, reason: 'too many messages' });
  });

  it.each(['HTTP', 'server-sent events'])('over %s one request carries one operation', async (by) => {
    const api = await httpApi(await testApp());
    const headers = { 'content-type': 'application/json', accept: by === 'HTTP' ? '*/*' : 'text/event-stream' };
    const batch = [{ query: '{ __typename }' }, { query: '{ __typename }' }];
    expect((await api.send({ method: 'POST', headers, body: batch })).status).toBe(400);
  });
});

describe('what stays open', () => {
  const EVENTS = 'subscription ($after: Cursor) { deviceEvents(after: $after) { __typename } }';

  it('SOCKET_MAX_OPERATIONS: a WebSocket carries 50 subscriptions, one more is refused and leaves the others alone', async () => {
    const app = await testApp();
    const { port } = await httpApi(app);
    const device = await buildDevice(app);
    const after = await currentCursor(device.ctx, streamOf.device(device.device.id));
    const socket = await socketOf(port, device.credential);
    const ids = Array.from({ length: DEFAULTS.SOCKET_MAX_OPERATIONS }, (_, i) => `${i}`);
    for (const id of [...ids, 'one more']) socket.subscribe(id, EVENTS, { after });
    const [error] = (await socket.nextOf('one more')).payload;
    expect(error.extensions).toEqual({ code: 'TOO_MANY_REQUESTS', operations: 50 });
    // The first event is that the device is online.
    for (const id of ids) expect((await socket.nextOf(id)).type).toBe('next');
  });

  it.each(['WebSocket', 'server-sent events'])(
    'SOCKETS_PER_PRINCIPAL: a device has 20 open; one more over %s is told to come again',
    async (by) => {
      const app = await testApp();
      const api = await httpApi(app);
      const device = await buildDevice(app);
      const half = DEFAULTS.SOCKETS_PER_PRINCIPAL / 2;
      for (let i = 0; i < half; i++) {
        await socketOf(api.port, device.credential);
        expect((await api.events(EVENTS, {}, { bearer: device.credential })).status).toBe(200);
      }
      expect(half).toBe(10);
      if (by === 'WebSocket') {
        const refused = await openSocket(api.port);
        refused.send({ type: 'connection_init', payload: { authorization: `Bearer ${device.credential}` } });
        expect(await refused.closed).toEqual({ code: 1013, reason: 'too many sockets' });
      } else {
        const { status, headers, next } = await api.events(EVENTS, {}, { bearer: device.credential });
        expect([status, headers['retry-after']]).toEqual([429, '10']);
        expect((await next()).errors[0].extensions).toEqual({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 10 });
      }
    },
  );

  it('SOCKETS_BEFORE_INIT: so many sockets of an address may not have said who they are; one more is refused, those that have leave their place', async () => {
    expect(DEFAULTS.SOCKETS_BEFORE_INIT).toBe(1000);
    const app = await testApp({ SOCKETS_BEFORE_INIT: '2' });
    const { port } = await httpApi(app);
    const { credential } = await buildDevice(app);
    const [first, second] = [await openSocket(port), await openSocket(port)];
    await expect(openSocket(port)).rejects.toThrow('429');
    await first.init({ authorization: `Bearer ${credential}` });
    await openSocket(port);
    await expect(openSocket(port)).rejects.toThrow('429');
    second.cut();
    await second.closed;
    await vi.waitFor(() => openSocket(port));
    expect(app.services.meters.refusedConnections.value).toBeGreaterThanOrEqual(2);
  });

  /** Some 50 KB each, so that the buffers of the system take a part of them only. */
  const LARGE = `subscription ($after: Cursor) { deviceEvents(after: $after) { ... on InvitationEvent {
    change invitation { ${times(29, (i) => `a${i}: note`)} } } } }`;
  const EVENTS_SENT = 400;

  it.each(['WebSocket', 'server-sent events'])(
    'a subscriber over %s that does not read is told no faster than it reads, and misses nothing',
    async (by) => {
      const app = await testApp();
      const api = await httpApi(app);
      const [sender, device] = [await buildDevice(app), await buildDevice(app)];
      const after = await currentCursor(device.ctx, streamOf.device(device.device.id));
      const input = { recipient: device.device.address, origin: 'OWN_ID' } as const;
      const { id } = await inviteDevice(sender.ctx, { ...input, note: '😀'.repeat(400) });
      for (let i = 1; i < EVENTS_SENT; i++)
        await modifyInvitation(sender.ctx, { id, note: '😀'.repeat(401 + (i % 2)) });
      const kept = watchWrites(api.port);
      const [slow, quick] = [await subscriber(by, api, device, after), await subscriber(by, api, device, after)];
      const changes = ['CREATED', ...Array(EVENTS_SENT - 1).fill('MODIFIED')];
      const heard = async (next: () => Promise<string | undefined>) => {
        const all: string[] = [];
        while (all.length < EVENTS_SENT) all.push(...[await next()].filter((change) => change !== undefined));
        return all;
      };
      expect(await heard(quick.next)).toEqual(changes);
      expect(kept.written()).toBeGreaterThan(EVENTS_SENT * 40_000);
      expect(kept.most()).toBeLessThan(DEFAULTS.SOCKET_MAX_BUFFERED_BYTES);
      slow.resume();
      expect(await heard(slow.next)).toEqual(changes);
    },
  );

  /** Follows a device’s large events; reads nothing before it is told to, or asked for the next. */
  async function subscriber(by: string, api: HttpApi, { credential }: TestDevice, after: string) {
    if (by !== 'WebSocket') {
      const stream = await api.events(LARGE, { after }, { bearer: credential });
      return { resume() {}, next: async () => (await stream.next()).data.deviceEvents.change as string | undefined };
    }
    const socket = await socketOf(api.port, credential);
    socket.pause();
    socket.subscribe('1', LARGE, { after });
    return {
      resume: socket.resume,
      async next() {
        socket.resume();
        return (await socket.nextOf('1')).payload.data.deviceEvents.change as string | undefined;
      },
    };
  }

  /** What the sockets of the server were given to write, and the most that one of them had to keep. */
  function watchWrites(port: number) {
    let [most, written] = [0, 0];
    const { write } = Socket.prototype;
    const spy = vi.spyOn(Socket.prototype, 'write');
    spy.mockImplementation(function (this: Socket, ...given: unknown[]) {
      const goesOn = Reflect.apply(write, this, given) as boolean;
      if (this.localPort === port) {
        written = Math.max(written, this.bytesWritten);
        most = Math.max(most, this.writableLength);
      }
      return goesOn;
    });
    closeAfterTest(() => spy.mockRestore());
    return { most: () => most, written: () => written };
  }
});
