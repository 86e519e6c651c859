import { describe, expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import {
  addDevicesToGroup,
  createDeviceGroup,
  deleteDeviceGroup,
  GROUP_CHANGE_MOST,
  getDeviceGroup,
  groupsOfDevices,
  listDeviceGroups,
  removeDevicesFromGroup,
  renameDeviceGroup,
} from './device-groups.ts';
import { streamOf } from './event-log.ts';

async function company() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const stranger = (await buildCompany(app)).admin;
  const managed = async () => (await setDevice(app, await buildDevice(app), { companyId })).device;
  return { app, companyId, admin, user, stranger, managed };
}

describe('groups of devices', () => {
  it('an administrator makes, renames and deletes groups; each name is one group’s, case ignored', async () => {
    const { companyId, admin } = await company();
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const tills = await createDeviceGroup(admin.ctx, { name: ' Tills ' });
    expect(tills.name).toBe('Tills');
    await refusalOf(createDeviceGroup(admin.ctx, { name: 'TILLS' }), 'NAME_TAKEN');
    const desks = await createDeviceGroup(admin.ctx, { name: 'Desks' });
    await refusalOf(renameDeviceGroup(admin.ctx, { id: desks.id, name: 'tills' }), 'NAME_TAKEN');
    expect(await renameDeviceGroup(admin.ctx, { id: desks.id, name: 'desks' })).toMatchObject({ name: 'desks' });
    await deleteDeviceGroup(admin.ctx, { id: desks.id });
    await denialOf(getDeviceGroup(admin.ctx, desks.id), 'NOT_FOUND');
    await denialOf(deleteDeviceGroup(admin.ctx, { id: desks.id }), 'NOT_FOUND');
    expect(await events.changes(4)).toEqual([
      'deviceGroup CREATED',
      'deviceGroup CREATED',
      'deviceGroup RENAMED',
      'deviceGroup DELETED',
    ]);
    // The same name in another company is another group.
    const other = await company();
    expect(await createDeviceGroup(other.admin.ctx, { name: 'Tills' })).toMatchObject({ name: 'Tills' });
  });

  it('PER-10 a User sees groups and changes none; strangers do not even see them', async () => {
    const { companyId, admin, user, stranger, managed } = await company();
    const { id } = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const deviceIds = [(await managed()).id];
    expect(await getDeviceGroup(user.ctx, id)).toMatchObject({ name: 'Tills' });
    await denialOf(getDeviceGroup(stranger.ctx, id), 'NOT_FOUND');
    await denialOf(listDeviceGroups(stranger.ctx, companyId, {}), 'NOT_FOUND');
    for (const [ctx, code] of [
      [user.ctx, 'FORBIDDEN'],
      [stranger.ctx, 'NOT_FOUND'],
    ] as const) {
      await denialOf(renameDeviceGroup(ctx, { id, name: 'x' }), code);
      await denialOf(addDevicesToGroup(ctx, { id, deviceIds }), code);
      await denialOf(removeDevicesFromGroup(ctx, { id, deviceIds }), code);
      await denialOf(deleteDeviceGroup(ctx, { id }), code);
    }
    await denialOf(createDeviceGroup(user.ctx, { name: 'Mine' }), 'FORBIDDEN');
  });

  it('devices join and leave a group, all or none; who is in or out already does not matter', async () => {
    const { app, admin, managed } = await company();
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const [one, two] = [await managed(), await managed()];
    const events = await listenTo(admin.ctx, streamOf.device(two.id));
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [one.id] });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [one.id, two.id, two.id] });
    expect(await groupsOfDevices(app.services.db.read, [one.id, two.id])).toEqual([[group], [group]]);
    expect(await events.next()).toMatchObject({ change: 'DEVICES_ADDED', after: { deviceIds: [two.id] } });
    const foreign = (await buildDevice(app)).device.id;
    const three = await managed();
    const denial = await denialOf(
      addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [three.id, foreign] }),
      'NOT_FOUND',
    );
    expect(denial.details).toEqual({ argument: 'deviceIds' });
    await removeDevicesFromGroup(admin.ctx, { id: group.id, deviceIds: [two.id, three.id] });
    expect(await groupsOfDevices(app.services.db.read, [one.id, two.id, three.id])).toEqual([[group], [], []]);
    expect(await events.next()).toMatchObject({ change: 'DEVICES_REMOVED', after: { deviceIds: [two.id] } });
  });

  it.each([0, 1, GROUP_CHANGE_MOST, GROUP_CHANGE_MOST + 1])('one call changes 1 to 100 devices: %i', async (size) => {
    const { admin } = await company();
    const { id } = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const deviceIds = Array.from({ length: size }, (_, i) => `dev_${String(i).padStart(24, '0')}`);
    if (size === 0) await refusalOf(addDevicesToGroup(admin.ctx, { id, deviceIds }), 'REQUIRED');
    else if (size > GROUP_CHANGE_MOST) {
      expect((await refusalOf(addDevicesToGroup(admin.ctx, { id, deviceIds }), 'TOO_MANY')).details).toEqual({
        limit: 100,
      });
    } else await denialOf(addDevicesToGroup(admin.ctx, { id, deviceIds }), 'NOT_FOUND');
  });

  it('groups are listed by name, in pages', async () => {
    const { companyId, admin, user } = await company();
    for (const name of ['b', 'C', 'a', 'd']) await createDeviceGroup(admin.ctx, { name });
    const first = await listDeviceGroups(user.ctx, companyId, { first: 3 });
    expect(first.rows.map(({ name }) => name)).toEqual(['a', 'b', 'C']);
    expect([first.hasNext, await first.count()]).toEqual([true, 4]);
    const last = first.rows.at(-1);
    const next = await listDeviceGroups(user.ctx, companyId, { after: last && first.cursorOf(last) });
    expect(next.rows.map(({ name }) => name)).toEqual(['d']);
  });
});
