import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { buildLarge } from './growth-fill.ts';
import { type GrowthIds, type GrowthQuery, growthQueries } from './growth-queries.ts';
import { progress, shown, table, type Verdict } from './report.ts';
import type { Comparison, Outcome } from './results.ts';
import { median } from './statistics.ts';

/** Devices of the companies that are compared; the first is what the others are held against. */
const SIZES = [1_000, 100_000];
const MILLION = 1_000_000;

/** Times that each query is asked of each company, in turn. */
const ROUNDS = 41;

/** A query that takes long is asked no longer than this, in ms, but so many times at least. */
const LONGEST_MS = 6_000;
const LEAST_ROUNDS = 5;

/** How much longer anything may take than with a thousand devices. */
const MOST_RATIO = 1.5;

/** Longer than another process's write stays unnoticed (server/db/remembered-rows.ts), in ms. */
const UNTIL_NOTICED_MS = 2;

/** One company, in a database of its own, with the server that serves it. */
interface Grown {
  readonly size: number;
  readonly example: Example;
  readonly server: Child;
  readonly queries: readonly GrowthQuery[];
  readonly requests: readonly Buffer[];
  /** Has the server forget what it remembers. */
  forget(): void;
  close(): Promise<void>;
}

/**
 * Measures what every list, count, filter, order and search of a company takes with a thousand devices, and how much
 * longer with more. Before each request something is written by this process, which has the server forget all rows
 * that it remembers (decision 22): all statements of each request run.
 */
export async function benchGrowth(): Promise<Outcome> {
  const grown: Grown[] = [];
  try {
    for (const size of process.argv.includes('--million') ? [...SIZES, MILLION] : SIZES) grown.push(await grow(size));
    return await measure(grown);
  } finally {
    for (const one of grown) await one.close();
  }
}

async function grow(size: number): Promise<Grown> {
  const example = await buildLarge(size);
  const file = new SqliteDatabase(join(example.folder, SQLITE_FILE));
  file.pragma('synchronous = OFF');
  const write = file.prepare(
    `insert into settings (name, value) values ('benchmark', '0') on conflict do update set value = value + 1`,
  );
  const server = await startChild('dist/server/main.js', benchSettings(example.folder));
  const queries = growthQueries(idsIn(file, example));
  return {
    size,
    example,
    server,
    queries,
    requests: queries.map(({ fields }) => requestOf(example, fields)),
    forget: () => void write.run(),
    async close() {
      await server.stop();
      file.close();
      example.remove();
    },
  };
}

function idsIn(file: SqliteDatabase.Database, { companyId }: Example): GrowthIds {
  const find = (sql: string) =>
    file.prepare<{ companyId: string }, string | number>(sql).pluck().get({ companyId }) ?? '';
  const own = 'company_id = @companyId';
  const log = `events where stream = 'company:' || @companyId`;
  const middle = (column: string, rows: string) =>
    find(`select ${column} from ${rows} order by ${column} limit 1 offset (select count(*) / 2 from ${rows})`);
  return {
    groupId: String(find(`select id from device_groups where ${own} order by name_key`)),
    subject: String(find(`select subject from ${log} and number > 500 and concept = 'device'`)),
    accountId: String(find(`select account_id from members where ${own} order by joined_at desc`)),
    until: new Date(Number(find(`select at from ${log} and number = 1000`))).toISOString(),
    halfway: {
      devices: ['devicesByName', middle('name', `devices where ${own} and removed_at is null`), ''],
      alerts: ['alerts', middle('last_raised_at', `alerts where ${own}`), ''],
      auditLog: [`audit company:${companyId}`, middle('number', log)],
    },
  };
}

function requestOf({ companyId, token }: Example, fields: string): Buffer {
  const query = `query ($id: ID!) { node(id: $id) { ... on Company { ${fields} } } }`;
  return postRequest({ query, variables: { id: companyId } }, { authorization: `Bearer ${token}` });
}

/** @throws Error unless it is answered. */
async function ask(connection: Connection, request: Buffer): Promise<void> {
  const { status, body } = await connection.send(request);
  const answer = JSON.parse(body.toString()) as { data?: { node: Record<string, unknown> | null }; errors?: unknown };
  if (status !== 200 || answer.errors || !answer.data?.node) throw new Error(`not answered: ${status} ${body}`);
}

interface Timed {
  readonly title: string;
  /** Medians in ms, in the order of the sizes. */
  readonly times: readonly number[];
}

async function measure(grown: readonly Grown[]): Promise<Outcome> {
  const [smallest] = grown;
  const timed: Timed[] = [];
  for (const [i, { title }] of (smallest?.queries ?? []).entries()) {
    progress(`growth: ${title}`);
    const times: number[][] = grown.map(() => []);
    // Anew: while others take long, one that waits is closed.
    const connections = await Promise.all(grown.map(({ server }) => Connection.open(server.port)));
    const began = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && performance.now() - began > LONGEST_MS) break;
      for (const [n, one] of grown.entries()) {
        one.forget();
        await setTimeout(UNTIL_NOTICED_MS);
        const start = performance.now();
        await ask(connections[n] as Connection, one.requests[i] as Buffer);
        times[n]?.push(performance.now() - start);
      }
    }
    for (const connection of connections) connection.close();
    timed.push({ title, times: times.map(median) });
    if (process.env['TRACE']) console.log(title, times.map(median));
  }
  const sizes = grown.map(({ size }) => size.toLocaleString('en-GB'));
  console.log(`\nGrowth: what a request takes with ${sizes.join(', ')} devices, ten records of the log for each`);
  console.log(`medians of ${ROUNDS} requests to each in turn, in ms; nothing is remembered from one to the next`);
  console.log(
    table(
      ['', ...sizes, ...sizes.slice(1).map((size) => `${size} ÷`)],
      timed.map(({ title, times: [first = Number.NaN, ...more] }) => [
        title,
        first,
        ...more,
        ...more.map((time) => time / first),
      ]),
    ),
  );
  return { comparisons: grown.slice(1).map((_, i) => comparisonOf(timed, i + 1, sizes)), verdicts: verdictsOf(timed) };
}

/** The slowest of each size, held against the same query of the smallest. */
function verdictsOf(timed: readonly Timed[]): Verdict[] {
  return timed.map(({ title, times: [first = Number.NaN, ...more] }) => {
    const worst = Math.max(...more.map((time) => time / first));
    return {
      what: `growth: ${title}`,
      limit: `at most ${shown(MOST_RATIO)}`,
      measured: shown(worst),
      kept: worst <= MOST_RATIO,
    };
  });
}

function comparisonOf(timed: readonly Timed[], i: number, sizes: readonly string[]): Comparison {
  const figures = timed.map(({ title, times }) => ({
    name: title,
    ratio: (times[0] ?? Number.NaN) / (times[i] ?? Number.NaN),
    values: { [`${sizes[0]}: ms`]: times[0] ?? Number.NaN, [`${sizes[i]}: ms`]: times[i] ?? Number.NaN },
  }));
  return { title: `Growth: ${sizes[0]} to ${sizes[i]} devices`, figures };
}
