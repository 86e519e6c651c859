import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import type { Grant, Permission, Service } from '../db/tables/roles.ts';
import { memberRoles, roles } from '../db/tables/roles.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from '../testing/builders.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import {
  ALERTS_PER_MINUTE,
  acknowledgeAlerts,
  type RaiseAlertInput,
  raiseAlert,
  resolveAlert,
} from './alert-changes.ts';
import { followAlerts } from './alert-events.ts';
import { getAlert, listCompanyAlerts, listDeviceAlerts } from './alerts.ts';
import { listAuditLog } from './audit.ts';
import { removeDevice } from './device-removal.ts';

const CPU: RaiseAlertInput = {
  service: 'MONITORING',
  subject: 'CPU_LOAD',
  severity: 'WARNING',
  kind: 'ALERT',
  message: 'The processor was above 90 % for 5 minutes.',
  measurements: [{ name: 'load', value: 97.5, unit: '%' }],
};

async function activate(app: TestApp, companyId: string, { device }: TestDevice, service: Service): Promise<void> {
  const at = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    const id = newId('ServiceActivation');
    await q.insert(serviceActivations).values({
      ...{ id, deviceId: device.id, companyId, service, state: 'ACTIVE', requestedAt: at, changedAt: at },
    });
  });
}

/** A member with a role of its own that grants these permissions for these services. */
async function memberWith(
  app: TestApp,
  companyId: string,
  ...grants: readonly (readonly [Service, Permission])[]
): Promise<TestAccount & { roleId: string }> {
  const who = await buildAccount(app);
  const roleId = newId('Role');
  await app.services.db.write(async ({ q }) => {
    const granted: Grant[] = grants.map(([service, permission]) => ({ service, permission }));
    const names = { name: roleId, nameKey: roleId };
    await q.insert(roles).values({ id: roleId, companyId, ...names, grants: granted, createdAt: app.clock.now() });
  });
  await addMember(app, companyId, who, roleId as `rol_${string}`);
  return { ...who, roleId };
}

/** Two devices with Monitoring, one of which `own` is signed in on. */
async function scene() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const all = await memberWith(app, companyId, ['MONITORING', 'HANDLE_ALL_ALERTS']);
  const own = await memberWith(app, companyId, ['MONITORING', 'HANDLE_OWN_ALERTS']);
  const none = await memberWith(app, companyId, ['MONITORING', 'MANAGE_POLICIES'], ['BACKUP', 'HANDLE_ALL_ALERTS']);
  const till = await setDevice(app, await buildDevice(app), { companyId, accountId: own.account.id });
  const desk = await setDevice(app, await buildDevice(app), { companyId });
  for (const device of [till, desk]) await activate(app, companyId, device, 'MONITORING');
  return { app, companyId, admin, all, own, none, till, desk };
}

const listed = async (who: TestAccount, companyId: string) =>
  (await listCompanyAlerts(who.ctx, companyId, {})).rows.map(({ id }) => id);

describe('alerts of devices', () => {
  it('SVC-10 the same alert raised again while it is not resolved is counted; resolved, it is a new one', async () => {
    const { app, till } = await scene();
    const first = await raiseAlert(till.ctx, CPU);
    expect(first).toMatchObject({ state: 'OPEN', occurrences: 1, deviceId: till.device.id, ...CPU });
    app.clock.advance(60_000);
    const again = await raiseAlert(till.ctx, { ...CPU, message: 'Still above 90 %.' });
    expect(again).toMatchObject({
      ...{ id: first.id, occurrences: 2, message: 'Still above 90 %.', raisedAt: first.raisedAt },
      lastRaisedAt: app.clock.now(),
    });
    const resolved = await resolveAlert(till.ctx, CPU);
    expect(resolved).toMatchObject({ id: first.id, state: 'RESOLVED', resolvedAt: app.clock.now() });
    expect(await resolveAlert(till.ctx, CPU)).toBeNull();
    expect((await raiseAlert(till.ctx, CPU)).id).not.toBe(first.id);
  });

  it('SVC-10 is counted right, whoever raises it at the same time', async () => {
    const { app, till, admin, companyId } = await scene();
    const nodes = databaseEngine() === 'postgres' ? [app, await app.anotherNode()] : [app];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => raiseAlert((nodes[i % nodes.length] ?? app).as(till.principal), CPU)),
    );
    const { rows } = await listCompanyAlerts(admin.ctx, companyId, {});
    expect(rows.map(({ occurrences }) => occurrences)).toEqual([20]);
  });

  it('SVC-10 one that was acknowledged is counted on, and opens again only where it is more severe', async () => {
    const { till, all } = await scene();
    const { id } = await raiseAlert(till.ctx, CPU);
    await acknowledgeAlerts(all.ctx, { ids: [id] });
    expect(await raiseAlert(till.ctx, CPU)).toMatchObject({ state: 'ACKNOWLEDGED', occurrences: 2 });
    expect(await raiseAlert(till.ctx, { ...CPU, severity: 'INFORMATION' })).toMatchObject({ state: 'ACKNOWLEDGED' });
    const worse = await raiseAlert(till.ctx, { ...CPU, severity: 'CRITICAL' });
    expect(worse).toMatchObject({ id, state: 'OPEN', acknowledgedBy: null, acknowledgedAt: null, occurrences: 4 });
  });

  it('SVC-10 only devices raise them, for services that are on them, within bounds', async () => {
    const { app, till, admin } = await scene();
    await denialOf(raiseAlert(admin.ctx, CPU), 'FORBIDDEN');
    await denialOf(raiseAlert(app.as({ kind: 'operator' }), CPU), 'FORBIDDEN');
    await denialOf(raiseAlert(till.ctx, { ...CPU, service: 'ENDPOINT_PROTECTION' }), 'NOT_FOUND');
    await refusalOf(raiseAlert(till.ctx, { ...CPU, subject: '' }), 'REQUIRED');
    await refusalOf(raiseAlert(till.ctx, { ...CPU, message: 'x'.repeat(501) }), 'TOO_LONG');
    const measurements = Array.from({ length: 21 }, (_, value) => ({ name: 'n', value }));
    await refusalOf(raiseAlert(till.ctx, { ...CPU, measurements }), 'TOO_MANY');
    app.clock.advance(60_000);
    for (let i = 0; i < ALERTS_PER_MINUTE; i++) await raiseAlert(till.ctx, CPU);
    await denialOf(raiseAlert(till.ctx, CPU), 'TOO_MANY_REQUESTS');
  });

  it('SVC-10 those of a device that is removed are resolved', async () => {
    const { till, admin } = await scene();
    const { id } = await raiseAlert(till.ctx, CPU);
    await removeDevice(admin.ctx, { deviceId: till.device.id });
    expect(await getAlert(admin.ctx, id)).toMatchObject({ state: 'RESOLVED', openKey: null });
  });
});

describe('who handles alerts', () => {
  it('PER-04 … PER-06 all, own or none are shown, by service', async () => {
    const { companyId, admin, all, own, none, till, desk } = await scene();
    const mine = await raiseAlert(till.ctx, CPU);
    const other = await raiseAlert(desk.ctx, CPU);
    expect((await listed(admin, companyId)).sort()).toEqual([mine.id, other.id].sort());
    expect((await listed(all, companyId)).sort()).toEqual([mine.id, other.id].sort());
    expect(await listed(own, companyId)).toEqual([mine.id]);
    expect(await listed(none, companyId)).toEqual([]);
    expect((await listDeviceAlerts(own.ctx, desk.device.id, {})).rows).toEqual([]);
    expect((await listDeviceAlerts(desk.ctx, desk.device.id, {})).rows.map(({ id }) => id)).toEqual([other.id]);
    expect((await listDeviceAlerts(till.ctx, desk.device.id, {})).rows).toEqual([]);
    expect((await getAlert(own.ctx, mine.id)).id).toBe(mine.id);
    await denialOf(getAlert(own.ctx, other.id), 'NOT_FOUND');
    await denialOf(getAlert(none.ctx, mine.id), 'NOT_FOUND');
  });

  it('PER-04 … PER-06 the same ones are acknowledged, all of them or none', async () => {
    const { app, companyId, admin, own, none, till, desk } = await scene();
    const mine = await raiseAlert(till.ctx, CPU);
    const other = await raiseAlert(desk.ctx, CPU);
    await denialOf(acknowledgeAlerts(none.ctx, { ids: [mine.id] }), 'NOT_FOUND');
    await denialOf(acknowledgeAlerts(own.ctx, { ids: [mine.id, other.id] }), 'NOT_FOUND');
    expect(await getAlert(own.ctx, mine.id)).toMatchObject({ state: 'OPEN' });
    await denialOf(acknowledgeAlerts(till.ctx, { ids: [mine.id] }), 'FORBIDDEN');
    const stranger = await buildCompany(app);
    await denialOf(acknowledgeAlerts(stranger.admin.ctx, { ids: [mine.id] }), 'NOT_FOUND');
    await refusalOf(acknowledgeAlerts(own.ctx, { ids: [] }), 'REQUIRED');

    const [acknowledged] = await acknowledgeAlerts(own.ctx, { ids: [mine.id] });
    const facts = { state: 'ACKNOWLEDGED', acknowledgedBy: own.account.id, acknowledgedAt: app.clock.now() };
    expect(acknowledged).toMatchObject(facts);
    app.clock.advance(1000);
    const both = await acknowledgeAlerts(admin.ctx, { ids: [mine.id, other.id] });
    expect(both[0]).toMatchObject(facts);
    expect(both[1]).toMatchObject({ acknowledgedBy: admin.account.id });
    const { rows } = await listAuditLog(admin.ctx, { kind: 'COMPANY', companyId }, { concept: 'alert' });
    expect(rows.map(({ change }) => change)).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED', 'RAISED', 'RAISED']);
  });

  it('is listed page by page, filtered, those raised last first', async () => {
    const { app, companyId, admin, till } = await scene();
    const subjects = ['A', 'B', 'C', 'D', 'E'];
    for (const subject of subjects) {
      await raiseAlert(till.ctx, { ...CPU, subject, severity: subject === 'C' ? 'CRITICAL' : 'WARNING' });
      app.clock.advance(1000);
    }
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page = await listCompanyAlerts(admin.ctx, companyId, { first: 2, after });
      seen.push(...page.rows.map(({ subject }) => subject));
      const last = page.rows.at(-1);
      if (!page.hasNext || !last) break;
      after = page.cursorOf(last);
    }
    expect(seen).toEqual(subjects.toReversed());
    const critical = await listCompanyAlerts(admin.ctx, companyId, { severity: 'CRITICAL', state: 'OPEN' });
    expect(critical.rows.map(({ subject }) => subject)).toEqual(['C']);
    expect(await critical.count()).toBe(1);
    expect((await listCompanyAlerts(admin.ctx, companyId, { service: 'BACKUP' })).rows).toEqual([]);
  });
});

describe('events of alerts', () => {
  it('PER-04 … PER-06 each reader hears of those that its permissions show', async () => {
    const { app, companyId, all, own, none, till, desk } = await scene();
    await denialOf(followAlerts(app.as(desk.principal), companyId, null), 'FORBIDDEN');
    const every = await followAlerts(all.ctx, companyId, null);
    const some = await followAlerts(own.ctx, companyId, null);
    const others = await followAlerts(none.ctx, companyId, null);
    const other = await raiseAlert(desk.ctx, CPU);
    const mine = await raiseAlert(till.ctx, CPU);
    await acknowledgeAlerts(own.ctx, { ids: [mine.id] });
    const next = async (events: typeof every) => {
      const { value } = await events.next();
      return `${value.change} ${value.subject}`;
    };
    expect([await next(every), await next(every), await next(every)]).toEqual([
      `RAISED ${other.id}`,
      `RAISED ${mine.id}`,
      `ACKNOWLEDGED ${mine.id}`,
    ]);
    expect([await next(some), await next(some)]).toEqual([`RAISED ${mine.id}`, `ACKNOWLEDGED ${mine.id}`]);
    const silent = others.next();
    await others.return?.();
    expect((await silent).done).toBe(true);
    await every.return?.();
    await some.return?.();
  });

  it('PER-11 a role that is taken away ends the open stream before the next event', async () => {
    const { app, companyId, all, till } = await scene();
    const events = await followAlerts(all.ctx, companyId, null);
    await raiseAlert(till.ctx, CPU);
    await raiseAlert(till.ctx, { ...CPU, subject: 'MEMORY' });
    expect((await events.next()).value).toMatchObject({ change: 'RAISED' });
    // The second was read with the first, and is not told any more.
    await app.services.db.write(async ({ q }) => {
      await q.delete(memberRoles);
    });
    await denialOf(events.next(), 'FORBIDDEN');
    expect((await events.next()).done).toBe(true);
  });
});
