import { once } from 'node:events';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { WebSocket } from 'ws';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { type DeviceEvent, InboxSocket } from './inbox-socket.ts';
import { progress, shown, table } from './report.ts';
import type { Outcome } from './results.ts';
import { median, percentile } from './statistics.ts';

/** So many that what each takes stands out from what the process takes anyway; several listen to one device. */
const IDLE_SOCKETS = 3_000;
const WARM_UP_ROUNDS = 300;
const WARM_UP_SOCKETS = 200;
const COMMITS = 500;
/** Rounds of one side and the other in turn, so that what disturbs the machine disturbs both. */
const BLOCKS = 15;
const ROUNDS_PER_BLOCK = 200;
/** Sockets that are being opened at a time. */
const OPENING = 25;
/** Longest that an event may take before the run is given up. */
const PATIENCE_MS = 10_000;

const INVITE = `mutation Invite($input: InviteDeviceInput!) {
  inviteDevice(input: $input) {
    __typename
    ... on InviteDevicePayload { invitation { id status expiresAt permissions } }
    ... on UserError { code message }
  }
}`;
const CANCEL = `mutation Cancel($input: CancelInvitationInput!) {
  cancelInvitation(input: $input) {
    __typename
    ... on CancelInvitationPayload { invitation { status } }
  }
}`;

interface Closable {
  close(): void;
}

/** One side of the comparison: `round` gives the milliseconds from the request to the event at the other side. */
interface Side {
  readonly name: string;
  readonly port: number;
  round(connection: Connection): Promise<number>;
  readonly blocks: number[][];
  readonly kibibytesPerSocket: number;
}

/** Measures how long an invitation takes from one device to the other, and prints what came out. */
export async function benchInvitations(example: Example): Promise<Outcome> {
  const closers: (() => unknown)[] = [];
  try {
    const beckon = await startChild('dist/server/main.js', benchSettings(example.folder));
    closers.push(beckon.stop);
    const bare = await startChild('bench/bare-sockets.ts', {});
    closers.push(bare.stop);
    const sides = [await bareSide(bare, closers), await beckonSide(beckon, example, closers)];
    await measure(sides);
    return print(sides, commitMs(example.folder));
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function measure(sides: readonly Side[]): Promise<void> {
  for (const side of sides) {
    progress(`invitations: warming up, ${side.name}`);
    await runBlock(side, WARM_UP_ROUNDS);
  }
  for (let block = 1; block <= BLOCKS; block++) {
    for (const side of sides) {
      progress(`invitations: block ${block} of ${BLOCKS}, ${side.name}`);
      side.blocks.push(await runBlock(side, ROUNDS_PER_BLOCK));
    }
  }
  progress('');
}

/** On a connection of its own: servers close one that was idle while the other side had its turn. */
async function runBlock(side: Side, rounds: number): Promise<number[]> {
  const connection = await Connection.open(side.port);
  try {
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) times.push(await side.round(connection));
    return times;
  } finally {
    connection.close();
  }
}

async function bareSide(server: Child, closers: (() => unknown)[]): Promise<Side> {
  const open = async (name: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/${name}`, { perMessageDeflate: false });
    await once(socket, 'open');
    closers.push(() => socket.terminate());
    return socket;
  };
  const perSocket = await openIdle(server, 'bare ws', (i) => open(`idle-${i}`));
  const recipient = await open('recipient');
  const request = postRequest({ to: 'recipient', frame: FRAME });
  return {
    name: 'bare node:http + ws',
    port: server.port,
    kibibytesPerSocket: perSocket,
    blocks: [],
    async round(connection) {
      const arrived = inTime(
        new Promise<number>((resolve) => recipient.once('message', () => resolve(performance.now()))),
      );
      const start = performance.now();
      const answer = connection.send(request);
      const time = (await arrived) - start;
      await answer;
      return time;
    },
  };
}

async function beckonSide(server: Child, example: Example, closers: (() => unknown)[]): Promise<Side> {
  const [inviter, recipient, ...others] = example.devices;
  if (!inviter || !recipient) throw new Error('the example has too few devices');
  const open = async (device: Example['devices'][number]) => {
    const socket = await InboxSocket.open(server.port, device);
    closers.push(() => socket.close());
    return socket;
  };
  const perSocket = await openIdle(server, 'Beckon', (i) => open(others[i % others.length] ?? recipient));
  const inbox = await open(recipient);
  const headers = { authorization: `Bearer ${inviter.credential}` };
  const invite = postRequest(
    {
      query: INVITE,
      variables: { input: { recipient: recipient.address, origin: 'OWN_ID', note: 'A look, please?' } },
    },
    headers,
  );
  const event = (change: string): Promise<DeviceEvent> =>
    inTime(
      new Promise((resolve, reject) => {
        inbox.onFailure = reject;
        inbox.onEvent = (told) => {
          if (told.change === change) resolve(told);
        };
      }),
    );
  const mutate = async (connection: Connection, request: Buffer, payload: string): Promise<void> => {
    const { status, body } = await connection.send(request);
    if (status !== 200 || !body.includes(payload)) throw new Error(`refused: ${status} ${body}`);
  };
  return {
    name: 'Beckon: inviteDevice → deviceEvents',
    port: server.port,
    kibibytesPerSocket: perSocket,
    blocks: [],
    async round(connection) {
      const created = event('CREATED');
      const start = performance.now();
      const answer = mutate(connection, invite, 'InviteDevicePayload');
      const { invitation } = await created;
      const time = performance.now() - start;
      await answer;
      // Taken back, so that the next round finds the same state. Not timed.
      const cancelled = event('CANCELLED');
      const cancel = postRequest({ query: CANCEL, variables: { input: { id: invitation?.id } } }, headers);
      await mutate(connection, cancel, 'CancelInvitationPayload');
      await cancelled;
      return time;
    },
  };
}

/** Opens the idle sockets, and gives what each takes of the server's memory in KiB. */
async function openIdle(server: Child, name: string, open: (i: number) => Promise<Closable>): Promise<number> {
  const openMany = async (count: number) => {
    const sockets: Closable[] = [];
    while (sockets.length < count) {
      progress(`invitations: opening idle sockets, ${name}: ${sockets.length} of ${count}`);
      const from = sockets.length;
      sockets.push(...(await Promise.all(Array.from({ length: OPENING }, (_, i) => open(from + i)))));
    }
    return sockets;
  };
  // What the first ones take is mostly code that is compiled for all.
  for (const socket of await openMany(WARM_UP_SOCKETS)) socket.close();
  const before = await server.usage(true);
  await openMany(IDLE_SOCKETS);
  const after = await server.usage(true);
  return (after.rssBytes - before.rssBytes) / 1024 / IDLE_SOCKETS;
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('an event did not come')), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What one commit of one small row takes on this disk, in milliseconds: no invitation can be kept any faster. */
function commitMs(folder: string): number {
  const db = new SqliteDatabase(join(folder, 'commit.sqlite'));
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec('create table rows (n integer)');
    const insert = db.prepare('insert into rows values (?)');
    const times = Array.from({ length: COMMITS }, (_, n) => {
      const start = performance.now();
      insert.run(n);
      return performance.now() - start;
    });
    return median(times);
  } finally {
    db.close();
  }
}

function print(sides: readonly Side[], commit: number): Outcome {
  const rounds = BLOCKS * ROUNDS_PER_BLOCK;
  const figures = sides.map(({ name, blocks, kibibytesPerSocket }) => {
    const of = (p: number) => median(blocks.map((block) => percentile(block, p)));
    return { name, p50: of(0.5), p99: of(0.99), kibibytesPerSocket };
  });
  const [bare] = figures;
  console.log(`\nInvitation sent over HTTP → received over WebSocket by the other device`);
  console.log(
    `${shown(rounds)} rounds one after another in ${BLOCKS} interleaved blocks (medians of blocks), ${shown(IDLE_SOCKETS)} idle sockets open\n`,
  );
  console.log(
    table(
      ['', 'p50 ms', '÷ bare', 'p99 ms', '÷ bare', 'KiB per idle socket'],
      figures.map(({ name, p50, p99, kibibytesPerSocket }) => [
        name,
        p50,
        p50 / (bare?.p50 ?? Number.NaN),
        p99,
        p99 / (bare?.p99 ?? Number.NaN),
        kibibytesPerSocket,
      ]),
    ),
  );
  console.log(
    '\n  Beckon’s sockets are each signed in and follow the events of a device of their own. Its invitation is checked,\n' +
      '  stored and logged for everybody concerned in one transaction, which is on the disk before anybody is told:\n' +
      `  a commit of a single row takes ${shown(commit)} ms here.`,
  );
  const p50 = (figure: (typeof figures)[number]) => figure.p50 / (bare?.p50 ?? Number.NaN);
  const comparison = {
    title: `An invitation from sender to receiver, ${shown(IDLE_SOCKETS)} idle sockets: time`,
    figures: figures.map((figure) => ({
      name: figure.name,
      ratio: p50(figure),
      values: { 'p50 ms': figure.p50, 'p99 ms': figure.p99, 'KiB per idle socket': figure.kibibytesPerSocket },
    })),
  };
  return { verdicts: [], comparisons: [comparison] };
}

/** As large as what Beckon sends of an invitation. */
const FRAME = {
  id: '1',
  type: 'next',
  payload: { data: { deviceEvents: { cursor: 'x'.repeat(60), occurredAt: 'x'.repeat(24), change: 'x'.repeat(320) } } },
};
