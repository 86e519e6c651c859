import { createHash } from 'node:crypto';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { members } from '../db/tables/companies.ts';
import type { Device } from '../db/tables/devices.ts';
import { type EventActor, type EventRow, events, streams } from '../db/tables/events.ts';
import { canonicalJson } from '../lib/canonical-json.ts';

/** What an operation says of a change; it is written once to each stream that it concerns. */
export interface EventDraft {
  concept: string;
  change: string;
  /** The id of what changed. */
  subject: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  streams: readonly string[];
  /** The devices on both sides, of what is between two: one side's logs do not tell who acts for the other, nor from where. */
  sides?: readonly Side[];
}

/** Enough of a device to know which streams are those of its side. */
export type Side = Pick<Device, 'id' | 'accountId' | 'companyId'>;

/** What all events of one transaction have in common. */
export interface EventOrigin {
  at: number;
  actor: EventActor;
  requestId: string;
  address: string | null;
}

export const streamOf = {
  account: (id: string) => `account:${id}`,
  company: (id: string) => `company:${id}`,
  device: (id: string) => `device:${id}`,
  session: (id: string) => `session:${id}`,
  /** Alerts of a company's devices: apart from its other events, because permissions decide who hears of them. */
  alerts: (companyId: string) => `alerts:${companyId}`,
  /** What the installation's operator does. Nobody follows it: it is an audit log, and kept whole. */
  operator: () => 'operator',
};

/** The streams of a device, and of whose it is. */
export function deviceStreams({ id, accountId, companyId }: Side): string[] {
  const streams = [streamOf.device(id)];
  if (accountId) streams.push(streamOf.account(accountId));
  if (companyId) streams.push(streamOf.company(companyId));
  return streams;
}

/** The hash before the first event of every stream. */
const GENESIS = '';

/**
 * Appends the drafts to their streams, in the order given, and returns the streams' names. To be called last in the
 * writing transaction: the counters that it raises are held until the commit, always in the order of their names, so
 * that two writers never wait for each other in a circle.
 */
export async function appendEvents(
  q: Queries,
  drafts: readonly EventDraft[],
  origin: EventOrigin,
): Promise<readonly string[]> {
  const byStream = new Map<string, EventDraft[]>();
  for (const draft of drafts) {
    for (const stream of new Set(draft.streams)) {
      const already = byStream.get(stream);
      if (already) already.push(draft);
      else byStream.set(stream, [draft]);
    }
  }
  if (byStream.size === 0) return [];
  const names = [...byStream.keys()].sort();
  const heads: (typeof streams.$inferSelect)[] = [];
  for (const some of inParts(names)) {
    const raised = await q
      .insert(streams)
      .values(some.map((name) => ({ name, last: byStream.get(name)?.length ?? 0, hash: GENESIS })))
      .onConflictDoUpdate({ target: streams.name, set: { last: sql`${streams.last} + excluded.last` } })
      .returning();
    heads.push(...raised);
  }
  const unknownIn = await strangersIn(q, drafts, origin.actor);
  const rows: EventRow[] = [];
  for (const head of heads) {
    const own = byStream.get(head.name) ?? [];
    let number = head.last - own.length;
    for (const draft of own) {
      number += 1;
      const content = {
        stream: head.name,
        number,
        concept: draft.concept,
        change: draft.change,
        subject: draft.subject,
        before: draft.before ?? null,
        after: draft.after ?? null,
        ...(unknownIn.get(draft)?.has(head.name) ? anonymous(origin) : origin),
      };
      head.hash = hashEvent(head.hash, content);
      rows.push({ ...content, hash: head.hash });
    }
  }
  for (const some of inParts(rows)) await q.insert(events).values(some);
  for (const some of inParts(heads)) {
    await q
      .insert(streams)
      .values(some)
      .onConflictDoUpdate({ target: streams.name, set: { hash: sql`excluded.hash` } });
  }
  return names;
}

/** As readers on the other side are told: what kind of principal, and when. */
const anonymous = ({ actor: { kind }, ...origin }: EventOrigin): EventOrigin => ({
  ...origin,
  actor: { kind, id: null },
  address: null,
});

/** For each draft that is between two sides, the streams of the side that the actor does not act for. */
async function strangersIn(
  q: Queries,
  drafts: readonly EventDraft[],
  { kind, id }: EventActor,
): Promise<Map<EventDraft, Set<string>>> {
  const strangers = new Map<EventDraft, Set<string>>();
  for (const draft of drafts) {
    if (!draft.sides || id === null) continue;
    let own = draft.sides.filter((side) => side.id === id || side.accountId === id);
    if (own.length === 0 && kind === 'ACCOUNT') {
      // An administrator, who removes a device that something runs on.
      const [member] = await q.select().from(members).where(eq(members.accountId, id));
      own = draft.sides.filter(({ companyId }) => companyId !== null && companyId === member?.companyId);
    }
    const known = new Set([...own.flatMap(deviceStreams), streamOf.account(id)]);
    strangers.set(draft, new Set(draft.sides.flatMap(deviceStreams).filter((stream) => !known.has(stream))));
  }
  return strangers;
}

/** Rows of one statement: an event has 12 values, and SQLite takes 32,766 in one statement. */
const ROWS_AT_ONCE = 500;

function* inParts<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += ROWS_AT_ONCE) yield all.slice(at, at + ROWS_AT_ONCE);
}

/** SHA-256 over the hash of the event before and the canonical JSON of this one. */
function hashEvent(previous: string, content: Omit<EventRow, 'hash'>): string {
  return createHash('sha256').update(previous).update('\n').update(canonicalJson(content)).digest('base64url');
}

/** Events read at one go: enough for a burst, small enough not to hold up anyone else. */
export const EVENTS_AT_ONCE = 200;

const eventsAfter = prepared('events_after', (q) =>
  q
    .select()
    .from(events)
    .where(and(eq(events.stream, sql.placeholder('stream')), gt(events.number, sql.placeholder('after'))))
    .orderBy(asc(events.number))
    .limit(EVENTS_AT_ONCE),
);

/** The next events of the stream after a number, in order; at most 200. */
export function readEvents(q: Queries, stream: string, after: number): Promise<readonly EventRow[]> {
  return eventsAfter(q, { stream, after });
}

const headOf = prepared('stream_head', (q) =>
  q
    .select({ last: streams.last, first: streams.first, hash: streams.hash })
    .from(streams)
    .where(eq(streams.name, sql.placeholder('stream'))),
);

/** The numbers of the stream's newest and of its oldest kept event; 0 and 1 where there is none yet. */
export async function readHead(q: Queries, stream: string): Promise<{ last: number; first: number; hash: string }> {
  const [head] = await headOf(q, { stream });
  return head ?? { last: 0, first: 1, hash: GENESIS };
}

/** What the check of a stream's hash chain found. `brokenAt` is the number of the first event that does not fit. */
export type ChainCheck = { intact: true; checked: number } | { intact: false; brokenAt: number; checked: number };

/**
 * Recomputes the hash chain of a stream from its oldest kept event to its head. A changed, missing or added row
 * shows; so does a cut-off end, because the head's number and hash are compared too. Events that are appended meanwhile
 * are none of its business.
 */
export async function verifyChain(q: Queries, stream: string): Promise<ChainCheck> {
  for (;;) {
    const head = await readHead(q, stream);
    const found = await verifyUpTo(q, stream, head);
    // Old events that are forgotten while they are read look like missing ones: then it is done again.
    if (found.intact || (await readHead(q, stream)).first === head.first) return found;
  }
}

async function verifyUpTo(
  q: Queries,
  stream: string,
  head: { last: number; first: number; hash: string },
): Promise<ChainCheck> {
  let number = head.first - 1;
  let previous: string | null = head.first === 1 ? GENESIS : null;
  let checked = 0;
  for (let batch = await readEvents(q, stream, number); ; batch = await readEvents(q, stream, number)) {
    for (const { hash, ...content } of batch) {
      number += 1;
      // Behind the head stands what was appended since it was read, or what somebody added past the server.
      if (number > head.last) {
        const { last } = await readHead(q, stream);
        return content.number > last ? { intact: false, brokenAt: number, checked } : atHead();
      }
      checked += 1;
      const fits = content.number === number && (previous === null || hash === hashEvent(previous, content));
      if (!fits) return { intact: false, brokenAt: number, checked };
      previous = hash;
    }
    if (batch.length < EVENTS_AT_ONCE) break;
  }
  return number === head.last ? atHead() : { intact: false, brokenAt: number + 1, checked };

  function atHead(): ChainCheck {
    return (previous ?? GENESIS) === head.hash
      ? { intact: true, checked }
      : { intact: false, brokenAt: head.last + 1, checked };
  }
}
