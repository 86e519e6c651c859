import type { Licence } from '../db/tables/licences.ts';
import type { Grant, Permission, Role, Service } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { findMember, type Membership, memberOf, requireAdministrator } from './members.ts';
import { ALL_GRANTS, businessLicencesIn, grantsOfRole, PermissionSet } from './permissions.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
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
  return explaining(await factsOf(ctx, principal, args.memberId), args);
}

/**
 * As `explainPermission`, for every cell of the grid service × permission, in the order of the catalogue.
 * @throws Denial as `explainPermission`.
 */
export async function explainPermissions(
  ctx: Context,
  memberId: string | null | undefined,
): Promise<PermissionExplanation[]> {
  const principal = authorize(ctx, 'READ', 'account');
  const facts = await factsOf(ctx, principal, memberId);
  return ALL_GRANTS.map((grant) => explaining(facts, grant));
}

/** All that decides on a member's permissions. */
interface Facts {
  readonly member: Membership;
  readonly held: readonly Role[];
  /** Every role of the company. */
  readonly all: readonly Role[];
  /** The member's Business licences in force. */
  readonly licensed: readonly Pick<Licence, 'id' | 'product'>[];
}

async function factsOf(ctx: Context, principal: AccountPrincipal, memberId: string | null | undefined): Promise<Facts> {
  const q = ctx.db.read;
  const own = await memberOf(q, principal.accountId);
  if (!own) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
  const member = memberId ? await findMember(q, memberId) : own;
  if (member?.companyId !== own.companyId) throw notFound('memberId');
  if (member.id !== own.id) await requireAdministrator(q, principal, own.companyId);
  const [held = []] = await rolesOfMembers(q, [member.id]);
  const licensed = await businessLicencesIn(q, member.accountId, member.companyId, ctx.clock.now());
  return { member, held, all: await listRoles(ctx, member.companyId), licensed };
}

function explaining({ member, held, all, licensed }: Facts, { service, permission }: Grant): PermissionExplanation {
  const holds = (role: Role) => {
    const marks = new PermissionSet();
    marks.add(grantsOfRole(role));
    return marks.has(service, permission);
  };
  const through = held.filter(holds);
  const licenceIds = licensed.filter(({ product }) => product === service).map(({ id }) => id);
  const allowed = through.length + licenceIds.length > 0;
  return {
    service,
    permission,
    member,
    allowed,
    rule: ruleOf(through.length > 0, licenceIds.length > 0, held),
    roles: through,
    licenceIds,
    rolesThatWouldAllow: allowed ? [] : all.filter(holds),
  };
}

function ruleOf(byRole: boolean, licensed: boolean, held: readonly Role[]): PermissionRule {
  if (byRole) return 'BY_ROLE';
  if (licensed) return 'BY_BUSINESS_LICENCE';
  return held.every(({ builtIn }) => builtIn === 'USER') ? 'USER_HOLDS_NOTHING' : 'NO_ROLE_GRANTS_IT';
}
