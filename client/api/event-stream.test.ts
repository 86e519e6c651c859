import { describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { removeDevice } from '../../server/domain/device-removal.ts';
import { readEvents, streamOf } from '../../server/domain/event-log.ts';
import { encodeCursor } from '../../server/domain/event-stream.ts';
import { inviteDevice, modifyInvitation } from '../../server/domain/invitations.ts';
import { type TestApp, testApp } from '../../server/testing/app.ts';
import { buildDevice, type TestDevice } from '../../server/testing/builders.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { startProxy } from '../testing/proxy.ts';
import { type BeckonClient, type BeckonClientOptions, createBeckonClient, type DeviceEvent } from './client.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { BeckonError } from './errors.ts';

/** How often the connection is cut under load: every point of the stream is met several times. */
const CUTS = 150;

function clientAt(port: number, options: Omit<BeckonClientOptions, 'url'>): BeckonClient {
  const client = createBeckonClient({ url: `http://127.0.0.1:${port}`, ...options });
  closeAfterTest(() => client.close());
  return client;
}

/** A client that does not wait before it connects again. */
function impatientClientAt(port: number, options: Omit<BeckonClientOptions, 'url' | 'onConnection'>): BeckonClient {
  const client = clientAt(port, {
    ...options,
    onConnection: ({ status }) => {
      if (status === 'waiting') setImmediate(() => client.retryNow());
    },
  });
  return client;
}

/** The cursors of everything that is in the device's log. */
async function logOf(app: TestApp, { device }: TestDevice): Promise<string[]> {
  const stream = streamOf.device(device.id);
  const cursors: string[] = [];
  for (let after = 0; ; ) {
    const batch = await readEvents(app.services.db.read, stream, after);
    cursors.push(...batch.map(({ number }) => encodeCursor(stream, number)));
    const last = batch.at(-1);
    if (!last) return cursors;
    after = last.number;
  }
}

/** Reads on until an event says that it is the last one. */
async function readUntil(events: AsyncIterable<DeviceEvent>, isLast: (event: DeviceEvent) => boolean) {
  const seen: DeviceEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (isLast(event)) break;
  }
  return seen;
}

const start = ({ device }: TestDevice): string => encodeCursor(streamOf.device(device.id), 0);
const isAccepted = (event: DeviceEvent): boolean =>
  event.__typename === 'InvitationEvent' && event.invitation?.note === 'last';

async function pendingInvitation(app: TestApp): Promise<{ ana: TestDevice; ben: TestDevice; id: string }> {
  const ana = await buildDevice(app);
  const ben = await buildDevice(app);
  const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
  return { ana, ben, id };
}

describe('event streams of the client', () => {
  it('API-01 a stream that is cut at random loses nothing, repeats nothing and keeps the order', async () => {
    const app = await testApp();
    const proxy = await startProxy(await app.listen());
    closeAfterTest(() => proxy.close());
    const { ana, ben, id } = await pendingInvitation(app);
    const client = impatientClientAt(proxy.port, { token: ben.credential });

    let cuts = 0;
    let carried = 0;
    let next = 1;
    proxy.onBytes = (bytes) => {
      carried += bytes;
      if (carried < next || cuts >= CUTS) return;
      cuts += 1;
      // Sooner or later than one handshake and some events take: in the middle of either.
      next = carried + Math.floor(Math.random() * 3_000);
      proxy.cut();
    };
    const reading = readUntil(client.deviceEvents({ after: start(ben) }), (event) => isAccepted(event) && cuts >= CUTS);
    let done = false;
    const load = (async () => {
      while (!done) {
        const note = cuts >= CUTS ? 'last' : 'more';
        await modifyInvitation(ana.ctx, { id, note });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const seen = await reading;
    done = true;
    await load;

    expect(cuts).toBe(CUTS);
    const cursors = seen.map(({ cursor }) => cursor);
    expect(cursors).toEqual((await logOf(app, ben)).slice(0, cursors.length));
  });

  it('API-01 without a cursor it starts from the present, and a loss before the first event leaves no gap', async () => {
    const app = await testApp();
    const proxy = await startProxy(await app.listen());
    closeAfterTest(() => proxy.close());
    const { ana, ben, id } = await pendingInvitation(app);
    const connected = Promise.withResolvers<void>();
    const waiting = Promise.withResolvers<void>();
    const client = clientAt(proxy.port, {
      token: ben.credential,
      onConnection: ({ status }) => {
        if (status === 'connected') connected.resolve();
        if (status === 'waiting') waiting.resolve();
      },
    });
    const reading = readUntil(client.deviceEvents(), isAccepted);
    await connected.promise;
    proxy.cut();
    await waiting.promise;
    await modifyInvitation(ana.ctx, { id, note: 'last' });
    client.retryNow();

    const changes = (await reading).map((event) => event.__typename);
    expect(changes).toContain('InvitationEvent');
    expect(changes.filter((name) => name === 'InvitationEvent')).toHaveLength(1);
  });

  it('API-01 a stream goes on after the server was stopped and started again', async () => {
    const app = await testApp();
    const port = await app.listen();
    const proxy = await startProxy(port);
    closeAfterTest(() => proxy.close());
    const { ana, ben, id } = await pendingInvitation(app);
    const client = impatientClientAt(proxy.port, { token: ben.credential });
    const stream = client.deviceEvents({ after: start(ben) });
    await stream.next();
    await app.close();

    const again = await createApp({ config: app.config, log: app.log, clock: app.clock });
    closeAfterTest(() => again.close());
    await modifyInvitation({ ...ana.ctx, ...again.services }, { id, note: 'last' });
    proxy.target = await again.listen();

    const rest = await readUntil(stream, isAccepted);
    const cursors = rest.map(({ cursor }) => cursor);
    const log = await logOf({ ...app, ...again, clock: app.clock, log: app.log }, ben);
    expect(cursors).toEqual(log.slice(1, 1 + cursors.length));
  });

  it('API-01 a reader that is slow holds the stream up, and misses nothing of it', async () => {
    const app = await testApp();
    const port = await app.listen();
    const { ana, ben, id } = await pendingInvitation(app);
    // More than the stream keeps in memory.
    for (let i = 0; i < 1_100; i++) await modifyInvitation(ana.ctx, { id, note: 'more' });
    await modifyInvitation(ana.ctx, { id, note: 'last' });
    const paused = Promise.withResolvers<void>();
    const client = clientAt(port, {
      token: ben.credential,
      // The stream has paused: its socket has nothing to do.
      onConnection: ({ status }) => status === 'idle' && paused.resolve(),
    });
    const stream = client.deviceEvents({ after: start(ben) });
    await paused.promise;

    const seen: string[] = [];
    for await (const event of stream) {
      seen.push(event.cursor);
      if (event.__typename === 'InvitationEvent' && event.revision === 1_102) break;
    }
    const log = await logOf(app, ben);
    expect(seen.length).toBeGreaterThan(1_100);
    expect(seen).toEqual(log.slice(0, seen.length));
  });

  it('a credential that is refused ends the stream with UNAUTHENTICATED after one connection', async () => {
    const app = await testApp();
    const proxy = await startProxy(await app.listen());
    closeAfterTest(() => proxy.close());
    const lost: BeckonError[] = [];
    const states: ConnectionState['status'][] = [];
    const client = clientAt(proxy.port, {
      token: 'bkn_dev_unknown',
      onAuthenticationLost: (error) => lost.push(error),
      onConnection: ({ status }) => states.push(status),
    });
    const error = await client
      .deviceEvents({ after: 'any' })
      .next()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BeckonError);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
    expect(lost).toHaveLength(1);
    expect(proxy.connections).toBe(1);
    expect(states).toEqual(['connecting', 'refused']);
  });

  it('INV-28 the stream of a device that is removed ends for good, with UNAUTHENTICATED', async () => {
    const app = await testApp();
    const port = await app.listen();
    const { ben } = await pendingInvitation(app);
    const client = clientAt(port, { token: ben.credential });
    const stream = client.deviceEvents({ after: start(ben) });
    await stream.next();
    await removeDevice(ben.ctx, {});
    const error = await readUntil(stream, () => false).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('a cursor of another stream is refused, not retried', async () => {
    const app = await testApp();
    const port = await app.listen();
    const { ana, ben } = await pendingInvitation(app);
    const client = clientAt(port, { token: ben.credential });
    await expect(client.deviceEvents({ after: start(ana) }).next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('closing the client ends its streams with CLOSED; aborting the signal ends one quietly', async () => {
    const app = await testApp();
    const port = await app.listen();
    const { ben } = await pendingInvitation(app);
    const client = clientAt(port, { token: ben.credential });
    const leaving = new AbortController();
    const left = client.deviceEvents({ after: start(ben), signal: leaving.signal });
    const closed = client.deviceEvents({ after: start(ben) });
    await left.next();
    leaving.abort();
    expect(await left.next()).toEqual({ done: true, value: undefined });
    client.close();
    await expect(readUntil(closed, () => false)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('a connection that is half open is found out by pings, and made anew', async () => {
    const app = await testApp();
    const proxy = await startProxy(await app.listen());
    closeAfterTest(() => proxy.close());
    const { ben } = await pendingInvitation(app);
    const states = new Map<ConnectionState['status'], PromiseWithResolvers<void>>();
    const reached = (status: ConnectionState['status']): PromiseWithResolvers<void> => {
      const known = states.get(status) ?? Promise.withResolvers<void>();
      states.set(status, known);
      return known;
    };
    const connection = new Connection({
      url: `ws://127.0.0.1:${proxy.port}/graphql`,
      connectionParams: { authorization: `Bearer ${ben.credential}` },
      onState: ({ status }) => reached(status).resolve(),
      timing: { pingAfterMs: 20, pongWithinMs: 100 },
    });
    closeAfterTest(() => connection.close());
    const ended = Promise.withResolvers<unknown>();
    connection.subscribe(
      { query: 'subscription { deviceEvents { cursor } }', variables: {} },
      () => {},
      (end) => ended.resolve(end),
    );
    await reached('connected').promise;
    proxy.freeze();
    await reached('waiting').promise;
    expect(await ended.promise).toEqual({ kind: 'lost' });
  });
});
