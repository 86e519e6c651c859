import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { updateDevice } from '../domain/device-changes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { watchFollowers } from '../testing/sockets.ts';
import { connectionKey, unacknowledgedOf } from './stalled-streams.ts';

/** Much for each event, so that it takes few to fill what the system buffers. */
const LARGE = `subscription { deviceEvents { ... on DeviceEvent { device { ${Array.from({ length: 900 }, (_, i) => `a${i}: name`).join(' ')} } } } }`;
const SMALL = 'subscription { deviceEvents { cursor } }';

const SETTINGS = {
  SOCKETS_PER_PRINCIPAL: '1',
  SOCKET_PING_S: '0.05',
  QUERY_MAX_ALIASES: '1000',
  QUERY_MAX_FIELDS: '1000',
  QUERY_MAX_TOKENS: '10000',
  QUERY_MAX_COMPLEXITY: '10000',
};

/** A connection that follows events, and reads nothing but their beginning. */
function deafStream(port: number, credential: string, query: string): Promise<Socket> {
  const body = JSON.stringify({ query });
  const socket = connect(port, '127.0.0.1');
  closeAfterTest(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'Host: beckon',
      'Content-Type: application/json',
      'Accept: text/event-stream',
      `Authorization: Bearer ${credential}`,
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
  return new Promise((resolve) => {
    socket.once('data', () => {
      socket.pause();
      resolve(socket);
    });
  });
}

/** Resolves when a stream was cut. */
function cut(app: TestApp): Promise<void> {
  const counter = app.services.meters.slowReaders.of('sse');
  return new Promise((resolve) => {
    counter.add = (by = 1) => {
      counter.value += by;
      resolve();
    };
  });
}

it('API-01 a client of event streams that reads no more is cut, gives its place back, and what it holds is let go', async () => {
  const app = await testApp(SETTINGS);
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const followers = watchFollowers(app);
  const before = app.services.wakeUps.size;
  await deafStream(api.port, device.credential, LARGE);
  await followers.came(1);
  const refused = await api.events(SMALL, {}, { bearer: device.credential });
  expect(refused.status).toBe(429);

  const isCut = cut(app);
  let done = false;
  void isCut.then(() => {
    done = true;
  });
  const name = 'x'.repeat(60);
  for (let i = 0; !done; i++) {
    await updateDevice(device.ctx, { deviceId: device.device.id, name: `${name}${i}` });
    // A turn for timers and sockets, which a writer that only waits for SQLite leaves none.
    await new Promise(setImmediate);
  }
  await isCut;
  await followers.gone();
  expect(app.services.wakeUps.size).toBe(before);
  expect((await api.events(SMALL, {}, { bearer: device.credential })).status).toBe(200);
});

it('API-01 a client that reads, however little happens, is left alone', async () => {
  const app = await testApp(SETTINGS);
  const { port } = await httpApi(app);
  const device = await buildDevice(app);
  const socket = await deafStream(port, device.credential, SMALL);
  let text = '';
  const read = (until: RegExp) =>
    new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        text += chunk;
        if (until.test(text)) resolve();
      });
      socket.resume();
    });
  // Between two comments of the server there are several looks.
  await read(/(?:^:$[\s\S]*){3}/m);
  const heard = read(/cursor/);
  await updateDevice(device.ctx, { deviceId: device.device.id, name: 'Two' });
  await heard;
  expect(app.services.meters.slowReaders.of('sse').value).toBe(0);
});

it('what is unacknowledged is read from the system’s tables, for both kinds of addresses', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0FA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2472705 1 000000005a22d52e 100 0 0 10 0
   1: 0100007F:0FA0 010200C0:D431 01 0000002A:00000000 01:00000014 00000003     0        0 2472706 1 0000000000000000 20 4 1 10 -1
   2: 0100007F:0FA0 010200C0:D432 01 00000000:00000000 00:00000000 00000000     0        0 2472707 1 0000000000000000 20 4 1 10 -1
   3: 0100007F:0FA0 010200C0:D433 04 00000007:00000000 01:00000014 00000003     0        0 2472708 1 0000000000000000 20 4 1 10 -1
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000100007F:0FA0 0000000000000000FFFF0000010200C0:D431 01 00000010:00000000 00:00000000 00000000     0        0 1 1 0 20 4 1 10 -1
   1: B80D0120000000000000000001000000:0FA0 B80D0120000000000000000002000000:D434 01 00000003:00000000 00:00000000 00000000     0        0 1 1 0 20 4 1 10 -1
`;
  const found = unacknowledgedOf(table);
  const waiting = (localAddress: string, remoteAddress: string, remotePort: number) =>
    found.get(connectionKey({ localAddress, localPort: 4000, remoteAddress, remotePort }));
  expect(found.size).toBe(3);
  expect(waiting('127.0.0.1', '192.0.2.1', 0xd431)).toBe(42);
  expect(waiting('127.0.0.1', '192.0.2.1', 0xd432)).toBeUndefined();
  expect(waiting('::ffff:127.0.0.1', '::ffff:192.0.2.1', 0xd431)).toBe(16);
  expect(waiting('2001:db8::1', '2001:db8::2', 0xd434)).toBe(3);
});
