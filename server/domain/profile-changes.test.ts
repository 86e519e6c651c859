import { describe, expect, it } from 'vitest';
import { SESSION_PERMISSIONS } from '../db/tables/permission-profiles.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { streamOf } from './event-log.ts';
import { getInvitation, inviteDevice } from './invitations.ts';
import { BUILT_IN_PROFILES, profilesOf } from './permission-profiles.ts';
import {
  createPermissionProfile,
  getPermissionProfile,
  PROFILES_MOST,
  removePermissionProfile,
  updatePermissionProfile,
} from './profile-changes.ts';

async function managed() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const [owner, user] = [await buildAccount(app), await buildAccount(app)];
  await addMember(app, companyId, owner, 'USER');
  await addMember(app, companyId, user, 'USER');
  const device = await setDevice(app, await buildDevice(app), { companyId, accountId: owner.account.id });
  return { app, admin, owner, user, device, stranger: (await buildCompany(app)).admin };
}

describe('permission profiles of a device', () => {
  it('a new device has the four built-in profiles, as the requirements say', async () => {
    const { app, device } = await managed();
    const profiles = await profilesOf(app.services.db.read, device.device.id);
    expect(profiles.map(({ builtIn, name }) => [builtIn, name])).toEqual([
      ['DEFAULT', 'Default'],
      ['SCREEN_SHARING', 'Screen sharing'],
      ['FULL_ACCESS', 'Full access'],
      ['UNATTENDED_ACCESS', 'Unattended access'],
    ]);
    const without = new Set(['PRIVACY_MODE', 'TCP_TUNNEL', 'VPN']);
    expect(profiles.map(({ permissions }) => permissions)).toEqual([
      SESSION_PERMISSIONS.filter((permission) => !without.has(permission)),
      BUILT_IN_PROFILES.SCREEN_SHARING.permissions,
      SESSION_PERMISSIONS,
      SESSION_PERMISSIONS,
    ]);
  });

  it('the device, its account and administrators add, change and remove profiles', async () => {
    const { app, device, owner, admin } = await managed();
    const deviceId = device.device.id;
    const events = await listenTo(device.ctx, streamOf.device(deviceId));
    for (const { ctx } of [device, owner, admin]) {
      const permissions = ['VPN', 'AUDIO', 'VPN'] as const;
      const { id } = await createPermissionProfile(ctx, { deviceId, name: 'Cleaners', permissions });
      expect(await getPermissionProfile(ctx, id)).toMatchObject({
        builtIn: null,
        enabled: true,
        permissions: ['AUDIO', 'VPN'],
      });
      expect(await updatePermissionProfile(ctx, { id, permissions: [], enabled: false })).toMatchObject({
        name: 'Cleaners',
        permissions: [],
        enabled: false,
      });
      await removePermissionProfile(ctx, { id });
      expect(await events.changes(3)).toEqual([
        'permissionProfile CREATED',
        'permissionProfile UPDATED',
        'permissionProfile REMOVED',
      ]);
    }
    expect(await profilesOf(app.services.db.read, deviceId)).toHaveLength(4);
  });

  it('other members see the profiles and change none; strangers and other devices do not see them', async () => {
    const { app, device, user, stranger } = await managed();
    const deviceId = device.device.id;
    const input = { deviceId, name: 'x', permissions: [] };
    const [profile] = await profilesOf(app.services.db.read, deviceId);
    const id = profile?.id ?? '';
    expect(await getPermissionProfile(user.ctx, id)).toMatchObject({ id });
    for (const [ctx, code] of [
      [user.ctx, 'FORBIDDEN'],
      [stranger.ctx, 'NOT_FOUND'],
      [(await buildDevice(app)).ctx, 'NOT_FOUND'],
    ] as const) {
      await denialOf(createPermissionProfile(ctx, input), code);
      await denialOf(updatePermissionProfile(ctx, { id, enabled: false }), code);
      await denialOf(removePermissionProfile(ctx, { id }), code);
      if (code === 'NOT_FOUND') {
        const denial = await denialOf(getPermissionProfile(ctx, id), code);
        expect(denial.details).toEqual({ argument: 'id' });
      }
    }
  });

  it('built-in profiles are edited and disabled, not removed', async () => {
    const { app, device } = await managed();
    for (const { id, name } of await profilesOf(app.services.db.read, device.device.id)) {
      const refusal = await refusalOf(removePermissionProfile(device.ctx, { id }), 'PROFILE_BUILT_IN');
      expect(refusal.details).toEqual({ profile: name });
      await updatePermissionProfile(device.ctx, { id, name: `${name} 2`, permissions: ['AUDIO'], enabled: false });
    }
    const after = await profilesOf(app.services.db.read, device.device.id);
    expect(after.every((profile) => !profile.enabled && profile.permissions.join() === 'AUDIO')).toBe(true);
  });

  it('a name is one profile’s on a device, case ignored', async () => {
    const { app, device } = await managed();
    const permissions = ['AUDIO'] as const;
    await refusalOf(createPermissionProfile(device.ctx, { name: 'DEFAULT', permissions }), 'NAME_TAKEN');
    const { id } = await createPermissionProfile(device.ctx, { name: 'Mine', permissions });
    await refusalOf(updatePermissionProfile(device.ctx, { id, name: 'full ACCESS' }), 'NAME_TAKEN');
    expect(await updatePermissionProfile(device.ctx, { id, name: 'MINE' })).toMatchObject({ name: 'MINE' });
    expect(await createPermissionProfile((await buildDevice(app)).ctx, { name: 'Mine', permissions })).toBeTruthy();
  });

  it('a device has 50 profiles at most, also where two are added at once', async () => {
    const { app, device } = await managed();
    for (let i = 4; i < PROFILES_MOST - 1; i++) {
      await createPermissionProfile(device.ctx, { name: `Profile ${i}`, permissions: [] });
    }
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => createPermissionProfile(device.ctx, { name, permissions: [] })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const refusal = await refusalOf(createPermissionProfile(device.ctx, { name: 'd', permissions: [] }), 'TOO_MANY');
    expect(refusal.details).toEqual({ limit: PROFILES_MOST });
    expect(await profilesOf(app.services.db.read, device.device.id)).toHaveLength(PROFILES_MOST);
  });

  it('INV-12 an invitation made with a profile that is removed keeps its name and what it offers', async () => {
    const { app, device } = await managed();
    const { id } = await createPermissionProfile(device.ctx, { name: 'Mine', permissions: ['AUDIO'] });
    const other = await buildDevice(app);
    const invitation = await inviteDevice(device.ctx, {
      recipient: other.device.address,
      origin: 'OWN_ID',
      profileId: id,
    });
    await removePermissionProfile(device.ctx, { id });
    expect(await getInvitation(other.ctx, invitation.id)).toMatchObject({
      profileId: null,
      profileName: 'Mine',
      permissions: ['AUDIO'],
    });
  });
});
