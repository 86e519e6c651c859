import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { updateDevice } from '../domain/device-changes.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, type TestDevice } from '../testing/builders.ts';
import { httpApi, sendRaw } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';
import { openSocket, socketOf, watchFollowers } from '../testing/sockets.ts';

const EVENTS = 'subscription { deviceEvents { __typename } }';

/** As a message may be, below 64 KiB; JSON is written by recursion, and read without. */
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

const EVENTS_AFTER = 'subscription ($after: Cursor) { deviceEvents(after: $after) { __typename } }';

const rename = (device: TestDevice, name: string) => updateDevice(device.ctx, { deviceId: device.device.id, name });

it('a socket has to speak the protocol: what is out of order closes it, with the code for it', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const subscribe = { id: '1', type: 'subscribe', payload: { query: '{ __typename }' } };
  const init = { type: 'connection_init' };
  const longId = { ...subscribe, id: 'x'.repeat(1000), payload: { query: EVENTS } };
  const cases: [what: string, messages: (object | string | Buffer)[], code: number][] = [
    ['an operation before connection_init', [subscribe], 4401],
    ['a second connection_init', [init, init], 4429],
    ['no JSON', ['{'], 4400],
    ['JSON that is no message', ['[]'], 4400],
    ['a message of unknown type', [{ type: 'start' }], 4400],
    ['a message that only servers send', [init, { type: 'next', id: '1', payload: {} }], 4400],
    ['an operation without an id', [init, { type: 'subscribe', payload: { query: '{ a }' } }], 4400],
    ['an operation without a query', [init, { id: '1', type: 'subscribe', payload: {} }], 4400],
    ['variables that are no object', [init, { ...subscribe, payload: { query: '{ a }', variables: 'x' } }], 4400],
    ['a ping nested deeper than a pong can be written', [`{"type":"ping","payload":{"a":${DEEP}}}`], 4400],
    ['a binary message', [init, Buffer.from(JSON.stringify(init))], 4400],
    ['a wrong credential', [{ ...init, payload: { authorization: 'Bearer bkn_dev_wrong' } }], 4403],
    ['the credential of no kind', [{ ...init, payload: { Authorization: 'Bearer x' } }], 4403],
  ];
  for (const [what, messages, code] of cases) {
    const socket = await openSocket(port);
    for (const message of messages) socket.send(message);
    expect([what, (await socket.closed).code]).toEqual([what, code]);
  }
  const device = await buildDevice(app);
  for (const id of ['1', longId.id]) {
    const socket = await socketOf(port, device.credential);
    socket.subscribe(id, EVENTS);
    socket.subscribe(id, EVENTS);
    expect((await socket.closed).code).toBe(4409);
  }
});

it('a socket that does not say who it is in time is closed', async () => {
  const app = await testApp({ SOCKET_INIT_TIMEOUT_S: '0.05' });
  const { port } = await httpApi(app);
  const socket = await openSocket(port);
  socket.send({ type: 'ping' });
  expect((await socket.closed).code).toBe(4408);
});

it('only graphql-transport-ws is spoken, and only at the address of the API', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const other = await openSocket(port, { protocol: 'graphql-ws' }).catch((error: Error) => error.message);
  expect(other).toContain('Server sent no subprotocol');
  const head =
    'GET /graphql HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  // Accepted without a subprotocol, and closed with 4406 (0x1136).
  const without = await sendRaw(port, `${head}${key}\r\n`, '\x11\x36');
  expect(without).toMatch(/^HTTP\/1.1 101 /);
  expect(without).toContain('\x11\x36');
  for (const path of ['/', '/other', '/graphql/', '//graphql', '/healthz']) {
    await expect(openSocket(port, { path })).rejects.toThrow('404');
  }
});

it('odd handshakes are refused, end nothing and take nobody’s place', async () => {
  const app = await testApp({ SOCKETS_BEFORE_INIT: '3' });
  const { port, post } = await httpApi(app);
  const head = (target: string) => `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
  const rest = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  const many = Array.from({ length: 1990 }, (_, i) => `h${i}:\r\n`).join('');
  const cases: [what: string, bytes: string, status: RegExp][] = [
    ['a path that is no URL', `${head('//')}${rest}\r\n`, /404/],
    ['a host that is none', `${head('http://[')}${rest}\r\n`, /404/],
    ['no key', `${head('/graphql')}Sec-WebSocket-Version: 13\r\n\r\n`, /400/],
    ['another version', `${head('/graphql')}${rest.replace('13', '7')}\r\n`, /4(00|26)/],
    ['an empty list of subprotocols', `${head('/graphql')}${rest}Sec-WebSocket-Protocol: ,\r\n\r\n`, /400/],
    ['blanks without end', `${head('/graphql')}${rest}Sec-WebSocket-Protocol: a${' '.repeat(9000)}b\r\n\r\n`, /400/],
    [
      'an extension named like a property',
      `${head('/graphql')}${rest}Sec-WebSocket-Extensions: constructor\r\n\r\n`,
      /101/,
    ],
    ['two thousand headers', `${head('/graphql')}${many}${rest}\r\n`, /101|400|431/],
  ];
  for (const [what, bytes, status] of cases) {
    const answer = await sendRaw(port, bytes, 'HTTP/1.1 101 ');
    expect([what, answer.slice(0, 12)]).toEqual([what, expect.stringMatching(status)]);
    // Nothing is compressed: it costs memory for each socket.
    expect(answer).not.toContain('Sec-WebSocket-Extensions');
  }
  // One that hangs up in the middle.
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head('/graphql'));
      socket.resetAndDestroy();
    });
    socket.on('close', () => resolve());
  });
  expect((await post('{ __typename }')).status).toBe(200);
  await openSocket(port);
});

it('handshakes of foreign pages are refused; of allowed ones with a token only, never with a cookie', async () => {
  const app = await testApp({ ALLOWED_ORIGINS: 'https://app.example.test' });
  const { port } = await httpApi(app);
  const device = await buildDevice(app);
  const { secret } = await signedIn(app, await buildAccount(app));
  const cookie = `beckon=${secret}`;
  for (const origin of ['https://evil.test', 'null', 'http://beckon.test.evil.test', 'http://beckon.test:81']) {
    await expect(openSocket(port, { headers: { origin, cookie } })).rejects.toThrow('403');
    await expect(openSocket(port, { headers: { origin } })).rejects.toThrow('403');
  }
  const own = await openSocket(port, { headers: { origin: 'http://beckon.test', cookie } });
  await own.init();
  expect(await own.ask('{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'ACCOUNT' } } });
  const headers = { origin: 'https://app.example.test', cookie };
  const byCookie = await openSocket(port, { headers });
  byCookie.send({ type: 'connection_init' });
  expect((await byCookie.closed).code).toBe(4403);
  const byToken = await socketOf(port, device.credential, { headers });
  expect(await byToken.ask('{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'DEVICE' } } });
});

it('an operation that fails leaves the others of its socket alone', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const device = await buildDevice(app);
  const followers = watchFollowers(app);
  const socket = await socketOf(port, device.credential);
  socket.subscribe('events', EVENTS);
  await followers.came(1);
  socket.send({ id: 'never begun', type: 'complete' });
  for (const [query, variables] of [
    ['{', {}],
    ['', {}],
    ['{ nothing }', {}],
    ['{ node(id: 7) { nothing } }', {}],
    ['query ($id: ID!) { node(id: $id) { id } }', {}],
    ['query ($id: ID!) { node(id: $id) { id } }', { id: {} }],
    ['query A { __typename } query B { __typename }', {}],
    ['fragment F on Query { __typename }', {}],
    ['subscription { accountEvents { cursor } }', {}],
    ['subscription { deviceEvents(after: "x") { cursor } }', {}],
    ['subscription { deviceEvents { cursor } accountEvents { cursor } }', {}],
    ['mutation { signOut(input: {}) { __typename } }', {}],
  ] as const) {
    const { errors, data } = await socket.ask(query, variables);
    expect([query, data ?? null, errors?.length]).toEqual([query, null, 1]);
    const code = errors?.[0]?.extensions?.['code'];
    expect([query, code]).toEqual([query, expect.stringMatching(/^(BAD_USER_INPUT|FORBIDDEN)$/)]);
    expect(JSON.stringify(errors)).not.toContain('"http"');
  }
  await rename(device, 'Renamed');
  expect((await socket.nextOf('events')).payload).toEqual({ data: { deviceEvents: { __typename: 'DeviceEvent' } } });
});

it('what is sent along with a subscription and is no variable of it does nothing, however deep it is nested', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const device = await buildDevice(app);
  const after = await currentCursor(device.ctx, streamOf.device(device.device.id));
  const socket = await socketOf(port, device.credential);
  const payload = `{"query":"${EVENTS_AFTER}","variables":{"after":"${after}","besides":${DEEP}}}`;
  socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
  expect((await socket.next()).payload).toEqual({ data: { deviceEvents: { __typename: 'DeviceEvent' } } });
});

it('nobody may open a socket too, and ask what nobody may; a socket has no response for a cookie', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const socket = await openSocket(port);
  await socket.init({ authorization: 7, acceptLanguage: 'fr-CH, en;q=0.5' });
  expect(await socket.ask('{ viewer { kind } eula { language } }')).toEqual({
    data: { viewer: { kind: 'ANONYMOUS' }, eula: { language: 'fr' } },
  });
  const { errors } = await socket.ask(EVENTS);
  expect(errors?.[0]).toMatchObject({ message: 'Connectez-vous d’abord.', extensions: { code: 'UNAUTHENTICATED' } });
  const signIn = 'mutation { signIn(input: { email: "a@b.test", password: "x" }) { __typename } }';
  expect((await socket.ask(signIn)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

it('a socket carries so many operations at a time, also when they come all at once', async () => {
  const app = await testApp({ SOCKET_MAX_OPERATIONS: '3' });
  const { port } = await httpApi(app);
  const device = await buildDevice(app);
  const after = await currentCursor(device.ctx, streamOf.device(device.device.id));
  const socket = await socketOf(port, device.credential);
  for (let i = 1; i <= 5; i++) socket.subscribe(`${i}`, EVENTS_AFTER, { after });
  for (const id of ['4', '5']) {
    expect(await socket.nextOf(id)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_REQUESTS', operations: 3 } }],
    });
  }
  // The first event, which says that the device is online, shows that each of them is there.
  for (const id of ['1', '2', '3']) expect((await socket.nextOf(id)).type).toBe('next');
  await rename(device, 'Heard');
  for (const id of ['1', '2', '3']) expect((await socket.nextOf(id)).type).toBe('next');
  expect((await socket.ask('{ __typename }')).errors?.length).toBe(1);
  // What is completed makes place at once.
  socket.send({ id: '2', type: 'complete' });
  expect(await socket.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  await rename(device, 'Heard again');
  for (const id of ['1', '3']) expect((await socket.nextOf(id)).type).toBe('next');
});

it('messages beyond the size or the number that are allowed close the socket, and are not heard', async () => {
  const app = await testApp({ SOCKET_MAX_PAYLOAD_BYTES: '1024', SOCKET_MESSAGES_PER_MINUTE: '5' });
  const { port } = await httpApi(app);
  const fits = await openSocket(port);
  fits.send(JSON.stringify({ type: 'connection_init' }).padEnd(1024));
  expect((await fits.next()).type).toBe('connection_ack');
  fits.send(JSON.stringify({ type: 'ping' }).padEnd(1025));
  expect((await fits.closed).code).toBe(1009);

  const device = await buildDevice(app);
  const eager = await socketOf(port, device.credential);
  for (let i = 0; i < 4; i++) eager.send({ type: 'ping' });
  const id = device.device.id;
  eager.subscribe('1', `mutation { updateDevice(input: { deviceId: "${id}", name: "Unheard" }) { __typename } }`);
  expect(await eager.closed).toEqual({ code: 1008, reason: 'too many messages' });
  const after = await socketOf(port, device.credential);
  expect(await after.ask('{ viewer { device { name } } }')).toEqual({
    data: { viewer: { device: { name: device.device.name } } },
  });
  // A new minute, a new count; pings of the protocol below count as well.
  app.clock.advance(60_000);
  for (let i = 0; i < 6; i++) after.raw.ping();
  expect((await after.closed).code).toBe(1008);
});

it('a message in more fragments than ws takes closes its socket only', async () => {
  const app = await testApp();
  const { port, post } = await httpApi(app);
  const socket = await openSocket(port);
  // By hand, as no client does: the first fragment of a text, and empty ones after it, each masked with zeros.
  const first = Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x20]);
  const empty = Buffer.from([0x00, 0x80, 0, 0, 0, 0]);
  const tcp = (socket.raw as unknown as { _socket: NodeJS.WritableStream })._socket;
  tcp.write(Buffer.concat([first, ...Array<Buffer>(20_000).fill(empty)]));
  expect((await socket.closed).code).toBe(1008);
  expect((await post('{ __typename }')).status).toBe(200);
});

it('pings of both kinds are answered; who answers none is dropped', async () => {
  const app = await testApp({ SOCKET_PING_S: '0.05' });
  const { port } = await httpApi(app);
  const socket = await openSocket(port);
  socket.send({ type: 'ping', payload: { at: 1 } });
  expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 1 } });
  const ponged = new Promise((resolve) => socket.raw.once('pong', resolve));
  socket.raw.ping();
  await ponged;
  await socket.init();
  // Two rounds of the server's pings are survived by whoever answers them.
  for (let i = 0; i < 2; i++) await new Promise((resolve) => socket.raw.once('ping', resolve));

  const silent = await openSocket(port, { autoPong: false });
  await silent.init();
  expect((await silent.closed).code).toBe(1006);
  expect(socket.raw.readyState).toBe(socket.raw.OPEN);
});

it('who does not read is sent away before much is kept for it, and the others are served meanwhile', async () => {
  const app = await testApp({ SOCKET_MAX_BUFFERED_BYTES: '65536', SOCKET_MAX_OPERATIONS: '500' });
  const { port } = await httpApi(app);
  const [slow, other] = [await openSocket(port), await openSocket(port)];
  await Promise.all([slow.init(), other.init()]);
  slow.pause();
  // Answers of a megabyte in all, of which the system's own buffers take some.
  for (let i = 0; i < 120; i++)
    slow.subscribe(`${i}`, `{ __schema { types { name description fields { name description } } } }`);
  expect(await other.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  slow.resume();
  expect(await slow.closed).toEqual({ code: 1013, reason: 'reading too slowly' });
  expect(app.services.meters.slowReaders.of('websocket').value).toBe(1);
});

it('answers that are asked for in one go all come to who reads them, each before its end', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const socket = await openSocket(port);
  await socket.init();
  const long = '{ __schema { types { name description fields { name description } } } }';
  const short = '{ __typename }';
  // The short one is ready to run from the third time on, the long one is executed each time.
  for (let time = 0; time < 3; time++) for (const query of [long, short]) await socket.ask(query);
  const { data } = await socket.ask(long);
  // Four megabytes, in one go: a socket that reads them is not one that reads too slowly.
  for (let i = 0; i < 40; i++) socket.subscribe(`${i}`, i % 2 === 0 ? long : short);
  for (let i = 0; i < 40; i++) {
    const answer = { id: `${i}`, type: 'next', payload: { data: i % 2 === 0 ? data : { __typename: 'Query' } } };
    expect(await socket.nextOf(`${i}`)).toEqual(answer);
    expect(await socket.nextOf(`${i}`)).toEqual({ id: `${i}`, type: 'complete' });
  }
});

it('whoever goes, with a word or without, leaves nothing behind', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const [host, owner] = [await buildDevice(app), await buildDevice(app)];
  const before = app.services.wakeUps.size;
  for (const leave of ['cut', 'close', 'complete'] as const) {
    const followers = watchFollowers(app);
    const sockets = [await socketOf(port, host.credential), await socketOf(port, owner.credential)];
    for (const socket of sockets) for (const id of ['1', '2']) socket.subscribe(id, EVENTS);
    await followers.came(4);
    for (const socket of sockets) {
      if (leave === 'cut') socket.cut();
      else if (leave === 'close') socket.raw.close();
      else for (const id of ['1', '2']) socket.send({ id, type: 'complete' });
    }
    await followers.gone();
    expect([leave, app.services.wakeUps.size]).toEqual([leave, before]);
  }
});

it('API-01 an id can be used again as soon as it is completed: what still ends under it is none of the new operation', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const { secret } = await signedIn(app, await buildAccount(app));
  const device = await buildDevice(app);
  const before = app.services.wakeUps.size;
  const followers = watchFollowers(app);
  const byCookie = await openSocket(port, { headers: { cookie: `beckon=${secret}` } });
  await byCookie.init();
  // Its password is hashed, so that it still runs when all that follows is there.
  const slow = 'mutation { setUpSecondFactor(input: { password: "no password of theirs" }) { __typename } }';
  byCookie.subscribe('1', slow);
  byCookie.send({ id: '1', type: 'complete' });
  byCookie.subscribe('1', '{ viewer { nothing } }');
  byCookie.send({ id: '1', type: 'complete' });
  byCookie.subscribe('1', '{ viewer { kind } }');
  expect(await byCookie.next()).toEqual({ id: '1', type: 'next', payload: { data: { viewer: { kind: 'ACCOUNT' } } } });
  expect(await byCookie.next()).toEqual({ id: '1', type: 'complete' });

  const socket = await socketOf(port, device.credential);
  socket.subscribe('1', '{ viewer { kind } }');
  socket.send({ id: '1', type: 'complete' });
  socket.subscribe('1', EVENTS);
  await followers.came(1);
  const event = { type: 'next', id: '1', payload: { data: { deviceEvents: { __typename: 'DeviceEvent' } } } };
  await rename(device, 'Heard');
  expect(await socket.next()).toEqual(event);
  socket.send({ id: '1', type: 'complete' });
  socket.subscribe('1', EVENTS);
  socket.cut();
  await followers.gone();
  expect(app.services.wakeUps.size).toBe(before);

  byCookie.subscribe('2', slow);
  byCookie.send({ id: '2', type: 'complete' });
  byCookie.subscribe('2', '{ viewer { kind } }');
  byCookie.subscribe('2', '{ viewer { kind } }');
  expect((await byCookie.closed).code).toBe(4409);
});
