import { index, instant, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';

export type LinkPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

/** Single-use secrets that were mailed as links. Only the SHA-256 of the secret is stored. */
export const links = table(
  'links',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose').$type<LinkPurpose>().notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** The licence whose activation the sign-up was for: opening the link carries it on (LIC-09). */
    licenceId: text('licence_id'),
  },
  (t) => [index('links_account').on(t.accountId, t.purpose)],
);

export type Link = typeof links.$inferSelect;
