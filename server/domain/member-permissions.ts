import { and, eq, gt, isNull } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { members } from '../db/tables/companies.ts';
import { licences } from '../db/tables/licences.ts';
import { type Grant, memberRoles } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import { ALL_GRANTS, grantsOfRole, PermissionSet } from './permissions.ts';
import { rolesOfMembers } from './roles.ts';

/** A member as far as permissions go. */
export interface Held {
  readonly memberId: string;
  readonly accountId: string;
  readonly administrator: boolean;
  readonly permissions: PermissionSet;
}

/** What a change of roles makes of one member: previewed with `dryRun`, answered when it was done (API-03). */
export interface MemberAccessChange {
  readonly memberId: string;
  readonly gains: Grant[];
  readonly loses: Grant[];
  readonly wasAdministrator: boolean;
  readonly isAdministrator: boolean;
}

/** The members that hold a role. */
export async function holdersOf(q: Queries, roleId: string): Promise<string[]> {
  const rows = await q
    .select({ id: memberRoles.memberId })
    .from(memberRoles)
    .where(eq(memberRoles.roleId, roleId))
    .orderBy(memberRoles.memberId);
  return rows.map(({ id }) => id);
}

/** As `permissionsIn`, for many members of one company at once. */
async function permissionsOfMembers(
  q: Queries,
  companyId: string,
  memberIds: readonly string[],
  now: number,
): Promise<Held[]> {
  const own = await q
    .select({ id: members.id, accountId: members.accountId })
    .from(members)
    .where(and(eq(members.companyId, companyId), anyOf(members.id, memberIds)))
    .orderBy(members.id);
  const held = await rolesOfMembers(
    q,
    own.map(({ id }) => id),
  );
  const business = await q
    .select({ holderId: licences.holderId, product: licences.product })
    .from(licences)
    .where(
      and(
        eq(licences.companyId, companyId),
        eq(licences.edition, 'BUSINESS'),
        isNull(licences.suspendedAt),
        gt(licences.expiresAt, now),
      ),
    );
  return own.map(({ id, accountId }, i) => {
    const permissions = new PermissionSet();
    const roles = held[i] ?? [];
    const administrator = roles.some(({ builtIn }) => builtIn === 'COMPANY_ADMINISTRATOR');
    for (const role of roles) permissions.add(grantsOfRole(role));
    const licensed = new Set(business.filter(({ holderId }) => holderId === accountId).map(({ product }) => product));
    permissions.add(ALL_GRANTS.filter(({ service }) => licensed.has(service)));
    return { memberId: id, accountId, administrator, permissions };
  });
}

/**
 * Runs a change of roles and says what it makes of these members; those for whom nothing changes are left out. The
 * event of the change goes to the streams of `accountIds`: what is open by their permissions is looked at again then.
 * To be called after `lockCompany`.
 */
export async function comparing(
  tx: Change,
  companyId: string,
  memberIds: readonly string[],
  work: () => Promise<void>,
): Promise<{ changes: MemberAccessChange[]; accountIds: string[] }> {
  const before = await permissionsOfMembers(tx.q, companyId, memberIds, tx.now);
  await work();
  const after = new Map(
    (await permissionsOfMembers(tx.q, companyId, memberIds, tx.now)).map((held) => [held.memberId, held]),
  );
  const changes: MemberAccessChange[] = [];
  const accountIds: string[] = [];
  for (const was of before) {
    const is = after.get(was.memberId);
    if (!is) continue;
    const gains = is.permissions.list().filter(({ service, permission }) => !was.permissions.has(service, permission));
    const loses = was.permissions.list().filter(({ service, permission }) => !is.permissions.has(service, permission));
    if (gains.length + loses.length === 0 && was.administrator === is.administrator) continue;
    changes.push({
      memberId: was.memberId,
      gains,
      loses,
      wasAdministrator: was.administrator,
      isAdministrator: is.administrator,
    });
    accountIds.push(was.accountId);
  }
  return { changes, accountIds };
}
