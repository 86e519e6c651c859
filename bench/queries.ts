import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { type Exchange, type LoadRound, loadRound } from './load.ts';
import { bodyOf, DEVICES, ONE_DEVICE, PAGES } from './pages.ts';
import { startPeers } from './peers.ts';
import { asPostGraphile, fromPostGraphile, type PostGraphile, startPostGraphile } from './postgraphile.ts';
import { progress, shown, table, type Verdict } from './report.ts';
import type { Comparison, Outcome } from './results.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const ROUND_MS = 1_000;
const WARM_UP_MS = 2_000;

/** What each page has to reach of the hand-written server's speed. */
const LEAST_RATIO = 0.75;

/** How often a device changes while a list of devices is asked for; several times what a thousand devices do. */
const CHANGE_EVERY_MS = 50;

const RAW = 'raw: node:http + prepared better-sqlite3';
const BY_TOKEN = 'Beckon, by API token';

interface Contestant {
  readonly name: string;
  readonly server: Child;
  readonly requests: readonly Buffer[];
  /** Its answer as the first of the match writes it; null where it has to be the same as it is. */
  readonly translated: ((answer: string, right: string) => string) | null;
  /** The requests with the answers that were found right. */
  readonly exchanges: Exchange[];
  readonly rounds: LoadRound[];
}

/** One page, with everybody who answers it; the first of them is the limit. */
interface Match {
  readonly title: string;
  readonly contestants: readonly [Contestant, ...Contestant[]];
  /** What goes on at the same time: begins it, and gives what ends it. */
  readonly meanwhile?: () => () => Promise<void>;
}

/** Measures the pages of `pages.ts` against a hand-written server, and prints what came out. */
export async function benchQueries(example: Example): Promise<Outcome> {
  const servers: { stop(): Promise<void> }[] = [];
  const start = async (script: string, env: Record<string, string>) => {
    const server = await startChild(script, env);
    servers.push(server);
    return server;
  };
  try {
    const file = { SQLITE_FILE: join(example.folder, SQLITE_FILE) };
    const raw = await start('bench/raw-queries.ts', file);
    const tuned = await start('bench/raw-queries.ts', { ...file, PARAMETER: '+?' });
    const beckon = await start('dist/server/main.js', benchSettings(example.folder));
    const peers = await startPeers(file.SQLITE_FILE);
    servers.push(...peers.map(({ server }) => server));
    const postGraphile = process.argv.includes('--postgraphile') ? await startPostGraphile(file.SQLITE_FILE) : null;
    if (postGraphile) servers.push(postGraphile);
    return await measure(example, { raw, tuned, beckon, peers, postGraphile });
  } finally {
    for (const server of servers.reverse()) await server.stop();
  }
}

interface Servers {
  readonly raw: Child;
  readonly tuned: Child;
  readonly beckon: Child;
  readonly peers: readonly { name: string; server: Child }[];
  readonly postGraphile: PostGraphile | null;
}

async function measure(example: Example, servers: Servers): Promise<Outcome> {
  const { raw, tuned, beckon } = servers;
  const idle = await beckon.usage(true);
  const byToken = { authorization: `Bearer ${example.token}` };
  const matches: Match[] = [];
  for (const page of PAGES) {
    const body = bodyOf(page, example);
    const limit = contestant(RAW, raw, [body]);
    const others = [contestant(BY_TOKEN, beckon, [body], byToken)];
    if (page === DEVICES) {
      others.push(contestant('raw, with SQLite spared compiling (+?)', tuned, [body]));
      others.push(contestant('Beckon, by cookie', beckon, [body], { cookie: example.cookie }));
    }
    others.push(...peersOf(servers, [body]));
    matches.push(await matchOf(page.title, [limit, ...others]));
  }
  // The last of them changes its name below.
  const each = example.devices.slice(0, -1).map((device) => bodyOf(ONE_DEVICE, { ...example, devices: [device] }));
  const oneByOne = [contestant(BY_TOKEN, beckon, each, byToken)];
  oneByOne.push(...peersOf(servers, each));
  matches.push(await matchOf('Each device by id, one after another', [contestant(RAW, raw, each), ...oneByOne]));
  const devices = [bodyOf(DEVICES, example)];
  matches.push({
    ...(await matchOf(`Device list, while a device changes every ${CHANGE_EVERY_MS} ms`, [
      contestant(RAW, raw, devices),
      contestant(BY_TOKEN, beckon, devices, byToken),
    ])),
    meanwhile: () => changeDevices(example, beckon),
  });
  const nothing = { query: '{ __typename }' };
  const empty = contestant('Beckon, { __typename }, by API token', beckon, [nothing], byToken);
  const anonymous = contestant('Beckon, { __typename }, not signed in', beckon, [nothing]);
  matches.push(await matchOf('A request that asks for nothing', [anonymous, empty]));
  await run(matches);
  const loaded = { beckon: await beckon.usage(true), raw: await raw.usage(true) };

  console.log(`\nPages of ${example.devices.length} devices, by CPU time of the server for one request`);
  console.log(`medians of ${ROUNDS} interleaved rounds of ${ROUND_MS / 1000} s; spread: smallest to largest round`);
  for (const match of matches) print(match);
  const signIn = medianOf(empty, 'cpuPerRequest') - medianOf(anonymous, 'cpuPerRequest');
  console.log(`\n  Knowing who asks: ${shown(signIn)} µs of each request.`);
  console.log(
    `  Memory: Beckon ${mebibytes(idle.rssBytes)} MiB when started, ${mebibytes(loaded.beckon.rssBytes)} after this load;` +
      ` the hand-written server ${mebibytes(loaded.raw.rssBytes)} after it.`,
  );
  const verdicts = matches.slice(0, -1).map(({ title, contestants: [limit, product = limit] }): Verdict => {
    const ratio = byCpu(product, limit);
    return {
      what: `${title}: speed ÷ hand-written server`,
      limit: `at least ${shown(LEAST_RATIO)}`,
      measured: shown(ratio),
      kept: ratio >= LEAST_RATIO,
    };
  });
  return { verdicts, comparisons: matches.map(comparisonOf) };
}

function peersOf({ peers, postGraphile }: Servers, bodies: readonly ReturnType<typeof bodyOf>[]): Contestant[] {
  const same = peers.map(({ name, server }) => contestant(name, server, bodies));
  if (!postGraphile) return same;
  const other = contestant('PostGraphile, on PostgreSQL', postGraphile.server, bodies.map(asPostGraphile));
  return [...same, { ...other, translated: fromPostGraphile }];
}

function comparisonOf({ title, contestants }: Match): Comparison {
  const [limit] = contestants;
  const figures = contestants.map((one) => ({
    name: one.name,
    ratio: byCpu(one, limit),
    values: {
      'CPU µs': medianOf(one, 'cpuPerRequest'),
      'requests/s': medianOf(one, 'perSecond'),
      'p50 ms': medianOf(one, 'p50'),
      'p99 ms': medianOf(one, 'p99'),
    },
  }));
  return { title, figures };
}

/** Round by round through all of them, so that what disturbs the machine for a while disturbs all. */
async function run(matches: readonly Match[]): Promise<void> {
  const all = matches.flatMap(({ contestants, meanwhile }) => contestants.map((one) => ({ one, meanwhile })));
  for (const { one } of all) {
    progress(`queries: warming up ${one.name}`);
    await loadRound(one.server, one.exchanges, WARM_UP_MS);
  }
  for (let round = 1; round <= ROUNDS; round++) {
    for (const { one, meanwhile } of all) {
      progress(`queries: round ${round} of ${ROUNDS}, ${one.name}`);
      const end = meanwhile?.();
      one.rounds.push(await loadRound(one.server, one.exchanges, ROUND_MS));
      await end?.();
    }
  }
  progress('');
}

/** Renames the last device over and over, which no first page shows. */
function changeDevices({ devices, cookie }: Example, beckon: Child): () => Promise<void> {
  let going = true;
  const query = `mutation Rename($deviceId: ID!, $name: String!) {
    updateDevice(input: { deviceId: $deviceId, name: $name }) { __typename ... on UserError { message } }
  }`;
  const ended = (async () => {
    const connection = await Connection.open(beckon.port);
    for (let i = 0; going; i++) {
      const variables = { deviceId: devices.at(-1)?.id, name: `Workstation Z${i}` };
      const { body } = await connection.send(postRequest({ query, variables }, { cookie }));
      if (!body.includes('"UpdateDevicePayload"')) throw new Error(`no device changed: ${body}`);
      await setTimeout(CHANGE_EVERY_MS);
    }
    connection.close();
  })();
  return () => {
    going = false;
    return ended;
  };
}

function print({ title, contestants }: Match): void {
  const [limit] = contestants;
  console.log(`\n${title}; ${shown(median(limit.exchanges.map(({ expected }) => expected.length)))} bytes\n`);
  console.log(
    table(
      ['', 'CPU µs', 'speed ÷ first', 'requests/s', '÷ first', 'spread', 'p50 ms', 'p99 ms'],
      contestants.map((one) => row(one, limit)),
    ),
  );
}

function contestant(
  name: string,
  server: Child,
  bodies: readonly object[],
  headers: Record<string, string> = {},
): Contestant {
  return {
    name,
    server,
    requests: bodies.map((body) => postRequest(body, headers)),
    translated: null,
    exchanges: [],
    rounds: [],
  };
}

/** @throws Error where one of them answers something else than the first. */
async function matchOf(title: string, contestants: readonly [Contestant, ...Contestant[]]): Promise<Match> {
  for (const one of contestants) {
    const answers = await answersOf(one);
    for (const [i, request] of one.requests.entries()) {
      const answer = answers[i] as Buffer;
      const right = contestants[0].exchanges[i]?.expected ?? answer;
      // Apollo Server ends what it answers with a line feed.
      const text = answer.toString().trimEnd();
      if ((one.translated?.(text, right.toString()) ?? text) !== right.toString()) {
        throw new Error(`${one.name} answers\n${answer}\ninstead of\n${right}`);
      }
      one.exchanges.push({ request, expected: answer });
    }
  }
  return { title, contestants };
}

async function answersOf({ server, requests }: Contestant): Promise<Buffer[]> {
  const connection = await Connection.open(server.port);
  try {
    const answers: Buffer[] = [];
    for (const request of requests) answers.push((await connection.send(request)).body);
    return answers;
  } finally {
    connection.close();
  }
}

/** Round by round, so that what disturbs the machine for a while disturbs both sides. */
function ratios(one: Contestant, limit: Contestant): number[] {
  return one.rounds.map(({ perSecond }, i) => perSecond / (limit.rounds[i]?.perSecond ?? Number.NaN));
}

function medianOf({ rounds }: Contestant, figure: keyof LoadRound): number {
  return median(rounds.map((round) => round[figure]));
}

/** How many requests a core's time is enough for, against the limit: what others do on the machine disturbs it least. */
function byCpu(one: Contestant, limit: Contestant): number {
  return medianOf(limit, 'cpuPerRequest') / medianOf(one, 'cpuPerRequest');
}

function row(one: Contestant, limit: Contestant): (string | number)[] {
  const all = ratios(one, limit);
  return [
    one.name,
    medianOf(one, 'cpuPerRequest'),
    byCpu(one, limit),
    medianOf(one, 'perSecond'),
    median(all),
    `${shown(Math.min(...all))}–${shown(Math.max(...all))}`,
    medianOf(one, 'p50'),
    medianOf(one, 'p99'),
  ];
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
