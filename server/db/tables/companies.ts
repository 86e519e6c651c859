import { flag, index, instant, integer, json, table, text, uniqueIndex } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Company profiles: who shares devices, groups and address books. */
export const companies = table('companies', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** The part after `@` in the aliases of its devices; lower case. */
  namespace: text('namespace').notNull().unique(),
  /** Kept by the transactions that enrol and remove devices, so that nobody counts a million rows. */
  deviceCount: integer('device_count').notNull().default(0),
  /** Whether members without a second factor are kept out of everything but setting one up. */
  requireSecondFactor: flag('require_second_factor').notNull().default(false),
  createdAt: instant('created_at').notNull(),
});

/** Who belongs to a company; an account belongs to one at most. What a member may do stands in `member_roles`. */
export const members = table(
  'members',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    accountId: text('account_id')
      .notNull()
      .unique()
      .references(() => accounts.id),
    joinedAt: instant('joined_at').notNull(),
  },
  (t) => [index('members_company').on(t.companyId, t.id)],
);

/** Invitations of colleagues into a company, by mail; bound to the address that they were sent to. */
export const memberInvitations = table(
  'member_invitations',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    /** The roles to join with; those that were deleted meanwhile are passed over. */
    roleIds: json('role_ids').$type<string[]>().notNull(),
    /** SHA-256 of the secret in the mailed link. */
    hash: text('hash').notNull().unique(),
    invitedBy: text('invited_by')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('member_invitations_company').on(t.companyId, t.id),
    // For whoever reads the mail of an address: what waits for them.
    index('member_invitations_email').on(t.emailKey, t.createdAt),
  ],
);

export type Company = typeof companies.$inferSelect;
export type Member = typeof members.$inferSelect;
export type MemberInvitation = typeof memberInvitations.$inferSelect;
