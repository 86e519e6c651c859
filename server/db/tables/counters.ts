import { integer, primaryKey, table, text } from '../columns.ts';

/** What is counted by triggers. */
export type Counted = 'ONLINE_DEVICES' | 'GROUPED_DEVICES' | 'ALERTS' | 'ALERT_DAYS' | 'ACTIVATIONS' | 'EVENTS';

/**
 * How many rows there are of a kind, kept by triggers (migrations `counters` and `alert_days`) in the transactions that write the rows: to
 * count a million takes longer than anybody is to wait.
 */
export const counters = table(
  'counters',
  {
    /** Of what: a company, one of its days (`com_…/20777`, days since 1970), a device group, or a stream of events. */
    scope: text('scope').notNull(),
    counted: text('counted').$type<Counted>().notNull(),
    /** What tells the kinds apart, such as `MONITORING/OPEN/ALERT/CRITICAL`; '' where there is one kind. */
    kind: text('kind').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.counted, t.kind] })],
);
