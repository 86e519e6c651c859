import { sql } from 'drizzle-orm';
import { index, instant, table, text } from '../columns.ts';
import { devices } from './devices.ts';

export type SessionRequestStatus = 'PENDING' | 'ACCEPTED' | 'DISMISSED' | 'WITHDRAWN' | 'EXPIRED';

/** Session requests: somebody asks to be let in to a device (INV-09). */
export const sessionRequests = table(
  'session_requests',
  {
    id: text('id').primaryKey(),
    /** The device that asks. */
    guestDeviceId: text('guest_device_id')
      .notNull()
      .references(() => devices.id),
    /** The device that is asked for, and that accepts or dismisses. */
    hostDeviceId: text('host_device_id')
      .notNull()
      .references(() => devices.id),
    status: text('status').$type<SessionRequestStatus>().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    settledAt: instant('settled_at'),
    sessionId: text('session_id'),
  },
  (t) => [
    index('session_requests_pending').on(t.expiresAt).where(sql`status = 'PENDING'`),
    index('session_requests_guest').on(t.guestDeviceId, t.createdAt, t.id),
    index('session_requests_host').on(t.hostDeviceId, t.createdAt, t.id),
  ],
);

export type SessionRequest = typeof sessionRequests.$inferSelect;
