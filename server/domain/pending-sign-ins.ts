import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { type PendingSignIn, pendingSignIns } from '../db/tables/second-factors.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { MINUTE_MS } from './rate-limits.ts';

/** How long a sign-in waits for the second factor (NIST 800-63B 3.1.3.2: codes of other devices, 10 minutes). */
export const PENDING_SIGN_IN_TTL_MS = 10 * MINUTE_MS;

/** Has a sign-in whose password was right wait for the second factor. The token is good for completing it, once. */
export async function openPendingSignIn(tx: Change, accountId: string): Promise<{ token: string; expiresAt: number }> {
  const token = newSecret('signIn');
  const expiresAt = tx.now + PENDING_SIGN_IN_TTL_MS;
  await tx.q.insert(pendingSignIns).values({ hash: hashSecret(token), accountId, expiresAt });
  return { token, expiresAt };
}

/** The sign-in that the token completes, or has completed; null where it is void, has lapsed, or never was. */
export async function findPendingSignIn(q: Queries, token: string, now: number): Promise<PendingSignIn | null> {
  const [pending] = await q
    .select()
    .from(pendingSignIns)
    .where(and(eq(pendingSignIns.hash, hashSecret(token)), gt(pendingSignIns.expiresAt, now)));
  return pending ?? null;
}

/** Uses the token up, and tells whether it could be: of several at once, one does. */
export async function usePendingSignIn(tx: Change, token: string): Promise<boolean> {
  const usable = and(
    eq(pendingSignIns.hash, hashSecret(token)),
    gt(pendingSignIns.expiresAt, tx.now),
    isNull(pendingSignIns.usedAt),
  );
  const rows = await tx.q
    .update(pendingSignIns)
    .set({ usedAt: tx.now })
    .where(usable)
    .returning({ hash: pendingSignIns.hash });
  return rows.length > 0;
}

/** Makes sure that no sign-in to the account that waits now is completed. */
export async function voidPendingSignIns(tx: Change, accountId: string): Promise<void> {
  await tx.q.delete(pendingSignIns).where(eq(pendingSignIns.accountId, accountId));
}

/** Deletes those that have lapsed. May be repeated. */
export async function forgetPendingSignIns(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(pendingSignIns).where(lte(pendingSignIns.expiresAt, ctx.clock.now()));
  });
}
