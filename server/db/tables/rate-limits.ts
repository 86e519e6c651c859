import { instant, integer, primaryKey, table, text } from '../columns.ts';

/** How often something was tried in a window of time, by what it counts for (an account, an address). */
export const rateLimits = table(
  'rate_limits',
  {
    key: text('key').notNull(),
    windowStart: instant('window_start').notNull(),
    count: integer('count').notNull(),
    /** When the row may be deleted. */
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] })],
);

/** Sign-ins that failed in a row, by account (security.md: 5 free, then waits that double up to 15 minutes). */
export const signInFailures = table('sign_in_failures', {
  /** The address in lower case, known or not; for codes of the second factor, what the domain names the account by. */
  emailKey: text('email_key').primaryKey(),
  failures: integer('failures').notNull(),
  blockedUntil: instant('blocked_until').notNull(),
});
