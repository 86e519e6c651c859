import { and, eq, isNull } from 'drizzle-orm';
import { type Licence, licences } from '../db/tables/licences.ts';
import { links } from '../db/tables/links.ts';
import type { Change } from './change.ts';
import { companyDraftOf, foundCompany } from './companies.ts';
import type { Context } from './context.ts';
import { DEADLINES } from './deadlines.ts';
import { notFound } from './denials.ts';
import { requireOne } from './input.ts';
import { findLicenceLink, linkWorks, requireIssued } from './licence-links.ts';
import { emitLicence, lockLicence } from './licences.ts';
import { memberOf } from './members.ts';
import { changeOrPreview, type Previewable } from './preview.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

export interface ActivateLicenceInput extends Previewable {
  /** Of the link in the activation mail (way A). */
  token?: string | null | undefined;
  /** A licence that the caller's sign-up carried on (way B). One of the two. */
  licenceId?: string | null | undefined;
  /** A company to make for the caller, who belongs to none yet. Left alone where they belong to one. */
  newCompany?: { name: string; namespace: string } | null | undefined;
}

/**
 * The confirming step «Activate» that both ways end with (LIC-04, LIC-10): the licence belongs to the caller's company
 * from now on, and the caller holds it. For the account that holds it already it changes nothing and answers the same.
 * A colleague of the holder is told so; to everybody else a used link is like one that never was. With `dryRun` nothing is
 * changed: the answer is what it would be (API-03).
 * Events: licence ACTIVATED, once, to the account and the company; those of `createCompany`.
 * @throws Refusal LicenceRefused, InvalidInput, AlreadyTaken.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function activateLicence(
  ctx: Context,
  input: ActivateLicenceInput,
): Promise<{ licence: Licence; alreadyActive: boolean }> {
  const { accountId } = authorize(ctx, 'COMPANY', 'account');
  const { token, licenceId } = input;
  requireOne({ token, licenceId });
  const draft = input.newCompany ? companyDraftOf(input.newCompany, ['newCompany']) : null;
  return changeOrPreview(ctx, 'activateLicence', input, async (tx) => {
    const licence = licenceId ? await carriedLicence(tx, licenceId, accountId) : await linkedLicence(tx, token ?? '');
    if (licence.licence.holderId === accountId) return { licence: licence.licence, alreadyActive: true };
    const member = await memberOf(tx.q, accountId);
    if (licence.licence.holderId !== null && member?.companyId !== licence.licence.companyId) throw licence.unknown;
    requireIssued(licence.licence, tx.now, licence.path);
    if (licence.lapsed) throw new Refusal('LicenceRefused', 'LICENCE_LINK_EXPIRED', licence.path);
    if (!member && !draft) throw new Refusal('LicenceRefused', 'COMPANY_NEEDED', ['newCompany']);
    const companyId = member?.companyId ?? (await companyOf(tx, accountId, draft));
    const [activated] = await tx.q
      .update(licences)
      .set({ holderId: accountId, companyId, activatedAt: tx.now })
      .where(and(eq(licences.id, licence.licence.id), isNull(licences.holderId)))
      .returning();
    if (!activated) throw new Error('a licence that is locked was activated by somebody else');
    const { product, edition, seats, expiresAt, issuedAt } = activated;
    emitLicence(tx, 'ACTIVATED', activated, {
      after: { holderId: accountId, companyId, product, edition, seats, issuedAt, expiresAt },
    });
    tx.wake(DEADLINES);
    return { licence: activated, alreadyActive: false };
  });
}

interface Found {
  /** Locked until the transaction is through. */
  readonly licence: Licence;
  /** Whether the link that led here was good once, and is past its time. */
  readonly lapsed: boolean;
  /** What a stranger to the licence is answered. */
  readonly unknown: Error;
  readonly path: readonly string[];
}

/** @throws Refusal LicenceRefused LICENCE_LINK_UNKNOWN, also for links that were revoked. */
async function linkedLicence(tx: Change, token: string): Promise<Found> {
  const path = ['token'];
  const unknown = new Refusal('LicenceRefused', 'LICENCE_LINK_UNKNOWN', path);
  const first = await findLicenceLink(tx.q, token);
  const licence = first && (await lockLicence(tx, first.licence.id));
  // Read again under the lock, so that a link that is being revoked or replaced at this moment is judged by one of both.
  const found = licence && (await findLicenceLink(tx.q, token));
  if (!licence || !found) throw unknown;
  if (found.link.revokedAt !== null && licence.holderId === null) throw unknown;
  return { licence, lapsed: !linkWorks(found.link, tx.now), unknown, path };
}

/** @throws Denial NOT_FOUND where no sign-up of this account carried the licence on. */
async function carriedLicence(tx: Change, id: string, accountId: string): Promise<Found> {
  const licence = await lockLicence(tx, id);
  const [carried] = await tx.q
    .select({ id: links.licenceId })
    .from(links)
    .where(and(eq(links.accountId, accountId), eq(links.licenceId, id)))
    .limit(1);
  const unknown = notFound('licenceId');
  if (!licence || (!carried && licence.holderId !== accountId)) throw unknown;
  return { licence, lapsed: false, unknown, path: ['licenceId'] };
}

async function companyOf(
  tx: Change,
  accountId: string,
  draft: { name: string; namespace: string } | null,
): Promise<string> {
  if (!draft) throw new Refusal('LicenceRefused', 'COMPANY_NEEDED', ['newCompany']);
  return (await foundCompany(tx, accountId, draft, ['newCompany'])).company.id;
}
