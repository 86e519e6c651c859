import type { Service } from '../../graphql/graphql.ts';

/** The services of Remote Management, in the order in which the dashboard lists them. */
export const SERVICES = [
  'MONITORING',
  'ASSET_MANAGEMENT',
  'PATCH_MANAGEMENT',
  'ENDPOINT_PROTECTION',
  'BACKUP',
  'WEB_MONITORING',
] as const satisfies readonly Service[];

/** Where a service has its pages: `/services/patch-management`. */
export function servicePath(service: Service): string {
  return `/services/${service.toLowerCase().replaceAll('_', '-')}`;
}

/** The service at such an address; undefined for none. */
export function serviceAt(name: string): Service | undefined {
  return SERVICES.find((service) => servicePath(service) === `/services/${name}`);
}
