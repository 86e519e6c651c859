import { eq } from 'drizzle-orm';
import { type Account, accounts } from '../db/tables/accounts.ts';
import { findAccount, findAccountByEmail } from './accounts.ts';
import { endAuthSessions, renewSecret } from './auth-sessions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { streamOf } from './event-log.ts';
import { emailOf } from './input.ts';
import { findLink, issueLink, LINK_TTL_MS, linkRefusal, pageUrl, pretendLink, redeemLink, voidLinks } from './links.ts';
import { pretendMail, queueMail } from './mail-outbox.ts';
import { passwordChangedMail, passwordResetMail } from './mail-templates.ts';
import { hashPassword, passwordOf } from './passwords.ts';
import { voidPendingSignIns } from './pending-sign-ins.ts';
import { authorizeSignedIn, authorizeVisitor } from './principal.ts';
import { limitNetwork, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { codeAttempts, forgiveFailures, provePassword } from './sign-in-attempts.ts';
import { limitMails, markVerified } from './sign-up.ts';

/**
 * Mails a link to choose a new password, which voids the one before. The answer is the same where there is no such
 * account; then no mail leaves.
 * @throws Refusal InvalidInput. @throws Denial TOO_MANY_REQUESTS: 3 in 5 minutes and 10 a day for an address.
 */
export async function requestPasswordReset(
  ctx: Context,
  input: Repeatable & { email: string },
): Promise<{ email: string }> {
  authorizeVisitor(ctx);
  const email = emailOf(input.email, ['email']);
  const emailKey = email.toLowerCase();
  await limitMails(ctx, 'reset', emailKey);
  return change(ctx, 'requestPasswordReset', input, async (tx) => {
    const account = await findAccountByEmail(tx.q, emailKey);
    if (account) {
      await mailReset(ctx, tx, account);
    } else {
      await pretendLink(tx, 'RESET_PASSWORD');
      await pretendMail(tx);
    }
    return { email };
  });
}

/**
 * Sets a new password by a mailed link, once: all sign-ins of the account end at once, failed tries are forgotten, and
 * nobody is signed in by it. A second factor stays. The link also proves the address, so that the account is verified by it.
 * Events: account PASSWORD_RESET, authSession REVOKED for each, account VERIFIED where it was not.
 * @throws Refusal LinkRefused LINK_UNKNOWN, LINK_SPENT, LINK_EXPIRED; InvalidInput. @throws Denial TOO_MANY_REQUESTS.
 */
export async function resetPassword(
  ctx: Context,
  input: Repeatable & { token: string; password: string },
): Promise<{ email: string }> {
  authorizeVisitor(ctx);
  await limitNetwork(ctx, 'reset', ctx.config.SIGN_INS_PER_MINUTE, MINUTE_MS);
  // Nobody makes us hash without a link. It is judged when it is used: a repetition comes with a spent one.
  const found = await findLink(ctx.db.read, 'RESET_PASSWORD', input.token);
  const owner = found && (await findAccount(ctx.db.read, found.accountId));
  const usable = owner !== null && linkRefusal(found, ctx.clock.now(), ['token']) === null;
  const passwordHash = usable ? await hashPassword(passwordOf(input.password, ['password'], owner)) : null;

  // Without the password, which must not be stored, not even as a hash: the link, used once, tells inputs apart.
  const { password: _, ...repeatable } = input;
  return change(ctx, 'resetPassword', repeatable, async (tx) => {
    const link = passwordHash && (await redeemLink(tx, 'RESET_PASSWORD', input.token));
    if (!link) {
      const why = linkRefusal(await findLink(tx.q, 'RESET_PASSWORD', input.token), tx.now, ['token']);
      throw why ?? new Refusal('LinkRefused', 'LINK_SPENT', ['token']);
    }
    const account = await setPassword(ctx, tx, link.accountId, passwordHash, 'PASSWORD_RESET');
    for (const key of [account.emailKey, codeAttempts(account.id)]) await forgiveFailures(tx.q, key);
    await markVerified(tx, account.id);
    await voidLinks(tx, 'VERIFY_EMAIL', account.id);
    await endAuthSessions(tx, account.id, null);
    return { email: account.email };
  });
}

/**
 * Sets a new password for who is signed in by cookie and knows the present one. Every other sign-in of the account ends
 * at once; this one goes on with a new secret. Wrong passwords count like those at signing in.
 * Events: account PASSWORD_CHANGED, authSession REVOKED for each that ended.
 * @returns The new secret for the cookie.
 * @throws Refusal SignInRefused, InvalidInput. @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function changePassword(
  ctx: Context,
  input: Repeatable & { currentPassword: string; newPassword: string },
): Promise<{ account: Account; secret: string }> {
  const { accountId, via } = authorizeSignedIn(ctx);
  const account = await findAccount(ctx.db.read, accountId);
  if (!account) throw new Denial('UNAUTHENTICATED');
  const password = passwordOf(input.newPassword, ['newPassword'], account);
  await provePassword(ctx, account, input.currentPassword, ['currentPassword']);
  const passwordHash = await hashPassword(password);
  const { idempotencyKey } = input;
  return change(ctx, 'changePassword', { idempotencyKey }, async (tx) => {
    // First, because it takes hold of the sign-in: of two changes at once, the second one finds it gone.
    const secret = await renewSecret(tx, via.hash);
    const changed = await setPassword(ctx, tx, accountId, passwordHash, 'PASSWORD_CHANGED');
    await voidLinks(tx, 'RESET_PASSWORD', accountId);
    await endAuthSessions(tx, accountId, via.id);
    return { account: changed, secret };
  });
}

async function setPassword(
  ctx: Context,
  tx: Change,
  accountId: string,
  passwordHash: string,
  how: 'PASSWORD_RESET' | 'PASSWORD_CHANGED',
): Promise<Account> {
  const [account] = await tx.q.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId)).returning();
  if (!account) throw new Denial('UNAUTHENTICATED');
  await voidPendingSignIns(tx, accountId);
  tx.emit({ concept: 'account', change: how, subject: accountId, streams: [streamOf.account(accountId)] });
  const forgottenLink = pageUrl(ctx.config, 'forgot-password');
  const text = passwordChangedMail(account.language, { name: account.name, forgottenLink });
  await queueMail(tx, { recipient: account.email, ...text });
  return account;
}

async function mailReset(ctx: Context, tx: Change, account: Account): Promise<void> {
  const token = await issueLink(tx, 'RESET_PASSWORD', account.id);
  const link = pageUrl(ctx.config, 'reset-password', token);
  const minutes = LINK_TTL_MS.RESET_PASSWORD / MINUTE_MS;
  const text = passwordResetMail(account.language, { name: account.name, link, minutes });
  await queueMail(tx, { recipient: account.email, ...text });
}
