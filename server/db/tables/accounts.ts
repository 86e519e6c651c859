import { instant, table, text, uniqueIndex } from '../columns.ts';

export type Language = 'en' | 'fr';

/** People. An account is unverified until the link in its verification mail was opened (LIC-08). */
export const accounts = table(
  'accounts',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    /** The address in lower case: what makes two addresses the same account. */
    emailKey: text('email_key').notNull(),
    name: text('name').notNull(),
    /** Argon2id, as a PHC string. */
    passwordHash: text('password_hash').notNull(),
    language: text('language').$type<Language>().notNull(),
    eulaVersion: text('eula_version').notNull(),
    eulaAcceptedAt: instant('eula_accepted_at').notNull(),
    verifiedAt: instant('verified_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('accounts_email').on(t.emailKey)],
);

export type Account = typeof accounts.$inferSelect;
