import { index, instant, integer, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import type { Service } from './roles.ts';

/** Policies of a service: typed settings, versioned (SVC-09). */
export const policies = table(
  'policies',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    service: text('service').$type<Service>().notNull(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    /** The version in force: the highest in `policy_versions`. */
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it was removed; its versions stay for the history. */
    removedAt: instant('removed_at'),
  },
  (t) => [uniqueIndex('policies_company_name').on(t.companyId, t.service, t.nameKey)],
);

/** Every version of a policy; never changed once written. */
export const policyVersions = table(
  'policy_versions',
  {
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    version: integer('version').notNull(),
    /** Only what the policy sets; what it leaves open comes from a wider layer or the default. */
    settings: json('settings').$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').references(() => accounts.id),
  },
  (t) => [primaryKey({ columns: [t.policyId, t.version] })],
);

/** Which policy is assigned to which device or device group; one for each target and service. */
export const policyAssignments = table(
  'policy_assignments',
  {
    /** A device's or a device group's id. */
    targetId: text('target_id').notNull(),
    service: text('service').$type<Service>().notNull(),
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    assignedAt: instant('assigned_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.targetId, t.service] }), index('policy_assignments_policy').on(t.policyId)],
);

export type Policy = typeof policies.$inferSelect;
export type PolicyVersion = typeof policyVersions.$inferSelect;
export type PolicyAssignment = typeof policyAssignments.$inferSelect;
