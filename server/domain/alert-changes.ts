import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { locked } from '../db/locked.ts';
import { type Alert, type AlertMeasurement, type AlertSeverity, alerts } from '../db/tables/alerts.ts';
import type { Service } from '../db/tables/roles.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { mailAlert } from './alert-mails.ts';
import { alertSight, isVisible } from './alerts.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { lineOf } from './input.ts';
import { authorize } from './principal.ts';
import { limitRate, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';

/** Letters of what an alert is about, and of what the device says of it. */
const SUBJECT = { min: 1, max: 200 } as const;
const MESSAGE = { min: 1, max: 500 } as const;
const MEASURED = { min: 1, max: 60 } as const;
const UNIT = { min: 0, max: 20 } as const;

/** Values that one alert tells: all that one condition is about, with room to spare. */
export const MOST_MEASUREMENTS = 20;

/** Alerts a minute that one device may raise: one a second. A policy's durations keep it far below. */
export const ALERTS_PER_MINUTE = 60;

/** Alerts that are acknowledged at one go: as many as the largest page has. */
export const MOST_ACKNOWLEDGED = 100;

export interface RaiseAlertInput extends Repeatable {
  service: Service;
  /** What it is about, such as `CPU_LOAD` or `DISK_SPACE:/`. */
  subject: string;
  severity: AlertSeverity;
  kind: Alert['kind'];
  message: string;
  measurements?: readonly AlertMeasurement[] | null | undefined;
}

/**
 * Raises an alert or a threat, by the device itself, for a service that is active on it (SVC-10). While the same one
 * (service and subject) is not resolved it is counted, not repeated, whoever raises it at the same time; the newest
 * severity, message and measurements stand. One that was acknowledged is open again where it has become more severe.
 * Events: alert RAISED, REPEATED, REOPENED.
 * @throws Refusal InvalidInput.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS; NOT_FOUND where the service is not on the device.
 */
export async function raiseAlert(ctx: Context, input: RaiseAlertInput): Promise<Alert> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const subject = lineOf(input.subject, ['subject'], SUBJECT);
  const message = lineOf(input.message, ['message'], MESSAGE);
  const measurements = measurementsOf(input.measurements ?? []);
  const { service, severity, kind } = input;
  await limitRate(ctx, `alerts:${deviceId}`, ALERTS_PER_MINUTE, MINUTE_MS);
  return change(ctx, 'raiseAlert', input, async (tx) => {
    const companyId = await companyServed(tx, deviceId, service);
    const openKey = openKeyOf(deviceId, service, subject);
    const [before] = await tx.q.select().from(alerts).where(eq(alerts.openKey, openKey));
    const latest = { severity, kind, message, measurements, lastRaisedAt: tx.now };
    const moreSevere = sql`${rank(sql`excluded.severity`)} > ${rank(alerts.severity)}`;
    const [alert] = await tx.q
      .insert(alerts)
      .values({
        id: newId('Alert'),
        ...{ companyId, deviceId, service, subject, openKey, state: 'OPEN', raisedAt: tx.now },
        ...latest,
      })
      .onConflictDoUpdate({
        target: alerts.openKey,
        set: {
          ...latest,
          occurrences: sql`${alerts.occurrences} + 1`,
          state: sql`case when ${moreSevere} then 'OPEN' else ${alerts.state} end`,
          acknowledgedBy: sql`case when ${moreSevere} then null else ${alerts.acknowledgedBy} end`,
          acknowledgedAt: sql`case when ${moreSevere} then null else ${alerts.acknowledgedAt} end`,
        },
      })
      .returning();
    if (!alert) throw new Error('an upsert returned no row');
    const reopened = before?.state === 'ACKNOWLEDGED' && alert.state === 'OPEN';
    const raised = alert.occurrences === 1;
    emitAlert(tx, raised ? 'RAISED' : reopened ? 'REOPENED' : 'REPEATED', raised ? null : (before ?? null), alert);
    if (raised || reopened) await mailAlert(tx, alert);
    return alert;
  });
}

/** Severities as numbers, to compare them. */
function rank(severity: unknown) {
  return sql`(case ${severity} when 'CRITICAL' then 3 when 'WARNING' then 2 else 1 end)`;
}

function measurementsOf(given: readonly AlertMeasurement[]): AlertMeasurement[] | null {
  if (given.length > MOST_MEASUREMENTS) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['measurements'], { limit: MOST_MEASUREMENTS });
  }
  const measurements = given.map(({ name, value, unit }, i) => ({
    name: lineOf(name, ['measurements', String(i), 'name'], MEASURED),
    value,
    unit: lineOf(unit ?? '', ['measurements', String(i), 'unit'], UNIT) || null,
  }));
  return measurements.length === 0 ? null : measurements;
}

const openKeyOf = (deviceId: string, service: Service, subject: string) => `${deviceId} ${service} ${subject}`;

/** The company that the service was put on the device for. @throws Denial NOT_FOUND where it is not active on it. */
export async function companyServed(tx: Change, deviceId: string, service: Service): Promise<string> {
  const running = tx.q
    .select({ companyId: serviceActivations.companyId })
    .from(serviceActivations)
    .where(
      and(
        eq(serviceActivations.deviceId, deviceId),
        eq(serviceActivations.service, service),
        inArray(serviceActivations.state, ['INSTALLING', 'ACTIVE']),
      ),
    );
  // On PostgreSQL a deactivation waits for this alert, and resolves it, or comes first.
  const [activation] = await locked(running, serviceActivations);
  if (!activation) throw notFound('service');
  return activation.companyId;
}

/**
 * Says that the condition is over, by the device itself. Null where no such alert is unresolved, so that it may be
 * repeated. Event: alert RESOLVED, once. @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function resolveAlert(
  ctx: Context,
  input: Repeatable & { service: Service; subject: string },
): Promise<Alert | null> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const subject = lineOf(input.subject, ['subject'], SUBJECT);
  return change(ctx, 'resolveAlert', input, async (tx) => {
    const [resolved] = await resolve(tx, eq(alerts.openKey, openKeyOf(deviceId, input.service, subject)));
    return resolved ?? null;
  });
}

/**
 * Resolves what is left of a device's alerts of a service: nobody is there any more to say that a condition is over.
 * For operations that end the service. Events: alert RESOLVED.
 */
export async function resolveAlertsOf(tx: Change, deviceId: string, service: Service): Promise<void> {
  await resolve(tx, and(eq(alerts.deviceId, deviceId), isNotNull(alerts.openKey), eq(alerts.service, service)));
}

async function resolve(tx: Change, which: ReturnType<typeof and>): Promise<Alert[]> {
  const resolved = await tx.q
    .update(alerts)
    .set({ state: 'RESOLVED', resolvedAt: tx.now, openKey: null })
    .where(which)
    .returning();
  for (const alert of resolved) {
    emitAlert(tx, 'RESOLVED', { ...alert, state: alert.acknowledgedAt === null ? 'OPEN' : 'ACKNOWLEDGED' }, alert);
  }
  return resolved;
}

/**
 * Acknowledges alerts and threats, by members whose permissions show them (PER-04 … PER-06): all or none. What was
 * acknowledged before, or is resolved, stays as it is, so that it may be repeated. Event: alert ACKNOWLEDGED, each once.
 * @throws Refusal InvalidInput REQUIRED, TOO_MANY.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND where one is not there or not shown.
 */
export async function acknowledgeAlerts(
  ctx: Context,
  input: Repeatable & { ids: readonly string[] },
): Promise<Alert[]> {
  const { accountId } = authorize(ctx, 'COMPANY', 'account');
  const ids = [...new Set(input.ids)];
  if (ids.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['ids']);
  if (ids.length > MOST_ACKNOWLEDGED) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['ids'], { limit: MOST_ACKNOWLEDGED });
  }
  return change(ctx, 'acknowledgeAlerts', input, async (tx) => {
    const sight = await alertSight(tx.q, accountId, tx.now);
    if (!sight) throw notFound('ids');
    const visible = and(inArray(alerts.id, ids), isVisible(sight));
    // In one order for everybody, so that two who acknowledge the same ones do not wait for each other in a circle.
    for (const id of ids.toSorted()) {
      const [alert] = await tx.q
        .update(alerts)
        .set({ state: 'ACKNOWLEDGED', acknowledgedBy: accountId, acknowledgedAt: tx.now })
        .where(and(eq(alerts.id, id), eq(alerts.state, 'OPEN'), visible))
        .returning();
      if (alert) emitAlert(tx, 'ACKNOWLEDGED', { ...alert, state: 'OPEN' }, alert);
    }
    const rows = new Map((await tx.q.select().from(alerts).where(visible)).map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = rows.get(id);
      if (!row) throw notFound('ids');
      return row;
    });
  });
}

export type AlertChange = 'RAISED' | 'REPEATED' | 'REOPENED' | 'ACKNOWLEDGED' | 'RESOLVED';

/**
 * Tells what happened to an alert: to the stream of the company's alerts, whose readers are shown what their
 * permissions show; and, but for mere repetitions, to the company's own, which is its audit log.
 */
function emitAlert(tx: Change, what: AlertChange, before: Alert | null, after: Alert): void {
  const { id, companyId, deviceId, service, subject, kind, severity, state, occurrences, acknowledgedBy } = after;
  const streams = [streamOf.alerts(companyId)];
  if (what !== 'REPEATED') streams.push(streamOf.company(companyId));
  tx.emit({
    concept: 'alert',
    change: what,
    subject: id,
    before: before && { state: before.state, severity: before.severity },
    after: { deviceId, service, subject, kind, severity, state, occurrences, acknowledgedBy },
    streams,
  });
}
