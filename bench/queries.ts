import { join } from 'node:path';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { type LoadRound, loadRound } from './load.ts';
import { progress, shown, table, type Verdict } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const ROUND_MS = 1_500;
const WARM_UP_MS = 3_000;
const FIRST = 20;

/** What a device list has to reach of the hand-written server's speed. */
const LEAST_RATIO = 0.3;

const DEVICES = `query Devices($company: ID!, $first: Int!) {
  node(id: $company) {
    ... on Company {
      id
      name
      devices(first: $first) {
        nodes {
          id address alias name platform online lastSeenAt
          account { accountId name email }
          groups { id name }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface Contestant {
  readonly name: string;
  readonly server: Child;
  readonly request: Buffer;
  readonly rounds: LoadRound[];
}

/** Measures the device list against a hand-written server, and prints what came out. */
export async function benchQueries(example: Example): Promise<Verdict[]> {
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
    return await measure(example, raw, tuned, await start('server/main.ts', benchSettings(example.folder)));
  } finally {
    for (const server of servers.reverse()) await server.stop();
  }
}

async function measure(example: Example, raw: Child, tuned: Child, beckon: Child): Promise<Verdict[]> {
  const idle = await beckon.usage(true);
  const list = { query: DEVICES, variables: { company: example.companyId, first: FIRST } };
  const byToken = { authorization: `Bearer ${example.token}` };
  const nothing = { query: '{ __typename }' };
  const limit = contestant('raw: node:http + prepared better-sqlite3', raw, list);
  const spared = contestant('the same, with SQLite spared compiling (+?)', tuned, list);
  const product = contestant('Beckon, by API token', beckon, list, byToken);
  const byCookie = contestant('Beckon, by cookie', beckon, list, { cookie: example.cookie });
  const empty = contestant('Beckon, { __typename }, by API token', beckon, nothing, byToken);
  const anonymous = contestant('Beckon, { __typename }, not signed in', beckon, nothing);
  const all = [limit, spared, product, byCookie, empty, anonymous];

  const bytes = await answerOf(raw, limit.request);
  await Promise.all([spared, product, byCookie].map((one) => sameAnswer(one, bytes)));
  const answers = new Map(
    await Promise.all(all.map(async (one) => [one, await answerOf(one.server, one.request)] as const)),
  );
  for (const [i, one] of all.entries()) {
    progress(`queries: warming up ${i + 1} of ${all.length}`);
    await loadRound(one.server, one.request, answers.get(one) ?? bytes, WARM_UP_MS);
  }
  for (let round = 1; round <= ROUNDS; round++) {
    for (const one of all) {
      progress(`queries: round ${round} of ${ROUNDS}, ${one.name}`);
      one.rounds.push(await loadRound(one.server, one.request, answers.get(one) ?? bytes, ROUND_MS));
    }
  }
  progress('');
  const loaded = { beckon: await beckon.usage(true), raw: await raw.usage(true) };

  const ratio = byCpu(product, limit);
  const signIn = medianOf(empty, 'cpuPerRequest') - medianOf(anonymous, 'cpuPerRequest');
  console.log(
    `\nDevice list: ${FIRST} devices × 2 groups × assigned account, of ${example.devices.length}; ${shown(bytes.length)} bytes`,
  );
  console.log(`medians of ${ROUNDS} interleaved rounds of ${ROUND_MS / 1000} s; spread: smallest to largest round\n`);
  console.log(
    table(
      ['', 'CPU µs', 'speed ÷ raw', 'requests/s', '÷ raw', 'spread', 'p50 ms', 'p99 ms'],
      all.map((one) => row(one, limit, one !== empty && one !== anonymous)),
    ),
  );
  console.log(
    `\n  Knowing who asks: ${shown(signIn)} µs of each request, ${shown((signIn / medianOf(product, 'cpuPerRequest')) * 100)} % of the list.`,
  );
  console.log(
    `  Memory: Beckon ${mebibytes(idle.rssBytes)} MiB when started, ${mebibytes(loaded.beckon.rssBytes)} after this load;` +
      ` the hand-written server ${mebibytes(loaded.raw.rssBytes)} after it.`,
  );
  return [
    {
      what: 'device list, speed ÷ hand-written server',
      limit: `at least ${shown(LEAST_RATIO)}`,
      measured: shown(ratio),
      kept: ratio >= LEAST_RATIO,
    },
  ];
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
  if (!answer.equals(bytes)) throw new Error(`${name} answers\n${answer}\ninstead of\n${bytes}`);
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

function row(one: Contestant, limit: Contestant, comparable: boolean): (string | number)[] {
  const all = ratios(one, limit);
  return [
    one.name,
    medianOf(one, 'cpuPerRequest'),
    comparable ? byCpu(one, limit) : '',
    medianOf(one, 'perSecond'),
    ...(comparable ? [median(all), `${shown(Math.min(...all))}–${shown(Math.max(...all))}`] : ['', '']),
    medianOf(one, 'p50'),
    medianOf(one, 'p99'),
  ];
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
