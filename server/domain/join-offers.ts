import { eq } from 'drizzle-orm';
import { type MemberInvitation, memberInvitations } from '../db/tables/companies.ts';
import { hashSecret } from '../lib/secrets.ts';
import { findAccount } from './accounts.ts';
import { findCompany } from './companies.ts';
import type { Context } from './context.ts';
import { authorizeUnverified } from './principal.ts';

/** What the page behind the link in a colleague's invitation shows. */
export interface JoinOffer {
  readonly invitation: MemberInvitation;
  readonly companyName: string;
  readonly invitedByName: string;
  /** Whether the caller is signed in with the address that the invitation was sent to. */
  readonly isForViewer: boolean;
}

/**
 * What the link in a colleague's invitation offers, for who is not signed in and for accounts, verified or not: what the
 * mail that it came with says. Null where there never was such a link.
 * @throws Denial FORBIDDEN for devices and the operator.
 */
export async function joinOffer(ctx: Context, token: string): Promise<JoinOffer | null> {
  const accountId = ctx.principal.kind === 'anonymous' ? null : authorizeUnverified(ctx, 'READ').accountId;
  const q = ctx.db.read;
  const [invitation] = await q
    .select()
    .from(memberInvitations)
    .where(eq(memberInvitations.hash, hashSecret(token)));
  if (!invitation) return null;
  const [company, inviter, viewer] = await Promise.all([
    findCompany(q, invitation.companyId),
    findAccount(q, invitation.invitedBy),
    accountId === null ? null : findAccount(q, accountId),
  ]);
  if (!company || !inviter) throw new Error('a row that an invitation names is missing');
  return {
    invitation,
    companyName: company.name,
    invitedByName: inviter.name,
    isForViewer: viewer?.emailKey === invitation.emailKey,
  };
}
