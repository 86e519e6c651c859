import { sql } from 'drizzle-orm';
import { index, instant, integer, table, text } from '../columns.ts';

/** The mail outbox: written in the transaction that wants the mail, delivered afterwards with retries. */
export const mails = table(
  'mails',
  {
    id: text('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** When it is tried next; null once it was sent or given up. */
    nextAttemptAt: instant('next_attempt_at'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
  },
  (t) => [index('mails_due').on(t.nextAttemptAt).where(sql`next_attempt_at is not null`)],
);

export type Mail = typeof mails.$inferSelect;
