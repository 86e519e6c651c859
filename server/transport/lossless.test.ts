import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readEvents, streamOf } from '../domain/event-log.ts';
import { encodeCursor } from '../domain/event-stream.ts';
import { cancelInvitation, inviteDevice } from '../domain/invitations.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice, type TestDevice } from '../testing/builders.ts';

/** How often each connection is cut: at connecting, subscribing, replaying, or in the midst of live events. */
const CUTS = 400;
/** Events that happen meanwhile: two for each round (sent, cancelled), and those of presence. */
const ROUNDS = 300;

const SUBSCRIPTION = 'subscription ($after: Cursor) { deviceEvents(after: $after) { __typename cursor } }';

/** A source of chance that gives the same row each time, so that a failure can be seen again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state % below;
  };
}

type Seen = (cursor: string) => void;

/** Opens a stream after a cursor, and cuts it when it has seen so many events, or after so many turns of the loop. */
type Attempt = (
  url: string,
  device: TestDevice,
  after: string,
  seen: Seen,
  most: number,
  turns: number,
) => Promise<void>;

const overWebSocket: Attempt = (url, device, after, seen, most, turns) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    let left = most;
    socket.on('open', () => {
      socket.send(
        JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${device.credential}` } }),
      );
    });
    socket.on('message', (data) => {
      if (left <= 0) return;
      const message = JSON.parse(data.toString());
      if (message.type === 'connection_ack') {
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION, variables: { after } } }),
        );
        void cutAfter(turns, () => socket.terminate());
      } else if (message.type === 'next') {
        seen(message.payload.data.deviceEvents.cursor);
        left -= 1;
        if (left <= 0) socket.terminate();
      } else if (message.type === 'error') {
        reject(new Error(JSON.stringify(message.payload)));
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });

const overServerSentEvents: Attempt = async (url, device, after, seen, most, turns) => {
  const cut = new AbortController();
  let left = most;
  try {
    const response = await fetch(url, {
      method: 'POST',
      signal: cut.signal,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${device.credential}`,
      },
      body: JSON.stringify({ query: SUBSCRIPTION, variables: { after } }),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    void cutAfter(turns, () => cut.abort());
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const block of whole) {
        const data = /^data: ?(.+)$/m.exec(block)?.[1];
        if (!data || left <= 0) continue;
        seen(JSON.parse(data).data.deviceEvents.cursor);
        left -= 1;
        if (left <= 0) cut.abort();
      }
    }
  } catch (error) {
    if (!cut.signal.aborted) throw error;
  }
};

async function cutAfter(turns: number, cut: () => void): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  cut();
}

async function loadOn(from: TestDevice, to: TestDevice): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await inviteDevice(from.ctx, { recipient: to.device.address, origin: 'OWN_ID' });
    await cancelInvitation(from.ctx, { id });
    await setImmediate();
  }
}

it.each([
  ['a WebSocket', overWebSocket],
  ['server-sent events', overServerSentEvents],
] as const)(
  'API-01 over %s that is cut at random hundreds of times under load, nothing is missing, nothing comes twice, all is in order',
  async (_name, attempt) => {
    const app = await testApp();
    const url = `http://127.0.0.1:${await app.listen()}/graphql`;
    const [sender, reader] = [await buildDevice(app), await buildDevice(app)];
    const stream = streamOf.device(reader.device.id);
    const random = chance(42);
    const seen: string[] = [];
    let after = encodeCursor(stream, 0);
    const note: Seen = (cursor) => {
      seen.push(cursor);
      after = cursor;
    };
    const load = loadOn(sender, reader);
    for (let cut = 0; cut < CUTS; cut++) {
      await attempt(url, reader, after, note, 1 + random(8), random(60));
    }
    await load;
    // What is still missing comes in one go; the end is a last event that is known to be one.
    const { id } = await inviteDevice(sender.ctx, { recipient: reader.device.address, origin: 'OWN_ID' });
    const written = async () => {
      const all: { cursor: string; subject: string }[] = [];
      for (let from = 0; ; ) {
        const batch = await readEvents(app.services.db.read, stream, from);
        all.push(...batch.map(({ number, subject }) => ({ cursor: encodeCursor(stream, number), subject })));
        const last = batch.at(-1);
        if (!last) return all;
        from = last.number;
      }
    };
    const last = (await written()).find(({ subject }) => subject === id)?.cursor ?? '';
    for (let more = 0; more < 50 && !seen.includes(last); more++) await attempt(url, reader, after, note, 1000, 3_000);
    const log = (await written()).map(({ cursor }) => cursor);
    expect(seen).toEqual(log.slice(0, seen.length));
    expect(seen.length).toBeGreaterThan(2 * ROUNDS);
  },
  90_000,
);
