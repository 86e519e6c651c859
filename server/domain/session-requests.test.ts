import { describe, expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { groupDigits } from './addresses.ts';
import { streamOf } from './event-log.ts';
import { profilesOf } from './permission-profiles.ts';
import { updatePermissionProfile } from './profile-changes.ts';
import { sessionsOf } from './session-history.ts';
import {
  acceptSessionRequest,
  dismissSessionRequest,
  getSessionRequest,
  requestSession,
  SESSION_REQUEST_TTL_MS,
  withdrawSessionRequest,
} from './session-requests.ts';
import { getSession } from './sessions.ts';

async function asked() {
  const app = await testApp();
  const [guest, host] = [await buildDevice(app), await buildDevice(app)];
  const request = await requestSession(guest.ctx, { address: groupDigits(host.device.address) });
  return { app, guest, host, request, id: request.id };
}

describe('asking', () => {
  it('INV-09 a request makes no session, and both sides hear of it', async () => {
    const app = await testApp();
    const [guest, host] = [await buildDevice(app), await buildDevice(app)];
    const streams = [];
    for (const { ctx, device } of [guest, host]) streams.push(await listenTo(ctx, streamOf.device(device.id)));
    const request = await requestSession(guest.ctx, { address: host.device.address });
    expect(request).toMatchObject({ status: 'PENDING', sessionId: null, settledAt: null });
    expect(request.expiresAt - request.createdAt).toBe(120_000);
    for (const stream of streams) expect(await stream.changes(1)).toEqual(['sessionRequest CREATED']);
    const sessions = await sessionsOf(host.ctx, { kind: 'DEVICE', device: host.device }, {});
    expect(sessions?.rows).toEqual([]);
  });

  it('INV-09 version and platform do not matter: it is the way of those that direct invitations do not reach', async () => {
    const app = await testApp();
    const guest = await buildDevice(app, { platform: 'LINUX', clientVersion: '5' });
    const host = await buildDevice(app);
    expect(await requestSession(guest.ctx, { address: host.device.address })).toMatchObject({ status: 'PENDING' });
  });

  it.each([
    ['12345', 'INVALID_ADDRESS'],
    ['name', 'AMBIGUOUS_ADDRESS'],
    ['100 000 000', 'UNKNOWN_ADDRESS'],
    ['a@b', 'UNKNOWN_ADDRESS'],
  ] as const)('INV-11 the address %j is refused as %s', async (address, code) => {
    const app = await testApp();
    const guest = await buildDevice(app);
    expect((await refusalOf(requestSession(guest.ctx, { address }), code)).path).toEqual(['address']);
    await refusalOf(requestSession(guest.ctx, { address: guest.device.address }), 'OWN_DEVICE');
  });
});

describe('answering', () => {
  it.each([
    ['a millisecond before', -1, true],
    ['at', 0, false],
    ['a millisecond after', 1, false],
  ] as const)('INV-09 %s its deadline of two minutes, accepting works: %#', async (_when, offset, works) => {
    const { app, host, id, request } = await asked();
    app.clock.set(request.createdAt + SESSION_REQUEST_TTL_MS + offset);
    if (works) {
      expect(await acceptSessionRequest(host.ctx, { id })).toMatchObject({ status: 'ACCEPTED' });
    } else {
      const refusal = await refusalOf(acceptSessionRequest(host.ctx, { id }), 'NOT_PENDING');
      expect(refusal.details).toEqual({ status: 'EXPIRED' });
    }
  });

  it('INV-09 the profile is chosen when accepting, and INV-25 the locks bound it', async () => {
    const { app, host, guest, id } = await asked();
    await setDevice(app, host, { locks: [{ permission: 'VPN', allowed: false }] });
    const full = (await profilesOf(app.services.db.read, host.device.id)).find((p) => p.builtIn === 'FULL_ACCESS');
    const profileId = full?.id ?? '';
    const refusal = await refusalOf(
      acceptSessionRequest(host.ctx, { id, profileId, grant: ['VPN'] }),
      'PERMISSIONS_LOCKED',
    );
    expect(refusal.details).toEqual({ permissions: ['VPN'] });
    const { sessionId } = await acceptSessionRequest(host.ctx, { id, profileId, revoke: ['INPUT'] });
    const session = await getSession(guest.ctx, sessionId ?? '');
    expect(session.permissions).toHaveLength(15);
    expect(session).toMatchObject({ hostDeviceId: host.device.id, guestDeviceId: guest.device.id, requestId: id });
  });

  it('INV-12 a disabled profile is refused when accepting, and the request still waits', async () => {
    const { app, host, id } = await asked();
    const [profile] = await profilesOf(app.services.db.read, host.device.id);
    await updatePermissionProfile(host.ctx, { id: profile?.id ?? '', enabled: false });
    await refusalOf(acceptSessionRequest(host.ctx, { id, profileId: profile?.id }), 'PROFILE_DISABLED');
    expect(await getSessionRequest(host.ctx, id)).toMatchObject({ status: 'PENDING' });
  });

  it('INV-09 the guest side cannot let itself in, the host side cannot withdraw, others find nothing', async () => {
    const { app, guest, host, id } = await asked();
    await denialOf(acceptSessionRequest(guest.ctx, { id }), 'FORBIDDEN');
    await denialOf(dismissSessionRequest(guest.ctx, { id }), 'FORBIDDEN');
    await denialOf(withdrawSessionRequest(host.ctx, { id }), 'FORBIDDEN');
    for (const { ctx } of [await buildDevice(app), await buildAccount(app)]) {
      for (const answer of [acceptSessionRequest, dismissSessionRequest, withdrawSessionRequest]) {
        await denialOf(answer(ctx, { id }), 'NOT_FOUND');
      }
      await denialOf(getSessionRequest(ctx, id), 'NOT_FOUND');
    }
    expect(await getSessionRequest(guest.ctx, id)).toMatchObject({ status: 'PENDING' });
  });

  it('INV-09 of accepting, dismissing and withdrawing at once exactly one happens, and everyone hears that one', async () => {
    const app = await testApp();
    const [guest, host] = [await buildDevice(app), await buildDevice(app)];
    for (let round = 0; round < 30; round++) {
      const stream = await listenTo(guest.ctx, streamOf.device(guest.device.id));
      const { id } = await requestSession(guest.ctx, { address: host.device.address });
      const answers = [
        () => acceptSessionRequest(host.ctx, { id }),
        () => withdrawSessionRequest(guest.ctx, { id }),
        () => dismissSessionRequest(host.ctx, { id }),
        () => acceptSessionRequest(host.ctx, { id }),
      ];
      const turned = [...answers.slice(round % 4), ...answers.slice(0, round % 4)];
      const outcomes = await Promise.allSettled(turned.map((answer) => answer()));
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(won).toHaveLength(1);
      const { status, sessionId } = await getSessionRequest(guest.ctx, id);
      expect(won[0]?.value).toMatchObject({ status });
      expect(sessionId !== null).toBe(status === 'ACCEPTED');
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'NOT_PENDING', details: { status } });
      }
      expect(await stream.changes(2)).toEqual(['sessionRequest CREATED', `sessionRequest ${status}`]);
      await stream.stop();
    }
  });
});
