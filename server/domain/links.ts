import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Config } from '../config.ts';
import type { Queries } from '../db/database.ts';
import { type Link, type LinkPurpose, links } from '../db/tables/links.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { DAY_MS, HOUR_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** How long a mailed link works: NIST 800-63A for addresses, security.md for passwords. */
export const LINK_TTL_MS: Readonly<Record<LinkPurpose, number>> = {
  VERIFY_EMAIL: 24 * HOUR_MS,
  RESET_PASSWORD: HOUR_MS,
};

/** Links are kept this long after they lapsed, so that who opens one late is told why it does not work. */
const KEPT_MS = 30 * DAY_MS;

/** The pages of the dashboard that mails lead to. */
export type LinkedPage = 'verify' | 'activate' | 'reset-password' | 'join' | 'sign-in' | 'forgot-password' | 'alerts';

/** Built from PUBLIC_URL only: a Host header can be forged. */
export function pageUrl({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>, page: LinkedPage, token?: string): string {
  return token === undefined ? `${PUBLIC_URL}/${page}` : `${PUBLIC_URL}/${page}?token=${token}`;
}

/**
 * Makes a link for the account and voids the earlier ones of the same purpose. Returns its token, which is mailed.
 * `licenceId` is the licence whose activation it carries on (LIC-09).
 */
export async function issueLink(
  tx: Change,
  purpose: LinkPurpose,
  accountId: string,
  licenceId: string | null = null,
): Promise<string> {
  await voidLinks(tx, purpose, accountId);
  const token = newSecret('link');
  await tx.q.insert(links).values({
    hash: hashSecret(token),
    purpose,
    accountId,
    createdAt: tx.now,
    expiresAt: tx.now + LINK_TTL_MS[purpose],
    licenceId,
  });
  return token;
}

/** With `pretendMail`, the work of issuing a link and mailing it: for answers that must not tell whether that was done. */
export async function pretendLink(tx: Change, purpose: LinkPurpose): Promise<void> {
  await voidLinks(tx, purpose, NOBODY);
}

/** The id of no account. */
export const NOBODY = 'nobody';

/** Makes sure that no link of the purpose that is on its way to the account works any more. */
export async function voidLinks(tx: Change, purpose: LinkPurpose, accountId: string): Promise<void> {
  const open = and(eq(links.accountId, accountId), eq(links.purpose, purpose), isNull(links.usedAt));
  await tx.q.update(links).set({ usedAt: tx.now }).where(open);
}

/** Uses a link up; of several at once, one does. Null where it cannot be used: `refredeemLink` tells why. */
export async function redeemLink(tx: Change, purpose: LinkPurpose, token: string): Promise<Link | null> {
  const usable = and(sameLink(purpose, token), isNull(links.usedAt), gt(links.expiresAt, tx.now));
  const [link] = await tx.q.update(links).set({ usedAt: tx.now }).where(usable).returning();
  return link ?? null;
}

export async function findLink(q: Queries, purpose: LinkPurpose, token: string): Promise<Link | null> {
  const [link] = await q.select().from(links).where(sameLink(purpose, token));
  return link ?? null;
}

/** Why a link cannot be used: null where it can be. */
export function linkRefusal(link: Link | null, now: number, path: readonly string[]): Refusal | null {
  if (!link) return new Refusal('LinkRefused', 'LINK_UNKNOWN', path);
  if (link.usedAt !== null) return new Refusal('LinkRefused', 'LINK_SPENT', path);
  if (link.expiresAt <= now) return new Refusal('LinkRefused', 'LINK_EXPIRED', path);
  return null;
}

/** Deletes links that lapsed a month ago. May be repeated. */
export async function forgetLinks(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(links).where(lte(links.expiresAt, ctx.clock.now() - KEPT_MS));
  });
}

function sameLink(purpose: LinkPurpose, token: string) {
  return and(eq(links.hash, hashSecret(token)), eq(links.purpose, purpose));
}
