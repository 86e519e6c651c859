import { and, count, eq, ne } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { type Grant, memberRoles, type Role, roles } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import { lockCompany } from './companies.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { comparing, holdersOf, type MemberAccessChange } from './member-permissions.ts';
import { requireAdministrator, requireMember } from './members.ts';
import { normalGrants, permissionsIn } from './permissions.ts';
import { changeOrPreview, type Previewable } from './preview.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { findRole, giveRoles, roleNameKey } from './roles.ts';

/** Roles of one company, the built-in two among them: a list that a person can still survey, read in one go. */
export const ROLES_PER_COMPANY = 100;

export interface RoleChangeOutcome {
  role: Role;
  /** Each member for whom something changes. */
  changes: MemberAccessChange[];
}

/**
 * Adds a role to the caller's company; for administrators. Event: role CREATED.
 * @throws Refusal InvalidInput; AlreadyTaken NAME_TAKEN.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function createRole(
  ctx: Context,
  input: Repeatable & { name: string; grants: readonly Grant[] },
): Promise<Role> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  const grants = normalGrants(input.grants);
  return change(ctx, 'createRole', input, async (tx) => {
    const companyId = await administerRoles(tx, principal);
    await requireHolding(tx, principal, companyId, grants);
    const [all] = await tx.q.select({ count: count() }).from(roles).where(eq(roles.companyId, companyId));
    if ((all?.count ?? 0) >= ROLES_PER_COMPANY) {
      throw new Refusal('InvalidInput', 'TOO_MANY', [], { limit: ROLES_PER_COMPANY });
    }
    await requireFreeName(tx.q, companyId, name, '');
    const values = { id: newId('Role'), companyId, builtIn: null, name, nameKey: roleNameKey(name), grants };
    const role = { ...values, createdAt: tx.now };
    await tx.q.insert(roles).values(role);
    tx.emit({
      concept: 'role',
      change: 'CREATED',
      subject: role.id,
      after: { name, grants },
      streams: [streamOf.company(companyId)],
    });
    return role;
  });
}

/**
 * Changes a role's name, its grid, or both; for administrators, and effective at once for all who hold it. With
 * `dryRun`, only says what would change for whom. Event: role UPDATED, where something differs.
 * @throws Refusal InvalidInput; AlreadyTaken NAME_TAKEN; RoleRefused ROLE_BUILT_IN.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function updateRole(
  ctx: Context,
  input: Previewable & { id: string; name?: string | null | undefined; grants?: readonly Grant[] | null | undefined },
): Promise<RoleChangeOutcome> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  const named = input.name == null ? null : lineOf(input.name, ['name'], LENGTHS.name);
  const granted = input.grants ? normalGrants(input.grants) : null;
  return changeOrPreview(ctx, 'updateRole', input, async (tx) => {
    const companyId = await administerRoles(tx, principal);
    const before = await addedRole(tx.q, companyId, input.id, 'id');
    const { name, grants } = { name: named ?? before.name, grants: granted ?? before.grants };
    await requireHolding(tx, principal, companyId, grants);
    if (name === before.name && JSON.stringify(grants) === JSON.stringify(before.grants)) {
      return { role: before, changes: [] };
    }
    await requireFreeName(tx.q, companyId, name, before.id);
    const role = { ...before, name, nameKey: roleNameKey(name), grants };
    const holders = await holdersOf(tx.q, role.id);
    const { changes, accountIds } = await comparing(tx, companyId, holders, async () => {
      await tx.q.update(roles).set({ name, nameKey: role.nameKey, grants }).where(eq(roles.id, role.id));
    });
    tx.emit({
      concept: 'role',
      change: 'UPDATED',
      subject: role.id,
      before: { name: before.name, grants: before.grants },
      after: { name, grants },
      streams: [streamOf.company(companyId), ...accountIds.map(streamOf.account)],
    });
    return { role, changes };
  });
}

/**
 * Deletes a role; for administrators. Those who hold it get the role `moveToId` instead. With `dryRun`, only says what
 * would change for whom. Event: role DELETED.
 * @throws Refusal RoleRefused ROLE_BUILT_IN; ROLE_HELD where members hold it and nothing is said of where to.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function deleteRole(
  ctx: Context,
  input: Previewable & { id: string; moveToId?: string | null | undefined },
): Promise<{ id: string; changes: MemberAccessChange[] }> {
  const principal = authorize(ctx, 'COMPANY', 'account');
  return changeOrPreview(ctx, 'deleteRole', input, async (tx) => {
    const companyId = await administerRoles(tx, principal);
    const role = await addedRole(tx.q, companyId, input.id, 'id');
    const holders = await holdersOf(tx.q, role.id);
    const target = input.moveToId ? await roleToGive(tx, principal, companyId, input.moveToId, 'moveToId') : null;
    if (target?.id === role.id) throw notFound('moveToId');
    if (holders.length > 0 && !target)
      throw new Refusal('RoleRefused', 'ROLE_HELD', ['id'], { members: holders.length });
    const { changes, accountIds } = await comparing(tx, companyId, holders, async () => {
      for (const holder of target ? holders : []) await giveRoles(tx.q, holder, [target?.id ?? '']);
      await tx.q.delete(memberRoles).where(eq(memberRoles.roleId, role.id));
      await tx.q.delete(roles).where(eq(roles.id, role.id));
    });
    tx.emit({
      concept: 'role',
      change: 'DELETED',
      subject: role.id,
      before: { name: role.name, grants: role.grants, memberIds: holders },
      after: target && { movedToRoleId: target.id },
      streams: [streamOf.company(companyId), ...accountIds.map(streamOf.account)],
    });
    return { id: role.id, changes };
  });
}

/** Makes sure that the caller manages roles, and locks them. Gives the company's id. @throws Denial FORBIDDEN. */
export async function administerRoles(tx: Change, principal: AccountPrincipal): Promise<string> {
  const { companyId } = await requireMember(tx.q, principal);
  await lockCompany(tx, companyId);
  await requireAdministrator(tx.q, principal, companyId);
  return companyId;
}

/**
 * A role of the company that the caller may hand on: nobody grants what they do not hold (PER-13).
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function roleToGive(
  tx: Change,
  principal: AccountPrincipal,
  companyId: string,
  id: string,
  argument: string,
): Promise<Role> {
  const role = await findRole(tx.q, id);
  if (role?.companyId !== companyId) throw notFound(argument);
  if (role.builtIn === 'COMPANY_ADMINISTRATOR') await requireAdministrator(tx.q, principal, companyId);
  await requireHolding(tx, principal, companyId, role.grants);
  return role;
}

/**
 * Nobody grants what they do not hold (PER-13): administrators hold everything, so this bites where managing roles is
 * ever handed to others, such as holders of Business licences.
 * @throws Denial FORBIDDEN, naming the first permission and service that is missing.
 */
async function requireHolding(
  { q, now }: Pick<Change, 'q' | 'now'>,
  principal: AccountPrincipal,
  companyId: string,
  grants: readonly Grant[],
): Promise<void> {
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  const missing = grants.find(({ service, permission }) => !held.has(service, permission));
  if (missing) throw new Denial('FORBIDDEN', { permission: missing.permission, service: missing.service });
}

async function addedRole(q: Queries, companyId: string, id: string, argument: string): Promise<Role> {
  const role = await findRole(q, id);
  if (role?.companyId !== companyId) throw notFound(argument);
  if (role.builtIn) throw new Refusal('RoleRefused', 'ROLE_BUILT_IN', [argument]);
  return role;
}

async function requireFreeName(q: Queries, companyId: string, name: string, except: string): Promise<void> {
  const [other] = await q
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.companyId, companyId), eq(roles.nameKey, roleNameKey(name)), ne(roles.id, except)));
  if (other) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
}
