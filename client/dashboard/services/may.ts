import type { Permission, Service } from '../../graphql/graphql.ts';
import type { ViewerCompany } from '../data/session.tsx';

/** Whether whoever looks holds a permission for a service (PER-01): what it implies is among what the server tells. */
export function may(company: ViewerCompany | null, service: Service, permission: Permission): boolean {
  return (
    company?.viewerPermissions.some((grant) => grant.service === service && grant.permission === permission) ?? false
  );
}

/** Whether any of a service's alerts are theirs to see: all, or those of their own devices (PER-04 … PER-06). */
export function mayHandleAlerts(company: ViewerCompany | null, service: Service): boolean {
  return may(company, service, 'HANDLE_OWN_ALERTS');
}
