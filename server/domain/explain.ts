import { and, eq } from 'drizzle-orm';
import { licences } from '../db/tables/licences.ts';
import type { Permission, Role, Service } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { findMember, type Membership, memberOf, requireAdministrator } from './members.ts';
import { businessServicesOf, grantsOfRole, PermissionSet } from './permissions.ts';
import { authorize } from './principal.ts';
import { listRoles, rolesOfMembers } from './roles.ts';

/**
 * By which rule a member may or may not do something (PER-14): a role holds the mark, or a Business licence does; or
 * all roles are the built-in User's, which holds nothing (PER-10), or no role has the mark.
 */
export type PermissionRule = 'BY_ROLE' | 'BY_BUSINESS_LICENCE' | 'USER_HOLDS_NOTHING' | 'NO_ROLE_GRANTS_IT';

export interface PermissionExplanation {
  readonly service: Service;
  readonly permission: Permission;
  readonly member: Membership;
  readonly allowed: boolean;
  readonly rule: PermissionRule;
  /** The member's roles that it comes from, and the Business licences. */
  readonly roles: Role[];
  readonly licenceIds: string[];
  /** The roles of the company that hold the mark, and that the member could be given; empty where it is allowed. */
  readonly rolesThatWouldAllow: Role[];
}

export interface ExplainArgs {
  memberId?: string | null | undefined;
  service: Service;
  permission: Permission;
}

/**
 * Whether a member may do something with a service, and why (PER-14): of oneself, where no member is named; of others,
 * for administrators of their company.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function explainPermission(ctx: Context, args: ExplainArgs): Promise<PermissionExplanation> {
  const principal = authorize(ctx, 'READ', 'account');
  const { service, permission } = args;
  const q = ctx.db.read;
  const own = await memberOf(q, principal.accountId);
  if (!own) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
  const member = args.memberId ? await findMember(q, args.memberId) : own;
  if (member?.companyId !== own.companyId) throw notFound('memberId');
  if (member.id !== own.id) await requireAdministrator(q, principal, own.companyId);

  const holds = (role: Role) => {
    const held = new PermissionSet();
    held.add(grantsOfRole(role));
    return held.has(service, permission);
  };
  const [held = []] = await rolesOfMembers(q, [member.id]);
  const through = held.filter(holds);
  const licensed = (await businessServicesOf(q, member.accountId, member.companyId, ctx.clock.now())).has(service);
  const licenceRows = licensed
    ? await q
        .select({ id: licences.id })
        .from(licences)
        .where(
          and(
            eq(licences.holderId, member.accountId),
            eq(licences.companyId, member.companyId),
            eq(licences.product, service),
            eq(licences.edition, 'BUSINESS'),
          ),
        )
    : [];
  const allowed = through.length > 0 || licensed;
  const all = allowed ? [] : await listRoles(ctx, member.companyId);
  return {
    service,
    permission,
    member,
    allowed,
    rule: ruleOf(through.length > 0, licensed, held),
    roles: through,
    licenceIds: licenceRows.map(({ id }) => id),
    rolesThatWouldAllow: all.filter(holds),
  };
}

function ruleOf(byRole: boolean, licensed: boolean, held: readonly Role[]): PermissionRule {
  if (byRole) return 'BY_ROLE';
  if (licensed) return 'BY_BUSINESS_LICENCE';
  return held.every(({ builtIn }) => builtIn === 'USER') ? 'USER_HOLDS_NOTHING' : 'NO_ROLE_GRANTS_IT';
}
