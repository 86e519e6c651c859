import { flag, index, instant, integer, json, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Addresses that an account has its events delivered to, signed. */
export const webhooks = table(
  'webhooks',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The stream that it follows: the account's, or its company's. */
    stream: text('stream').notNull(),
    url: text('url').notNull(),
    /** The events that it wants, such as `invitation.CREATED` or `alert.*`. */
    events: json('events').$type<string[]>().notNull(),
    /** The secret of the signature. It has to be known to sign, so it is stored as it is, and shown once. */
    secret: text('secret').notNull(),
    enabled: flag('enabled').notNull().default(true),
    /** The number of the last event that was turned into a delivery, or passed over. */
    position: integer('position').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('webhooks_account').on(t.accountId), index('webhooks_stream').on(t.stream)],
);

export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** One event on its way to one address; the event itself stays in the log. */
export const webhookDeliveries = table(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    stream: text('stream').notNull(),
    number: integer('number').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    /** The HTTP status of the last attempt; null where there was no answer. */
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    deliveredAt: instant('delivered_at'),
  },
  (t) => [
    index('webhook_deliveries_webhook').on(t.webhookId, t.createdAt, t.id),
    index('webhook_deliveries_due').on(t.nextAttemptAt),
  ],
);

export type Webhook = typeof webhooks.$inferSelect;
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;
