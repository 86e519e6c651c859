import { instant, table, text } from '../columns.ts';

/** The outcomes of mutations that came with an idempotency key (API-02). */
export const idempotencyKeys = table('idempotency_keys', {
  /** SHA-256 over principal, operation and key. */
  hash: text('hash').primaryKey(),
  /** SHA-256 over the input. */
  inputHash: text('input_hash').notNull(),
  /** The outcome as JSON, sealed under the key itself: it may hold a secret that is shown once. */
  outcome: text('outcome').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
