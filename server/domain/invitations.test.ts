import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { streamOf } from './event-log.ts';
import {
  acceptInvitation,
  cancelInvitation,
  getInvitation,
  INVITATION_TTL_MS,
  type InviteDeviceInput,
  inviteDevice,
  modifyInvitation,
  rejectInvitation,
} from './invitations.ts';
import { invitationStatusAt } from './pending-invitations.ts';
import { profilesOf } from './permission-profiles.ts';
import { updatePermissionProfile } from './profile-changes.ts';
import { getSession } from './sessions.ts';

async function twoDevices(
  env: Record<string, string> = {},
): Promise<{ app: TestApp; ana: TestDevice; ben: TestDevice }> {
  const app = await testApp(env);
  return { app, ana: await buildDevice(app), ben: await buildDevice(app) };
}

const invite = (from: TestDevice, to: TestDevice, input: Partial<InviteDeviceInput> = {}) =>
  inviteDevice(from.ctx, { recipient: to.device.address, origin: 'OWN_ID', ...input });

describe('who can invite whom', () => {
  it('INV-01 an invitation from a device that is not on Windows is refused, naming the inviting side', async () => {
    const app = await testApp();
    const mac = await buildDevice(app, { platform: 'MACOS' });
    const refusal = await refusalOf(invite(mac, await buildDevice(app)), 'PLATFORM_NOT_SUPPORTED');
    expect(refusal.details).toMatchObject({ side: 'INVITER', platform: 'MACOS', supportedPlatforms: ['WINDOWS'] });
    expect(refusal.path).toEqual(['deviceId']);
  });

  it('INV-01 a direct invitation to a device that is not on Windows is refused, naming the receiving side', async () => {
    const app = await testApp();
    const linux = await buildDevice(app, { platform: 'LINUX' });
    const refusal = await refusalOf(invite(await buildDevice(app), linux), 'PLATFORM_NOT_SUPPORTED');
    expect(refusal.details).toMatchObject({ side: 'RECIPIENT', platform: 'LINUX' });
    expect(refusal.path).toEqual(['recipient']);
  });

  it('INV-01 the operator may widen the platforms by INVITATION_PLATFORMS', async () => {
    const app = await testApp({ INVITATION_PLATFORMS: 'WINDOWS,LINUX' });
    const linux = await buildDevice(app, { platform: 'LINUX' });
    expect(await invite(linux, await buildDevice(app))).toMatchObject({ status: 'PENDING' });
  });

  it.each([
    ['6.9.99', 'VERSION_TOO_OLD'],
    ['7', null],
    ['7.0.1', null],
    ['10.2', null],
  ] as const)('INV-03 INV-04 a client of version %s on either side: %s', async (clientVersion, code) => {
    const app = await testApp();
    const other = await buildDevice(app);
    const device = await buildDevice(app, { clientVersion });
    if (code === null) {
      await invite(device, other);
      await invite(other, device);
    } else {
      expect((await refusalOf(invite(device, other), code)).details).toMatchObject({ side: 'INVITER', clientVersion });
      const received = await refusalOf(invite(other, device), code);
      expect(received).toMatchObject({ details: { side: 'RECIPIENT' }, path: ['recipient'] });
    }
  });

  it.each(['OWN_ID', 'CONTEXT_MENU', 'FAVORITES', 'RECENT_SESSIONS', 'DISCOVERY', 'ADDRESS_BOOK'] as const)(
    'INV-08 an invitation records that it was started at %s',
    async (origin) => {
      const { ana, ben } = await twoDevices();
      expect(await invite(ana, ben, { origin })).toMatchObject({ origin });
    },
  );

  it('INV-10 a person invites to a device that they are signed in on, and to no other', async () => {
    const { app, ana, ben } = await twoDevices();
    const person = await buildAccount(app);
    const other = await buildAccount(app);
    await setDevice(app, ana, { accountId: person.account.id });
    const input = { deviceId: ana.device.id, recipient: ben.device.address, origin: 'OWN_ID' } as const;
    expect(await inviteDevice(person.ctx, input)).toMatchObject({ inviterDeviceId: ana.device.id });
    await denialOf(inviteDevice(other.ctx, input), 'NOT_FOUND');
    await denialOf(inviteDevice(ben.ctx, input), 'NOT_FOUND');
    const { path } = await refusalOf(inviteDevice(person.ctx, { ...input, deviceId: null }), 'REQUIRED');
    expect(path).toEqual(['deviceId']);
  });

  it('INV-10 nobody invites without signing in, and the operator neither', async () => {
    const { app, ben } = await twoDevices();
    const input = { recipient: ben.device.address, origin: 'OWN_ID' } as const;
    await denialOf(inviteDevice(app.as({ kind: 'anonymous' }), input), 'UNAUTHENTICATED');
    await denialOf(inviteDevice(app.as({ kind: 'operator' }), input), 'FORBIDDEN');
  });
});

describe('the recipient’s address', () => {
  it('INV-11 an ID is found whatever blanks stand in it', async () => {
    const { ana, ben } = await twoDevices();
    const { address } = ben.device;
    const spread = [...address].join(' ');
    for (const recipient of [address, spread, `  ${address}\t`, address.replace(/(\d{3})$/, '\u00a0$1')]) {
      expect(await invite(ana, ben, { recipient })).toMatchObject({ recipientDeviceId: ben.device.id });
    }
  });

  it('INV-11 an alias is found without regard to case', async () => {
    const { app, ana, ben } = await twoDevices();
    await setDevice(app, ben, { alias: 'Front-Desk@acme' });
    expect(await invite(ana, ben, { recipient: 'front-DESK@Acme' })).toMatchObject({
      recipientDeviceId: ben.device.id,
    });
  });

  it.each([
    ['100000000', 'UNKNOWN_ADDRESS'],
    ['nobody@nowhere', 'UNKNOWN_ADDRESS'],
    ['front-desk', 'AMBIGUOUS_ADDRESS'],
    ['', 'INVALID_ADDRESS'],
    ['   ', 'INVALID_ADDRESS'],
    ['12345678', 'INVALID_ADDRESS'],
    ['12345678901', 'INVALID_ADDRESS'],
    ['012345678', 'INVALID_ADDRESS'],
    ['a@b@c', 'INVALID_ADDRESS'],
    ['café@acme', 'INVALID_ADDRESS'],
    [`${'a'.repeat(21)}@acme`, 'INVALID_ADDRESS'],
    ['%_\\', 'INVALID_ADDRESS'],
    ['front\u0000desk@acme', 'INVALID_ADDRESS'],
  ] as const)('INV-11 the recipient %j is refused: %s', async (recipient, code) => {
    const { ana, ben } = await twoDevices();
    expect((await refusalOf(invite(ana, ben, { recipient }), code)).path).toEqual(['recipient']);
  });

  it('INV-11 nobody invites their own device to itself', async () => {
    const { ana } = await twoDevices();
    await refusalOf(invite(ana, ana), 'OWN_DEVICE');
  });
});

describe('what is offered', () => {
  it('INV-12 without a profile the Default one is offered: all but PRIVACY_MODE, TCP_TUNNEL and VPN', async () => {
    const { ana, ben } = await twoDevices();
    const { permissions, profileName } = await invite(ana, ben);
    expect(profileName).toBe('Default');
    expect(permissions).toHaveLength(14);
    expect(permissions).not.toEqual(expect.arrayContaining(['PRIVACY_MODE']));
  });

  it('INV-12 single permissions are granted and revoked on top of the profile', async () => {
    const { app, ana, ben } = await twoDevices();
    const profiles = await profilesOf(app.services.db.read, ana.device.id);
    const sharing = profiles.find(({ builtIn }) => builtIn === 'SCREEN_SHARING');
    const invitation = await invite(ana, ben, { profileId: sharing?.id, grant: ['INPUT'], revoke: ['AUDIO'] });
    expect(invitation.permissions).toEqual(['INPUT', 'WHITEBOARD', 'USER_POINTER']);
  });

  it('INV-12 a permission that is both granted and revoked is refused', async () => {
    const { ana, ben } = await twoDevices();
    const refusal = await refusalOf(invite(ana, ben, { grant: ['VPN'], revoke: ['VPN', 'AUDIO'] }), 'CONTRADICTION');
    expect(refusal.details).toMatchObject({ permissions: ['VPN'] });
  });

  it('INV-12 a disabled profile is refused', async () => {
    const { app, ana, ben } = await twoDevices();
    const [profile] = await profilesOf(app.services.db.read, ana.device.id);
    await updatePermissionProfile(ana.ctx, { id: profile?.id ?? '', enabled: false });
    await refusalOf(invite(ana, ben, { profileId: profile?.id }), 'PROFILE_DISABLED');
  });

  it('INV-12 another device’s profile is no profile', async () => {
    const { app, ana, ben } = await twoDevices();
    const [foreign] = await profilesOf(app.services.db.read, ben.device.id);
    await denialOf(invite(ana, ben, { profileId: foreign?.id }), 'NOT_FOUND');
  });

  it('INV-25 locks bend the profile, and refuse single permissions against them by name', async () => {
    const { app, ana, ben } = await twoDevices();
    const locked = await setDevice(app, ana, {
      locks: [
        { permission: 'AUDIO', allowed: false },
        { permission: 'VPN', allowed: true },
        { permission: 'PRINT', allowed: false },
      ],
    });
    const { permissions } = await invite(locked, ben);
    expect(permissions).toContain('VPN');
    expect(permissions).not.toContain('AUDIO');
    const refusal = await refusalOf(
      invite(locked, ben, { grant: ['PRINT', 'AUDIO', 'PRIVACY_MODE'], revoke: ['VPN'] }),
      'PERMISSIONS_LOCKED',
    );
    expect(refusal.details).toEqual({ permissions: ['AUDIO', 'PRINT', 'VPN'] });
  });

  it('INV-25 locks that were set since bound what a modified invitation offers, whatever is modified', async () => {
    const { app, ana, ben } = await twoDevices();
    const { id, permissions } = await invite(ana, ben);
    expect(permissions).toContain('AUDIO');
    const locked = await setDevice(app, ana, { locks: [{ permission: 'AUDIO', allowed: false }] });
    const modified = await modifyInvitation(locked.ctx, { id, note: 'Mind the sound.' });
    expect(modified.permissions).toEqual(permissions.filter((permission) => permission !== 'AUDIO'));
  });

  it.each([
    [499, null],
    [500, null],
    [501, 'TOO_LONG'],
  ] as const)('a note of %i characters: %s', async (length, code) => {
    const { ana, ben } = await twoDevices();
    const sent = invite(ana, ben, { note: '😀'.repeat(length) });
    if (code) await refusalOf(sent, code);
    else expect((await sent).note).toBe('😀'.repeat(length));
  });

  it('a note with a NUL is refused, and one with line breaks is kept', async () => {
    const { ana, ben } = await twoDevices();
    await refusalOf(invite(ana, ben, { note: 'a\u0000b' }), 'INVALID_CHARACTERS');
    expect((await invite(ana, ben, { note: 'a\r\nb' })).note).toBe('a\nb');
  });
});

describe('who hears of it', () => {
  it('INV-13 INV-14 the recipient’s device and its account hear the same event at once, with permissions and deadline', async () => {
    const { app, ana, ben } = await twoDevices();
    const person = await buildAccount(app);
    await setDevice(app, ben, { accountId: person.account.id });
    const device = await listenTo(ben.ctx, streamOf.device(ben.device.id));
    const account = await listenTo(person.ctx, streamOf.account(person.account.id));
    const invitation = await invite(ana, ben);
    for (const listener of [device, account]) {
      expect(await listener.next()).toMatchObject({
        concept: 'invitation',
        change: 'CREATED',
        subject: invitation.id,
        after: { permissions: invitation.permissions, expiresAt: invitation.expiresAt, revision: 1 },
      });
    }
  });

  it('INV-15 only the recipient accepts or rejects; others see nothing of it', async () => {
    const { app, ana, ben } = await twoDevices();
    const stranger = await buildDevice(app);
    const { id } = await invite(ana, ben);
    await denialOf(acceptInvitation(ana.ctx, { id, revision: 1 }), 'FORBIDDEN');
    await denialOf(rejectInvitation(ana.ctx, { id }), 'FORBIDDEN');
    await denialOf(cancelInvitation(ben.ctx, { id }), 'FORBIDDEN');
    await denialOf(modifyInvitation(ben.ctx, { id }), 'FORBIDDEN');
    await denialOf(getInvitation(stranger.ctx, id), 'NOT_FOUND');
    await denialOf(rejectInvitation(stranger.ctx, { id }), 'NOT_FOUND');
    expect(await rejectInvitation(ben.ctx, { id })).toMatchObject({ status: 'REJECTED' });
  });

  it('INV-15 the account signed in on the recipient’s device answers as well', async () => {
    const { app, ana, ben } = await twoDevices();
    const person = await buildAccount(app);
    await setDevice(app, ben, { accountId: person.account.id });
    const { id } = await invite(ana, ben);
    expect(await acceptInvitation(person.ctx, { id, revision: 1 })).toMatchObject({ status: 'ACCEPTED' });
  });
});

describe('while it is pending', () => {
  it('INV-16 a modification is a new revision that the recipient sees at once', async () => {
    const { ana, ben } = await twoDevices();
    const { id } = await invite(ana, ben, { note: 'hello' });
    const inbox = await listenTo(ben.ctx, streamOf.device(ben.device.id));
    const modified = await modifyInvitation(ana.ctx, { id, revoke: ['AUDIO'], note: null });
    expect(modified).toMatchObject({ revision: 2, note: null });
    expect(await inbox.next()).toMatchObject({
      change: 'MODIFIED',
      before: { revision: 1, note: 'hello' },
      after: { revision: 2, note: null, permissions: modified.permissions },
    });
  });

  it('INV-16 what was not named stays as it was', async () => {
    const { ana, ben } = await twoDevices();
    const before = await invite(ana, ben, { note: 'hello', revoke: ['AUDIO'] });
    const after = await modifyInvitation(ana.ctx, { id: before.id });
    expect(after).toEqual({ ...before, revision: 2 });
  });

  it('INV-16 accepting a revision that is out of date is a typed conflict, and starts nothing', async () => {
    const { ana, ben } = await twoDevices();
    const { id } = await invite(ana, ben);
    await modifyInvitation(ana.ctx, { id, grant: ['VPN'] });
    const refusal = await refusalOf(acceptInvitation(ben.ctx, { id, revision: 1 }), 'REVISION_OUTDATED');
    expect(refusal.details).toMatchObject({ currentRevision: 2 });
    expect(await getInvitation(ben.ctx, id)).toMatchObject({ status: 'PENDING', sessionId: null });
    expect(await acceptInvitation(ben.ctx, { id, revision: 2 })).toMatchObject({ status: 'ACCEPTED' });
  });

  it('INV-16 a revision that does not exist yet is refused as well', async () => {
    const { ana, ben } = await twoDevices();
    const { id } = await invite(ana, ben);
    for (const revision of [-1, 0, 2])
      await refusalOf(acceptInvitation(ben.ctx, { id, revision }), 'REVISION_OUTDATED');
  });

  it('INV-17 a cancellation reaches the recipient at once', async () => {
    const { ana, ben } = await twoDevices();
    const { id } = await invite(ana, ben);
    const inbox = await listenTo(ben.ctx, streamOf.device(ben.device.id));
    await cancelInvitation(ana.ctx, { id });
    expect(await inbox.changes(1)).toEqual(['invitation CANCELLED']);
  });

  it('INV-20 modifying does not move the deadline', async () => {
    const { app, ana, ben } = await twoDevices();
    const { id, expiresAt } = await invite(ana, ben);
    app.clock.advance(60_000);
    expect(await modifyInvitation(ana.ctx, { id })).toMatchObject({ expiresAt });
  });

  it('INV-21 accepting starts the session at once with exactly the permissions of the accepted revision', async () => {
    const { app, ana, ben } = await twoDevices();
    const { id } = await invite(ana, ben);
    const offered = await modifyInvitation(ana.ctx, { id, revoke: ['INPUT'], grant: ['VPN'] });
    const inviter = await listenTo(ana.ctx, streamOf.device(ana.device.id));
    const { sessionId } = await acceptInvitation(ben.ctx, { id, revision: 2 });
    expect(await getSession(ana.ctx, sessionId ?? '')).toMatchObject({
      hostDeviceId: ana.device.id,
      guestDeviceId: ben.device.id,
      invitationId: id,
      permissions: offered.permissions,
      startedAt: app.clock.now(),
      endedAt: null,
    });
    expect(await inviter.changes(2)).toEqual(['invitation ACCEPTED', 'session STARTED']);
  });
});

describe('once it is not pending', () => {
  const ends = {
    ACCEPTED: ({ ben }, id) => acceptInvitation(ben.ctx, { id, revision: 1 }),
    REJECTED: ({ ben }, id) => rejectInvitation(ben.ctx, { id }),
    CANCELLED: ({ ana }, id) => cancelInvitation(ana.ctx, { id }),
    EXPIRED: async ({ app }) => app.clock.advance(INVITATION_TTL_MS),
  } satisfies Record<string, (at: { app: TestApp; ana: TestDevice; ben: TestDevice }, id: string) => Promise<unknown>>;
  const steps = {
    accept: ({ ben }, id) => acceptInvitation(ben.ctx, { id, revision: 1 }),
    reject: ({ ben }, id) => rejectInvitation(ben.ctx, { id }),
    cancel: ({ ana }, id) => cancelInvitation(ana.ctx, { id }),
    modify: ({ ana }, id) => modifyInvitation(ana.ctx, { id, note: 'late' }),
  } satisfies Record<string, (at: { ana: TestDevice; ben: TestDevice }, id: string) => Promise<unknown>>;

  for (const [status, end] of Object.entries(ends)) {
    for (const [step, attempt] of Object.entries(steps)) {
      it(`INV-18 INV-22 ${step} on one that is ${status} is refused, saying so, and changes nothing`, async () => {
        const at = await twoDevices();
        const { id } = await invite(at.ana, at.ben);
        await end(at, id);
        const before = await getInvitation(at.ana.ctx, id);
        const refusal = await refusalOf(attempt(at, id), 'NOT_PENDING');
        expect(refusal.details).toEqual({ status });
        const after = await getInvitation(at.ana.ctx, id);
        expect({ ...after, status: '', settledAt: 0 }).toEqual({ ...before, status: '', settledAt: 0 });
        expect(invitationStatusAt(after, at.app.clock.now())).toBe(status);
      });
    }
  }
});
