import { and, eq } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { memberRoles } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { revokeCodesBy } from './enrolment-codes.ts';
import { streamOf } from './event-log.ts';
import { memberIn, requireAnotherAdministrator } from './member-changes.ts';
import { revokeInvitationsBy } from './member-invitations.ts';
import { comparing, type MemberAccessChange } from './member-permissions.ts';
import type { Membership } from './members.ts';
import { changeOrPreview, type Previewable } from './preview.ts';
import { authorize } from './principal.ts';
import { administerRoles, roleToGive } from './role-changes.ts';
import { builtInRoleId, findRole, giveRoles, rolesOfMembers } from './roles.ts';

export interface AssignmentInput extends Previewable {
  memberId: string;
  roleId: string;
}

export interface AssignmentOutcome {
  member: Membership;
  /** What it changes for the member; empty where it changes nothing. */
  changes: MemberAccessChange[];
}

/**
 * Gives a member a role in addition to those that it has; for administrators, and effective at once (PER-11). May be
 * repeated. With `dryRun`, only says what would change. Event: member ROLES_CHANGED, where the member lacked it.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, NOT_FOUND; FORBIDDEN also for what the caller lacks (PER-13).
 */
export async function assignRole(ctx: Context, input: AssignmentInput): Promise<AssignmentOutcome> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return changeOrPreview(ctx, 'assignRole', input, async (tx) => {
    const companyId = await administerRoles(tx, principal);
    const member = await memberIn(tx.q, companyId, input.memberId, 'memberId');
    const role = await roleToGive(tx, principal, companyId, input.roleId, 'roleId');
    return rewrite(tx, member, () => giveRoles(tx.q, member.id, [role.id]));
  });
}

/**
 * Takes a role from a member; for administrators, and effective at once. Who has none left is a User. Colleagues whom an
 * administrator invited, and codes that only administrators make, let nobody in once they are none (PER-13). May be
 * repeated. With `dryRun`, only says what would change. Events: member ROLES_CHANGED, where the member had it;
 * memberInvitation and enrolmentCode REVOKED for each.
 * @throws Refusal LastAdministrator (PER-13): of two who demote each other at once, one does.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function removeRole(ctx: Context, input: AssignmentInput): Promise<AssignmentOutcome> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return changeOrPreview(ctx, 'removeRole', input, async (tx) => {
    const companyId = await administerRoles(tx, principal);
    const member = await memberIn(tx.q, companyId, input.memberId, 'memberId');
    const role = await findRole(tx.q, input.roleId);
    if (role?.companyId !== companyId) throw notFound('roleId');
    const demoted = role.builtIn === 'COMPANY_ADMINISTRATOR' && member.administrator;
    if (demoted) await requireAnotherAdministrator(tx.q, companyId);
    const outcome = await rewrite(tx, member, async () => {
      await tx.q.delete(memberRoles).where(and(eq(memberRoles.memberId, member.id), eq(memberRoles.roleId, role.id)));
      const [left] = await rolesOfMembers(tx.q, [member.id]);
      if (left?.length === 0) await giveRoles(tx.q, member.id, [await builtInRoleId(tx.q, companyId, 'USER')]);
    });
    if (demoted) {
      await revokeInvitationsBy(tx, companyId, member.accountId);
      await revokeCodesBy(tx, companyId, member.accountId, 'OF_ADMINISTRATORS');
    }
    return outcome;
  });
}

async function rewrite(tx: Change, member: Membership, work: () => Promise<void>): Promise<AssignmentOutcome> {
  const { id, companyId, accountId } = member;
  const before = await roleIdsOf(tx.q, id);
  const { changes } = await comparing(tx, companyId, [id], work);
  const after = await roleIdsOf(tx.q, id);
  if (before.join() !== after.join()) {
    tx.emit({
      concept: 'member',
      change: 'ROLES_CHANGED',
      subject: id,
      before: { roleIds: before },
      after: { roleIds: after },
      streams: [streamOf.company(companyId), streamOf.account(accountId)],
    });
  }
  return { member: { ...member, administrator: changes[0]?.isAdministrator ?? member.administrator }, changes };
}

async function roleIdsOf(q: Queries, memberId: string): Promise<string[]> {
  const [held] = await rolesOfMembers(q, [memberId]);
  return (held ?? []).map(({ id }) => id);
}
