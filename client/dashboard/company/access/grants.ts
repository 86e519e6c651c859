import type { Permission, PermissionCatalogueQuery, Service } from '../../../graphql/graphql.ts';
import { SERVICES } from '../../app/services.ts';

/** One mark in the grid service × permission. */
export interface Grant {
  readonly service: Service;
  readonly permission: Permission;
}

/** In the order in which the grid has its columns. */
export const PERMISSIONS = [
  'MANAGE_POLICIES',
  'ASSIGN_POLICIES',
  'HANDLE_ALL_ALERTS',
  'HANDLE_OWN_ALERTS',
] as const satisfies readonly Permission[];

export type Catalogue = PermissionCatalogueQuery['permissionCatalogue'];

export const sameGrant = (one: Grant, other: Grant): boolean =>
  one.service === other.service && one.permission === other.permission;

export const holds = (grants: readonly Grant[], grant: Grant): boolean => grants.some((one) => sameGrant(one, grant));

/** The mark among these that a grant comes along with (PER-02, PER-04); undefined where it stands for itself. */
export function impliedBy(catalogue: Catalogue, grants: readonly Grant[], grant: Grant): Grant | undefined {
  return grants.find((one) =>
    catalogue.some(
      (entry) => sameGrant(entry, one) && one.service === grant.service && entry.implies.includes(grant.permission),
    ),
  );
}

/** Grants service by service, in the order of the grid; services without one are left out. */
export function byService(grants: readonly Grant[]): { service: Service; permissions: Permission[] }[] {
  return SERVICES.flatMap((service) => {
    const permissions = PERMISSIONS.filter((permission) => holds(grants, { service, permission }));
    return permissions.length > 0 ? [{ service, permissions }] : [];
  });
}
