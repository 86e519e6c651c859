import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { readEvents, streamOf } from './domain/event-log.ts';
import { openNode } from './testing/app.ts';
import { FakeClock } from './testing/clock.ts';
import { freshDatabase } from './testing/database.ts';
import { startServer } from './testing/server-process.ts';
import { socketOf, type TestSocket } from './testing/sockets.ts';

/** SIGTERM to a real process that is busy. */

const WRITERS = 8;
const LISTENERS = 20;
/** So many changes are under way or done when the signal comes. */
const CHANGES = 300;
/** With the defaults; far below what would be cut off (serve.ts). */
const STOPS_WITHIN_MS = 6_000;

const EVENTS = `subscription ($after: Cursor) {
  deviceEvents(after: $after) { cursor ... on DeviceEvent { deviceChange: change } }
}`;
let renamed = 0;
/** To a name of its own each time: what changes nothing is no event. */
const rename = () => `mutation { updateDevice(input: { name: "${renamed++}" }) { __typename } }`;
const DONE = { updateDevice: { __typename: 'UpdateDevicePayload' } };

interface Registered {
  readonly id: string;
  readonly credential: string;
}

/** One request on a connection of its own: what it was answered, or null where the server took it no more. */
function post(port: number, query: string, bearer?: string): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ query });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    };
    const req = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent: false, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      // A whole answer, or none: half of one is a failure.
      res.once('end', () => resolve({ status: res.statusCode ?? 0, text }));
      res.once('error', reject);
    });
    // The port is closed, or was closed while the connection waited to be taken.
    req.once('error', (error: NodeJS.ErrnoException) =>
      ['ECONNREFUSED', 'ECONNRESET'].includes(error.code ?? '') ? resolve(null) : reject(error),
    );
    req.end(body);
  });
}

async function register(port: number): Promise<Registered> {
  const answer = await post(
    port,
    'mutation { registerDevice(input: { name: "PC", platform: WINDOWS, clientKind: HOST, clientVersion: "7" }) { ... on RegisterDevicePayload { credential device { id } } } }',
  );
  const { credential, device } = JSON.parse(answer?.text ?? '').data.registerDevice;
  return { credential, id: device.id };
}

it('a server that is told to stop while it is busy answers what it took, tells sockets to come back, loses nothing, and ends with 0', async () => {
  const database = await freshDatabase();
  const { port, server } = await startServer({
    ...database,
    REGISTRATIONS_PER_MINUTE: '1000',
    REQUESTS_PER_MINUTE: '1000000',
    SOCKETS_PER_PRINCIPAL: '100',
  });
  const device = await register(port);
  const others = await Promise.all(Array.from({ length: LISTENERS }, () => register(port)));
  const heard: string[] = [];
  let cursor: string | undefined;
  const listener = await socketOf(port, device.credential);
  listener.subscribe('events', EVENTS);
  const hearing = (async () => {
    for (;;) {
      const { payload } = await listener.nextOf('events');
      cursor = payload.data.deviceEvents.cursor;
      heard.push(payload.data.deviceEvents.deviceChange);
    }
  })().catch(() => {});
  const sockets: TestSocket[] = [listener];
  for (const { credential } of others) {
    const socket = await socketOf(port, credential);
    socket.subscribe('events', EVENTS);
    sockets.push(socket);
  }
  const stream = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${device.credential}`,
    },
    body: JSON.stringify({ query: EVENTS }),
  });
  const streamed = stream.text().catch(() => 'cut');

  let acknowledged = 0;
  let stopping = false;
  let enough = () => {};
  const busy = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const acknowledge = () => {
    acknowledged += 1;
    if (acknowledged === CHANGES) enough();
  };
  const overHttp = async (): Promise<void> => {
    for (;;) {
      const answer = await post(port, rename(), device.credential);
      if (!answer || answer.status === 503) {
        expect(stopping).toBe(true);
        return;
      }
      expect(answer).toEqual({ status: 200, text: JSON.stringify({ data: DONE }) });
      acknowledge();
    }
  };
  const overSocket = async (): Promise<void> => {
    const socket = await socketOf(port, device.credential);
    sockets.push(socket);
    for (;;) {
      const answer = await socket.ask(rename()).catch(() => null);
      if (!answer) return;
      expect(answer).toEqual({ data: DONE });
      acknowledge();
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, () => Promise.all([overHttp(), overSocket()])));
  await busy;
  stopping = true;
  const start = performance.now();
  server.kill('SIGTERM');
  const [[code, signal]] = await Promise.all([once(server, 'exit'), writing]);
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(performance.now() - start).toBeLessThan(STOPS_WITHIN_MS);
  for (const socket of sockets) {
    expect(await socket.closed).toEqual({ code: 1001, reason: 'the server goes away' });
  }
  await hearing;
  expect(await streamed).toBe('cut');
  expect(acknowledged).toBeGreaterThanOrEqual(CHANGES);

  // What is in the log is what was answered, one for one; the listener goes on where it was.
  const again = await openNode(database, {}, new FakeClock());
  const log = await readAll(again.services.db.read, device.id);
  expect(log.filter((change) => change === 'UPDATED')).toHaveLength(acknowledged);
  expect(log.at(-1)).toBe('OFFLINE');
  const resumedPort = await again.listen();
  const resumed = await socketOf(resumedPort, device.credential);
  resumed.subscribe('events', EVENTS, { after: cursor });
  while (heard.filter((change) => change === 'UPDATED').length < acknowledged || heard.at(-1) !== 'OFFLINE') {
    const { payload } = await resumed.nextOf('events');
    heard.push(payload.data.deviceEvents.deviceChange);
  }
  expect(heard.filter((change) => change === 'UPDATED')).toHaveLength(acknowledged);
  for (const { id } of others) expect((await readAll(again.services.db.read, id)).at(-1)).toBe('OFFLINE');
}, 60_000);

async function readAll(q: Parameters<typeof readEvents>[0], deviceId: string): Promise<string[]> {
  const changes: string[] = [];
  for (let number = 0; ; ) {
    const batch = await readEvents(q, streamOf.device(deviceId), number);
    const last = batch.at(-1);
    if (!last) return changes;
    number = last.number;
    changes.push(...batch.map(({ change }) => change));
  }
}
