import { setTimeout } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { type Large, type Maker, onPostgres, onSqlite } from './growth-database.ts';
import { type GrowthQuery, growthQueries, idsIn } from './growth-queries.ts';
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

/** One company with the server that serves it. */
interface Grown {
  readonly size: number;
  readonly large: Large;
  readonly server: Child;
  readonly queries: readonly GrowthQuery[];
  readonly requests: readonly Buffer[];
}

/**
 * Measures what every list, count, filter, order and search of a company takes with a thousand devices, and how much
 * longer with more. Before each request something is written by this process, which has a server on SQLite forget all rows
 * that it remembers (decision 22): all statements of each request run.
 */
export async function benchGrowth(engine: 'SQLite' | 'PostgreSQL'): Promise<Outcome> {
  const maker = engine === 'PostgreSQL' ? await onPostgres() : onSqlite;
  const grown: Grown[] = [];
  try {
    for (const size of process.argv.includes('--million') ? [...SIZES, MILLION] : SIZES) {
      grown.push(await grow(maker, size));
    }
    return await measure(grown, engine);
  } finally {
    for (const { server, large } of grown) {
      await server.stop();
      await large.close();
    }
    await maker.close();
  }
}

async function grow(maker: Maker, size: number): Promise<Grown> {
  const large = await maker.make(size);
  const server = await startChild('dist/server/main.js', large.settings);
  const queries = growthQueries(await idsIn(large, large.companyId));
  return { size, large, server, queries, requests: queries.map(({ fields }) => requestOf(large, fields)) };
}

function requestOf({ companyId, token }: Large, fields: string): Buffer {
  const query = `query ($id: ID!) { node(id: $id) { ... on Company { ${fields} } } }`;
  return postRequest({ query, variables: { id: companyId } }, { authorization: `Bearer ${token}` });
}

/** @throws Error unless it is answered, with what is there to be found. */
async function ask(connection: Connection, request: Buffer, { title, finds }: GrowthQuery): Promise<void> {
  const { status, body } = await connection.send(request);
  const answer = JSON.parse(body.toString()) as { data?: { node: Record<string, unknown> | null }; errors?: unknown };
  if (status !== 200 || answer.errors || !answer.data?.node) throw new Error(`not answered: ${status} ${body}`);
  const { nodes } = (answer.data.node['devices'] ?? {}) as { nodes?: unknown[] };
  if (finds !== undefined && nodes && nodes.length > 0 !== finds) throw new Error(`${title}: found ${nodes.length}`);
}

interface Timed {
  readonly title: string;
  /** Medians in ms, in the order of the sizes. */
  readonly times: readonly number[];
}

async function measure(grown: readonly Grown[], engine: string): Promise<Outcome> {
  const [smallest] = grown;
  const timed: Timed[] = [];
  for (const [i, query] of (smallest?.queries ?? []).entries()) {
    const { title } = query;
    progress(`growth: ${title}`);
    const times: number[][] = grown.map(() => []);
    // Anew: while others take long, one that waits is closed.
    const connections = await Promise.all(grown.map(({ server }) => Connection.open(server.port)));
    const began = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && performance.now() - began > LONGEST_MS) break;
      for (const [n, one] of grown.entries()) {
        one.large.forget();
        await setTimeout(UNTIL_NOTICED_MS);
        const start = performance.now();
        await ask(connections[n] as Connection, one.requests[i] as Buffer, query);
        times[n]?.push(performance.now() - start);
      }
    }
    for (const connection of connections) connection.close();
    timed.push({ title, times: times.map(median) });
    if (process.env['TRACE']) console.log(title, times.map(median));
  }
  const sizes = grown.map(({ size }) => size.toLocaleString('en-GB'));
  console.log(
    `\nGrowth on ${engine}: what a request takes with ${sizes.join(', ')} devices, ten records of the log for each`,
  );
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
  return {
    comparisons: grown.slice(1).map((_, i) => comparisonOf(timed, i + 1, sizes, engine)),
    verdicts: verdictsOf(timed, engine),
  };
}

/** The slowest of each size, held against the same query of the smallest. */
function verdictsOf(timed: readonly Timed[], engine: string): Verdict[] {
  return timed.map(({ title, times: [first = Number.NaN, ...more] }) => {
    const worst = Math.max(...more.map((time) => time / first));
    return {
      what: `growth on ${engine}: ${title}`,
      limit: `at most ${shown(MOST_RATIO)}`,
      measured: shown(worst),
      kept: worst <= MOST_RATIO,
    };
  });
}

function comparisonOf(timed: readonly Timed[], i: number, sizes: readonly string[], engine: string): Comparison {
  const figures = timed.map(({ title, times }) => ({
    name: title,
    ratio: (times[0] ?? Number.NaN) / (times[i] ?? Number.NaN),
    values: { [`${sizes[0]}: ms`]: times[0] ?? Number.NaN, [`${sizes[i]}: ms`]: times[i] ?? Number.NaN },
  }));
  return { title: `Growth on ${engine}: ${sizes[0]} to ${sizes[i]} devices`, figures };
}
