import { index, instant, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { companies, members } from './companies.ts';

/** The Remote Management services (requirements, PER); each is a product that licences are for. */
export const SERVICES = [
  'MONITORING',
  'ASSET_MANAGEMENT',
  'PATCH_MANAGEMENT',
  'ENDPOINT_PROTECTION',
  'BACKUP',
  'WEB_MONITORING',
] as const;
export type Service = (typeof SERVICES)[number];

/** What a role can grant for a service (PER-02 … PER-06). */
export const PERMISSIONS = ['MANAGE_POLICIES', 'ASSIGN_POLICIES', 'HANDLE_ALL_ALERTS', 'HANDLE_OWN_ALERTS'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** One mark in the grid service × permission (PER-12). */
export interface Grant {
  service: Service;
  permission: Permission;
}

export type BuiltInRole = 'COMPANY_ADMINISTRATOR' | 'USER';

/** Roles of a company: the two built-in ones and those that were added. */
export const roles = table(
  'roles',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    /** Which built-in role it is; null for one that was added. */
    builtIn: text('built_in').$type<BuiltInRole>(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    grants: json('grants').$type<Grant[]>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('roles_company_name').on(t.companyId, t.nameKey)],
);

/** Which members hold which roles; what holds for a member is the union (PER-13). */
export const memberRoles = table(
  'member_roles',
  {
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    roleId: text('role_id')
      .notNull()
      .references(() => roles.id),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.roleId] }), index('member_roles_role').on(t.roleId)],
);

export type Role = typeof roles.$inferSelect;
