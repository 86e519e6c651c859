import { sql } from 'drizzle-orm';
import { index, instant, integer, json, table, text } from '../columns.ts';
import type { Language } from './accounts.ts';
import { accounts } from './accounts.ts';
import { devices } from './devices.ts';
import type { SessionPermission } from './permission-profiles.ts';

export type InvitationOrigin =
  | 'OWN_ID'
  | 'CONTEXT_MENU'
  | 'FAVORITES'
  | 'RECENT_SESSIONS'
  | 'DISCOVERY'
  | 'ADDRESS_BOOK';

export type InvitationStatus = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED';

/** Direct invitations: somebody is invited to the inviting device (INV-10). */
export const invitations = table(
  'invitations',
  {
    id: text('id').primaryKey(),
    origin: text('origin').$type<InvitationOrigin>().notNull(),
    inviterDeviceId: text('inviter_device_id')
      .notNull()
      .references(() => devices.id),
    recipientDeviceId: text('recipient_device_id')
      .notNull()
      .references(() => devices.id),
    /** The profile it was made with; null once that profile was removed. */
    profileId: text('profile_id'),
    profileName: text('profile_name').notNull(),
    permissions: json('permissions').$type<SessionPermission[]>().notNull(),
    note: text('note'),
    /** 1 when sent, one more with each modification (INV-16). */
    revision: integer('revision').notNull().default(1),
    status: text('status').$type<InvitationStatus>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** The deadline; never moves (INV-19, INV-20). */
    expiresAt: instant('expires_at').notNull(),
    /** When it stopped being pending; null while it is. */
    settledAt: instant('settled_at'),
    /** The session that accepting it started. */
    sessionId: text('session_id'),
  },
  (t) => [
    index('invitations_pending').on(t.expiresAt).where(sql`status = 'PENDING'`),
    index('invitations_inviter').on(t.inviterDeviceId, t.createdAt, t.id),
    index('invitations_recipient').on(t.recipientDeviceId, t.createdAt, t.id),
  ],
);

/** E-mail invitations: a template for the person's own mail program (INV-05 … INV-07). */
export const emailInvitations = table(
  'email_invitations',
  {
    id: text('id').primaryKey(),
    origin: text('origin').$type<InvitationOrigin>().notNull(),
    inviterDeviceId: text('inviter_device_id')
      .notNull()
      .references(() => devices.id),
    language: text('language').$type<Language>().notNull(),
    /** What the template named the device by: its alias, or its public ID where it has none (INV-06). */
    addressShown: text('address_shown').notNull(),
    createdBy: text('created_by').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('email_invitations_inviter').on(t.inviterDeviceId, t.createdAt, t.id)],
);

export type Invitation = typeof invitations.$inferSelect;
export type EmailInvitation = typeof emailInvitations.$inferSelect;
