import pg from 'pg';
import { type Insert, type Row, renewed, TABLES, transactionsOf } from './bare-rows.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings } from './example.ts';
import { startPostgres } from './postgres.ts';
import { progress, shown, table } from './report.ts';
import type { Outcome } from './results.ts';
import { median } from './statistics.ts';
import { type Device, lives } from './writes.ts';

const NODES = 3;
const CALLERS = 64;
const ROUNDS = 5;
const ROUND_MS = 2_000;
const WARM_UP_MS = 3_000;
/** Connections of a node's pool, and so of the bare inserts. */
const CONNECTIONS = 10;
/** Invitations whose rows are inserted over and over. */
const REPLAYED = 200;

/** Issue 6: of the speed of the bare inserts. */
const LEAST_RATIO = 0.4;

const REGISTER = `mutation Register($name: String!) {
  registerDevice(input: { name: $name, platform: WINDOWS, clientKind: FULL_CLIENT, clientVersion: "7.1" }) {
    ... on RegisterDevicePayload { credential device { address } }
  }
}`;

/**
 * Measures the same as `writes.ts` on a PostgreSQL of its own, which makes every commit durable: by one node, and by three
 * nodes that share the callers.
 */
export async function benchPostgresWrites(): Promise<Outcome> {
  progress('postgres: making a PostgreSQL');
  const { url, folder, stop } = await startPostgres();
  const nodes: Child[] = [];
  try {
    for (let i = 0; i < NODES; i++) {
      nodes.push(await startChild('dist/server/main.js', { ...benchSettings(folder), DATABASE_URL: url }));
    }
    return await measure(nodes, url);
  } finally {
    for (const node of nodes) await node.stop();
    await stop();
  }
}

async function measure(nodes: readonly Child[], url: string): Promise<Outcome> {
  const [first] = nodes as readonly [Child, ...Child[]];
  const devices: Device[] = [];
  for (let i = 0; i < 2 * CALLERS; i++) devices.push(await register(first, `PC ${i}`));
  // Each node by itself, as the one of `writes.ts` is: sharing the callers, three would be a third as warm.
  for (const node of nodes) await lives([node], devices, CALLERS, WARM_UP_MS);
  const bare = await BareInserts.of(url);
  const rounds: { bare: number; one: number; all: number }[] = [];
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`postgres: round ${round} of ${ROUNDS}`);
      rounds.push({
        bare: await bare.run(ROUND_MS),
        one: await lives([first], devices, CALLERS, ROUND_MS),
        all: await lives(nodes, devices, CALLERS, ROUND_MS),
      });
    }
  } finally {
    await bare.close();
  }
  progress('');
  const limit = median(rounds.map((round) => round.bare));
  const figureOf = (name: string, perSecond: number) => ({
    name,
    ratio: perSecond / limit,
    values: { 'invitations/s': perSecond },
  });
  const figures = [
    figureOf(`bare: the same rows by pg, three commits, ${CONNECTIONS} connections`, limit),
    figureOf(`Beckon, one node, ${CALLERS} callers`, median(rounds.map(({ one }) => one))),
    figureOf(`Beckon, ${NODES} nodes, ${CALLERS} callers`, median(rounds.map(({ all }) => all))),
  ];
  console.log('\nThe same on PostgreSQL, with its usual durability\n');
  console.log(
    table(
      ['', 'a second', '÷ bare'],
      figures.map(({ name, ratio, values }) => [name, values['invitations/s'], ratio]),
    ),
  );
  const verdicts = figures.slice(1).map(({ name, ratio }) => ({
    what: `PostgreSQL: invitations a second ÷ bare inserts: ${name}`,
    limit: `at least ${shown(LEAST_RATIO)}`,
    measured: shown(ratio),
    kept: ratio >= LEAST_RATIO,
  }));
  return { comparisons: [{ title: 'Invitations sent, accepted and ended, on PostgreSQL', figures }], verdicts };
}

async function register(node: Child, name: string): Promise<Device> {
  const connection = await Connection.open(node.port);
  try {
    const { body } = await connection.send(postRequest({ query: REGISTER, variables: { name } }, {}));
    const { credential, device } = JSON.parse(body.toString()).data.registerDevice;
    return { credential, address: device.address };
  } finally {
    connection.close();
  }
}

/** The limit: the rows that invitations left, into tables of the same columns and indexes; nothing is looked up or checked. */
class BareInserts {
  readonly #clients: readonly pg.Client[];
  readonly #lives: readonly Insert[][][];

  private constructor(clients: readonly pg.Client[], lifes: readonly Insert[][][]) {
    this.#clients = clients;
    this.#lives = lifes;
  }

  static async of(url: string): Promise<BareInserts> {
    const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    const [client] = clients as [pg.Client, ...pg.Client[]];
    for (const name of TABLES) {
      await client.query(`create unlogged table bare_${name} (like ${name} including all)`);
      await client.query(`alter table bare_${name} set logged`);
    }
    const rows = async (sql: string, ...values: unknown[]) => (await client.query<Row>(sql, values)).rows;
    const one = async (sql: string, key: unknown) => (await rows(sql, key))[0] as Row;
    const sessions = await rows(`select * from support_sessions where ended_at is not null limit ${REPLAYED}`);
    const found: Insert[][][] = [];
    for (const session of sessions) {
      const { id, invitation_id: invitationId } = session;
      found.push(
        transactionsOf({
          session,
          invitation: await one('select * from invitations where id = $1', invitationId),
          stream: await one('select * from streams where name = $1', `session:${id}`),
          permissions: await one('select * from session_permission_changes where session_id = $1', id),
          events: await rows('select * from events where subject = any($1) order by at, number', [id, invitationId]),
        }),
      );
    }
    return new BareInserts(clients, found);
  }

  /** Whole invitations a second. */
  async run(forMs: number): Promise<number> {
    const [client] = this.#clients;
    await client?.query(`truncate ${TABLES.map((name) => `bare_${name}`).join(', ')}`);
    const start = performance.now();
    let count = 0;
    await Promise.all(
      this.#clients.map(async (one, at) => {
        for (let round = 0; performance.now() - start < forMs; round++) {
          // Each connection has lives of its own, and new keys each time round.
          const mine = this.#lives.filter((_, i) => i % this.#clients.length === at);
          for (const life of mine) {
            if (performance.now() - start >= forMs) break;
            for (const mutation of life) await insertAll(one, mutation, `${round}`);
            count += 1;
          }
        }
      }),
    );
    return (count / (performance.now() - start)) * 1000;
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
  }
}

async function insertAll(client: pg.Client, inserts: readonly Insert[], round: string): Promise<void> {
  await client.query('begin');
  for (const [name, row] of inserts) {
    const columns = Object.keys(row);
    await client.query({
      name,
      text: `insert into bare_${name} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      values: columns.map((column) => asWritten(renewed(column, row[column], round))),
    });
  }
  await client.query('commit');
}

function asWritten(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
