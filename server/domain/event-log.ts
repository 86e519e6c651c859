import { hash } from 'node:crypto';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
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
export const GENESIS = '';

/** SHA-256 over the hash of the event before and the canonical JSON of this one. */
export function hashAfter(previous: string, canonical: string): string {
  return hash('sha256', `${previous}\n${canonical}`, 'base64url');
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
      const fits =
        content.number === number && (previous === null || hash === hashAfter(previous, canonicalJson(content)));
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
