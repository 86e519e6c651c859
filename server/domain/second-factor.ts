import { eq, isNull } from 'drizzle-orm';
import type { Account } from '../db/tables/accounts.ts';
import { recoveryCodes, secondFactors } from '../db/tables/second-factors.ts';
import { newTotpSecret, totpUri } from '../lib/totp.ts';
import { findAccount, findAccountByEmail, lockAccount } from './accounts.ts';
import { endAuthSessions, renewSecret } from './auth-sessions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { voidPendingSignIns } from './pending-sign-ins.ts';
import { authorize, authorizeSignedIn, authorizeUnverified } from './principal.ts';
import { Refusal } from './refusals.ts';
import {
  acceptCode,
  acceptFirstCode,
  findSecondFactor,
  hasSecondFactor,
  newRecoveryCodes,
  recoveryCodesLeft,
} from './second-factor-codes.ts';
import { tellSecondFactor } from './second-factor-events.ts';
import { isSecondFactorRequired, judgeAgain } from './second-factor-gate.ts';
import { attempt, codeAttempts, forgiveFailures, provePassword } from './sign-in-attempts.ts';

/** How authenticator apps name what the code is for. */
const ISSUER = 'Beckon';

/** What an account's owner sees of its second factor. */
export interface SecondFactorState {
  /** Since when signing in takes a code; null where it takes none. */
  readonly since: number | null;
  readonly recoveryCodesLeft: number;
  /** Whether the account's company requires one. */
  readonly required: boolean;
}

/**
 * How the caller's own account stands to a second factor.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function getSecondFactor(ctx: Context): Promise<SecondFactorState> {
  const { accountId } = authorizeUnverified(ctx, 'READ');
  const since = (await findSecondFactor(ctx.db.read, accountId))?.confirmedAt ?? null;
  return {
    since,
    recoveryCodesLeft: since === null ? 0 : await recoveryCodesLeft(ctx.db.read, accountId),
    required: await isSecondFactorRequired(ctx.db.read, accountId),
  };
}

/**
 * Makes the secret for an authenticator app, which is shown this once; nothing else changes until a first code has
 * confirmed it. Doing so again voids the secret before. By cookie only, and with the password.
 * @throws Refusal SignInRefused at `password`; SecondFactorRefused SECOND_FACTOR_ON.
 * @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function setUpSecondFactor(
  ctx: Context,
  input: Repeatable & { password: string },
): Promise<{ secret: string; uri: string }> {
  const { account } = await ownAccount(ctx);
  await provePassword(ctx, account, input.password, ['password']);
  const { idempotencyKey } = input;
  return change(ctx, 'setUpSecondFactor', { idempotencyKey }, async (tx) => {
    await lockProven(tx, account);
    const secret = newTotpSecret();
    const unconfirmed = { secret, createdAt: tx.now, lastStep: 0 };
    const [made] = await tx.q
      .insert(secondFactors)
      .values({ accountId: account.id, ...unconfirmed })
      .onConflictDoUpdate({
        target: secondFactors.accountId,
        set: unconfirmed,
        setWhere: isNull(secondFactors.confirmedAt),
      })
      .returning();
    if (!made) throw new Refusal('SecondFactorRefused', 'SECOND_FACTOR_ON');
    return { secret, uri: totpUri(secret, ISSUER, account.email) };
  });
}

/**
 * Confirms the app by its first code: signing in takes one from now on. Every other sign-in of the account ends at once,
 * because none of them has shown a code; this one goes on with a new secret. Wrong codes count for the account.
 * Events: secondFactor ENABLED, authSession REVOKED for each that ended.
 * @returns The recovery codes, shown this once, and the new secret for the cookie.
 * @throws Refusal SignInRefused WRONG_CODE, TOO_MANY_ATTEMPTS at `code`; SecondFactorRefused SECOND_FACTOR_ON, or
 *   SECOND_FACTOR_OFF where none was set up. @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function confirmSecondFactor(
  ctx: Context,
  input: Repeatable & { code: string },
): Promise<{ account: Account; recoveryCodes: string[]; secret: string }> {
  const { account, via } = await ownAccount(ctx);
  return attempt(ctx, codeAttempts(account.id), ['code'], () =>
    change(ctx, 'confirmSecondFactor', input, async (tx) => {
      // Who signs in at this moment waits for us and then needs a code, or was first and is ended below.
      await lockProven(tx, account);
      const factor = await findSecondFactor(tx.q, account.id);
      if (!factor) throw new Refusal('SecondFactorRefused', 'SECOND_FACTOR_OFF');
      if (factor.confirmedAt !== null) throw new Refusal('SecondFactorRefused', 'SECOND_FACTOR_ON');
      const secret = await renewSecret(tx, via.hash);
      if (!(await acceptFirstCode(tx, account.id, input.code))) throw wrongCode();
      const codes = await newRecoveryCodes(tx, account.id);
      await endAuthSessions(tx, account.id, via.id);
      await judgeAgain(tx, (column) => eq(column, account.id));
      await tellSecondFactor(ctx, tx, account, 'ENABLED', codes.length);
      return { account, recoveryCodes: codes, secret };
    }),
  );
}

/**
 * Turns the second factor off, with the password and a code: the password alone signs in. Recovery codes and sign-ins
 * that wait for a code are void. This sign-in goes on with a new secret. Event: secondFactor DISABLED.
 * @returns The new secret for the cookie.
 * @throws Refusal SignInRefused at `password` or `code`; SecondFactorRefused SECOND_FACTOR_OFF.
 * @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function disableSecondFactor(
  ctx: Context,
  input: Repeatable & { password: string; code: string },
): Promise<{ account: Account; secret: string }> {
  const { account, via } = await ownAccount(ctx);
  await provePassword(ctx, account, input.password, ['password']);
  const { password: _, ...repeatable } = input;
  return attempt(ctx, codeAttempts(account.id), ['code'], () =>
    change(ctx, 'disableSecondFactor', repeatable, async (tx) => {
      await lockProven(tx, account);
      const secret = await renewSecret(tx, via.hash);
      await voidPendingSignIns(tx, account.id);
      await useCode(tx, account.id, input.code);
      await removeSecondFactor(tx, account.id);
      await tellSecondFactor(ctx, tx, account, 'DISABLED', 0);
      return { account, secret };
    }),
  );
}

/**
 * Makes new recovery codes, shown this once, with a code; the ones before are void.
 * Event: secondFactor RECOVERY_CODES_RENEWED.
 * @throws Refusal SignInRefused at `code`; SecondFactorRefused SECOND_FACTOR_OFF.
 * @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function renewRecoveryCodes(
  ctx: Context,
  input: Repeatable & { code: string },
): Promise<{ recoveryCodes: string[] }> {
  const { account } = await ownAccount(ctx);
  return attempt(ctx, codeAttempts(account.id), ['code'], () =>
    change(ctx, 'renewRecoveryCodes', input, async (tx) => {
      // Of two at once, the second voids what the first made.
      await lockProven(tx, account);
      await useCode(tx, account.id, input.code);
      const codes = await newRecoveryCodes(tx, account.id);
      await tellSecondFactor(ctx, tx, account, 'RECOVERY_CODES_RENEWED', codes.length);
      return { recoveryCodes: codes };
    }),
  );
}

/**
 * Turns an account's second factor off for who has lost app and recovery codes; for the server's own command line only.
 * Sign-ins that wait for a code are void. Event: secondFactor DISABLED, to the operator's log too.
 * @returns Whether there is such an account, with a second factor.
 */
export async function resetSecondFactor(ctx: Context, email: string): Promise<boolean> {
  authorize(ctx, 'READ', 'system');
  return change(ctx, 'resetSecondFactor', {}, async (tx) => {
    const account = await findAccountByEmail(tx.q, email.trim().toLowerCase());
    if (!account || !(await hasSecondFactor(tx.q, account.id))) return false;
    await voidPendingSignIns(tx, account.id);
    await removeSecondFactor(tx, account.id);
    await forgiveFailures(tx.q, codeAttempts(account.id));
    await tellSecondFactor(ctx, tx, account, 'DISABLED', 0);
    return true;
  });
}

async function removeSecondFactor(tx: Change, accountId: string): Promise<void> {
  await tx.q.delete(secondFactors).where(eq(secondFactors.accountId, accountId));
  await tx.q.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await judgeAgain(tx, (column) => eq(column, accountId));
}

/** The caller's account, by cookie only: what a token did could outlive it. @throws Denial UNAUTHENTICATED, FORBIDDEN. */
async function ownAccount(ctx: Context) {
  const { accountId, via } = authorizeSignedIn(ctx);
  const account = await findAccount(ctx.db.read, accountId);
  if (!account) throw new Denial('UNAUTHENTICATED');
  return { account, via };
}

async function lockProven(tx: Change, account: Account): Promise<void> {
  if (!(await lockAccount(tx.q, account))) throw new Denial('UNAUTHENTICATED');
}

async function useCode(tx: Change, accountId: string, code: string): Promise<void> {
  if (!(await hasSecondFactor(tx.q, accountId))) throw new Refusal('SecondFactorRefused', 'SECOND_FACTOR_OFF');
  if (!(await acceptCode(tx, accountId, code))) throw wrongCode();
}

const wrongCode = () => new Refusal('SignInRefused', 'WRONG_CODE', ['code']);
