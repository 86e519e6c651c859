import { index, instant, integer, json, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import { devices } from './devices.ts';
import type { Service } from './roles.ts';

export type AlertState = 'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED';
export type AlertSeverity = 'INFORMATION' | 'WARNING' | 'CRITICAL';

/** One value that an alert is about, such as `load`, 97.5, `%`. */
export interface AlertMeasurement {
  readonly name: string;
  readonly value: number;
  readonly unit?: string | null | undefined;
}

/** Alerts and threats that devices raised under the policy in force (SVC-10). */
export const alerts = table(
  'alerts',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    service: text('service').$type<Service>().notNull(),
    /** What it is about, such as `CPU_LOAD` or `DISK_SPACE:/`: the same one raised again while open is counted. */
    subject: text('subject').notNull(),
    /** Equal to device, service and subject while it is not resolved, null afterwards: at most one is open. */
    openKey: text('open_key').unique(),
    severity: text('severity').$type<AlertSeverity>().notNull(),
    /** A threat (malware) rather than an alert. */
    kind: text('kind').$type<'ALERT' | 'THREAT'>().notNull(),
    /** One sentence by the device. */
    message: text('message').notNull(),
    /** What was measured; null where nothing was. */
    measurements: json('measurements').$type<AlertMeasurement[]>(),
    state: text('state').$type<AlertState>().notNull(),
    occurrences: integer('occurrences').notNull().default(1),
    raisedAt: instant('raised_at').notNull(),
    lastRaisedAt: instant('last_raised_at').notNull(),
    acknowledgedBy: text('acknowledged_by').references(() => accounts.id),
    acknowledgedAt: instant('acknowledged_at'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    index('alerts_company').on(t.companyId, t.service, t.state, t.lastRaisedAt, t.id),
    index('alerts_company_newest').on(t.companyId, t.lastRaisedAt, t.id),
    index('alerts_company_state').on(t.companyId, t.state, t.lastRaisedAt, t.id),
    index('alerts_company_severity').on(t.companyId, t.severity, t.lastRaisedAt, t.id),
    index('alerts_company_kind').on(t.companyId, t.kind, t.lastRaisedAt, t.id),
    index('alerts_device').on(t.deviceId, t.state, t.lastRaisedAt, t.id),
  ],
);

/** Which alerts an account wishes to be told of by mail; who wishes none has no row. */
export type AlertMailWish = 'OWN' | 'ALL';

export const alertMailings = table(
  'alert_mailings',
  {
    accountId: text('account_id')
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    wish: text('wish').$type<AlertMailWish>().notNull(),
    /** When the next mail is due; null while there is nothing to tell. */
    dueAt: instant('due_at'),
    /** When the oldest alert that the next mail is to tell of was raised; null while there is nothing to tell. */
    since: instant('since'),
    /** When the last mail was written; null before the first. */
    mailedAt: instant('mailed_at'),
  },
  (t) => [index('alert_mailings_due').on(t.dueAt)],
);

export type Alert = typeof alerts.$inferSelect;
