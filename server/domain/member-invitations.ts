import { and, asc, count, eq, gt, isNull, type SQL } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { type Member, type MemberInvitation, memberInvitations } from '../db/tables/companies.ts';
import type { BuiltInRole } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { findAccount, findAccountByEmail } from './accounts.ts';
import { type Change, change, type Repeatable } from './change.ts';
import { addMember, findCompany, lockCompany } from './companies.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { emailOf, requireOne } from './input.ts';
import { pageUrl } from './links.ts';
import { queueMail } from './mail-outbox.ts';
import { memberInvitationMail } from './mail-templates.ts';
import { memberOf, requireAdministrator, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { authorize } from './principal.ts';
import { DAY_MS, limitRate } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { builtInRoleId, rolesAmong } from './roles.ts';

/** How long a colleague has to accept (security.md, section 3). */
export const MEMBER_INVITATION_TTL_MS = 7 * DAY_MS;

/** Invitations that one account may mail a day, so that it is no way to write to strangers. */
export const MEMBER_INVITATIONS_PER_DAY = 100;

export interface InviteMemberInput extends Repeatable {
  email: string;
  /** A built-in role; with `roleIds` in addition to them. User where nothing else is said. */
  role?: BuiltInRole | null | undefined;
  roleIds?: readonly string[] | null | undefined;
}

/**
 * Invites a colleague into the caller's company by mail; for administrators. It voids an earlier one to the same
 * address. Event: memberInvitation CREATED, and REVOKED for each that it voids.
 * @throws Refusal InvalidInput; AlreadyTaken ALREADY_MEMBER.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, TOO_MANY_REQUESTS.
 */
export async function inviteMember(ctx: Context, input: InviteMemberInput): Promise<MemberInvitation> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  const email = emailOf(input.email, ['email']);
  const emailKey = email.toLowerCase();
  await limitRate(ctx, `member-invitations:${principal.accountId}`, MEMBER_INVITATIONS_PER_DAY, DAY_MS);
  return change(ctx, 'inviteMember', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    await requireAdministrator(tx.q, principal, companyId);
    const roleIds = await rolesToGive(tx.q, companyId, input);
    const invited = await findAccountByEmail(tx.q, emailKey);
    const membership = invited && (await memberOf(tx.q, invited.id));
    // A member of another company is none of ours to know of: the invitation goes out, and is refused to them.
    if (membership?.companyId === companyId) throw new Refusal('AlreadyTaken', 'ALREADY_MEMBER', ['email']);
    await revokeOpen(tx, companyId, eq(memberInvitations.emailKey, emailKey));
    const token = newSecret('link');
    const [invitation] = await tx.q
      .insert(memberInvitations)
      .values({
        id: newId('MemberInvitation'),
        companyId,
        email,
        emailKey,
        roleIds,
        hash: hashSecret(token),
        invitedBy: principal.accountId,
        createdAt: tx.now,
        expiresAt: tx.now + MEMBER_INVITATION_TTL_MS,
      })
      .returning();
    const inviter = await findAccount(tx.q, principal.accountId);
    const company = await findCompany(tx.q, companyId);
    if (!invitation || !inviter || !company) throw new Error('a row that was just read or written is missing');
    const text = memberInvitationMail(invited?.language ?? inviter.language, {
      inviter: inviter.name,
      company: company.name,
      link: pageUrl(ctx.config, 'join', token),
      days: MEMBER_INVITATION_TTL_MS / DAY_MS,
    });
    await queueMail(tx, { recipient: email, ...text });
    tx.emit({
      concept: 'memberInvitation',
      change: 'CREATED',
      subject: invitation.id,
      after: { email, roleIds, expiresAt: invitation.expiresAt },
      streams: [streamOf.company(companyId)],
    });
    return invitation;
  });
}

export interface AcceptMemberInvitationInput extends Repeatable {
  /** Of the mailed link. */
  token?: string | null | undefined;
  /** One of `listJoinOffers`. One of the two. */
  invitationId?: string | null | undefined;
}

/**
 * Joins the company that the mailed link names, once; for the account with the address that it was sent to, which may
 * name the invitation in place of the link: it has shown that it reads the mail.
 * Events: memberInvitation ACCEPTED, member JOINED.
 * @throws Refusal LinkRefused LINK_UNKNOWN (also for another's), LINK_SPENT, LINK_EXPIRED; InvalidInput; AlreadyTaken
 * ALREADY_MEMBER, OTHER_COMPANY. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function acceptMemberInvitation(ctx: Context, input: AcceptMemberInvitationInput): Promise<Member> {
  const { accountId } = authorize(ctx, 'COMPANY', 'account');
  const { token, invitationId } = input;
  requireOne({ token, invitationId });
  return change(ctx, 'acceptMemberInvitation', input, async (tx) => {
    const account = await findAccount(tx.q, accountId);
    if (!account) throw new Denial('UNAUTHENTICATED');
    const meant = invitationId
      ? eq(memberInvitations.id, invitationId)
      : eq(memberInvitations.hash, hashSecret(token ?? ''));
    const own = and(meant, eq(memberInvitations.emailKey, account.emailKey));
    const [named] = await tx.q.select({ companyId: memberInvitations.companyId }).from(memberInvitations).where(own);
    // As who invites: the company first, then its invitations. Its roles stay what they are meanwhile.
    if (named) await lockCompany(tx, named.companyId);
    const [accepted] = await tx.q
      .update(memberInvitations)
      .set({ acceptedAt: tx.now })
      .where(and(own, openAt(tx.now)))
      .returning();
    if (!accepted) {
      const [closed] = await tx.q.select().from(memberInvitations).where(own);
      const spent = closed && (closed.acceptedAt !== null || closed.revokedAt !== null);
      const path = [invitationId ? 'invitationId' : 'token'];
      throw new Refusal('LinkRefused', !closed ? 'LINK_UNKNOWN' : spent ? 'LINK_SPENT' : 'LINK_EXPIRED', path);
    }
    const { companyId } = accepted;
    const still = await rolesAmong(tx.q, companyId, accepted.roleIds);
    const roleIds = still.length > 0 ? still : [await builtInRoleId(tx.q, companyId, 'USER')];
    const member = await addMember(tx, companyId, accountId, roleIds);
    tx.emit({
      concept: 'memberInvitation',
      change: 'ACCEPTED',
      subject: accepted.id,
      after: { memberId: member.id },
      streams: [streamOf.company(companyId)],
    });
    return member;
  });
}

/**
 * Takes an invitation back that nobody has accepted; for administrators. May be repeated.
 * Event: memberInvitation REVOKED, once.
 * @throws Refusal LinkRefused LINK_SPENT where it was accepted meanwhile.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function revokeMemberInvitation(
  ctx: Context,
  input: Repeatable & { id: string },
): Promise<MemberInvitation> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return change(ctx, 'revokeMemberInvitation', input, async (tx) => {
    const { companyId } = await requireAdministrator(tx.q, principal);
    const own = and(eq(memberInvitations.id, input.id), eq(memberInvitations.companyId, companyId));
    const untouched = and(isNull(memberInvitations.acceptedAt), isNull(memberInvitations.revokedAt));
    const [revoked] = await tx.q
      .update(memberInvitations)
      .set({ revokedAt: tx.now })
      .where(and(own, untouched))
      .returning();
    if (!revoked) {
      const [closed] = await tx.q.select().from(memberInvitations).where(own);
      if (!closed) throw notFound('id');
      if (closed.acceptedAt !== null) throw new Refusal('LinkRefused', 'LINK_SPENT', ['id']);
      return closed;
    }
    emitRevoked(tx, revoked);
    return revoked;
  });
}

/**
 * Takes back what somebody who ceases to administer the company has invited to it, inside of the transaction that ends
 * it: nobody grants what they do not hold (PER-13). To be called after `lockCompany`.
 * Event: memberInvitation REVOKED for each.
 */
export async function revokeInvitationsBy(tx: Change, companyId: string, accountId: string): Promise<void> {
  await revokeOpen(tx, companyId, eq(memberInvitations.invitedBy, accountId));
}

async function revokeOpen(tx: Change, companyId: string, which: SQL): Promise<void> {
  const revoked = await tx.q
    .update(memberInvitations)
    .set({ revokedAt: tx.now })
    .where(and(eq(memberInvitations.companyId, companyId), which, openAt(tx.now)))
    .returning();
  for (const invitation of revoked) emitRevoked(tx, invitation);
}

function emitRevoked(tx: Change, { id, email, companyId }: MemberInvitation): void {
  tx.emit({
    concept: 'memberInvitation',
    change: 'REVOKED',
    subject: id,
    before: { email },
    streams: [streamOf.company(companyId)],
  });
}

/**
 * The invitations of the company that can still be accepted, in a stable order; for administrators.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listMemberInvitations(
  ctx: Context,
  args: PageArgs & { companyId: string },
): Promise<Page<MemberInvitation>> {
  const principal = authorize(ctx, 'READ', 'account');
  const size = pageSize(args);
  const after = keyAfter<readonly [string]>('memberInvitations', args, ['']);
  await requireAdministrator(ctx.db.read, principal, args.companyId);
  const pending = and(eq(memberInvitations.companyId, args.companyId), openAt(ctx.clock.now()));
  const rows = await ctx.db.read
    .select()
    .from(memberInvitations)
    .where(after ? and(pending, gt(memberInvitations.id, after[0])) : pending)
    .orderBy(asc(memberInvitations.id))
    .limit(size + 1);
  return pageOf(
    'memberInvitations',
    args,
    rows,
    (row) => [row.id],
    async () => {
      const [all] = await ctx.db.read.select({ count: count() }).from(memberInvitations).where(pending);
      return all?.count ?? 0;
    },
  );
}

/**
 * An invitation, whatever became of it, for the company's administrators.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getMemberInvitation(ctx: Context, id: string): Promise<MemberInvitation> {
  const principal = authorize(ctx, 'READ', 'account');
  const member = await memberOf(ctx.db.read, principal.accountId);
  if (!member?.administrator) throw notFound('id');
  const own = and(eq(memberInvitations.id, id), eq(memberInvitations.companyId, member.companyId));
  const [invitation] = await ctx.db.read.select().from(memberInvitations).where(own);
  if (!invitation) throw notFound('id');
  return invitation;
}

export type MemberInvitationStatus = 'PENDING' | 'ACCEPTED' | 'REVOKED' | 'EXPIRED';

/** Where the invitation stands at an instant. */
export function memberInvitationStatusAt(invitation: MemberInvitation, now: number): MemberInvitationStatus {
  if (invitation.acceptedAt !== null) return 'ACCEPTED';
  if (invitation.revokedAt !== null) return 'REVOKED';
  return invitation.expiresAt <= now ? 'EXPIRED' : 'PENDING';
}

/** Neither accepted nor revoked nor expired. */
export function openAt(now: number) {
  return and(
    isNull(memberInvitations.acceptedAt),
    isNull(memberInvitations.revokedAt),
    gt(memberInvitations.expiresAt, now),
  );
}

/** @throws Denial NOT_FOUND for a role that is none of the company's. */
async function rolesToGive(q: Queries, companyId: string, input: InviteMemberInput): Promise<string[]> {
  const wanted = new Set(input.roleIds);
  if ((await rolesAmong(q, companyId, [...wanted])).length < wanted.size) throw notFound('roleIds');
  const builtIn = input.role ?? (wanted.size === 0 ? 'USER' : null);
  if (builtIn) wanted.add(await builtInRoleId(q, companyId, builtIn));
  return [...wanted];
}
