import { and, count, gte, sql } from 'drizzle-orm';
import { idList } from '../db/any-of.ts';
import { countsOfEach } from '../db/counters.ts';
import { prepared } from '../db/prepared.ts';
import { type AlertSeverity, alerts } from '../db/tables/alerts.ts';
import type { Service } from '../db/tables/roles.ts';
import { alertSight, isOwn } from './alerts.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { requireMember } from './members.ts';
import { authorize } from './principal.ts';
import { DAY_MS } from './rate-limits.ts';

/** Days that one history has at most: a year. */
export const HISTORY_MOST_DAYS = 365;

/** How many alerts and threats were raised on one day. */
export interface AlertDay {
  /** The UTC day, `2026-11-20`. */
  readonly date: string;
  readonly bySeverity: Readonly<Record<AlertSeverity, number>>;
}

// A parameter would be bound as a floating-point number, and SQLite would not divide by it to whole days.
const day = sql<number>`${alerts.raisedAt} / ${sql.raw(String(DAY_MS))}`;

const ownByDay = prepared('own_alerts_by_day', (q) => {
  const [accountId, companyId, own] = [
    sql.placeholder('accountId'),
    sql.placeholder('companyId'),
    sql.placeholder('own'),
  ];
  return q
    .select({ day, severity: alerts.severity, count: count() })
    .from(alerts)
    .where(and(isOwn({ accountId, companyId, own }), gte(alerts.raisedAt, sql.placeholder('since'))))
    .groupBy(day, alerts.severity);
});

/**
 * How many alerts and threats of a company were raised first on each of the last days, today among them, the oldest day
 * first and days without any as well: counted are those that the caller's permissions show (PER-04 … PER-06), by the
 * severity that was told last.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; BAD_USER_INPUT for other than 1 … 365 days; NOT_FOUND
 * for who is no member.
 */
export async function alertHistory(
  ctx: Context,
  companyId: string,
  { days, service }: { days: number; service?: Service | null | undefined },
): Promise<AlertDay[]> {
  const principal = authorize(ctx, 'READ', 'account');
  if (!Number.isInteger(days) || days < 1 || days > HISTORY_MOST_DAYS) {
    throw new Denial('BAD_USER_INPUT', { argument: 'days', limit: HISTORY_MOST_DAYS });
  }
  const q = ctx.db.read;
  const now = ctx.clock.now();
  await requireMember(q, principal, companyId);
  const sight = await alertSight(q, principal.accountId, now);
  const first = Math.floor(now / DAY_MS) - days + 1;
  const history = Array.from({ length: days }, (_, i) => ({
    date: new Date((first + i) * DAY_MS).toISOString().slice(0, 10),
    bySeverity: { INFORMATION: 0, WARNING: 0, CRITICAL: 0 },
  }));
  if (!sight) return history;
  const add = (at: number, severity: AlertSeverity, more: number) => {
    const that = history[at - first];
    if (that) that.bySeverity[severity] += more;
  };
  const [all, own] = [sight.all, sight.own].map((seen) => seen.filter((one) => !service || one === service));
  const scopes = all?.length ? history.map((_, i) => `${companyId}/${first + i}`) : [];
  for (const { scope, kind, count } of await countsOfEach(q, 'ALERT_DAYS', scopes)) {
    const [of, severity] = kind as [Service, AlertSeverity];
    if (all?.includes(of)) add(Number(scope.slice(companyId.length + 1)), severity, count);
  }
  if (own?.length) {
    const { accountId } = sight;
    const rows = await ownByDay(q, { accountId, companyId, own: idList(own), since: first * DAY_MS });
    for (const row of rows) add(Number(row.day), row.severity, row.count);
  }
  return history;
}
