import { index, instant, json, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Personal API tokens. Only the SHA-256 of the token is stored; it is shown once. */
export const apiTokens = table(
  'api_tokens',
  {
    id: text('id').primaryKey(),
    hash: text('hash').notNull().unique(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    scopes: json('scopes').$type<string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** Null: it does not expire. */
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('api_tokens_account').on(t.accountId, t.createdAt)],
);

export type ApiToken = typeof apiTokens.$inferSelect;
