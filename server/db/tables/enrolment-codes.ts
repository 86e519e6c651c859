import { index, instant, integer, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import { deviceGroups } from './devices.ts';

/** Codes that members make and devices redeem (PRE-03). Only the SHA-256 of the code is stored; it is shown once. */
export const enrolmentCodes = table(
  'enrolment_codes',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    hash: text('hash').notNull().unique(),
    /** The last four characters, to tell codes apart in a list. */
    hint: text('hint').notNull(),
    label: text('label').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => accounts.id),
    /** The account that devices enrolled with it are assigned to; null for none. */
    assignTo: text('assign_to').references(() => accounts.id),
    /** The group that devices enrolled with it join; null for none. */
    groupId: text('group_id').references(() => deviceGroups.id, { onDelete: 'set null' }),
    maxUses: integer('max_uses').notNull(),
    uses: integer('uses').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('enrolment_codes_company').on(t.companyId, t.createdAt)],
);

export type EnrolmentCode = typeof enrolmentCodes.$inferSelect;
