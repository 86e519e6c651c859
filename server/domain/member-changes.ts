import { and, count, eq, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { type Member, type MemberRole, members } from '../db/tables/companies.ts';
import { devices } from '../db/tables/devices.ts';
import { type Change, change, type Repeatable } from './change.ts';
import { lockCompany } from './companies.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { findMember, requireAdministrator, requireMember } from './members.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/**
 * Gives a member another role; for administrators, and effective at once. Nothing happens where it has that role.
 * Event: member ROLE_CHANGED.
 * @throws Refusal LastAdministrator (PER-13): of two who demote each other at once, one does.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function changeMemberRole(
  ctx: Context,
  input: Repeatable & { id: string; role: MemberRole },
): Promise<Member> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return change(ctx, 'changeMemberRole', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    await requireAdministrator(tx.q, principal, companyId);
    const before = await memberIn(tx.q, companyId, input.id);
    if (before.role === input.role) return before;
    if (before.role === 'COMPANY_ADMINISTRATOR') await requireAnotherAdministrator(tx.q, companyId);
    const [member] = await tx.q.update(members).set({ role: input.role }).where(eq(members.id, before.id)).returning();
    if (!member) throw notFound('id');
    tx.emit({
      concept: 'member',
      change: 'ROLE_CHANGED',
      subject: member.id,
      before: { role: before.role },
      after: { role: member.role },
      streams: [streamOf.company(companyId), streamOf.account(member.accountId)],
    });
    return member;
  });
}

/**
 * Removes a member from the company, at once; for administrators. Devices of the company that its account was signed
 * in on are signed out. Events: member REMOVED, device UNASSIGNED for each.
 * @throws Refusal LastAdministrator. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function removeMember(ctx: Context, input: Repeatable & { id: string }): Promise<{ id: string }> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return change(ctx, 'removeMember', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    await requireAdministrator(tx.q, principal, companyId);
    const member = await memberIn(tx.q, companyId, input.id);
    await endMembership(tx, member, 'REMOVED');
    return { id: member.id };
  });
}

/**
 * The caller leaves its company, as if it were removed. Events: member LEFT, device UNASSIGNED for each.
 * @throws Refusal LastAdministrator. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function leaveCompany(ctx: Context, input: Repeatable = {}): Promise<{ id: string }> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return change(ctx, 'leaveCompany', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockCompany(tx, companyId);
    const member = await requireMember(tx.q, principal, companyId);
    await endMembership(tx, member, 'LEFT');
    return { id: member.id };
  });
}

/** To be called after `lockCompany`. */
async function endMembership(tx: Change, member: Member, how: 'REMOVED' | 'LEFT'): Promise<void> {
  const { companyId, accountId } = member;
  if (member.role === 'COMPANY_ADMINISTRATOR') await requireAnotherAdministrator(tx.q, companyId);
  await tx.q.delete(members).where(eq(members.id, member.id));
  tx.emit({
    concept: 'member',
    change: how,
    subject: member.id,
    before: { accountId, role: member.role },
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
}

async function requireAnotherAdministrator(q: Queries, companyId: string): Promise<void> {
  const [administrators] = await q
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.companyId, companyId), eq(members.role, 'COMPANY_ADMINISTRATOR')));
  if ((administrators?.count ?? 0) < 2) throw new Refusal('LastAdministrator', 'LAST_ADMINISTRATOR');
}

async function memberIn(q: Queries, companyId: string, id: string): Promise<Member> {
  const member = await findMember(q, id);
  if (member?.companyId !== companyId) throw notFound('id');
  return member;
}
