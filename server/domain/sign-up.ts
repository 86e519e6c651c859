import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { type Account, accounts, type Language } from '../db/tables/accounts.ts';
import type { Licence } from '../db/tables/licences.ts';
import { links } from '../db/tables/links.ts';
import { newId } from '../lib/ids.ts';
import { findAccount, findAccountByEmail } from './accounts.ts';
import { checkCaptcha, spendCaptcha } from './captcha.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { EULA_VERSION } from './eula.ts';
import { streamOf } from './event-log.ts';
import { emailOf, LENGTHS, lineOf } from './input.ts';
import { licenceToActivate } from './licence-links.ts';
import { licenceStatusAt } from './licence-status.ts';
import { findLicence } from './licences.ts';
import { findLink, issueLink, LINK_TTL_MS, linkRefusal, NOBODY, pageUrl, pretendLink, redeemLink } from './links.ts';
import { pretendMail, queueMail } from './mail-outbox.ts';
import { knownAddressMail, verificationMail } from './mail-templates.ts';
import { hashPassword, passwordOf } from './passwords.ts';
import { authorizeVisitor } from './principal.ts';
import { DAY_MS, HOUR_MS, limitNetwork, limitRate, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

export interface SignUpInput extends Repeatable {
  email: string;
  name: string;
  password: string;
  /** Whether the person accepts the agreement; only `true` does. */
  acceptEula: boolean;
  /** The version that was shown to them. */
  eulaVersion: string;
  /** A solution of `createCaptcha`'s challenge. */
  captcha: string;
  /** For mails; that of the request where absent. */
  language?: Language | null | undefined;
  /** Of the link in an activation mail: the verification link carries that activation on (way B, LIC-09). */
  activationToken?: string | null | undefined;
}

/**
 * Creates an account that is unverified until the mailed link is opened (LIC-05 … LIC-08). For an address that has an
 * account already the answer and the work are the same, nothing changes, and a mail tells the owner. Each thing that is
 * missing is refused by name, and leaves no account. Event: account SIGNED_UP, or SIGN_UP_REPEATED.
 * @throws Refusal InvalidInput, CaptchaRefused; LinkRefused LINK_UNKNOWN for an activation token that cannot be used.
 * @throws Denial TOO_MANY_REQUESTS.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<{ email: string }> {
  authorizeVisitor(ctx);
  const email = emailOf(input.email, ['email']);
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  const password = passwordOf(input.password, ['password'], { email, name });
  if (!input.acceptEula) throw new Refusal('InvalidInput', 'EULA_NOT_ACCEPTED', ['acceptEula']);
  if (input.eulaVersion !== EULA_VERSION) throw new Refusal('InvalidInput', 'EULA_NOT_ACCEPTED', ['eulaVersion']);
  const captcha = await checkCaptcha(ctx, input.captcha, ['captcha']);
  // Counted from here, so that nobody is kept out for a typing error; each of these costs a solved captcha.
  await limitNetwork(ctx, 'sign-up', ctx.config.SIGN_UPS_PER_MINUTE, MINUTE_MS);
  await limitNetwork(ctx, 'sign-up', ctx.config.SIGN_UPS_PER_HOUR, HOUR_MS);
  const emailKey = email.toLowerCase();
  await limitMails(ctx, 'sign-up', emailKey);
  const language = input.language ?? ctx.request.language;
  const passwordHash = await hashPassword(password);

  // Without the password, which must not be stored, not even as a hash: the captcha, used once, tells inputs apart.
  const { password: _, ...repeatable } = input;
  return change(ctx, 'signUp', repeatable, async (tx) => {
    const token = input.activationToken ?? null;
    const licence = token === null ? null : await licenceToActivate(tx.q, token, tx.now);
    if (token !== null && !licence) throw new Refusal('LinkRefused', 'LINK_UNKNOWN', ['activationToken']);
    await spendCaptcha(tx, captcha, ['captcha']);
    const [created] = await tx.q
      .insert(accounts)
      .values({
        id: newId('Account'),
        email,
        emailKey,
        name,
        passwordHash,
        language,
        eulaVersion: EULA_VERSION,
        eulaAcceptedAt: tx.now,
        createdAt: tx.now,
      })
      .onConflictDoNothing({ target: accounts.emailKey })
      .returning();
    if (created) {
      tx.emit({
        concept: 'account',
        change: 'SIGNED_UP',
        subject: created.id,
        after: { email, name, language, eulaVersion: EULA_VERSION },
        streams: [streamOf.account(created.id)],
      });
      await mailVerification(ctx, tx, created, licence?.id ?? null);
    } else {
      const known = await findAccountByEmail(tx.q, emailKey);
      if (!known) throw new Error('an address is taken by no account');
      await pretendLink(tx, 'VERIFY_EMAIL');
      // As much work as for a new address; and its owner sees in the log of the account who tries it again and again.
      tx.emit({
        concept: 'account',
        change: 'SIGN_UP_REPEATED',
        subject: known.id,
        streams: [streamOf.account(known.id)],
      });
      await mailKnownAddress(ctx, tx, known);
    }
    return { email };
  });
}

/** Mails that one address may be sent on request, by anybody (OWASP e-mail sheet; security.md, section 3). */
export const MAILS_PER_5_MINUTES = 3;
export const MAILS_PER_DAY = 10;

/** Counts for known and unknown addresses alike. @throws Denial TOO_MANY_REQUESTS. */
export async function limitMails(ctx: Context, kind: string, emailKey: string): Promise<void> {
  await limitRate(ctx, `${kind}-mail:${emailKey}`, MAILS_PER_5_MINUTES, 5 * MINUTE_MS);
  await limitRate(ctx, `${kind}-mail:${emailKey}`, MAILS_PER_DAY, DAY_MS);
}

/**
 * Sends a new verification link, which voids the one before; the way on from an expired one (LIC-09). The answer is
 * the same where there is no such account, or it is verified already: then no mail leaves.
 * @throws Refusal InvalidInput. @throws Denial TOO_MANY_REQUESTS: 3 in 5 minutes and 10 a day for an address.
 */
export async function requestVerification(
  ctx: Context,
  input: Repeatable & { email: string },
): Promise<{ email: string }> {
  authorizeVisitor(ctx);
  const email = emailOf(input.email, ['email']);
  const emailKey = email.toLowerCase();
  await limitMails(ctx, 'verification', emailKey);
  return change(ctx, 'requestVerification', input, async (tx) => {
    const account = await findAccountByEmail(tx.q, emailKey);
    const carried = await carriedBy(tx, account?.id ?? NOBODY);
    if (account?.verifiedAt === null) {
      await mailVerification(ctx, tx, account, carried);
    } else {
      await pretendLink(tx, 'VERIFY_EMAIL');
      await pretendMail(tx);
    }
    return { email };
  });
}

/** The licence that the account's sign-up carries on, by the newest link that knows of one. */
async function carriedBy(tx: Change, accountId: string): Promise<string | null> {
  const [link] = await tx.q
    .select({ licenceId: links.licenceId })
    .from(links)
    .where(and(eq(links.accountId, accountId), isNotNull(links.licenceId)))
    .orderBy(desc(links.createdAt))
    .limit(1);
  return link?.licenceId ?? null;
}

/**
 * Opens a verification link: the account is verified. Opening it again is harmless, as is opening any link of an
 * account that is verified already (LIC-09). Where the sign-up came from an activation mail, it answers the licence
 * that waits for the confirming step: `activateLicence` by its id, once signed in. Event: account VERIFIED, once.
 * @throws Refusal LinkRefused LINK_UNKNOWN, LINK_SPENT (a newer one was sent) or LINK_EXPIRED.
 */
export async function verifyEmail(
  ctx: Context,
  input: Repeatable & { token: string },
): Promise<{ email: string; alreadyVerified: boolean; licence: Licence | null }> {
  authorizeVisitor(ctx);
  return change(ctx, 'verifyEmail', input, async (tx) => {
    const used = await redeemLink(tx, 'VERIFY_EMAIL', input.token);
    const link = used ?? (await findLink(tx.q, 'VERIFY_EMAIL', input.token));
    const account = link && (await findAccount(tx.q, link.accountId));
    const carried = link?.licenceId ? await findLicence(tx.q, link.licenceId) : null;
    const licence = carried && licenceStatusAt(carried, tx.now) === 'ISSUED' ? carried : null;
    if (account && account.verifiedAt !== null) return { email: account.email, alreadyVerified: true, licence };
    const refusal = used ? null : linkRefusal(link, tx.now, ['token']);
    if (refusal || !account) throw refusal ?? new Refusal('LinkRefused', 'LINK_UNKNOWN', ['token']);
    await markVerified(tx, account.id);
    return { email: account.email, alreadyVerified: false, licence };
  });
}

/** Records that whoever holds the account reads its mail. May be repeated. Event: account VERIFIED, once. */
export async function markVerified(tx: Change, accountId: string): Promise<void> {
  const unverified = and(eq(accounts.id, accountId), isNull(accounts.verifiedAt));
  const rows = await tx.q.update(accounts).set({ verifiedAt: tx.now }).where(unverified).returning({ id: accounts.id });
  if (rows.length === 0) return;
  tx.emit({
    concept: 'account',
    change: 'VERIFIED',
    subject: accountId,
    after: { verifiedAt: tx.now },
    streams: [streamOf.account(accountId)],
  });
}

async function mailVerification(ctx: Context, tx: Change, account: Account, licenceId: string | null): Promise<string> {
  const token = await issueLink(tx, 'VERIFY_EMAIL', account.id, licenceId);
  const link = pageUrl(ctx.config, 'verify', token);
  const hours = LINK_TTL_MS.VERIFY_EMAIL / HOUR_MS;
  const text = verificationMail(account.language, { link, hours });
  return queueMail(tx, { recipient: account.email, ...text });
}

async function mailKnownAddress(ctx: Context, tx: Change, account: Account): Promise<string> {
  const signInLink = pageUrl(ctx.config, 'sign-in');
  const forgottenLink = pageUrl(ctx.config, 'forgot-password');
  const text = knownAddressMail(account.language, { name: account.name, signInLink, forgottenLink });
  return queueMail(tx, { recipient: account.email, ...text });
}
