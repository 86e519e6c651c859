import { streamOf } from '../server/domain/event-log.ts';
import { encodeCursor } from '../server/domain/event-stream.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { type Crowd, openCrowd } from './crowd.ts';
import { benchSettings, type Example } from './example.ts';
import { addMembers } from './members.ts';
import { startEventPeer } from './peers.ts';
import { progress, shown, table } from './report.ts';
import type { Outcome } from './results.ts';
import { median } from './statistics.ts';
import type { Opening } from './subscriber.ts';

/** As many as performance.md asks for. */
const SUBSCRIBERS = 10_000;
/** Each has as many sockets as the limits allow one caller. */
const SOCKETS_EACH = 20;
const WARM_UP_ROUNDS = 5;
/** Rounds of one side and the others in turn, so that what disturbs the machine disturbs all. */
const ROUNDS = 25;

const EVENTS = `subscription Company($after: Cursor) {
  companyEvents(after: $after) {
    cursor
    occurredAt
    ... on DeviceEvent { change device { id name online } }
    ... on OtherEvent { concept change }
  }
}`;
const RENAME = `mutation Rename($input: UpdateDeviceInput!) { updateDevice(input: $input) { __typename } }`;

interface Side {
  readonly name: string;
  readonly server: Child;
  readonly crowd: Crowd;
  /** Has everybody told of something: each time of something else. */
  toAll(round: number): Buffer;
  readonly kibibytes: number;
  readonly milliseconds: number[];
  readonly cpuMicroseconds: number[];
}

/** Measures what a subscription takes while it waits, and how fast one event reaches all of them. */
export async function benchSubscriptions(example: Example): Promise<Outcome> {
  const closers: (() => unknown)[] = [];
  try {
    const tokens = await addMembers(example, SUBSCRIBERS / SOCKETS_EACH);
    const sides = [await bareSide(closers), await beckonSide(example, tokens, closers)];
    const peer = await startEventPeer();
    if (peer) sides.push(await peerSide(peer, closers));
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (const side of sides) await tellAll(side, round);
    }
    progress('');
    return print(sides);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function tellAll(side: Side, round: number): Promise<void> {
  progress(`subscriptions: ${side.name}, round ${round + 1} of ${ROUNDS}`);
  const before = await side.server.usage();
  const milliseconds = await side.crowd.toAll(side.toAll(round));
  const after = await side.server.usage();
  if (round < 0) return;
  side.milliseconds.push(milliseconds);
  side.cpuMicroseconds.push(after.cpuMicroseconds - before.cpuMicroseconds);
}

async function bareSide(closers: (() => unknown)[]): Promise<Side> {
  const server = await startChild('bench/bare-sockets.ts', {});
  const request = postRequest({ to: '*', frame: FRAME });
  return openSide(
    'bare node:http + ws',
    server,
    (i) => ({ path: `${i}`, graphql: null }),
    () => request,
    closers,
  );
}

async function beckonSide(
  { folder, companyId, token, devices }: Example,
  tokens: readonly string[],
  closers: (() => unknown)[],
): Promise<Side> {
  const server = await startChild('dist/server/main.js', benchSettings(folder));
  const [device] = devices;
  const rename = (round: number) =>
    postRequest(
      { query: RENAME, variables: { input: { deviceId: device?.id, name: `Renamed ${round}`.padEnd(60, '.') } } },
      { authorization: `Bearer ${device?.credential}` },
    );
  // Its last event is one that every member hears of.
  const after = await cursorBefore(rename(-WARM_UP_ROUNDS - 1), server.port, companyId, token);
  const opening = (i: number): Opening => ({
    path: 'graphql',
    graphql: {
      init: { authorization: `Bearer ${tokens[i % tokens.length]}` },
      subscribe: { query: EVENTS, variables: { after } },
      told: 'next',
    },
  });
  return openSide('Beckon: companyEvents', server, opening, rename, closers);
}

async function peerSide({ name, server }: { name: string; server: Child }, closers: (() => unknown)[]): Promise<Side> {
  const query = 'subscription { companyEvents { cursor occurredAt change device { id name online } } }';
  const opening: Opening = { path: 'graphql', graphql: { init: {}, subscribe: { query }, told: 'pong' } };
  const rename = (round: number) =>
    postRequest({
      query: 'mutation ($name: String!) { rename(name: $name) }',
      variables: { name: `Renamed ${round}`.padEnd(60, '.') },
    });
  return openSide(name, server, () => opening, rename, closers);
}

async function openSide(
  name: string,
  server: Child,
  opening: (i: number) => Opening,
  toAll: Side['toAll'],
  closers: (() => unknown)[],
): Promise<Side> {
  closers.push(server.stop);
  progress(`subscriptions: opening ${shown(SUBSCRIBERS)}, ${name}`);
  const { crowd, kibibytes } = await openCrowd(server, SUBSCRIBERS, opening, closers);
  return { name, server, crowd, toAll, kibibytes, milliseconds: [], cpuMicroseconds: [] };
}

/** Where the event that a request makes comes after: it says to each subscriber that it is there. */
async function cursorBefore(request: Buffer, port: number, companyId: string, token: string): Promise<string> {
  const connection = await Connection.open(port);
  await connection.send(request);
  const query = `{ node(id: "${companyId}") { ... on Company { eventCursor } } }`;
  const { body } = await connection.send(postRequest({ query }, { authorization: `Bearer ${token}` }));
  connection.close();
  const cursor = JSON.parse(body.toString()).data.node.eventCursor as string;
  const last = Number(Buffer.from(cursor, 'base64url').toString().split(':').at(-1));
  return encodeCursor(streamOf.company(companyId), last - 1);
}

function print(sides: readonly Side[]): Outcome {
  const figures = sides.map(({ name, kibibytes, milliseconds, cpuMicroseconds }) => ({
    name,
    kibibytes,
    perSecond: (SUBSCRIBERS / median(milliseconds)) * 1000,
    cpu: median(cpuMicroseconds) / SUBSCRIBERS,
  }));
  const [bare] = figures;
  if (!bare) return { comparisons: [], verdicts: [] };
  console.log(
    `\nOne event to ${shown(SUBSCRIBERS)} subscriptions of ${shown(SUBSCRIBERS / SOCKETS_EACH)} members (medians of ${ROUNDS} interleaved rounds)\n`,
  );
  console.log(
    table(
      ['', 'messages/s', '÷ bare', 'CPU µs each', 'speed ÷ bare', 'KiB while idle', '÷ bare'],
      figures.map(({ name, perSecond, cpu, kibibytes }) => [
        name,
        perSecond,
        perSecond / bare.perSecond,
        cpu,
        bare.cpu / cpu,
        kibibytes,
        kibibytes / bare.kibibytes,
      ]),
    ),
  );
  const of = (name: string) => figures.find((figure) => figure.name.startsWith(name)) ?? bare;
  const beckon = of('Beckon');
  return {
    comparisons: [
      {
        title: `One event to ${shown(SUBSCRIBERS)} subscriptions: messages per second`,
        figures: figures.map(({ name, perSecond, cpu, kibibytes }) => ({
          name,
          ratio: perSecond / bare.perSecond,
          values: { 'messages/s': perSecond, 'CPU µs each': cpu, 'KiB while idle': kibibytes },
        })),
      },
    ],
    verdicts: [
      {
        what: 'One event to all subscriptions, messages/s ÷ bare',
        limit: '≥ 0.6',
        measured: shown(beckon.perSecond / bare.perSecond),
        kept: beckon.perSecond / bare.perSecond >= 0.6,
      },
      {
        what: 'Memory of a subscription that waits ÷ bare',
        limit: '≤ 2.5',
        measured: shown(beckon.kibibytes / bare.kibibytes),
        kept: beckon.kibibytes / bare.kibibytes <= 2.5,
      },
    ],
  };
}

/** As large as what Beckon sends of an event. */
const FRAME = {
  id: '1',
  type: 'next',
  payload: {
    data: {
      companyEvents: {
        cursor: 'x'.repeat(54),
        occurredAt: 'x'.repeat(24),
        change: 'UPDATED',
        device: { id: 'x'.repeat(28), name: 'x'.repeat(60), online: false },
      },
    },
  },
};
