import { expect, it } from 'vitest';
import { discoveries } from '../db/tables/contacts.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { groupDigits } from './addresses.ts';
import { type Context, systemContext } from './context.ts';
import { DISCOVERY_TTL_MS, discoveredBy, forgetDiscoveries, MOST_ADDRESSES, reportDiscovery } from './discovery.ts';
import { streamOf } from './event-log.ts';
import type { Whose } from './whose.ts';

const optedIn = async (app: TestApp, values: Partial<TestDevice['device']> = {}) =>
  setDevice(app, await buildDevice(app), { discovery: true, ...values });
const deviceOf = ({ device }: TestDevice): Whose => ({ kind: 'DEVICE', device });
const report = (from: TestDevice, ...seen: TestDevice[]) =>
  reportDiscovery(from.ctx, { addresses: seen.map(({ device }) => device.address) });
const idsOf = async (ctx: Context, whose: Whose) =>
  (await discoveredBy(ctx, whose, {}))?.rows.map(({ deviceId }) => deviceId);

it('INV-26 a device that both sides opted in for is discovered until ten minutes after it was last seen', async () => {
  const app = await testApp();
  const [me, ana] = [await optedIn(app), await optedIn(app)];
  await report(me, ana);
  app.clock.advance(DISCOVERY_TTL_MS - 1);
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([ana.device.id]);
  await report(me, ana);
  app.clock.advance(DISCOVERY_TTL_MS - 1);
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([ana.device.id]);
  for (let i = 0; i < 2; i++) {
    app.clock.advance(1);
    expect(await idsOf(me.ctx, deviceOf(me))).toEqual([]);
  }
});

it('INV-26 devices that take no part in Discovery, are unknown, or are the device itself are left out silently', async () => {
  const app = await testApp();
  const [me, ana, shy] = [await optedIn(app), await optedIn(app), await buildDevice(app)];
  const found = await reportDiscovery(me.ctx, {
    addresses: [me, shy, ana].map(({ device }) => groupDigits(device.address)).concat('100000000'),
  });
  expect(found).toMatchObject([{ deviceId: ana.device.id, origin: 'DISCOVERY', seenAt: app.clock.now() }]);
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([ana.device.id]);
});

it('INV-26 a device that takes no part itself reports nothing', async () => {
  const app = await testApp();
  const [me, ana] = [await buildDevice(app), await optedIn(app)];
  await refusalOf(report(me, ana), 'DISCOVERY_OFF');
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([]);
});

it('INV-26 who opts out, on either side, is not discovered any more', async () => {
  const app = await testApp();
  const [me, ana] = [await optedIn(app), await optedIn(app)];
  await report(me, ana);
  await setDevice(app, ana, { discovery: false });
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([]);
  await setDevice(app, ana, { discovery: true });
  await setDevice(app, me, { discovery: false });
  expect(await idsOf(me.ctx, deviceOf(me))).toEqual([]);
});

it('INV-26 an account sees what its devices saw, each once; what the reporting sees is not seen by the seen', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const desk = await optedIn(app, { accountId: person.account.id });
  const laptop = await optedIn(app, { accountId: person.account.id });
  const ana = await optedIn(app);
  await report(desk, ana);
  app.clock.advance(1);
  await report(laptop, ana);
  const found = await discoveredBy(person.ctx, { kind: 'ACCOUNT', accountId: person.account.id }, {});
  expect(found?.rows).toMatchObject([{ deviceId: ana.device.id, seenAt: app.clock.now() }]);
  expect(await found?.count()).toBe(1);
  expect(await idsOf(ana.ctx, deviceOf(ana))).toEqual([]);
});

it('INV-26 pages go by public ID', async () => {
  const app = await testApp();
  const me = await optedIn(app);
  const seen = [await optedIn(app), await optedIn(app), await optedIn(app)];
  await report(me, ...seen);
  const first = await discoveredBy(me.ctx, deviceOf(me), { first: 2 });
  const last = first?.rows.at(-1);
  if (!first || !last) throw new Error('nothing was discovered');
  const second = await discoveredBy(me.ctx, deviceOf(me), { first: 2, after: first.cursorOf(last) });
  expect([first.hasNext, second?.hasNext]).toEqual([true, false]);
  expect(new Set([...first.rows, ...(second?.rows ?? [])].map(({ deviceId }) => deviceId))).toEqual(
    new Set(seen.map(({ device }) => device.id)),
  );
});

it('INV-26 only what was not known before is announced, to the device and its account', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const me = await optedIn(app, { accountId: admin.account.id, companyId });
  const [ana, ben] = [await optedIn(app), await optedIn(app)];
  const stream = await listenTo(admin.ctx, streamOf.account(admin.account.id));
  await report(me, ana);
  await report(me, ana);
  await report(me, ana, ben);
  for (const { device } of [ana, ben]) {
    expect(await stream.next()).toMatchObject({
      concept: 'discovery',
      change: 'SEEN',
      after: { addresses: [device.address] },
    });
  }
});

it('INV-26 only devices report, only whole IDs, and not too many', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const me = await optedIn(app, { accountId: person.account.id });
  await denialOf(reportDiscovery(person.ctx, { addresses: [] }), 'FORBIDDEN');
  expect(await reportDiscovery(me.ctx, { addresses: [] })).toEqual([]);
  const refusal = await refusalOf(reportDiscovery(me.ctx, { addresses: ['100000000', 'a@b'] }), 'INVALID_ADDRESS');
  expect(refusal.path).toEqual(['addresses', '1']);
  const many = Array.from({ length: MOST_ADDRESSES + 1 }, (_, i) => String(100_000_000 + i));
  await refusalOf(reportDiscovery(me.ctx, { addresses: many }), 'TOO_MANY');
  await reportDiscovery(me.ctx, { addresses: many.slice(1) });
  expect(await discoveredBy((await buildAccount(app)).ctx, deviceOf(me), {})).toBeNull();
});

it('INV-26 what was seen too long ago is deleted in the end, and only that', async () => {
  const app = await testApp();
  const [me, ana, ben] = [await optedIn(app), await optedIn(app), await optedIn(app)];
  await report(me, ana);
  app.clock.advance(1);
  await report(ana, ben);
  app.clock.advance(DISCOVERY_TTL_MS - 1);
  await forgetDiscoveries(systemContext(app.services));
  const kept = await app.services.db.read.select().from(discoveries);
  expect(kept.map(({ deviceId }) => deviceId)).toEqual([ana.device.id]);
});
