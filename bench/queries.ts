import { join } from 'node:path';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { type LoadRound, loadRound } from './load.ts';
import { bodyOf, DEVICES, PAGES } from './pages.ts';
import { startPeers } from './peers.ts';
import { progress, shown, table, type Verdict } from './report.ts';
import type { Comparison, Outcome } from './results.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const ROUND_MS = 1_000;
const WARM_UP_MS = 2_000;

/** What each page has to reach of the hand-written server's speed. */
const LEAST_RATIO = 0.3;

interface Contestant {
  readonly name: string;
  readonly server: Child;
  readonly request: Buffer;
  readonly rounds: LoadRound[];
}

/** One page, with everybody who answers it; the first of them is the limit. */
interface Match {
  readonly title: string;
  readonly bytes: Buffer;
  readonly contestants: readonly [Contestant, ...Contestant[]];
}

/** Measures the pages of `pages.ts` against a hand-written server, and prints what came out. */
export async function benchQueries(example: Example): Promise<Outcome> {
  const servers: Child[] = [];
  const start = async (script: string, env: Record<string, string>) => {
    const server = await startChild(script, env);
    servers.push(server);
    return server;
  };
  try {
    const file = { SQLITE_FILE: join(example.folder, SQLITE_FILE) };
    const raw = await start('bench/raw-queries.ts', file);
    const tuned = await start('bench/raw-queries.ts', { ...file, PARAMETER: '+?' });
    const beckon = await start('server/main.ts', benchSettings(example.folder));
    const peers = await startPeers(file.SQLITE_FILE);
    servers.push(...peers.map(({ server }) => server));
    return await measure(example, { raw, tuned, beckon, peers });
  } finally {
    for (const server of servers.reverse()) await server.stop();
  }
}

interface Servers {
  readonly raw: Child;
  readonly tuned: Child;
  readonly beckon: Child;
  readonly peers: readonly { name: string; server: Child }[];
}

async function measure(example: Example, { raw, tuned, beckon, peers }: Servers): Promise<Outcome> {
  const idle = await beckon.usage(true);
  const byToken = { authorization: `Bearer ${example.token}` };
  const matches: Match[] = [];
  for (const page of PAGES) {
    const body = bodyOf(page, example);
    const limit = contestant('raw: node:http + prepared better-sqlite3', raw, body);
    const others = [contestant('Beckon, by API token', beckon, body, byToken)];
    if (page === DEVICES) {
      others.push(contestant('raw, with SQLite spared compiling (+?)', tuned, body));
      others.push(contestant('Beckon, by cookie', beckon, body, { cookie: example.cookie }));
    }
    others.push(...peers.map(({ name, server }) => contestant(name, server, body)));
    const bytes = await answerOf(raw, limit.request);
    for (const one of others) await sameAnswer(one, bytes);
    matches.push({ title: page.title, bytes, contestants: [limit, ...others] });
  }
  const nothing = { query: '{ __typename }' };
  const empty = contestant('Beckon, { __typename }, by API token', beckon, nothing, byToken);
  const anonymous = contestant('Beckon, { __typename }, not signed in', beckon, nothing);
  const bytes = await answerOf(beckon, anonymous.request);
  matches.push({ title: 'A request that asks for nothing', bytes, contestants: [anonymous, empty] });
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
  const verdicts = matches.slice(0, PAGES.length).map(({ title, contestants: [limit, product = limit] }): Verdict => {
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
  const all: { one: Contestant; bytes: Buffer }[] = [];
  for (const one of matches.flatMap(({ contestants }) => contestants)) {
    progress(`queries: warming up ${one.name}`);
    const bytes = await answerOf(one.server, one.request);
    all.push({ one, bytes });
    await loadRound(one.server, one.request, bytes, WARM_UP_MS);
  }
  for (let round = 1; round <= ROUNDS; round++) {
    for (const { one, bytes } of all) {
      progress(`queries: round ${round} of ${ROUNDS}, ${one.name}`);
      one.rounds.push(await loadRound(one.server, one.request, bytes, ROUND_MS));
    }
  }
  progress('');
}

function print({ title, bytes, contestants }: Match): void {
  const [limit] = contestants;
  console.log(`\n${title}; ${shown(bytes.length)} bytes\n`);
  console.log(
    table(
      ['', 'CPU µs', 'speed ÷ first', 'requests/s', '÷ first', 'spread', 'p50 ms', 'p99 ms'],
      contestants.map((one) => row(one, limit)),
    ),
  );
}

function contestant(name: string, server: Child, body: object, headers: Record<string, string> = {}): Contestant {
  return { name, server, request: postRequest(body, headers), rounds: [] };
}

async function answerOf(server: Child, request: Buffer): Promise<Buffer> {
  const connection = await Connection.open(server.port);
  try {
    return (await connection.send(request)).body;
  } finally {
    connection.close();
  }
}

async function sameAnswer({ name, server, request }: Contestant, bytes: Buffer): Promise<void> {
  const answer = await answerOf(server, request);
  // Apollo Server ends what it answers with a line feed.
  if (answer.toString().trimEnd() !== bytes.toString())
    throw new Error(`${name} answers\n${answer}\ninstead of\n${bytes}`);
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
