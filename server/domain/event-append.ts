import { eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { appendNext, type NextEvent, NUMBERS_EVENTS } from '../db/event-append.ts';
import { members } from '../db/tables/companies.ts';
import { type EventActor, type EventRow, events, streams } from '../db/tables/events.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { deviceStreams, type EventDraft, type EventOrigin, GENESIS, hashAfter, streamOf } from './event-log.ts';

/** What is to be the next event of a stream. */
interface Entry extends NextEvent {
  readonly draft: EventDraft;
  readonly origin: EventOrigin;
}

/** By the names of streams. */
type Entries = ReadonlyMap<string, readonly Entry[]>;

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
  const byStream = await entriesOf(q, drafts, origin);
  const names = [...byStream.keys()].sort();
  if (NUMBERS_EVENTS) await appendRounds(q, names, byStream);
  else await appendRows(q, names, byStream);
  return names;
}

async function entriesOf(q: Queries, drafts: readonly EventDraft[], origin: EventOrigin): Promise<Entries> {
  const unknownIn = await strangersIn(q, drafts, origin.actor);
  const stranger = anonymous(origin);
  const byStream = new Map<string, Entry[]>();
  for (const draft of drafts) {
    const textOf = eventText(draft);
    for (const stream of new Set(draft.streams)) {
      const by = unknownIn.get(draft)?.has(stream) ? stranger : origin;
      const entry = { stream, draft, origin: by, ...textOf(stream, by) };
      const already = byStream.get(stream);
      if (already) already.push(entry);
      else byStream.set(stream, [entry]);
    }
  }
  return byStream;
}

/** The canonical JSON of what `EventRow` says but for the hash; what changed is written once for all streams. */
function eventText(draft: EventDraft) {
  const [after, before] = [canonicalJson(draft.after ?? null), canonicalJson(draft.before ?? null)];
  const [change, concept, subject] = [draft.change, draft.concept, draft.subject].map((text) => JSON.stringify(text));
  return (stream: string, { actor, address, at, requestId }: EventOrigin) => ({
    untilNumber:
      `{"actor":${canonicalJson(actor)},"address":${JSON.stringify(address)},"after":${after},"at":${at},` +
      `"before":${before},"change":${change},"concept":${concept},"number":`,
    fromNumber: `,"requestId":${JSON.stringify(requestId)},"stream":${JSON.stringify(stream)},"subject":${subject}}`,
  });
}

/** The first event of every stream, which puts writers in order, then the second of those that have one. */
async function appendRounds(q: Queries, names: readonly string[], byStream: Entries): Promise<void> {
  for (let round = 0; ; round++) {
    const next = names.flatMap((name) => byStream.get(name)?.[round] ?? []);
    if (next.length === 0) return;
    await appendNext(q, next);
  }
}

async function appendRows(q: Queries, names: readonly string[], byStream: Entries): Promise<void> {
  const heads: (typeof streams.$inferSelect)[] = [];
  for (const some of inParts(names)) {
    const raised = await q
      .insert(streams)
      .values(some.map((name) => ({ name, last: byStream.get(name)?.length ?? 0, hash: GENESIS })))
      .onConflictDoUpdate({ target: streams.name, set: { last: sql`${streams.last} + excluded.last` } })
      .returning();
    heads.push(...raised);
  }
  const rows: EventRow[] = [];
  for (const head of heads) {
    const own = byStream.get(head.name) ?? [];
    let number = head.last - own.length;
    for (const { draft, origin, untilNumber, fromNumber } of own) {
      number += 1;
      head.hash = hashAfter(head.hash, `${untilNumber}${number}${fromNumber}`);
      rows.push({
        stream: head.name,
        number,
        concept: draft.concept,
        change: draft.change,
        subject: draft.subject,
        before: draft.before ?? null,
        after: draft.after ?? null,
        ...origin,
        hash: head.hash,
      });
    }
  }
  for (const some of inParts(rows)) await q.insert(events).values(some);
  for (const some of inParts(heads)) {
    await q
      .insert(streams)
      .values(some)
      .onConflictDoUpdate({ target: streams.name, set: { hash: sql`excluded.hash` } });
  }
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
