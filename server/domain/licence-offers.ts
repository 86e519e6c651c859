import type { Account } from '../db/tables/accounts.ts';
import type { Licence } from '../db/tables/licences.ts';
import { findAccount } from './accounts.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { findLicenceLink, licenceToActivate } from './licence-links.ts';
import { memberOf } from './members.ts';
import { authorizeUnverified } from './principal.ts';

/** What the page behind an activation link shows. */
export interface LicenceOffer {
  readonly licence: Licence;
  /** Whether the caller holds it already: then there is nothing left to do. */
  readonly activatedByViewer: boolean;
  /** Whether the caller is signed in and belongs to no company: `activateLicence` then takes one to make. */
  readonly needsCompany: boolean;
  /** Whether the account looks like a person's own; a hint, never enforced (LIC-03). */
  readonly accountLooksPersonal: boolean;
}

/**
 * What an activation link offers, for who is not signed in and for accounts, verified or not. Null alike for links
 * that never were, are used by somebody else, revoked or past their time, and for licences that cannot be activated.
 * @throws Denial FORBIDDEN for devices and the operator.
 */
export async function licenceOffer(ctx: Context, token: string): Promise<LicenceOffer | null> {
  if (ctx.principal.kind === 'anonymous') {
    const licence = await licenceToActivate(ctx.db.read, token, ctx.clock.now());
    return licence && strangersOffer(licence);
  }
  const { accountId } = authorizeUnverified(ctx, 'READ');
  const used = await findLicenceLink(ctx.db.read, token);
  const own = used?.licence.holderId === accountId;
  const licence = own ? used.licence : await licenceToActivate(ctx.db.read, token, ctx.clock.now());
  return licence && offerTo(ctx, accountId, licence);
}

/** A licence as it is offered to somebody who is not signed in. */
export function strangersOffer(licence: Licence): LicenceOffer {
  return { licence, activatedByViewer: false, needsCompany: false, accountLooksPersonal: false };
}

/** A licence as it is offered to an account. */
export async function offerTo(ctx: Context, accountId: string, licence: Licence): Promise<LicenceOffer> {
  const account = await findAccount(ctx.db.read, accountId);
  if (!account) throw new Denial('UNAUTHENTICATED');
  return {
    licence,
    activatedByViewer: licence.holderId === accountId,
    needsCompany: (await memberOf(ctx.db.read, accountId)) === null,
    accountLooksPersonal: looksPersonal(account),
  };
}

/** What stands before the @ of mailboxes that belong to a function, in English and French (RFC 2142 has most). */
const FUNCTIONS = new Set(
  (
    'abuse admin administration administrator billing contact help helpdesk hostmaster info informatique infra it ' +
    'license licence licenses licences management mdm monitoring msp network noc office operations ops postmaster ' +
    'remote rmm root sales security service services soc support sysadmin system systems team tech technique webmaster'
  ).split(' '),
);

/** Mail providers whose addresses belong to persons. */
const PERSONAL_DOMAINS =
  /^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|mac|aol|gmx|web|proton|protonmail|laposte|orange|free|sfr|wanadoo)\.[a-z.]+$/;

/**
 * Whether an account looks like a person's own: an address of a provider for persons, or one with a part of the
 * person's name in it, unless it is that of a function (`it@`, `support-paris@`).
 */
export function looksPersonal({ emailKey, name }: Pick<Account, 'emailKey' | 'name'>): boolean {
  const [local = '', domain = ''] = emailKey.split('@');
  const words = local.split(/[^a-z]+/);
  if (words.some((word) => FUNCTIONS.has(word))) return false;
  if (PERSONAL_DOMAINS.test(domain)) return true;
  const names = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => part.length > 1);
  return names.some((part) => local.includes(part));
}
