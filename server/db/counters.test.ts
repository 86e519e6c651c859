import { count, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { raiseAlert } from '../domain/alert-changes.ts';
import { addDevicesToGroup, createDeviceGroup, deleteDeviceGroup } from '../domain/device-groups.ts';
import { removeDevice } from '../domain/device-removal.ts';
import { closePresence, openPresence } from '../domain/presence.ts';
import { reportServiceState } from '../domain/service-states.ts';
import { testApp } from '../testing/app.ts';
import { companyWith } from '../testing/services.ts';
import { countOf, countsBy, countsOf } from './counters.ts';
import { alerts } from './tables/alerts.ts';
import { counters } from './tables/counters.ts';
import { deviceGroupMembers, devices } from './tables/devices.ts';
import { events } from './tables/events.ts';
import { serviceActivations } from './tables/service-activations.ts';

test('API-04 what is counted as it is written is what counting the rows gives, after each change', async () => {
  const { app, admin, companyId, managed, activate } = await companyWith(await testApp(), 'MONITORING');
  const q = app.services.db.read;
  const stream = `company:${companyId}`;

  /** Each kind with its rows, counted one by one. */
  async function counted() {
    const byState = await q
      .select({
        kind: sql<string>`${serviceActivations.service} || '/' || ${serviceActivations.state}`,
        count: count(),
      })
      .from(serviceActivations)
      .groupBy(serviceActivations.service, serviceActivations.state);
    const byAlert = await q
      .select({
        kind: sql<string>`${alerts.service} || '/' || ${alerts.state} || '/' || ${alerts.kind} || '/' || ${alerts.severity}`,
        count: count(),
      })
      .from(alerts)
      .groupBy(alerts.service, alerts.state, alerts.kind, alerts.severity);
    const byEvent = await q
      .select({ kind: sql<string>`${events.concept} || '/' || ${events.change}`, count: count() })
      .from(events)
      .where(eq(events.stream, stream))
      .groupBy(events.concept, events.change);
    const online = await q.$count(
      devices,
      sql`${devices.online} and ${devices.companyId} = ${companyId} and ${devices.removedAt} is null`,
    );
    return { ACTIVATIONS: entries(byState), ALERTS: entries(byAlert), EVENTS: entries(byEvent), online };
  }

  async function kept() {
    const of = async (what: 'ACTIVATIONS' | 'ALERTS' | 'EVENTS', scope = companyId) =>
      entries((await countsBy(q, what, scope)).map((row) => ({ ...row, kind: row.kind.join('/') })));
    return {
      ACTIVATIONS: await of('ACTIVATIONS'),
      ALERTS: await of('ALERTS'),
      EVENTS: await of('EVENTS', stream),
      online: await countOf(q, 'ONLINE_DEVICES', companyId),
    };
  }

  const [one, two] = [await managed(), await managed()];
  const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
  let connection = '';
  const raise = () =>
    raiseAlert(one.ctx, {
      service: 'MONITORING',
      subject: 'CPU_LOAD',
      severity: 'WARNING',
      kind: 'ALERT',
      message: 'Busy.',
    });
  const steps: (() => Promise<unknown>)[] = [
    () => activate(admin, one),
    () => activate(admin, two),
    () => reportServiceState(one.ctx, { service: 'MONITORING', generation: 1, state: 'INSTALLING' }),
    () => reportServiceState(one.ctx, { service: 'MONITORING', generation: 1, state: 'ACTIVE' }),
    raise,
    raise,
    () => addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [one.device.id, two.device.id] }),
    async () => {
      connection = await openPresence(one.ctx, one.device.id);
    },
    () => closePresence(one.ctx, connection),
    () => openPresence(two.ctx, two.device.id),
    () => removeDevice(admin.ctx, { deviceId: two.device.id }),
  ];
  for (const step of steps) {
    await step();
    expect(await kept()).toEqual(await counted());
  }
  expect(await countsOf(q, 'GROUPED_DEVICES', [group.id, 'none'])).toEqual([1, 0]);
  expect(await countOf(q, 'ALERTS', companyId, [['MONITORING'], undefined, 'ALERT'])).toBe(1);
  await deleteDeviceGroup(admin.ctx, { id: group.id });
  expect(await q.$count(deviceGroupMembers)).toBe(0);
  expect(await countsOf(q, 'GROUPED_DEVICES', [group.id])).toEqual([0]);
  expect(await q.$count(counters, sql`${counters.count} < 0`)).toBe(0);
});

function entries(rows: readonly { kind: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(rows.filter((row) => row.count > 0).map(({ kind, count }) => [kind, Number(count)]));
}
