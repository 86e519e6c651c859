import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alert, type AlertSeverity, type AlertState, alerts } from '../db/tables/alerts.ts';
import type { Permission, Service } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { START_OF_TIME } from '../testing/clock.ts';
import { dataOf } from '../testing/operations.ts';
import { denialOf } from '../testing/refusals.ts';
import { buildMember } from '../testing/services.ts';
import { alertHistory, HISTORY_MOST_DAYS } from './alert-history.ts';
import { DAY_MS } from './rate-limits.ts';

/** Two devices of one company, one of which `own` is signed in on; now is noon of 2026-01-10. */
async function scene() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const holder = (service: Service, permission: Permission) => buildMember(app, companyId, [{ service, permission }]);
  const own = await holder('MONITORING', 'HANDLE_OWN_ALERTS');
  const all = await holder('MONITORING', 'HANDLE_ALL_ALERTS');
  const none = await holder('MONITORING', 'MANAGE_POLICIES');
  const till = await setDevice(app, await buildDevice(app), { companyId, accountId: own.account.id });
  const desk = await setDevice(app, await buildDevice(app), { companyId });
  app.clock.set(START_OF_TIME + 9.5 * DAY_MS);
  return { app, companyId, admin, own, all, none, till, desk };
}

/** An alert as it stands after it was raised at this instant; what raises alerts has tests of its own. */
async function raisedAt(app: TestApp, on: TestDevice, at: number, values: Partial<Alert> = {}): Promise<void> {
  await app.services.db.write(async ({ q }) => {
    await q.insert(alerts).values({
      ...{ id: newId('Alert'), companyId: on.device.companyId ?? '', deviceId: on.device.id, service: 'MONITORING' },
      ...{ subject: 'CPU_LOAD', severity: 'WARNING', kind: 'ALERT', message: 'Busy.', state: 'RESOLVED' },
      ...{ raisedAt: at, lastRaisedAt: at + DAY_MS },
      ...values,
    });
  });
}

const NONE = { INFORMATION: 0, WARNING: 0, CRITICAL: 0 };

describe('alerts over time', () => {
  it('SVC-10 each alert counts on the UTC day that it was first raised on, up to now; days without any are there', async () => {
    const { app, companyId, admin, till } = await scene();
    const midnight = START_OF_TIME + 7 * DAY_MS;
    await raisedAt(app, till, midnight - 1, { severity: 'CRITICAL' });
    await raisedAt(app, till, midnight, { severity: 'INFORMATION' });
    await raisedAt(app, till, midnight + 1, { severity: 'INFORMATION' });
    await raisedAt(app, till, app.clock.now());
    await raisedAt(app, till, START_OF_TIME + 6 * DAY_MS - 1);
    expect(await alertHistory(admin.ctx, companyId, { days: 4 })).toEqual([
      { date: '2026-01-07', bySeverity: { ...NONE, CRITICAL: 1 } },
      { date: '2026-01-08', bySeverity: { ...NONE, INFORMATION: 2 } },
      { date: '2026-01-09', bySeverity: NONE },
      { date: '2026-01-10', bySeverity: { ...NONE, WARNING: 1 } },
    ]);
  });

  it('PER-04 … PER-06 all, own or none are counted, by service', async () => {
    const { app, companyId, admin, own, all, none, till, desk } = await scene();
    const now = app.clock.now();
    await raisedAt(app, till, now);
    await raisedAt(app, desk, now);
    await raisedAt(app, desk, now, { service: 'ENDPOINT_PROTECTION', kind: 'THREAT' });
    const other = await buildCompany(app);
    const foreign = await setDevice(app, await buildDevice(app), { companyId: other.companyId });
    await raisedAt(app, foreign, now);
    const counted = async (who: typeof own, service?: Service) =>
      (await alertHistory(who.ctx, companyId, { days: 1, service })).map(({ bySeverity }) => bySeverity.WARNING);
    expect(await counted(admin)).toEqual([3]);
    expect(await counted(admin, 'ENDPOINT_PROTECTION')).toEqual([1]);
    expect(await counted(admin, 'BACKUP')).toEqual([0]);
    expect(await counted(all)).toEqual([2]);
    expect(await counted(all, 'ENDPOINT_PROTECTION')).toEqual([0]);
    expect(await counted(own)).toEqual([1]);
    expect(await counted(own, 'ENDPOINT_PROTECTION')).toEqual([0]);
    expect(await counted(none)).toEqual([0]);
    await denialOf(counted(other.admin), 'NOT_FOUND');
    await denialOf(counted(await buildAccount(app)), 'NOT_FOUND');
    await denialOf(alertHistory(till.ctx, companyId, { days: 1 }), 'FORBIDDEN');
  });

  it('goes back 1 to 365 days, 30 where nothing is said', async () => {
    const { app, companyId, admin, till } = await scene();
    const oldest = Math.floor(app.clock.now() / DAY_MS) * DAY_MS - (HISTORY_MOST_DAYS - 1) * DAY_MS;
    await raisedAt(app, till, oldest);
    await raisedAt(app, till, oldest - 1);
    const year = await alertHistory(admin.ctx, companyId, { days: HISTORY_MOST_DAYS });
    expect(year).toHaveLength(365);
    expect(year[0]).toEqual({ date: '2025-01-11', bySeverity: { ...NONE, WARNING: 1 } });
    expect(year.slice(1).every(({ bySeverity }) => bySeverity.WARNING === 0)).toBe(true);
    for (const days of [0, -1, HISTORY_MOST_DAYS + 1]) {
      await denialOf(alertHistory(admin.ctx, companyId, { days }), 'BAD_USER_INPUT');
    }
    const { node } = await dataOf(
      admin.ctx,
      'query ($id: ID!) { node(id: $id) { ... on Company { alertHistory { date raised information warning critical } } } }',
      { id: companyId },
    );
    expect(node.alertHistory).toHaveLength(30);
    expect(node.alertHistory.at(-1)).toEqual({
      date: '2026-01-10',
      raised: 0,
      information: 0,
      warning: 0,
      critical: 0,
    });
  });

  it('SVC-10 counters tell what the rows tell, whatever was raised, told anew, moved or deleted', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const device = await setDevice(app, await buildDevice(app), { companyId });
    const today = Math.floor(app.clock.now() / DAY_MS);
    const services: Service[] = ['MONITORING', 'ENDPOINT_PROTECTION'];
    const severities: AlertSeverity[] = ['INFORMATION', 'WARNING', 'CRITICAL'];
    const values = fc.record({
      service: fc.constantFrom(...services),
      severity: fc.constantFrom(...severities),
      state: fc.constantFrom<AlertState[]>('OPEN', 'ACKNOWLEDGED', 'RESOLVED'),
      raisedAt: fc.integer({ min: (today - 4) * DAY_MS, max: (today + 1) * DAY_MS - 1 }),
    });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('RAISE'), values }),
      fc.record({ kind: fc.constantFrom('CHANGE', 'DELETE'), nth: fc.nat(9), values }),
      fc.record({ kind: fc.constant('DELETE_ALL_OF'), values }),
    );
    const q = app.services.db.read;
    /** Every day and severity of a service, counted row by row. */
    const counted = async (service: Service) => {
      const rows = await q.select().from(alerts).where(eq(alerts.service, service));
      return Array.from({ length: 3 }, (_, i) =>
        severities.map(
          (severity) =>
            rows.filter((row) => Math.floor(row.raisedAt / DAY_MS) === today - 2 + i && row.severity === severity)
              .length,
        ),
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const one of steps) {
          const there = await q.select({ id: alerts.id }).from(alerts).orderBy(alerts.id);
          const id = 'nth' in one ? (there[one.nth]?.id ?? '') : '';
          if (one.kind === 'RAISE') await raisedAt(app, device, one.values.raisedAt, one.values);
          await app.services.db.write(async (tx) => {
            if (one.kind === 'CHANGE') await tx.q.update(alerts).set(one.values).where(eq(alerts.id, id));
            if (one.kind === 'DELETE') await tx.q.delete(alerts).where(eq(alerts.id, id));
            if (one.kind === 'DELETE_ALL_OF') await tx.q.delete(alerts).where(eq(alerts.service, one.values.service));
          });
        }
        for (const service of services) {
          const told = await alertHistory(admin.ctx, companyId, { days: 3, service });
          expect(told.map(({ bySeverity }) => severities.map((one) => bySeverity[one]))).toEqual(
            await counted(service),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
