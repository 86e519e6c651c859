import { lte, sql } from 'drizzle-orm';
import { rateLimits } from '../db/tables/rate-limits.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * Counts one try of `key` in the window that the present belongs to, in a transaction of its own: what is refused
 * afterwards has been counted all the same.
 * @throws Denial TOO_MANY_REQUESTS, with the seconds to wait, where there were `most` already.
 */
export async function limitRate(ctx: Context, key: string, most: number, windowMs: number): Promise<void> {
  const now = ctx.clock.now();
  const windowStart = now - (now % windowMs);
  const expiresAt = windowStart + windowMs;
  const [row] = await ctx.db.write(({ q }) =>
    Promise.resolve(
      q
        .insert(rateLimits)
        .values({ key: `${key}/${windowMs}`, windowStart, count: 1, expiresAt })
        .onConflictDoUpdate({
          target: [rateLimits.key, rateLimits.windowStart],
          set: { count: sql`${rateLimits.count} + 1` },
        })
        .returning({ count: rateLimits.count }),
    ),
  );
  if ((row?.count ?? 0) > most) {
    throw new Denial('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil((expiresAt - now) / 1000) });
  }
}

/** Deletes the counts of windows that are over. May be repeated. */
export async function forgetRates(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(rateLimits).where(lte(rateLimits.expiresAt, ctx.clock.now()));
  });
}
