import { sql } from 'drizzle-orm';
import { index, instant, integer, json, primaryKey, table, text } from '../columns.ts';

/** Who caused an event, as it is kept in the log. */
export interface EventActor {
  kind: 'ACCOUNT' | 'DEVICE' | 'OPERATOR' | 'SYSTEM';
  /** The account's or device's id; null for the operator and the system itself. */
  id: string | null;
}

/** One row for each stream: its counter, which also puts writers in order. */
export const streams = table('streams', {
  /** `device:<id>`, `account:<id>`, `session:<id>` or `company:<id>`. */
  name: text('name').primaryKey(),
  /** The number of its newest event. Raised in the transaction that appends, so that numbers have no gap. */
  last: integer('last').notNull(),
  /** The number of its oldest event that is still kept. */
  first: integer('first').notNull().default(1),
  /** The hash of its newest event. */
  hash: text('hash').notNull(),
});

/**
 * What stands in an audit log, which people filter, whereas a device's or a session's stream is only followed: the indexes of
 * filters hold no more than that. The queries that are to use them say it word for word, so that the planner knows.
 */
export const IN_AUDIT_LOG = sql`(stream like 'account:%' or stream like 'company:%' or stream = 'operator')`;

/** The event log: what happened, once for each stream that it concerns. */
export const events = table(
  'events',
  {
    stream: text('stream').notNull(),
    number: integer('number').notNull(),
    at: instant('at').notNull(),
    /** The concept, such as `invitation`. */
    concept: text('concept').notNull(),
    /** What happened to it, such as `CREATED`. */
    change: text('change').notNull(),
    /** The id of what it happened to. */
    subject: text('subject').notNull(),
    actor: json('actor').$type<EventActor>().notNull(),
    /** The parts that changed, as they were before; null where there was nothing before. */
    before: json('before').$type<Record<string, unknown>>(),
    /** The parts that changed, as they are since; null where there is nothing any more. */
    after: json('after').$type<Record<string, unknown>>(),
    requestId: text('request_id').notNull(),
    /** Where the request came from; null for the server's own doing. */
    address: text('address'),
    /** SHA-256 over the hash of the event before and the whole of this one. */
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.stream, t.number] }),
    // One for each filter of an audit log, in its order: what is rare is found without passing by ten million others.
    index('audit_log_concept').on(t.stream, t.concept, t.number).where(IN_AUDIT_LOG),
    index('audit_log_change').on(t.stream, t.change, t.number).where(IN_AUDIT_LOG),
    index('audit_log_subject').on(t.stream, t.subject, t.number).where(IN_AUDIT_LOG),
    index('audit_log_actor').on(t.stream, sql`(${t.actor} ->> 'id')`, t.number).where(IN_AUDIT_LOG),
  ],
);

export type EventRow = typeof events.$inferSelect;
