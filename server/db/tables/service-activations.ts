import { sql } from 'drizzle-orm';
import { index, instant, integer, table, text, uniqueIndex } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import { devices } from './devices.ts';
import { licences } from './licences.ts';
import type { Service } from './roles.ts';

/** SVC-08. RETIRED: Backup whose assigned account is gone (PER-08a). */
export type ActivationState = 'PENDING' | 'INSTALLING' | 'ACTIVE' | 'FAILED' | 'DEACTIVATED' | 'RETIRED';

/** A service on a device: one row for each pair, used again where it is activated again. */
export const serviceActivations = table(
  'service_activations',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    service: text('service').$type<Service>().notNull(),
    /** The licence whose seat it takes; null where it takes none (deactivated). */
    licenceId: text('licence_id').references(() => licences.id),
    state: text('state').$type<ActivationState>().notNull(),
    /** What the device said where the installation failed; null otherwise. */
    failure: text('failure'),
    /** Backup only: the account that may restore, fixed when it was put on the device (PER-08a). */
    assignedAccountId: text('assigned_account_id').references(() => accounts.id),
    /** The fingerprint of the effective policy that the device reported as applied; null before. */
    appliedPolicy: text('applied_policy'),
    appliedAt: instant('applied_at'),
    /** Goes up with each activation, so that a late report about an earlier one is told apart. */
    generation: integer('generation').notNull().default(1),
    requestedAt: instant('requested_at').notNull(),
    /** When it came into the state that it is in. */
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('service_activations_device').on(t.deviceId, t.service),
    index('service_activations_company').on(t.companyId, t.service, t.state, t.id),
    index('service_activations_listed').on(t.companyId, t.service, t.id),
    index('service_activations_licence').on(t.licenceId),
    index('service_activations_assigned')
      .on(t.assignedAccountId, t.companyId, t.service, t.id)
      .where(sql`${t.assignedAccountId} is not null`),
  ],
);

export type ServiceActivation = typeof serviceActivations.$inferSelect;
