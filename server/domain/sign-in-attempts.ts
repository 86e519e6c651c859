import { eq, lte, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import type { Account } from '../db/tables/accounts.ts';
import { signInFailures } from '../db/tables/rate-limits.ts';
import type { Context } from './context.ts';
import { passwordMatches, typedPassword } from './passwords.ts';
import { DAY_MS, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** Wrong passwords, or wrong codes, in a row that cost nothing (security.md, section 3). */
export const FREE_FAILURES = 5;

/** After the free ones each wrong password makes the next try wait: 1, 2, 4, 8 and from then on 15 minutes. */
export const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/** After this many in a row only a new password, by mail, lets anybody in again (NIST 800-63B, 3.2.2). */
export const FAILURES_UNTIL_RESET = 100;

/** Later than any clock. */
const UNTIL_RESET = Number.MAX_SAFE_INTEGER;

/** A row of failures is forgotten this long after the last wait was over. */
const FORGOTTEN_AFTER_MS = DAY_MS;

/** How long the next try has to wait after so many wrong passwords in a row, in milliseconds. */
export function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES) * MINUTE_MS, LONGEST_WAIT_MS);
}

/**
 * What wrong codes of an account are counted by: apart from its passwords, which are counted by its address, because who
 * knows the password could start that count anew at will.
 */
export function codeAttempts(accountId: string): string {
  return `second-factor:${accountId}`;
}

/**
 * Takes one try, makes it, and where it does not throw starts the count anew. The try is taken before anything is looked
 * at, and counts as a failure until it was none, so that a thousand guesses at once are a thousand tries.
 * @param emailKey The address, known or not, or `codeAttempts`.
 * @param worn Done after the wrong try that makes the next one wait for the first time.
 * @throws What `guess` throws; Refusal SignInRefused TOO_MANY_ATTEMPTS at `path`.
 */
export async function attempt<T>(
  ctx: Context,
  emailKey: string,
  path: readonly string[],
  guess: () => Promise<T>,
  worn?: () => Promise<unknown>,
): Promise<T> {
  const failures = await takeAttempt(ctx, emailKey, path);
  let result: T;
  try {
    result = await guess();
  } catch (error) {
    if (failures === FREE_FAILURES) await worn?.();
    throw error;
  }
  await ctx.db.write(({ q }) => forgiveFailures(q, emailKey));
  return result;
}

/** @throws Refusal SignInRefused WRONG_CREDENTIALS, TOO_MANY_ATTEMPTS at `path`, where the password is not the account's. */
export async function provePassword(
  ctx: Context,
  account: Account,
  typed: string,
  path: readonly string[],
): Promise<void> {
  await attempt(ctx, account.emailKey, path, async () => {
    const right = await passwordMatches(account.passwordHash, typedPassword(typed));
    if (!right) throw new Refusal('SignInRefused', 'WRONG_CREDENTIALS', path);
  });
}

/**
 * Counts as a failure until `forgiveFailures` says otherwise; returns how many there are in a row with it.
 * @throws Refusal SignInRefused TOO_MANY_ATTEMPTS with `retryAfterSeconds`, null where only a new password helps.
 */
async function takeAttempt(ctx: Context, emailKey: string, path: readonly string[]): Promise<number> {
  const now = ctx.clock.now();
  const { failures, blockedUntil } = await ctx.db.write(async ({ q }) => {
    const [taken] = await q
      .insert(signInFailures)
      .values({ emailKey, failures: 1, blockedUntil: now })
      .onConflictDoUpdate({
        target: signInFailures.emailKey,
        set: { failures: sql`${signInFailures.failures} + 1` },
        setWhere: lte(signInFailures.blockedUntil, now),
      })
      .returning({ failures: signInFailures.failures });
    const row = eq(signInFailures.emailKey, emailKey);
    if (taken) {
      const until = taken.failures >= FAILURES_UNTIL_RESET ? UNTIL_RESET : now + waitAfter(taken.failures);
      await q.update(signInFailures).set({ blockedUntil: until }).where(row);
      return { failures: taken.failures, blockedUntil: null };
    }
    const [blocked] = await q.select().from(signInFailures).where(row);
    return { failures: blocked?.failures ?? 0, blockedUntil: blocked?.blockedUntil ?? now };
  });
  if (blockedUntil === null) return failures;
  const retryAfterSeconds = blockedUntil === UNTIL_RESET ? null : Math.ceil((blockedUntil - now) / 1000);
  throw new Refusal('SignInRefused', 'TOO_MANY_ATTEMPTS', path, { retryAfterSeconds });
}

/** Starts the count anew: the password or code was right, or there is a new one. */
export async function forgiveFailures(q: Queries, emailKey: string): Promise<void> {
  await q.delete(signInFailures).where(eq(signInFailures.emailKey, emailKey));
}

/** Deletes counts that nobody added to for a day. May be repeated. */
export async function forgetFailures(ctx: Context): Promise<void> {
  const before = ctx.clock.now() - FORGOTTEN_AFTER_MS;
  await ctx.db.write(async ({ q }) => {
    await q.delete(signInFailures).where(lte(signInFailures.blockedUntil, before));
  });
}
