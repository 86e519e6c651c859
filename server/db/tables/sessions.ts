import { index, instant, integer, json, primaryKey, table, text } from '../columns.ts';
import { devices } from './devices.ts';
import type { SessionPermission } from './permission-profiles.ts';

export type SessionEndReason = 'HOST_ENDED' | 'GUEST_ENDED' | 'DEVICE_REMOVED';

/** Support sessions: the guest device works on the host device, with the permissions that the host side grants. */
export const supportSessions = table(
  'support_sessions',
  {
    id: text('id').primaryKey(),
    hostDeviceId: text('host_device_id')
      .notNull()
      .references(() => devices.id),
    guestDeviceId: text('guest_device_id')
      .notNull()
      .references(() => devices.id),
    /** What started it: one of the two is set. */
    invitationId: text('invitation_id').unique(),
    requestId: text('request_id').unique(),
    permissions: json('permissions').$type<SessionPermission[]>().notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    endReason: text('end_reason').$type<SessionEndReason>(),
  },
  (t) => [
    index('support_sessions_host').on(t.hostDeviceId, t.startedAt, t.id),
    index('support_sessions_guest').on(t.guestDeviceId, t.startedAt, t.id),
  ],
);

/** Every state of a session's permissions, in order; number 1 is what it started with (INV-28). */
export const sessionPermissionChanges = table(
  'session_permission_changes',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => supportSessions.id),
    number: integer('number').notNull(),
    permissions: json('permissions').$type<SessionPermission[]>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.number] })],
);

export type PermissionRequestStatus = 'PENDING' | 'GRANTED' | 'REFUSED' | 'LAPSED';

/** The guest side's wishes for more permissions during a session (INV-29). */
export const permissionRequests = table(
  'permission_requests',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => supportSessions.id),
    permissions: json('permissions').$type<SessionPermission[]>().notNull(),
    status: text('status').$type<PermissionRequestStatus>().notNull(),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [index('permission_requests_session').on(t.sessionId, t.createdAt, t.id)],
);

export type SupportSession = typeof supportSessions.$inferSelect;
export type SessionPermissionChange = typeof sessionPermissionChanges.$inferSelect;
export type PermissionRequest = typeof permissionRequests.$inferSelect;
