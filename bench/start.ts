import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { bodyOf, ONE_DEVICE } from './pages.ts';
import { progress, shown, table } from './report.ts';
import type { Outcome } from './results.ts';
import { median } from './statistics.ts';

const ROUNDS = 9;

/** How long the hand-written server's start may be exceeded, and the memory of a server that does nothing, in MB. */
const MOST_TIMES = 6;
const MOST_MB = 150;

/** What a server does after its start before its memory is read, in ms: timers that run once, garbage of the start. */
const IDLE_MS = 1_000;

interface Starter {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly request: Buffer;
  readonly starts: { firstAnswerMs: number; megabytes: number }[];
}

/** Measures from the start of the process to its first answer, on a database that is there, and what it takes then. */
export async function benchStart(example: Example): Promise<Outcome> {
  const body = bodyOf(ONE_DEVICE, example);
  const raw: Starter = {
    name: 'raw: node:http + prepared better-sqlite3',
    script: 'bench/raw-queries.ts',
    env: { SQLITE_FILE: join(example.folder, SQLITE_FILE) },
    request: postRequest(body),
    starts: [],
  };
  const beckon: Starter = {
    name: 'Beckon, signed in',
    script: 'dist/server/main.js',
    env: benchSettings(example.folder),
    request: postRequest(body, { authorization: `Bearer ${example.token}` }),
    starts: [],
  };
  for (let round = 1; round <= ROUNDS; round++) {
    for (const one of [raw, beckon]) {
      progress(`start: round ${round} of ${ROUNDS}, ${one.name}`);
      one.starts.push(await startOnce(one));
    }
  }
  progress('');

  const first = (one: Starter) => median(one.starts.map(({ firstAnswerMs }) => firstAnswerMs));
  const memory = (one: Starter) => median(one.starts.map(({ megabytes }) => megabytes));
  const figures = [raw, beckon].map((one) => ({
    name: one.name,
    ratio: first(one) / first(raw),
    values: { 'first answer ms': first(one), 'idle MB': memory(one) },
  }));
  console.log(`\nFrom the start of the process to its first answer, on an existing database; medians of ${ROUNDS}\n`);
  console.log(
    table(
      ['', 'first answer ms', '÷ first', 'idle MB'],
      figures.map(({ name, ratio, values }) => [name, values['first answer ms'], ratio, values['idle MB']]),
    ),
  );
  const times = first(beckon) / first(raw);
  return {
    comparisons: [{ title: 'Start: time to the first answer ÷ hand-written server (less is better)', figures }],
    verdicts: [
      {
        what: 'Start: time to the first answer ÷ hand-written server',
        limit: `at most ${shown(MOST_TIMES)}`,
        measured: shown(times),
        kept: times <= MOST_TIMES,
      },
      {
        what: 'Memory of a server that does nothing, MB',
        limit: `at most ${shown(MOST_MB)}`,
        measured: shown(memory(beckon)),
        kept: memory(beckon) <= MOST_MB,
      },
    ],
  };
}

async function startOnce({ script, env, request }: Starter): Promise<Starter['starts'][number]> {
  const began = performance.now();
  const server = await startChild(script, env);
  try {
    const connection = await Connection.open(server.port);
    const { status, body } = await connection.send(request);
    const firstAnswerMs = performance.now() - began;
    connection.close();
    if (status !== 200 || !body.includes('"address"')) throw new Error(`${script} answers ${status} ${body}`);
    await setTimeout(IDLE_MS);
    return { firstAnswerMs, megabytes: (await server.usage()).rssBytes / 1_000_000 };
  } finally {
    await server.stop();
  }
}
