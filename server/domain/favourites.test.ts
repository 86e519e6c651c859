import { expect, it } from 'vitest';
import { favourites } from '../db/tables/contacts.ts';
import { devices } from '../db/tables/devices.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { groupDigits } from './addresses.ts';
import { streamOf } from './event-log.ts';
import { addFavourite, favouritesOf, MOST_FAVOURITES, removeFavourite } from './favourites.ts';
import { inviteDevice } from './invitations.ts';

const listOf = async (who: TestAccount) => (await favouritesOf(who.ctx, who.account.id, {}))?.rows ?? [];

it('INV-26 favourites are added by ID or alias, listed with the last added first, and removed', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const first = await buildDevice(app);
  const second = await setDevice(app, await buildDevice(app), { alias: 'desk@acme' });
  const stream = await listenTo(person.ctx, streamOf.account(person.account.id));
  await addFavourite(person.ctx, { address: groupDigits(first.device.address) });
  app.clock.advance(1);
  await addFavourite(person.ctx, { address: 'DESK@acme' });
  expect((await listOf(person)).map(({ deviceId }) => deviceId)).toEqual([second.device.id, first.device.id]);
  expect(await removeFavourite(person.ctx, { address: 'desk@acme' })).toEqual({ removed: true });
  expect(await removeFavourite(person.ctx, { address: 'desk@acme' })).toEqual({ removed: false });
  expect(await listOf(person)).toHaveLength(1);
  expect(await stream.changes(3)).toEqual(['favourite ADDED', 'favourite ADDED', 'favourite REMOVED']);
});

it('INV-26 what is a favourite already stays as it is', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const { address } = (await buildDevice(app)).device;
  const added = await addFavourite(person.ctx, { address });
  app.clock.advance(1000);
  expect(await addFavourite(person.ctx, { address })).toEqual(added);
  expect(await listOf(person)).toEqual([added]);
});

it('INV-26 an invitation can be started from a favourite: its address and origin are all that it takes', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const own = await setDevice(app, await buildDevice(app), { accountId: person.account.id });
  const other = await buildDevice(app);
  const tile = await addFavourite(person.ctx, { address: other.device.address });
  const invitation = await inviteDevice(person.ctx, {
    deviceId: own.device.id,
    recipient: other.device.address,
    origin: tile.origin,
  });
  expect(invitation).toMatchObject({ origin: 'FAVORITES', recipientDeviceId: tile.deviceId });
});

it('INV-26 name and presence show for devices of one’s own company only', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const other = await buildCompany(app);
  const colleague = await buildAccount(app);
  await addMember(app, companyId, colleague, 'USER');
  const ours = await setDevice(app, await buildDevice(app, { name: 'Desk' }), { companyId, online: true });
  const theirs = await setDevice(app, await buildDevice(app), { companyId: other.companyId, online: true });
  const nobodys = await setDevice(app, await buildDevice(app), { online: true });
  for (const who of [admin, colleague]) {
    expect(await addFavourite(who.ctx, { address: ours.device.address })).toMatchObject({ name: 'Desk', online: true });
    for (const { device } of [theirs, nobodys]) {
      expect(await addFavourite(who.ctx, { address: device.address })).toMatchObject({ name: null, online: null });
    }
  }
  const loner = await buildAccount(app);
  for (const { device } of [ours, nobodys]) {
    expect(await addFavourite(loner.ctx, { address: device.address })).toMatchObject({ name: null, online: null });
  }
});

it('INV-26 a device that was removed is no favourite any more', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const { address } = (await buildDevice(app)).device;
  await addFavourite(person.ctx, { address });
  await app.services.db.write(async ({ q }) => {
    await q.update(devices).set({ removedAt: app.clock.now() });
  });
  expect(await listOf(person)).toEqual([]);
  expect(await (await favouritesOf(person.ctx, person.account.id, {}))?.count()).toBe(0);
  await refusalOf(addFavourite(person.ctx, { address }), 'UNKNOWN_ADDRESS');
});

it('INV-26 favourites are a person’s own: no device has any, and nobody reads another’s', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const device = await setDevice(app, await buildDevice(app), { accountId: person.account.id });
  await denialOf(addFavourite(device.ctx, { address: device.device.address }), 'FORBIDDEN');
  const stranger = await buildAccount(app);
  expect(await favouritesOf(stranger.ctx, person.account.id, {})).toBeNull();
  expect(await favouritesOf(device.ctx, person.account.id, {})).toBeNull();
});

it.each([
  ['nonsense!', 'INVALID_ADDRESS'],
  ['12345678', 'INVALID_ADDRESS'],
  ['desk', 'AMBIGUOUS_ADDRESS'],
  ['100000000', 'UNKNOWN_ADDRESS'],
  ['desk@nowhere', 'UNKNOWN_ADDRESS'],
] as const)('INV-11 the address %j is refused as %s', async (address, code) => {
  const app = await testApp();
  const person = await buildAccount(app);
  expect((await refusalOf(addFavourite(person.ctx, { address }), code)).path).toEqual(['address']);
  expect((await refusalOf(removeFavourite(person.ctx, { address }), code)).path).toEqual(['address']);
});

it('an account has at most 1,000 favourites', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const template = (await buildDevice(app)).device;
  const rows = Array.from({ length: MOST_FAVOURITES }, (_, i) => ({
    ...template,
    id: newId('Device'),
    address: String(2_000_000_000 + i),
    credentialHash: `hash ${i}`,
  }));
  await app.services.db.write(async ({ q }) => {
    for (let i = 0; i < rows.length; i += 250) {
      const some = rows.slice(i, i + 250);
      await q.insert(devices).values(some);
      await q
        .insert(favourites)
        .values(some.map(({ id }, j) => ({ accountId: person.account.id, deviceId: id, addedAt: i + j })));
    }
  });
  const refusal = await refusalOf(addFavourite(person.ctx, { address: template.address }), 'TOO_MANY');
  expect(refusal.details).toEqual({ limit: MOST_FAVOURITES });
  await removeFavourite(person.ctx, { address: '2000000000' });
  await addFavourite(person.ctx, { address: template.address });
});
