import { and, count, gte, inArray, sql } from 'drizzle-orm';
import { type AlertSeverity, alerts } from '../db/tables/alerts.ts';
import type { Service } from '../db/tables/roles.ts';
import { alertSight, isVisible } from './alerts.ts';
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
  const services = sight ? [...sight.all, ...sight.own].filter((one) => !service || one === service) : [];
  const first = Math.floor(now / DAY_MS) - days + 1;
  const history = Array.from({ length: days }, (_, i) => ({
    date: new Date((first + i) * DAY_MS).toISOString().slice(0, 10),
    bySeverity: { INFORMATION: 0, WARNING: 0, CRITICAL: 0 },
  }));
  if (!sight || services.length === 0) return history;
  const counts = await q
    .select({ day, severity: alerts.severity, count: count() })
    .from(alerts)
    // The services are named once more, so that the index is read by them and by time.
    .where(and(isVisible(sight), inArray(alerts.service, services), gte(alerts.raisedAt, first * DAY_MS)))
    .groupBy(day, alerts.severity);
  for (const row of counts) {
    const that = history[Number(row.day) - first];
    if (that) that.bySeverity[row.severity] = row.count;
  }
  return history;
}
