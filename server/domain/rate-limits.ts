import { lte, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { rateLimits } from '../db/tables/rate-limits.ts';
import { networkOf } from '../lib/network.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The window of time that an instant belongs to. */
export function windowAt(now: number, windowMs: number): { start: number; end: number } {
  const start = now - (now % windowMs);
  return { start, end: start + windowMs };
}

/**
 * Adds to what all nodes together have counted of `key` in the window that `now` belongs to, and returns the sum, in a
 * transaction of its own: what is refused afterwards has been counted all the same.
 */
export async function addToRate(db: Database, key: string, by: number, now: number, windowMs: number): Promise<number> {
  const { start: windowStart, end: expiresAt } = windowAt(now, windowMs);
  const [row] = await db.write(({ q }) =>
    Promise.resolve(
      q
        .insert(rateLimits)
        .values({ key: `${key}/${windowMs}`, windowStart, count: by, expiresAt })
        .onConflictDoUpdate({
          target: [rateLimits.key, rateLimits.windowStart],
          set: { count: sql`${rateLimits.count} + ${by}` },
        })
        .returning({ count: rateLimits.count }),
    ),
  );
  return row?.count ?? 0;
}

/**
 * As `limitRate`, for whoever asks from a network: an IPv6 one of 64 bits is one, because all of its addresses may be one
 * machine's.
 */
export async function limitNetwork(ctx: Context, what: string, most: number, windowMs: number): Promise<void> {
  await limitRate(ctx, `${what}:${networkOf(ctx.request.address ?? '')}`, most, windowMs);
}

/**
 * Counts one try of `key`, exactly, with those of all nodes.
 * @throws Denial TOO_MANY_REQUESTS, with the seconds to wait, where there were `most` already.
 */
export async function limitRate(ctx: Context, key: string, most: number, windowMs: number): Promise<void> {
  const now = ctx.clock.now();
  if ((await addToRate(ctx.db, key, 1, now, windowMs)) > most) throw tooMany(now, windowMs);
}

/** The denial of whoever has used the present window up. */
export function tooMany(now: number, windowMs: number): Denial {
  return new Denial('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil((windowAt(now, windowMs).end - now) / 1000) });
}

/** Deletes the counts of windows that are over. May be repeated. */
export async function forgetRates(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(rateLimits).where(lte(rateLimits.expiresAt, ctx.clock.now()));
  });
}
