import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Language } from '../db/tables/accounts.ts';
import { type Licence, type LicenceLink, licenceLinks } from '../db/tables/licences.ts';
import { links } from '../db/tables/links.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { findAccountByEmail } from './accounts.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { licenceActivationMail } from './licence-mails.ts';
import { licenceStatusAt } from './licence-status.ts';
import { emitByOperator, findLicence, lockLicence } from './licences.ts';
import { pageUrl } from './links.ts';
import { queueMail } from './mail-outbox.ts';
import { authorize } from './principal.ts';
import { DAY_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** How long the link of an activation mail works: a month to get to what was bought (decided). */
export const LICENCE_LINK_TTL_MS = 30 * DAY_MS;

/**
 * Voids the links of a licence and mails a new one to the address that bought it (LIC-01). Without a language, the
 * mail is in that of the buyer's account, else in that of the request. Returns the ends of the old and the new link.
 */
export async function mailLicenceLink(
  ctx: Context,
  tx: Change,
  licence: Licence,
  language: Language | null | undefined,
): Promise<{ before: LinkFacts | null; after: LinkFacts }> {
  const before = await voidLicenceLinks(tx, licence.id);
  const linkExpiresAt = tx.now + LICENCE_LINK_TTL_MS;
  const token = newSecret('link');
  await tx.q.insert(licenceLinks).values({
    hash: hashSecret(token),
    licenceId: licence.id,
    createdAt: tx.now,
    expiresAt: linkExpiresAt,
  });
  const buyer = await findAccountByEmail(tx.q, licence.purchaseEmail.toLowerCase());
  const text = licenceActivationMail(language ?? buyer?.language ?? ctx.request.language, licence, {
    link: pageUrl(ctx.config, 'activate', token),
    days: LICENCE_LINK_TTL_MS / DAY_MS,
  });
  await queueMail(tx, { recipient: licence.purchaseEmail, ...text });
  return { before, after: { linkExpiresAt } };
}

/** What the operator's log says of a link: never the token. A type, because facts are plain records. */
type LinkFacts = { readonly linkExpiresAt: number };

/** Returns what there was to be voided; null where there was nothing. */
async function voidLicenceLinks(tx: Change, licenceId: string): Promise<LinkFacts | null> {
  const [voided] = await tx.q
    .update(licenceLinks)
    .set({ revokedAt: tx.now })
    .where(and(eq(licenceLinks.licenceId, licenceId), isNull(licenceLinks.revokedAt)))
    .returning({ linkExpiresAt: licenceLinks.expiresAt });
  return voided ?? null;
}

/**
 * Mails a new activation link to the address that bought the licence; it voids the one before. For the operator.
 * Event: licence LINK_SENT, to the operator's log.
 * @throws Refusal LicenceRefused ALREADY_ACTIVATED, LICENCE_SUSPENDED, LICENCE_EXPIRED.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function resendLicenceLink(
  ctx: Context,
  input: Repeatable & { id: string; language?: Language | null | undefined },
): Promise<Licence> {
  authorize(ctx, 'COMPANY', 'operator');
  return change(ctx, 'resendLicenceLink', input, async (tx) => {
    const licence = await lockLicence(tx, input.id);
    if (!licence) throw notFound('id');
    requireIssued(licence, tx.now, ['id']);
    emitByOperator(tx, 'LINK_SENT', licence, await mailLicenceLink(ctx, tx, licence, input.language));
    return licence;
  });
}

/**
 * Voids the activation link of a licence, also for sign-ups that carry it on. For the operator. May be repeated.
 * `resendLicenceLink` makes a new one. Event: licence LINK_REVOKED, to the operator's log, where there was something
 * to void.
 * @throws Refusal LicenceRefused ALREADY_ACTIVATED. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.
 */
export async function revokeLicenceLink(ctx: Context, input: Repeatable & { id: string }): Promise<Licence> {
  authorize(ctx, 'COMPANY', 'operator');
  return change(ctx, 'revokeLicenceLink', input, async (tx) => {
    const licence = await lockLicence(tx, input.id);
    if (!licence) throw notFound('id');
    if (licence.holderId !== null) throw new Refusal('LicenceRefused', 'ALREADY_ACTIVATED', ['id']);
    const before = await voidLicenceLinks(tx, licence.id);
    const carriedOn = await tx.q
      .update(links)
      .set({ licenceId: null })
      .where(eq(links.licenceId, licence.id))
      .returning({ hash: links.hash });
    if (before || carriedOn.length > 0) {
      emitByOperator(tx, 'LINK_REVOKED', licence, { before: { ...before, signUps: carriedOn.length } });
    }
    return licence;
  });
}

/** Makes sure that the licence can be activated. @throws Refusal LicenceRefused, saying why it cannot. */
export function requireIssued(licence: Licence, now: number, path: readonly string[]): void {
  if (licence.holderId !== null) throw new Refusal('LicenceRefused', 'ALREADY_ACTIVATED', path);
  const status = licenceStatusAt(licence, now);
  if (status === 'EXPIRED') throw new Refusal('LicenceRefused', 'LICENCE_EXPIRED', path);
  if (status === 'SUSPENDED') throw new Refusal('LicenceRefused', 'LICENCE_SUSPENDED', path);
}

/** The link that a token of an activation mail is, and its licence; null where there never was one. */
export async function findLicenceLink(
  q: Queries,
  token: string,
): Promise<{ link: LicenceLink; licence: Licence } | null> {
  const [link] = await q
    .select()
    .from(licenceLinks)
    .where(eq(licenceLinks.hash, hashSecret(token)));
  const licence = link && (await findLicence(q, link.licenceId));
  return link && licence ? { link, licence } : null;
}

/** The licence that a stranger with this token can activate now; null alike for all that cannot be. */
export async function licenceToActivate(q: Queries, token: string, now: number): Promise<Licence | null> {
  const found = await findLicenceLink(q, token);
  if (!found || !linkWorks(found.link, now)) return null;
  return licenceStatusAt(found.licence, now) === 'ISSUED' ? found.licence : null;
}

export function linkWorks(link: LicenceLink, now: number): boolean {
  return link.revokedAt === null && link.expiresAt > now;
}

const newestLinks = prepared('newest_licence_links', (q) =>
  q
    .select()
    .from(licenceLinks)
    .where(anyOf(licenceLinks.licenceId, sql.placeholder('ids')))
    .orderBy(desc(licenceLinks.createdAt)),
);

/** The newest link of each licence, in the order of the ids, for the operator; null where it has none. */
export async function findLicenceLinks(q: Queries, ids: readonly string[]): Promise<(LicenceLink | null)[]> {
  const rows = await newestLinks(q, { ids: idList(ids) });
  return ids.map((id) => {
    const own = rows.filter(({ licenceId }) => licenceId === id);
    // At most one is not revoked, and it is the newest, also where two were made in the same millisecond.
    return own.find(({ revokedAt }) => revokedAt === null) ?? own[0] ?? null;
  });
}

export type LicenceLinkStatus = 'OPEN' | 'REVOKED' | 'EXPIRED';

/** Where the link stands at an instant. */
export function licenceLinkStatusAt(link: LicenceLink, now: number): LicenceLinkStatus {
  if (link.revokedAt !== null) return 'REVOKED';
  return link.expiresAt <= now ? 'EXPIRED' : 'OPEN';
}
