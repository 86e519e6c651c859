import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { streamOf } from '../server/domain/event-log.ts';
import { encodeCursor } from '../server/domain/event-stream.ts';
import { type Insert, type Row, tablesOf, type WritePlan } from './bare-rows.ts';
import { type Child, startChild } from './child.ts';
import { type Connection, postRequest } from './connection.ts';
import { openCrowd } from './crowd.ts';
import { benchSettings, type Example } from './example.ts';
import { startEventPeer } from './peers.ts';
import { progress, shown } from './report.ts';
import { type Opening, Subscriber } from './subscriber.ts';

/** As many as issue 1 asks for, of each server. */
export const SUBSCRIPTIONS = 10_000;
/** Pairs of an inviter and a recipient, who take turns. */
export const PAIRS = 16;
/** Longest that an event may take before the run is given up. */
const PATIENCE_MS = 10_000;

const INVITE = `mutation Invite($input: InviteDeviceInput!) {
  inviteDevice(input: $input) {
    ... on InviteDevicePayload { invitation { id status expiresAt permissions } }
    ... on UserError { code message }
  }
}`;
const CANCEL = `mutation Cancel($input: CancelInvitationInput!) {
  cancelInvitation(input: $input) { ... on CancelInvitationPayload { invitation { status } } ... on UserError { code } }
}`;
/** What an agent shows of an invitation that comes in. */
const INBOX = `subscription Inbox($after: Cursor!) {
  deviceEvents(after: $after) {
    cursor
    occurredAt
    ... on InvitationEvent {
      change
      revision
      permissions
      invitation { id status expiresAt inviter { address alias } }
    }
    ... on DeviceEvent { deviceChange: change }
  }
}`;
const PEER_INBOX = `subscription Inbox($id: ID!) {
  deviceEvents(id: $id) {
    cursor occurredAt change revision permissions
    invitation { id status expiresAt inviter { address alias } }
  }
}`;

/** What a recipient is told of an invitation. */
interface InvitationEvent {
  readonly change: string;
  readonly invitation: { readonly id: string };
}

/** An inviter, and the recipient's open subscription. */
export interface Pair {
  readonly inbox: Subscriber;
  readonly request: Buffer;
  /** Brings everything back to as it was, so that the next invitation finds the same state. */
  readonly takeBack?: (connection: Connection, told: string) => Promise<void>;
}

/** Invitations that were sent by the clock. */
export interface Block {
  /** From the moment that each was due to its event, in ms. */
  readonly times: readonly number[];
  /** Of the server, for each invitation. */
  readonly cpuMicroseconds: number;
}

/** One side of the comparison. */
export interface Side {
  readonly name: string;
  readonly server: Child;
  readonly pairs: readonly Pair[];
  /** Of its memory, for each of the other subscriptions. */
  readonly kibibytes: number;
  readonly blocks: Block[];
}

type Closers = (() => unknown)[];

/** Beckon as it is shipped: the devices of a company, each with several sockets that follow the device's events. */
export async function beckonSide(example: Example, closers: Closers): Promise<Side> {
  const server = await startChild('dist/server/main.js', benchSettings(example.folder));
  const devices = devicesOf(example);
  const opening = ({ credential, after }: Device): Opening => ({
    path: 'graphql',
    graphql: {
      init: { authorization: `Bearer ${credential}` },
      subscribe: { query: INBOX, variables: { after } },
      told: 'next',
    },
  });
  const others = devices.slice(2 * PAIRS);
  const idle = (i: number) => opening(others[i % others.length] as Device);
  return openSide('Beckon: inviteDevice → deviceEvents', server, idle, closers, async (i) => {
    const [inviter, recipient] = devices.slice(2 * i) as [Device, Device];
    const inbox = await openInbox(server, i, opening(recipient), closers);
    const headers = { authorization: `Bearer ${inviter.credential}` };
    const input = { recipient: recipient.address, origin: 'OWN_ID', note: 'A look, please?' };
    return {
      inbox,
      request: postRequest({ query: INVITE, variables: { input } }, headers),
      async takeBack(connection, told) {
        const cancelled = nextEvent(inbox, 'CANCELLED');
        const { id } = eventIn(told).invitation;
        const { body } = await connection.send(postRequest({ query: CANCEL, variables: { input: { id } } }, headers));
        if (!body.includes('"CANCELLED"')) throw new Error(`not taken back: ${body}`);
        await cancelled;
      },
    };
  });
}

/** node:http and ws; where there is a plan, what Beckon keeps of an invitation is on the disk before it is told. */
export async function bareSide(name: string, frame: object, plan: string | null, closers: Closers): Promise<Side> {
  const server = await startChild('bench/bare-sockets.ts', plan ? { WRITE_PLAN: plan } : {});
  const opening = (path: string): Opening => ({ path, graphql: null });
  return openNamed(name, server, opening, (to) => postRequest({ to, frame }), closers);
}

/** Mercurius with its own pub/sub, after the same write; null where it cannot be installed. */
export async function peerSide(plan: string, closers: Closers): Promise<Side | null> {
  const peer = await startEventPeer({ WRITE_PLAN: plan });
  if (!peer) return null;
  const { name, server } = peer;
  const opening = (id: string): Opening => ({
    path: 'graphql',
    graphql: { init: {}, subscribe: { query: PEER_INBOX, variables: { id } }, told: 'pong' },
  });
  const query = `mutation Invite($to: ID!) { inviteDevice(to: $to) { id status expiresAt permissions } }`;
  return openNamed(name, server, opening, (to) => postRequest({ query, variables: { to } }), closers);
}

/** A side whose subscribers have names, one of which each request says. */
function openNamed(
  name: string,
  server: Child,
  opening: (as: string) => Opening,
  request: (to: string) => Buffer,
  closers: Closers,
): Promise<Side> {
  const idle = (i: number) => opening(`idle-${i}`);
  return openSide(name, server, idle, closers, async (i) => ({
    inbox: await openInbox(server, i, opening(`inbox-${i}`), closers),
    request: request(`inbox-${i}`),
  }));
}

async function openSide(
  name: string,
  server: Child,
  idle: (i: number) => Opening,
  closers: Closers,
  pairOf: (i: number) => Promise<Pair>,
): Promise<Side> {
  closers.push(server.stop);
  progress(`invitations: opening ${shown(SUBSCRIPTIONS)} subscriptions, ${name}`);
  const { kibibytes } = await openCrowd(server, SUBSCRIPTIONS, idle, closers);
  const pairs = await Promise.all(Array.from({ length: PAIRS }, (_, i) => pairOf(i)));
  return { name, server, pairs, kibibytes, blocks: [] };
}

async function openInbox(server: Child, i: number, opening: Opening, closers: Closers): Promise<Subscriber> {
  const inbox = await Subscriber.open(server.port, i, opening);
  closers.push(() => inbox.close());
  return inbox;
}

/** When the next event of the kind came, and its text. @throws Error where none comes in time. */
export function nextEvent(inbox: Subscriber, change: string): Promise<{ at: number; text: string }> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no event ${change} came`)), PATIENCE_MS);
    inbox.onEvent = (payload) => {
      const at = performance.now();
      if (!payload.includes(`"${change}"`)) return;
      clearTimeout(late);
      resolve({ at, text: payload.toString() });
    };
  });
}

/** The invitation that a frame tells of. */
export function eventIn(text: string): InvitationEvent {
  return JSON.parse(text).payload.data.deviceEvents;
}

type Device = Example['devices'][number] & { readonly after: string };

/** The devices, each with the place before its newest event: it says to each subscriber that it is there. */
function devicesOf({ folder, devices }: Example): Device[] {
  const file = new SqliteDatabase(join(folder, SQLITE_FILE), { readonly: true });
  try {
    const last = file.prepare<[string], number>('select last from streams where name = ?').pluck();
    return devices.map((device) => {
      const stream = streamOf.device(device.id);
      return { ...device, after: encodeCursor(stream, (last.get(stream) ?? 1) - 1) };
    });
  } finally {
    file.close();
  }
}

/** Puts down what the others write of an invitation, and tell: what Beckon wrote and told of this one. */
export function planOf(folder: string, event: InvitationEvent, name: string): string {
  const file = new SqliteDatabase(join(folder, SQLITE_FILE), { readonly: true });
  try {
    const { id } = event.invitation;
    const rows = (sql: string) => file.prepare<[string], Row>(sql).all(id);
    const inserts: Insert[] = [
      ...rows(`select * from events where subject = ? and change = 'CREATED' order by rowid`).map(
        (row): Insert => ['events', row],
      ),
      ...rows('select * from invitations where id = ?').map((row): Insert => ['invitations', row]),
    ];
    const plan: WritePlan = { file: join(folder, `${name}.sqlite`), tables: tablesOf(file), inserts };
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify({ ...plan, event }));
    return path;
  } finally {
    file.close();
  }
}
