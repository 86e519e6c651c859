import { and, eq, gte, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { events, streams } from '../db/tables/events.ts';

/**
 * Records are numbered when they are committed, and their instants are told a moment before, by one of several nodes:
 * so far apart, in ms, two records may be whose numbers and instants are in different order.
 */
const SKEW_MS = 60_000;

const boundsOf = prepared('stream_bounds', (q) =>
  q
    .select({ first: streams.first, last: streams.last })
    .from(streams)
    .where(eq(streams.name, sql.placeholder('stream'))),
);

const instantOf = prepared('event_instant', (q) =>
  q
    .select({ number: events.number, at: events.at })
    .from(events)
    .where(and(eq(events.stream, sql.placeholder('stream')), gte(events.number, sql.placeholder('number'))))
    .orderBy(events.number)
    .limit(1),
);

/**
 * Numbers between which all records of a stream lie that are from these instants: found by halving, because an index on
 * instants would cost each event more than a log that is read by them now and then is worth.
 */
export async function numbersBetween(
  q: Queries,
  stream: string,
  from: number | null | undefined,
  until: number | null | undefined,
): Promise<{ least?: number; most?: number }> {
  const [bounds] = await boundsOf(q, { stream });
  if (!bounds) return {};
  const firstSince = (instant: number) => halve(q, stream, bounds, instant);
  return {
    ...(typeof from === 'number' ? { least: await firstSince(from - SKEW_MS) } : {}),
    ...(typeof until === 'number' ? { most: await firstSince(until + SKEW_MS) } : {}),
  };
}

/** The number of the first record of this instant or later; one behind the last where there is none. */
async function halve(
  q: Queries,
  stream: string,
  { first, last }: { first: number; last: number },
  instant: number,
): Promise<number> {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [found] = await instantOf(q, { stream, number: middle });
    if (!found || found.at >= instant) high = middle;
    else low = found.number + 1;
  }
  return low;
}
