import { and, desc, eq } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import type { Account } from '../db/tables/accounts.ts';
import { type MemberInvitation, memberInvitations } from '../db/tables/companies.ts';
import { hashSecret } from '../lib/secrets.ts';
import { findAccount } from './accounts.ts';
import { findCompany } from './companies.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { openAt } from './member-invitations.ts';
import { authorize, authorizeUnverified } from './principal.ts';

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
  const viewer = accountId === null ? null : await findAccount(q, accountId);
  return offerOf(q, invitation, viewer);
}

/**
 * The invitations that were sent to the caller's address and can be accepted, the newest first: whoever has confirmed the
 * address needs no link. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function listJoinOffers(ctx: Context): Promise<JoinOffer[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  const viewer = await findAccount(q, accountId);
  if (!viewer) throw new Denial('UNAUTHENTICATED');
  const invitations = await q
    .select()
    .from(memberInvitations)
    .where(and(eq(memberInvitations.emailKey, viewer.emailKey), openAt(ctx.clock.now())))
    .orderBy(desc(memberInvitations.createdAt), desc(memberInvitations.id))
    .limit(MOST_OFFERS);
  return Promise.all(invitations.map((invitation) => offerOf(q, invitation, viewer)));
}

/** More companies at once than anybody chooses among. */
const MOST_OFFERS = 20;

async function offerOf(q: Queries, invitation: MemberInvitation, viewer: Account | null): Promise<JoinOffer> {
  const [company, inviter] = await Promise.all([
    findCompany(q, invitation.companyId),
    findAccount(q, invitation.invitedBy),
  ]);
  if (!company || !inviter) throw new Error('a row that an invitation names is missing');
  return {
    invitation,
    companyName: company.name,
    invitedByName: inviter.name,
    isForViewer: viewer?.emailKey === invitation.emailKey,
  };
}
