import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { Connection } from './connection.ts';
import type { Example } from './example.ts';
import {
  type Block,
  bareSide,
  beckonSide,
  eventIn,
  nextEvent,
  PAIRS,
  type Pair,
  peerSide,
  planOf,
  type Side,
  SUBSCRIPTIONS,
} from './invitation-sides.ts';
import { progress, shown, table, type Verdict } from './report.ts';
import type { Comparison, Outcome } from './results.ts';
import { median, percentile } from './statistics.ts';

/** Blocks of one side and the others in turn, so that what disturbs the machine disturbs all. */
const BLOCKS = 8;
const INVITATIONS_PER_BLOCK = 125;
/** One invitation after the other, whether the one before has arrived or not: 25 a second. */
const INTERVAL_MS = 40;
const WARM_UP_INVITATIONS = 600;
const WARM_UP_INTERVAL_MS = 5;
const COMMITS = 500;

/** Issue 1: of the times of a bare server that keeps the same. */
const MOST_TIMES_P50 = 3;
const MOST_TIMES_P99 = 8;

/** Measures how long an invitation takes from one device to the other, and prints what came out. */
export async function benchInvitations(example: Example): Promise<Outcome> {
  const closers: (() => unknown)[] = [];
  try {
    const beckon = await beckonSide(example, closers);
    const told = await invitedOnce(beckon);
    const model = eventIn(told);
    const frame = JSON.parse(told);
    const bare = await bareSide('bare node:http + ws, the same rows on the disk', frame, plan('bare'), closers);
    const forgetful = await bareSide('bare node:http + ws, nothing kept', frame, null, closers);
    const peer = await peerSide(plan('peer'), closers);
    const sides = [bare, beckon, ...(peer ? [peer] : []), forgetful];
    for (const side of sides) {
      const event = eventIn(await invitedOnce(side));
      if (shapeOf(event) !== shapeOf(model)) throw new Error(`${side.name} tells ${JSON.stringify(event)}`);
    }
    await measure(sides);
    return print(sides, commitMs(example.folder));

    function plan(name: string): string {
      return planOf(example.folder, model, `invitations-${name}`);
    }
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function measure(sides: readonly Side[]): Promise<void> {
  for (const side of sides) {
    progress(`invitations: warming up, ${side.name}`);
    await runBlock(side, WARM_UP_INVITATIONS, WARM_UP_INTERVAL_MS);
  }
  for (let block = 1; block <= BLOCKS; block++) {
    for (const side of sides) {
      progress(`invitations: block ${block} of ${BLOCKS}, ${side.name}`);
      side.blocks.push(await runBlock(side, INVITATIONS_PER_BLOCK, INTERVAL_MS));
    }
  }
  progress('');
}

/**
 * Sends invitations by the clock, and gives what each took in ms: where a pair is still busy when its turn comes, its
 * waiting counts. On connections of its own: servers close those that were idle while the others had their turn.
 */
async function runBlock({ server, pairs }: Side, count: number, intervalMs: number): Promise<Block> {
  const connections = await Promise.all(pairs.map(() => Connection.open(server.port)));
  const busy: Promise<void>[] = pairs.map(async () => {});
  const times: number[] = [];
  const told: string[] = [];
  const before = await server.usage();
  const start = performance.now();
  try {
    for (let i = 0; i < count; i++) {
      await setTimeout(Math.max(0, start + i * intervalMs - performance.now()));
      const due = performance.now();
      const at = i % PAIRS;
      const turn = busy[at];
      busy[at] = (async () => {
        await turn;
        const { at: arrived, text } = await invite(pairs[at] as Pair, connections[at] as Connection);
        times.push(arrived - due);
        told[i] = text;
      })();
      // Told of below.
      busy[at].catch(() => {});
    }
    await Promise.all(busy);
    const after = await server.usage();
    for (const [i, text] of told.entries()) {
      await pairs[i % PAIRS]?.takeBack?.(connections[i % PAIRS] as Connection, text);
    }
    return { times, cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / count };
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** When its event arrived, and the text. */
async function invite({ inbox, request }: Pair, connection: Connection): Promise<{ at: number; text: string }> {
  const arrived = nextEvent(inbox, 'CREATED');
  const [{ status, body }, told] = await Promise.all([connection.send(request), arrived]);
  if (status !== 200 || !body.includes('"data"') || body.includes('"code"')) throw new Error(`refused: ${body}`);
  return told;
}

/** The text of the event that an invitation led to. */
async function invitedOnce({ server, pairs: [pair] }: Side): Promise<string> {
  const connection = await Connection.open(server.port);
  try {
    const { text } = await invite(pair as Pair, connection);
    await pair?.takeBack?.(connection, text);
    return text;
  } finally {
    connection.close();
  }
}

/** What is the same of every invitation: all names, and the values that are no id, time or place. */
function shapeOf(event: object): string {
  return JSON.stringify(event, (key, value) =>
    ['id', 'cursor', 'address', 'occurredAt', 'expiresAt'].includes(key) ? String(value).length : value,
  );
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

interface Times {
  readonly name: string;
  readonly kibibytes: number;
  readonly cpu: number;
  /** Of each block. */
  readonly p50: readonly number[];
  readonly p99: readonly number[];
}

type Share = 'p50' | 'p99';

function print(sides: readonly Side[], commit: number): Outcome {
  const all = sides.map(({ name, kibibytes, blocks }): Times => {
    const of = (p: number) => blocks.map((block) => percentile(block.times, p));
    const cpu = median(blocks.map(({ cpuMicroseconds }) => cpuMicroseconds));
    return { name, kibibytes, cpu, p50: of(0.5), p99: of(0.99) };
  });
  const [bare] = all as [Times];
  const times = (one: Times, share: Share) => median(one[share]) / median(bare[share]);
  const spread = (one: Times, share: Share) => `${shown(Math.min(...one[share]))}–${shown(Math.max(...one[share]))}`;
  console.log('\nInvitation sent over HTTP → received over WebSocket by the other device');
  console.log(
    `one every ${INTERVAL_MS} ms, ${BLOCKS} interleaved blocks of ${INVITATIONS_PER_BLOCK} (medians of blocks; spread: smallest to largest block),` +
      ` ${shown(SUBSCRIPTIONS)} other subscriptions open\n`,
  );
  console.log(
    table(
      ['', 'p50 ms', '÷ first', 'spread', 'p99 ms', '÷ first', 'spread', 'CPU µs', 'KiB per idle socket'],
      all.map((one) => [
        one.name,
        median(one.p50),
        times(one, 'p50'),
        spread(one, 'p50'),
        median(one.p99),
        times(one, 'p99'),
        spread(one, 'p99'),
        one.cpu,
        one.kibibytes,
      ]),
    ),
  );
  console.log(
    '\n  Beckon’s sockets are each signed in and follow the events of their device. Its invitation is checked, stored and logged\n' +
      '  for everybody concerned in one transaction, which is on the disk before anybody is told: a commit of a single row\n' +
      `  takes ${shown(commit)} ms here.`,
  );
  const comparison = (share: Share): Comparison => ({
    title: `An invitation from sender to receiver, ${shown(SUBSCRIPTIONS)} subscriptions: ${share} (less is better)`,
    figures: all.map((one) => ({
      name: one.name,
      ratio: times(one, share),
      values: {
        [`${share} ms`]: median(one[share]),
        'least of a block': Math.min(...one[share]),
        most: Math.max(...one[share]),
        'CPU µs': one.cpu,
        'KiB per idle socket': one.kibibytes,
      },
    })),
  });
  return { comparisons: [comparison('p50'), comparison('p99')], verdicts: verdictsOf(all, times) };
}

function verdictsOf(all: readonly Times[], times: (one: Times, share: Share) => number): Verdict[] {
  const of = (name: string) => all.find((one) => one.name.startsWith(name));
  const [beckon, mercurius] = [of('Beckon'), of('Mercurius')];
  if (!beckon) return [];
  const verdict = (what: string, most: number, measured: number): Verdict => ({
    what: `An invitation from sender to receiver, ${what}`,
    limit: `at most ${shown(most)}`,
    measured: shown(measured),
    kept: measured <= most,
  });
  return [
    verdict('p50 ÷ bare with the same rows', MOST_TIMES_P50, times(beckon, 'p50')),
    verdict('p99 ÷ bare with the same rows', MOST_TIMES_P99, times(beckon, 'p99')),
    ...(mercurius ? [verdict('p99 ms, at most Mercurius’s', median(mercurius.p99), median(beckon.p99))] : []),
  ];
}
