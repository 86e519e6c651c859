import { describe, expect, it } from 'vitest';
import { SESSION_PERMISSIONS } from '../db/tables/permission-profiles.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { streamOf } from './event-log.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { profilesOf } from './permission-profiles.ts';
import { answerPermissionRequest, requestSessionPermissions } from './permission-requests.ts';
import { permissionRequestsOf, permissionTimeline } from './session-history.ts';
import { changeSessionPermissions, endSession, getSession } from './sessions.ts';

interface Running {
  app: TestApp;
  host: TestDevice;
  guest: TestDevice;
  id: string;
}

async function runningSession(locks: TestDevice['device']['locks'] = []): Promise<Running> {
  const app = await testApp();
  const host = await setDevice(app, await buildDevice(app), { locks });
  const guest = await buildDevice(app);
  const invitation = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const { sessionId } = await acceptInvitation(guest.ctx, { id: invitation.id, revision: 1 });
  return { app, host, guest, id: sessionId ?? '' };
}

describe('permissions of a running session', () => {
  it('INV-23 the host side changes them any number of times; the other side hears at once; the profile is untouched', async () => {
    const { app, host, guest, id } = await runningSession();
    const profilesBefore = await profilesOf(app.services.db.read, host.device.id);
    const inbox = await listenTo(guest.ctx, streamOf.session(id));
    for (let round = 0; round < 5; round++) {
      const narrowed = await changeSessionPermissions(host.ctx, { id, revoke: ['INPUT', 'AUDIO'] });
      expect(narrowed.permissions).not.toContain('INPUT');
      const widened = await changeSessionPermissions(host.ctx, { id, grant: ['INPUT', 'AUDIO', 'VPN'] });
      expect(widened.permissions).toContain('VPN');
      expect(await inbox.next()).toMatchObject({
        change: 'PERMISSIONS_CHANGED',
        after: { permissions: narrowed.permissions },
      });
      expect(await inbox.next()).toMatchObject({
        change: 'PERMISSIONS_CHANGED',
        after: { permissions: widened.permissions },
      });
    }
    expect(await profilesOf(app.services.db.read, host.device.id)).toEqual(profilesBefore);
  });

  it('INV-23 a change that changes nothing is no event and no entry in the history', async () => {
    const { guest, host, id } = await runningSession();
    await changeSessionPermissions(host.ctx, { id, grant: ['AUDIO'] });
    expect(await permissionTimeline(guest.ctx, id)).toHaveLength(1);
  });

  it('INV-23 the guest side changes nothing by itself', async () => {
    const { guest, id } = await runningSession();
    await denialOf(changeSessionPermissions(guest.ctx, { id, grant: ['VPN'] }), 'FORBIDDEN');
  });

  it('INV-24 a change that touches locked permissions is refused as a whole, naming all of them', async () => {
    const { host, guest, id } = await runningSession([
      { permission: 'VPN', allowed: false },
      { permission: 'AUDIO', allowed: true },
      { permission: 'PRINT', allowed: false },
    ]);
    const before = await getSession(guest.ctx, id);
    const refusal = await refusalOf(
      changeSessionPermissions(host.ctx, { id, grant: ['VPN', 'PRIVACY_MODE'], revoke: ['AUDIO', 'INPUT'] }),
      'PERMISSIONS_LOCKED',
    );
    expect(refusal.details).toEqual({ permissions: ['AUDIO', 'VPN'] });
    expect(await getSession(guest.ctx, id)).toEqual(before);
    expect((await changeSessionPermissions(host.ctx, { id, revoke: ['INPUT'] })).permissions).not.toContain('INPUT');
  });

  it('INV-24 moving a permission towards its lock is no change against it', async () => {
    const { app, host, id } = await runningSession();
    await setDevice(app, host, { locks: [{ permission: 'AUDIO', allowed: false }] });
    const { permissions } = await changeSessionPermissions(host.ctx, { id, revoke: ['AUDIO'] });
    expect(permissions).not.toContain('AUDIO');
    await refusalOf(changeSessionPermissions(host.ctx, { id, grant: ['AUDIO'] }), 'PERMISSIONS_LOCKED');
  });
});

describe('asking for more', () => {
  it('INV-29 what the guest side asks for and the host side grants holds at once', async () => {
    const { host, guest, id } = await runningSession();
    const inbox = await listenTo(host.ctx, streamOf.device(host.device.id));
    const request = await requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN', 'AUDIO'] });
    expect(request).toMatchObject({ permissions: ['VPN'], status: 'PENDING' });
    expect(await answerPermissionRequest(host.ctx, { id: request.id, grant: true })).toMatchObject({
      status: 'GRANTED',
    });
    expect((await getSession(guest.ctx, id)).permissions).toContain('VPN');
    expect(await inbox.changes(3)).toEqual([
      'session PERMISSIONS_REQUESTED',
      'session PERMISSION_REQUEST_GRANTED',
      'session PERMISSIONS_CHANGED',
    ]);
  });

  it('INV-29 what is refused changes nothing, and cannot be answered twice', async () => {
    const { host, guest, id } = await runningSession();
    const before = await getSession(guest.ctx, id);
    const request = await requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN'] });
    await answerPermissionRequest(host.ctx, { id: request.id, grant: false });
    expect(await getSession(guest.ctx, id)).toEqual(before);
    const again = await refusalOf(answerPermissionRequest(host.ctx, { id: request.id, grant: true }), 'NOT_PENDING');
    expect(again.details).toEqual({ status: 'REFUSED' });
  });

  it('INV-29 only the guest side asks, only the host side answers, and nobody asks for what they hold', async () => {
    const { host, guest, id } = await runningSession();
    await denialOf(requestSessionPermissions(host.ctx, { sessionId: id, permissions: ['VPN'] }), 'FORBIDDEN');
    await refusalOf(requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['AUDIO'] }), 'REQUIRED');
    const request = await requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN'] });
    await denialOf(answerPermissionRequest(guest.ctx, { id: request.id, grant: true }), 'FORBIDDEN');
  });

  it('INV-24 INV-29 a locked permission cannot be granted on request either, and the request still waits', async () => {
    const { host, guest, id } = await runningSession([{ permission: 'VPN', allowed: false }]);
    const request = await requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN'] });
    await refusalOf(answerPermissionRequest(host.ctx, { id: request.id, grant: true }), 'PERMISSIONS_LOCKED');
    expect(await permissionRequestsOf(guest.ctx, id)).toMatchObject([{ status: 'PENDING' }]);
  });

  it('INV-28 INV-29 what waits when the session ends has lapsed', async () => {
    const { host, guest, id } = await runningSession();
    await requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN'] });
    await endSession(host.ctx, { id });
    expect(await permissionRequestsOf(guest.ctx, id)).toMatchObject([{ status: 'LAPSED' }]);
  });
});

describe('the end', () => {
  it.each(['host', 'guest'] as const)(
    'INV-28 the %s side ends it; both hear; the history keeps when and why',
    async (side) => {
      const at = await runningSession();
      at.app.clock.advance(90_000);
      const inboxes = [at.host, at.guest].map(({ ctx, device }) => listenTo(ctx, streamOf.device(device.id)));
      const [first, second] = await Promise.all(inboxes);
      const ended = await endSession(at[side].ctx, { id: at.id });
      expect(ended).toMatchObject({
        endReason: side === 'host' ? 'HOST_ENDED' : 'GUEST_ENDED',
        endedAt: at.app.clock.now(),
      });
      for (const inbox of [first, second]) expect(await inbox?.changes(1)).toEqual(['session ENDED']);
    },
  );

  it('INV-28 nothing changes in a session that has ended', async () => {
    const { host, guest, id } = await runningSession();
    await endSession(guest.ctx, { id });
    await refusalOf(endSession(host.ctx, { id }), 'SESSION_ENDED');
    await refusalOf(changeSessionPermissions(host.ctx, { id, revoke: ['AUDIO'] }), 'SESSION_ENDED');
    await refusalOf(requestSessionPermissions(guest.ctx, { sessionId: id, permissions: ['VPN'] }), 'SESSION_ENDED');
  });

  it('INV-28 the history has every change of permissions in order', async () => {
    const { app, host, guest, id } = await runningSession();
    const states = [(await getSession(guest.ctx, id)).permissions];
    for (const permission of SESSION_PERMISSIONS.slice(0, 5)) {
      app.clock.advance(1_000);
      states.push((await changeSessionPermissions(host.ctx, { id, revoke: [permission] })).permissions);
    }
    const timeline = await permissionTimeline(guest.ctx, id);
    expect(timeline.map(({ permissions }) => permissions)).toEqual(states);
    expect(timeline.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(timeline.at(-1)?.changedAt).toBe(app.clock.now());
  });

  it('INV-23 changes at the same instant from device and account all count, in one order', async () => {
    const { app, host, guest, id } = await runningSession();
    const person = await buildAccount(app);
    await setDevice(app, host, { accountId: person.account.id });
    const each = ['INPUT', 'AUDIO', 'PRINT', 'CLIPBOARD', 'RESTART', 'WHITEBOARD'] as const;
    await Promise.all(
      each.map((permission, i) =>
        changeSessionPermissions(i % 2 ? host.ctx : person.ctx, { id, revoke: [permission] }),
      ),
    );
    const { permissions } = await getSession(guest.ctx, id);
    for (const permission of each) expect(permissions).not.toContain(permission);
    expect(await permissionTimeline(guest.ctx, id)).toHaveLength(each.length + 1);
  });

  it('a stranger sees nothing of it', async () => {
    const { app, id } = await runningSession();
    const stranger = await buildDevice(app);
    await denialOf(getSession(stranger.ctx, id), 'NOT_FOUND');
    await denialOf(permissionTimeline(stranger.ctx, id), 'NOT_FOUND');
    await denialOf(endSession(stranger.ctx, { id }), 'NOT_FOUND');
  });
});
