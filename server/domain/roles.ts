import { and, asc, count, eq, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type BuiltInRole, memberRoles, type Role, roles } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { memberOf, requireMember } from './members.ts';
import { authorize } from './principal.ts';

/**
 * Names of the built-in roles as they are stored, so that no other role of the company takes them. The grid of the
 * administrators' role is implied: it holds every permission there is (PER-09), the User's none (PER-10).
 */
const BUILT_IN_NAMES: Readonly<Record<BuiltInRole, string>> = {
  COMPANY_ADMINISTRATOR: 'Company administrator',
  USER: 'User',
};

/** What names are compared by: in a company, each role has its own. */
export const roleNameKey = (name: string): string => name.toLowerCase();

/** Makes the two roles that every company has, and gives their ids. */
export async function createBuiltInRoles(
  { q, now }: Pick<Change, 'q' | 'now'>,
  companyId: string,
): Promise<Readonly<Record<BuiltInRole, string>>> {
  const ids = { COMPANY_ADMINISTRATOR: newId('Role'), USER: newId('Role') };
  await q.insert(roles).values(
    (Object.keys(ids) as BuiltInRole[]).map((builtIn) => ({
      id: ids[builtIn],
      companyId,
      builtIn,
      name: BUILT_IN_NAMES[builtIn],
      nameKey: roleNameKey(BUILT_IN_NAMES[builtIn]),
      grants: [],
      createdAt: now,
    })),
  );
  return ids;
}

/** The id of a built-in role of the company. */
export async function builtInRoleId(q: Queries, companyId: string, builtIn: BuiltInRole): Promise<string> {
  const [role] = await q
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.companyId, companyId), eq(roles.builtIn, builtIn)));
  if (!role) throw new Error('a company without its built-in roles');
  return role.id;
}

/** Which of these are roles of the company. Where they must not be deleted meanwhile: after `lockCompany`. */
export async function rolesAmong(q: Queries, companyId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await q
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.companyId, companyId), anyOf(roles.id, ids)))
    .orderBy(asc(roles.id));
  return rows.map(({ id }) => id);
}

/** Gives roles to a member, in addition to what it has. For operations that have judged who may. */
export async function giveRoles(q: Queries, memberId: string, roleIds: readonly string[]): Promise<void> {
  if (roleIds.length === 0) return;
  await q
    .insert(memberRoles)
    .values(roleIds.map((roleId) => ({ memberId, roleId })))
    .onConflictDoNothing();
}

const roleById = prepared('role_by_id', (q) =>
  q
    .select()
    .from(roles)
    .where(eq(roles.id, sql.placeholder('id'))),
);

/** The role, whoever asks: for operations that judge by themselves. */
export async function findRole(q: Queries, id: string): Promise<Role | null> {
  const [role] = await roleById(q, { id });
  return role ?? null;
}

/** Roles by id, for what hands out ids that were judged; null where one was deleted. */
export async function findRoles(q: Queries, ids: readonly string[]): Promise<(Role | null)[]> {
  const rows = await q.select().from(roles).where(anyOf(roles.id, ids));
  const byId = new Map(rows.map((role) => [role.id, role]));
  return ids.map((id) => byId.get(id) ?? null);
}

const rolesByMembers = prepared('roles_of_members', (q) =>
  q
    .select({ memberId: memberRoles.memberId, role: roles })
    .from(memberRoles)
    .innerJoin(roles, eq(roles.id, memberRoles.roleId))
    .where(anyOf(memberRoles.memberId, sql.placeholder('ids')))
    .orderBy(asc(roles.id)),
);

/** The roles of each member, in a stable order. */
export async function rolesOfMembers(q: Queries, memberIds: readonly string[]): Promise<Role[][]> {
  const byMember = new Map<string, Role[]>(memberIds.map((id) => [id, []]));
  for (const { memberId, role } of await rolesByMembers(q, { ids: idList(memberIds) })) {
    byMember.get(memberId)?.push(role);
  }
  return memberIds.map((id) => byMember.get(id) ?? []);
}

/** How many members hold each of these roles; for what hands out ids that were judged. */
export async function countHolders(q: Queries, roleIds: readonly string[]): Promise<number[]> {
  const rows = await q
    .select({ roleId: memberRoles.roleId, holders: count() })
    .from(memberRoles)
    .where(anyOf(memberRoles.roleId, roleIds))
    .groupBy(memberRoles.roleId);
  const byRole = new Map(rows.map(({ roleId, holders }) => [roleId, holders]));
  return roleIds.map((id) => byRole.get(id) ?? 0);
}

/**
 * All roles of the caller's company, the oldest first, for its members. There are at most `ROLES_PER_COMPANY`.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function listRoles(ctx: Context, companyId: string): Promise<Role[]> {
  const principal = authorize(ctx, 'READ', 'account');
  await requireMember(ctx.db.read, principal, companyId);
  return ctx.db.read
    .select()
    .from(roles)
    .where(eq(roles.companyId, companyId))
    .orderBy(asc(roles.createdAt), asc(roles.id));
}

/**
 * A role, for the members of its company.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getRole(ctx: Context, id: string): Promise<Role> {
  const principal = authorize(ctx, 'READ', 'account');
  const role = await findRole(ctx.db.read, id);
  const member = await memberOf(ctx.db.read, principal.accountId);
  if (!role || member?.companyId !== role.companyId) throw notFound('id');
  return role;
}
