import { and, count, eq, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { members } from '../db/tables/companies.ts';
import { devices } from '../db/tables/devices.ts';
import { memberRoles, roles } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import { lockCompany } from './companies.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { revokeCodesBy } from './enrolment-codes.ts';
import { streamOf } from './event-log.ts';
import { revokeInvitationsBy } from './member-invitations.ts';
import { findMember, type Membership, requireAdministrator, requireMember } from './members.ts';
import { changeOrPreview, type Previewable } from './preview.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { rolesOfMembers } from './roles.ts';
import { retireBackupsOfMember } from './service-lifecycle.ts';

/** What the end of a membership takes along. */
export interface MembershipEnd {
  /** The membership. */
  readonly id: string;
  /** Devices of the company that the account was signed in on, and is not any more. */
  readonly signedOutDevices: number;
  /** Backups that were assigned to the account, and run no more (PER-08a). */
  readonly retiredBackups: number;
}

/**
 * Removes a member from the company, at once; for administrators. Devices of the company that its account was signed
 * in on are signed out; colleagues that it invited and codes that it made let nobody in any more. With `dryRun`, only says
 * what would be. Events: member REMOVED, device UNASSIGNED for each, service RETIRED for each Backup of its (PER-08a),
 * memberInvitation and enrolmentCode REVOKED for each.
 * @throws Refusal LastAdministrator. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function removeMember(ctx: Context, input: Previewable & { id: string }): Promise<MembershipEnd> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return changeOrPreview(ctx, 'removeMember', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    await requireAdministrator(tx.q, principal, companyId);
    const member = await memberIn(tx.q, companyId, input.id, 'id');
    return endMembership(tx, member, 'REMOVED');
  });
}

/**
 * The caller leaves its company, as if it were removed. With `dryRun`, only says what would be.
 * Events: member LEFT, and the others of `removeMember`.
 * @throws Refusal LastAdministrator. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function leaveCompany(ctx: Context, input: Previewable = {}): Promise<MembershipEnd> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return changeOrPreview(ctx, 'leaveCompany', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    const member = await requireMember(tx.q, principal, companyId);
    return endMembership(tx, member, 'LEFT');
  });
}

/** To be called after `lockCompany`. */
async function endMembership(tx: Change, member: Membership, how: 'REMOVED' | 'LEFT'): Promise<MembershipEnd> {
  const { companyId, accountId } = member;
  if (member.administrator) await requireAnotherAdministrator(tx.q, companyId);
  const roleIds = await roleIdsOf(tx.q, member.id);
  await tx.q.delete(members).where(eq(members.id, member.id));
  tx.emit({
    concept: 'member',
    change: how,
    subject: member.id,
    before: { accountId, roleIds },
    streams: [streamOf.company(companyId), streamOf.account(accountId)],
  });
  const signedOut = await tx.q
    .update(devices)
    .set({ accountId: null })
    .where(and(eq(devices.companyId, companyId), eq(devices.accountId, accountId), isNull(devices.removedAt)))
    .returning({ id: devices.id });
  for (const { id } of signedOut) {
    tx.emit({
      concept: 'device',
      change: 'UNASSIGNED',
      subject: id,
      before: { accountId },
      after: { accountId: null },
      streams: [streamOf.device(id), streamOf.company(companyId), streamOf.account(accountId)],
    });
  }
  await revokeInvitationsBy(tx, companyId, accountId);
  await revokeCodesBy(tx, companyId, accountId, 'ALL');
  // After its devices: whoever puts Backup on one of them at this moment has locked it, and is waited for above.
  const retiredBackups = await retireBackupsOfMember(tx, companyId, accountId);
  return { id: member.id, signedOutDevices: signedOut.length, retiredBackups };
}

/** To be called after `lockCompany`. @throws Refusal LastAdministrator where there are no two. */
export async function requireAnotherAdministrator(q: Queries, companyId: string): Promise<void> {
  const [administrators] = await q
    .select({ count: count() })
    .from(memberRoles)
    .innerJoin(roles, eq(roles.id, memberRoles.roleId))
    .where(and(eq(roles.companyId, companyId), eq(roles.builtIn, 'COMPANY_ADMINISTRATOR')));
  if ((administrators?.count ?? 0) < 2) throw new Refusal('LastAdministrator', 'LAST_ADMINISTRATOR');
}

async function roleIdsOf(q: Queries, memberId: string): Promise<string[]> {
  const [held] = await rolesOfMembers(q, [memberId]);
  return (held ?? []).map(({ id }) => id);
}

/** The member of the company, by its id. @throws Denial NOT_FOUND. */
export async function memberIn(q: Queries, companyId: string, id: string, argument: string): Promise<Membership> {
  const member = await findMember(q, id);
  if (member?.companyId !== companyId) throw notFound(argument);
  return member;
}
