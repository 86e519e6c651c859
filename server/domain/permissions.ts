import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { members } from '../db/tables/companies.ts';
import { type Licence, licences } from '../db/tables/licences.ts';
import {
  type Grant,
  memberRoles,
  PERMISSIONS,
  type Permission,
  type Role,
  roles,
  SERVICES,
  type Service,
} from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { type AccountPrincipal, authorize } from './principal.ts';

/**
 * The one catalogue of Remote Management permissions: authorization, the schema's descriptions and the role editor all
 * come from it. `implies` is what comes along (PER-02, PER-04).
 */
export const PERMISSION_CATALOGUE: Readonly<
  Record<Permission, { readonly meaning: string; readonly implies: readonly Permission[] }>
> = {
  MANAGE_POLICIES: { meaning: 'Create, edit and remove the service’s policies.', implies: ['ASSIGN_POLICIES'] },
  ASSIGN_POLICIES: {
    meaning: 'Send the service’s policies to devices: activate the service on them, assign and deactivate.',
    implies: [],
  },
  HANDLE_ALL_ALERTS: {
    meaning: 'See and acknowledge all alerts and threats of the service.',
    implies: ['HANDLE_OWN_ALERTS'],
  },
  HANDLE_OWN_ALERTS: {
    meaning: 'See and acknowledge alerts and threats of the service on devices that one is signed in on.',
    implies: [],
  },
};

/** Every mark of the grid: what a company administrator holds, and a Business holder for the licence's service. */
export const ALL_GRANTS: readonly Grant[] = SERVICES.flatMap((service) =>
  PERMISSIONS.map((permission) => ({ service, permission })),
);

/** The marks of a grid, each once, in the order of the catalogue: what a role is stored with. */
export function normalGrants(grants: readonly Grant[]): Grant[] {
  const marks = new Set(grants.map(({ service, permission }) => key(service, permission)));
  return ALL_GRANTS.filter(({ service, permission }) => marks.has(key(service, permission)));
}

const key = (service: Service, permission: Permission) => `${service} ${permission}`;

/** What a member may do, service by service: the union of all that it comes from (PER-13). */
export class PermissionSet {
  readonly #held = new Set<string>();

  /** Adds grants with all that they imply. */
  add(grants: Iterable<Grant>): void {
    for (const { service, permission } of grants) {
      this.#held.add(key(service, permission));
      for (const implied of PERMISSION_CATALOGUE[permission].implies) this.#held.add(key(service, implied));
    }
  }

  has(service: Service, permission: Permission): boolean {
    return this.#held.has(key(service, permission));
  }

  /** In the order of the catalogue. */
  list(): Grant[] {
    return ALL_GRANTS.filter(({ service, permission }) => this.has(service, permission));
  }
}

const rolesOfAccount = prepared('roles_of_account', (q) =>
  q
    .select({ companyId: members.companyId, builtIn: roles.builtIn, grants: roles.grants })
    .from(members)
    .innerJoin(memberRoles, eq(memberRoles.memberId, members.id))
    .innerJoin(roles, eq(roles.id, memberRoles.roleId))
    .where(eq(members.accountId, sql.placeholder('accountId'))),
);

const businessLicencesOf = prepared('business_licences_of', (q) =>
  q
    .select({
      id: licences.id,
      companyId: licences.companyId,
      product: licences.product,
      expiresAt: licences.expiresAt,
    })
    .from(licences)
    .where(
      and(
        eq(licences.holderId, sql.placeholder('accountId')),
        eq(licences.edition, 'BUSINESS'),
        isNull(licences.suspendedAt),
      ),
    ),
);

/** What a role holds: the administrators' everything (PER-09), each other its marks. */
export function grantsOfRole({ builtIn, grants }: Pick<Role, 'builtIn' | 'grants'>): readonly Grant[] {
  return builtIn === 'COMPANY_ADMINISTRATOR' ? ALL_GRANTS : grants;
}

/** The Business licences that an account holds in a company, in force at an instant (PER-09). */
export async function businessLicencesIn(
  q: Queries,
  accountId: string,
  companyId: string,
  now: number,
): Promise<Pick<Licence, 'id' | 'product'>[]> {
  const held = await businessLicencesOf(q, { accountId });
  return held.filter((licence) => licence.companyId === companyId && licence.expiresAt > now);
}

/**
 * All that an account may do with the services of a company: by its roles (the administrators' holds everything), and
 * by a Business licence that it holds (PER-09). Empty for who is no member. Backup has rules of its own on top
 * (PER-07): see `backups.ts`.
 */
export async function permissionsIn(
  q: Queries,
  accountId: string,
  companyId: string,
  now: number,
): Promise<PermissionSet> {
  const held = new PermissionSet();
  const own = (await rolesOfAccount(q, { accountId })).filter((role) => role.companyId === companyId);
  for (const role of own) held.add(grantsOfRole(role));
  if (own.length === 0) return held;
  const licensed = new Set((await businessLicencesIn(q, accountId, companyId, now)).map(({ product }) => product));
  held.add(ALL_GRANTS.filter(({ service }) => licensed.has(service)));
  return held;
}

/**
 * Makes sure that the account may do this with the service in the company.
 * @throws Denial FORBIDDEN, naming permission and service.
 */
export async function requirePermission(
  q: Queries,
  principal: AccountPrincipal,
  companyId: string,
  service: Service,
  permission: Permission,
  now: number,
): Promise<void> {
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  if (!held.has(service, permission)) throw new Denial('FORBIDDEN', { permission, service });
}

/**
 * What the caller may do with the services of its company: for front ends that show or hide by it (PER-14).
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function ownPermissions(ctx: Context, companyId: string): Promise<PermissionSet> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return permissionsIn(ctx.db.read, accountId, companyId, ctx.clock.now());
}
