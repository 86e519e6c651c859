import type { BuiltInRole, Grant, Permission, Role as RoleRow, Service } from '../db/tables/roles.ts';
import { PERMISSION_CATALOGUE } from '../domain/permissions.ts';
import { getRole } from '../domain/roles.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Node, readableById } from './node.ts';
import { roleName } from './role-names.ts';

export const ServiceEnum = describedEnum<Service>(
  'Service',
  'The services of Remote Management; each is a product that licences are for.',
  {
    MONITORING: 'Watches processor, memory, disk, processes and services, and raises alerts.',
    ASSET_MANAGEMENT: 'Keeps the inventory of hardware and installed packages.',
    PATCH_MANAGEMENT: 'Lists pending updates, and applies those that were approved.',
    ENDPOINT_PROTECTION: 'Scans for malware and quarantines what it finds.',
    BACKUP: 'Keeps snapshots of folders, and restores them.',
    WEB_MONITORING: 'Checks addresses on the web for answer, time and certificate.',
  },
);

export const PermissionEnum = describedEnum<Permission>(
  'Permission',
  'What a role can grant for a service (PER-02 … PER-06); `permissionCatalogue` says what each implies.',
  Object.fromEntries(
    Object.entries(PERMISSION_CATALOGUE).map(([permission, { meaning }]) => [permission, meaning]),
  ) as Record<Permission, string>,
);

export const BuiltInRoleEnum = describedEnum<BuiltInRole>('BuiltInRole', 'The roles that every company has.', {
  COMPANY_ADMINISTRATOR: 'Manages the company, and holds every permission of every service (PER-09).',
  USER: 'Belongs to the company, and works with what is assigned to them; no permission of any service (PER-10).',
});

export const GrantType = builder.objectRef<Grant>('Grant').implement({
  description: 'One mark in the grid service × permission (PER-12).',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    permission: t.expose('permission', { type: PermissionEnum, description: 'What may be done with it.' }),
  }),
});

export const Role = builder.objectRef<RoleRow>('Role').implement({
  description:
    'A role of a company’s members: which permissions they have, service by service. Visible to its members.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.string({
      description: 'What it is called; the built-in ones in the language of the account, else of the request.',
      resolve: ({ builtIn, name }, _args, ctx) => (builtIn ? roleName(ctx.request.language, builtIn) : name),
    }),
    builtIn: t.expose('builtIn', {
      type: BuiltInRoleEnum,
      nullable: true,
      description: 'Which built-in role it is; null for one that was added.',
    }),
    grants: t.field({
      type: [GrantType],
      description:
        'The marks of its grid, without what they imply. The administrators’ role has none: it holds everything.',
      resolve: ({ grants }) => grants,
    }),
    memberCount: t.int({
      description: 'How many members hold it.',
      resolve: ({ id }, _args, { loaders }) => loaders.roleHolders.load(id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

readableById('Role', getRole);
