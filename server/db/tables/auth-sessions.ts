import { index, instant, primaryKey, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Sign-ins by cookie (not support sessions). The row's id is the SHA-256 of the secret in the cookie. */
export const authSessions = table(
  'auth_sessions',
  {
    id: text('id').primaryKey(),
    /** What the API shows and revokes by; the id itself is never shown. */
    publicId: text('public_id').notNull().unique(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    /** Moves while in use (idle limit). */
    expiresAt: instant('expires_at').notNull(),
    /** Never moves (absolute limit). */
    endsAt: instant('ends_at').notNull(),
    /** When it was last used, to the minute; null where not since it was signed in. */
    lastSeenAt: instant('last_seen_at'),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [index('auth_sessions_account').on(t.accountId, t.createdAt)],
);

/** Browsers and networks that an account was signed in from: what a sign-in is compared with to tell whether it is new. */
export const knownBrowsers = table(
  'known_browsers',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** SHA-256 over user agent and network. */
    hash: text('hash').notNull(),
    signedInAt: instant('signed_in_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.hash] }), index('known_browsers_old').on(t.signedInAt)],
);

export type AuthSession = typeof authSessions.$inferSelect;
