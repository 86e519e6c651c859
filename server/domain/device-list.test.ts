import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { MOST_COUNTED } from '../db/bounded-count.ts';
import { companies } from '../db/tables/companies.ts';
import { devices } from '../db/tables/devices.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';
import { denialOf } from '../testing/refusals.ts';
import { companyWith } from '../testing/services.ts';
import { updateDevice } from './device-changes.ts';
import { addDevicesToGroup, createDeviceGroup } from './device-groups.ts';
import { type DeviceListArgs, listDevices, listDevicesOfAccount } from './device-list.ts';
import { removeDevice } from './device-removal.ts';
import { enrolDevice } from './enrolment.ts';
import { createEnrolmentCode } from './enrolment-codes.ts';
import { policiesOn } from './policies.ts';
import { searchKeyOf } from './search.ts';
import { activationsOfDevices } from './service-overview.ts';

async function company() {
  const app = await testApp();
  const { companyId, namespace, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const { code } = await createEnrolmentCode(admin.ctx, { label: 'x', maxUses: 1_000 });
  const enrolled = async (name: string, values: Parameters<typeof setDevice>[2] = { online: false }) => {
    app.clock.advance(1);
    const device = await buildDevice(app, { name });
    await enrolDevice(device.ctx, { code });
    return (await setDevice(app, device, values)).device;
  };
  return { app, companyId, namespace, admin, user, enrolled };
}

/** The names on all pages, one after another. */
async function namesOn(who: TestAccount, companyId: string, args: DeviceListArgs): Promise<string[]> {
  const names: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listDevices(who.ctx, companyId, { ...args, after }, {});
    names.push(...page.rows.map(({ name }) => name));
    const last = page.rows.at(-1);
    if (!page.hasNext || !last) return names;
    after = page.cursorOf(last);
  }
}

describe('the devices of a company', () => {
  it('are listed by name or newest first, in pages that neither skip nor repeat, also among equal names', async () => {
    const { app, companyId, user, enrolled } = await company();
    for (const name of ['c', 'a', 'b', 'a', 'a']) await enrolled(name);
    for (const first of [1, 2, 3, 5, 6]) {
      expect(await namesOn(user, companyId, { first })).toEqual(['a', 'a', 'a', 'b', 'c']);
      expect(await namesOn(user, companyId, { first, orderBy: 'ADDED' })).toEqual(['a', 'a', 'b', 'a', 'c']);
    }
    const other = await buildCompany(app);
    expect((await listDevices(other.admin.ctx, other.companyId, {}, {})).rows).toEqual([]);
  });

  it('are for its members: not for others, devices, or the operator', async () => {
    const { app, companyId, user, enrolled } = await company();
    const device = await enrolled('a');
    await denialOf(listDevices((await buildCompany(app)).admin.ctx, companyId, {}, {}), 'NOT_FOUND');
    await denialOf(listDevices((await buildAccount(app)).ctx, companyId, {}, {}), 'NOT_FOUND');
    await denialOf(listDevices(app.as({ kind: 'operator' }), companyId, {}, {}), 'FORBIDDEN');
    await denialOf(listDevices(app.as({ kind: 'device', deviceId: device.id }), companyId, {}, {}), 'FORBIDDEN');
    await denialOf(listDevices(app.as({ kind: 'anonymous' }), companyId, {}, {}), 'UNAUTHENTICATED');
    for (const first of [0, -1, 101, 1.5]) {
      await denialOf(listDevices(user.ctx, companyId, { first }, {}), 'BAD_USER_INPUT');
    }
    await denialOf(listDevices(user.ctx, companyId, { after: 'x' }, {}), 'BAD_USER_INPUT');
  });

  it('a cursor holds for the order that it came from', async () => {
    const { companyId, user, enrolled } = await company();
    await enrolled('a');
    const page = await listDevices(user.ctx, companyId, {}, {});
    const row = page.rows[0];
    if (!row) throw new Error('no device');
    const after = page.cursorOf(row);
    await denialOf(listDevices(user.ctx, companyId, { after, orderBy: 'ADDED' }, {}), 'BAD_USER_INPUT');
  });

  it('are found by group, by presence, and by parts of name, alias and ID, in every combination', async () => {
    const { companyId, namespace, admin, user, enrolled } = await company();
    const till = await enrolled('Till 100%', { online: true, alias: `front@${namespace}` });
    const desk = await enrolled('Desk_1');
    const group = await createDeviceGroup(admin.ctx, { name: 'g' });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [till.id] });
    const found = (args: DeviceListArgs) => namesOn(user, companyId, { first: 1, ...args });
    expect(await found({ groupId: group.id })).toEqual(['Till 100%']);
    expect(await found({ groupId: 'grp_nothing' })).toEqual([]);
    expect(await found({ online: true })).toEqual(['Till 100%']);
    expect(await found({ online: false })).toEqual(['Desk_1']);
    for (const search of ['tILL', '100%', 'FRONT@', ` ${till.address.slice(0, 4)} ${till.address.slice(4)} `]) {
      expect(await found({ search })).toEqual(['Till 100%']);
    }
    // What LIKE reads otherwise is taken literally.
    expect(await found({ search: '_' })).toEqual(['Desk_1']);
    expect(await found({ search: '%' })).toEqual(['Till 100%']);
    expect(await found({ search: '\\' })).toEqual([]);
    expect(await found({ search: '  ' })).toEqual(['Desk_1', 'Till 100%']);
    expect(await found({ search: desk.address.slice(0, 6), orderBy: 'ADDED' })).toEqual(['Desk_1']);
    for (const orderBy of ['NAME', 'ADDED'] as const) {
      const all = { groupId: group.id, online: true, search: 'till', orderBy };
      expect(await found(all)).toEqual(['Till 100%']);
      expect(await found({ ...all, online: false })).toEqual([]);
      expect(await (await listDevices(user.ctx, companyId, all, {})).count()).toBe(1);
    }
    await denialOf(found({ search: 'x'.repeat(101) }), 'BAD_USER_INPUT');
    await denialOf(found({ search: 'a\0b' }), 'BAD_USER_INPUT');
    expect(await (await listDevices(user.ctx, companyId, {}, {})).count()).toBe(2);
    expect(await (await listDevices(user.ctx, companyId, { online: true }, {})).count()).toBe(1);
  });

  it('API-04 are found by any part of a name, of one letter on, in small or capital letters of every script', async () => {
    const { companyId, user, admin, enrolled } = await company();
    const device = await enrolled('Élodie’s Ноутбук 東京');
    await enrolled('Desk');
    const found = (search: string) => namesOn(user, companyId, { search });
    for (const search of ['éLODIE', 'E\u0301lodie', 'НОУТ', '京', 'о', '’s', 'ÉL', 'élodie’s ноутбук 東京']) {
      expect(await found(search)).toEqual([device.name]);
      expect(await (await listDevices(user.ctx, companyId, { search }, {})).count()).toBe(1);
    }
    for (const search of ['eloDie', 'zq', '東 京', 'élodie ноутбук']) expect(await found(search)).toEqual([]);
    // The end of one and the beginning of another of its texts are no text of its.
    expect(await found(`京${device.address.slice(0, 2)}`)).toEqual([]);
    await updateDevice(admin.ctx, { deviceId: device.id, name: 'Çelik' });
    expect([await found('élo'), await found('çEL')]).toEqual([[], ['Çelik']]);
    await removeDevice(admin.ctx, { deviceId: device.id });
    expect(await found('çel')).toEqual([]);
  });

  it('API-04 of another company are not found, however many have the text', async () => {
    const [one, other] = [await company(), await company()];
    await one.enrolled('Shared name');
    await other.enrolled('Shared name');
    expect(await namesOn(one.user, one.companyId, { search: 'shared' })).toEqual(['Shared name']);
  });

  /** Copies of one device, `Till 0000`, `Till 0001` …, straight into the table: what enrols one has tests of its own. */
  async function tills(app: TestApp, companyId: string, many: number, from = 0): Promise<void> {
    const device = await buildDevice(app);
    await app.services.db.write(async ({ q }) => {
      for (let i = from; i < from + many; i += 1) {
        const [name, address] = [`Till ${String(i).padStart(4, '0')}`, String(10_000 + i)];
        await q.insert(devices).values({
          ...device.device,
          id: newId('Device'),
          companyId,
          name,
          address,
          searchKey: searchKeyOf({ name, address }),
          credentialHash: address,
          online: true,
          enrolledAt: i,
        });
      }
    });
  }

  it('API-04 many that have a text in them come in their order, page by page, and are all counted', async () => {
    const { app, companyId, admin, user } = await company();
    const many = 500;
    await tills(app, companyId, many);
    const names = await namesOn(user, companyId, { search: 'TILL', first: 100 });
    expect(names).toHaveLength(many);
    expect(names).toEqual([...names].sort());
    expect(await (await listDevices(admin.ctx, companyId, { search: 'till' }, {})).count()).toBe(many);
    expect(await namesOn(user, companyId, { search: 'll 0499' })).toEqual(['Till 0499']);
  });

  it('API-04 many of a long list come in its order, be they near its beginning or far behind, on every page', async () => {
    const { app, companyId, user } = await company();
    const [many, last] = [1_200, 1_001];
    await tills(app, companyId, many);
    await app.services.db.write(async ({ q }) => {
      // As if it were one of those that are not read to their ends, and what the last ones have were in nobody else.
      await q.update(companies).set({ deviceCount: 10_001 }).where(eq(companies.id, companyId));
      const rename = sql`replace(${devices.searchKey}, 'till 1', 'zoo 1')`;
      await q
        .update(devices)
        .set({ searchKey: rename })
        .where(sql`${devices.name} >= ${`Till ${last}`}`);
    });
    const names = Array.from({ length: many }, (_, i) => `Till ${String(i).padStart(4, '0')}`);
    const found = async (search: string, args: DeviceListArgs, of: readonly string[]) => {
      expect(await namesOn(user, companyId, { ...args, search })).toEqual(of);
    };
    for (const [search, of] of [
      ['till', names.slice(0, last)],
      ['zoo', names.slice(last)],
    ] as const) {
      await found(search, { first: 10 }, of);
      await found(search, { first: 10, orderBy: 'ADDED' }, [...of].reverse());
    }
  });

  it('API-04 are counted up to a thousand where a search or filters together find them, and it says that there are more', async () => {
    const { app, companyId, admin } = await company();
    const total = async (args: DeviceListArgs) => {
      const page = await listDevices(admin.ctx, companyId, { ...args, first: 1 }, {});
      return [await page.count(), await page.countIsExact()];
    };
    const combined: DeviceListArgs = { search: 'till', online: true };
    await tills(app, companyId, MOST_COUNTED);
    for (const args of [{ search: 'till' }, { search: 'ti' }, combined])
      expect(await total(args)).toEqual([1_000, true]);
    await tills(app, companyId, 1, MOST_COUNTED);
    for (const args of [{ search: 'till' }, { search: 'ti' }, combined])
      expect(await total(args)).toEqual([1_000, false]);
    // Of these a counter is kept.
    expect(await total({ online: true })).toEqual([1_001, true]);
    const { node } = await dataOf(
      admin.ctx,
      'query ($id: ID!) { node(id: $id) { ... on Company { devices(search: "till") { totalCount totalCountIsExact } } } }',
      { id: companyId },
    );
    expect(node.devices).toEqual({ totalCount: 1_000, totalCountIsExact: false });
  });

  it('come with their groups and accounts where these are wanted, and without where not', async () => {
    const { companyId, admin, user, enrolled } = await company();
    const [one, two] = [await enrolled('1', { accountId: user.account.id }), await enrolled('2')];
    const groups = [
      await createDeviceGroup(admin.ctx, { name: 'b' }),
      await createDeviceGroup(admin.ctx, { name: 'a' }),
    ];
    for (const { id } of groups) await addDevicesToGroup(admin.ctx, { id, deviceIds: [one.id, two.id] });
    await enrolled('3');
    const { rows } = await listDevices(user.ctx, companyId, {}, { groups: true, account: true });
    expect(rows.every((row) => !('services' in row) && !('policies' in row))).toBe(true);
    expect(rows.map((row) => row.groups?.map(({ name }) => name))).toEqual([['a', 'b'], ['a', 'b'], []]);
    expect(rows.map((row) => row.account?.id ?? null)).toEqual([user.account.id, null, null]);
    const bare = await listDevices(user.ctx, companyId, {}, {});
    expect(bare.rows.every((row) => !('groups' in row) && !('account' in row))).toBe(true);
  });
});

describe('services and policies of listed devices', () => {
  it('SVC-04 PER-02 are those that each device tells of by itself, and policies only for who may assign them', async () => {
    const { app, companyId, admin, managed, activate } = await companyWith(await testApp(), 'MONITORING');
    const on = [await managed(), await managed(), await managed()];
    await activate(admin, ...on.slice(0, 2));
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const byId = (page: { rows: readonly { id: string }[] }) => page.rows.map(({ id }) => id);
    const page = await listDevices(admin.ctx, companyId, {}, { services: true, policies: true });
    const q = app.services.db.read;
    expect(page.rows.map(({ services }) => services)).toEqual(await activationsOfDevices(q, byId(page)));
    expect(page.rows.map(({ services }) => services?.length)).toEqual(
      byId(page).map((id) => (on.slice(0, 2).some(({ device }) => device.id === id) ? 1 : 0)),
    );
    for (const row of page.rows) {
      expect(row.policies).toEqual((await policiesOn(admin.ctx, [row]))[0]);
      expect(row.policies?.length).toBe(row.services?.length);
    }
    const seen = await listDevices(user.ctx, companyId, {}, { services: true, policies: true });
    expect(seen.rows.map(({ services }) => services?.length)).toEqual(
      page.rows.map(({ services }) => services?.length),
    );
    expect(seen.rows.every(({ policies }) => policies?.length === 0)).toBe(true);
  });
});

describe('the devices of an account', () => {
  it('are listed for itself and for colleagues, in pages; for nobody else', async () => {
    const { app, user, admin, enrolled } = await company();
    const accountId = user.account.id;
    const own = [await enrolled('1', { accountId }), await enrolled('2', { accountId })].map(({ id }) => id).sort();
    await enrolled('3');
    for (const { ctx } of [user, admin]) {
      const first = await listDevicesOfAccount(ctx, accountId, { first: 1 }, {});
      const [row] = first.rows;
      const next = await listDevicesOfAccount(ctx, accountId, { after: row && first.cursorOf(row) }, {});
      expect([...first.rows, ...next.rows].map(({ id }) => id)).toEqual(own);
      expect([first.hasNext, next.hasNext, await next.count()]).toEqual([true, false, 2]);
    }
    await denialOf(listDevicesOfAccount((await buildAccount(app)).ctx, accountId, {}, {}), 'NOT_FOUND');
    await denialOf(listDevicesOfAccount((await buildCompany(app)).admin.ctx, accountId, {}, {}), 'NOT_FOUND');
  });
});
