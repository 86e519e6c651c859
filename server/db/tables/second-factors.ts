import { index, instant, integer, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Authenticator apps, one for an account at most. */
export const secondFactors = table('second_factors', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** In base32. It has to be known to compute codes, so it is stored as it is (decision 19), and shown once. */
  secret: text('secret').notNull(),
  createdAt: instant('created_at').notNull(),
  /** Null: it was set up, and no code has shown yet that the app has the secret. */
  confirmedAt: instant('confirmed_at'),
  /** The step of the last code that was taken: none of it or before is taken again. */
  lastStep: integer('last_step').notNull().default(0),
});

/** Recovery codes that can still be used, once each. Only the SHA-256 of the code is stored; it is shown once. */
export const recoveryCodes = table(
  'recovery_codes',
  {
    hash: text('hash').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (t) => [index('recovery_codes_account').on(t.accountId)],
);

/** Sign-ins whose password was right and that wait for the second factor. Only the SHA-256 of the token is stored. */
export const pendingSignIns = table(
  'pending_sign_ins',
  {
    hash: text('hash').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    /** When it was completed; the row stays until it would have lapsed, so that a repetition is answered (API-02). */
    usedAt: instant('used_at'),
  },
  (t) => [index('pending_sign_ins_account').on(t.accountId)],
);

export type SecondFactor = typeof secondFactors.$inferSelect;
export type PendingSignIn = typeof pendingSignIns.$inferSelect;
