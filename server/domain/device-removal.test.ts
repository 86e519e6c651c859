import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { companies } from '../db/tables/companies.ts';
import { devices } from '../db/tables/devices.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, type TestDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { authenticate } from './authenticate.ts';
import { addDevicesToGroup, createDeviceGroup } from './device-groups.ts';
import { listDevices } from './device-list.ts';
import { removeDevice } from './device-removal.ts';
import { findAnyDevice, getDevice } from './devices.ts';
import { enrolDevice } from './enrolment.ts';
import { createEnrolmentCode } from './enrolment-codes.ts';
import { streamOf } from './event-log.ts';
import { acceptInvitation, getInvitation, INVITATION_TTL_MS, inviteDevice, modifyInvitation } from './invitations.ts';
import { openPresence } from './presence.ts';
import { getSessionRequest, requestSession } from './session-requests.ts';
import { getSession } from './sessions.ts';

async function managed() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const { code } = await createEnrolmentCode(admin.ctx, { label: 'x', maxUses: 10 });
  const device = await buildDevice(app);
  await enrolDevice(device.ctx, { code });
  return { app, companyId, admin, code, device, other: await buildDevice(app) };
}

const invite = (from: TestDevice, to: TestDevice) =>
  inviteDevice(from.ctx, { recipient: to.device.address, origin: 'OWN_ID' });

async function deviceCount(app: TestApp, companyId: string): Promise<number | undefined> {
  const [row] = await app.services.db.read.select().from(companies).where(eq(companies.id, companyId));
  return row?.deviceCount;
}

describe('removing a device', () => {
  it('a removed device is gone: credential, company’s count, groups, presence; its ID stays taken', async () => {
    const { app, companyId, admin, device } = await managed();
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [device.device.id] });
    await openPresence(device.ctx, device.device.id);
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const woken = new Promise<void>((resolve) => {
      app.services.wakeUps.register([`auth:${device.device.id}`], resolve);
    });
    app.clock.advance(7);
    await removeDevice(admin.ctx, { deviceId: device.device.id });
    expect(await events.changes(1)).toEqual(['device REMOVED']);
    await woken;
    await denialOf(authenticate(app.services, { bearer: device.credential }), 'UNAUTHENTICATED');
    await denialOf(getDevice(admin.ctx, device.device.id), 'NOT_FOUND');
    expect(await deviceCount(app, companyId)).toBe(0);
    expect((await listDevices(admin.ctx, companyId, {}, {})).rows).toEqual([]);
    expect((await listDevices(admin.ctx, companyId, { groupId: group.id }, {})).rows).toEqual([]);
    expect(await findAnyDevice(app.services.db.read, device.device.id)).toMatchObject({
      address: device.device.address,
      removedAt: app.clock.now(),
      lastSeenAt: app.clock.now(),
      online: false,
      alias: null,
    });
    await denialOf(removeDevice(admin.ctx, { deviceId: device.device.id }), 'NOT_FOUND');
    await refusalOf(invite(await buildDevice(app), device), 'UNKNOWN_ADDRESS');
  });

  it('a device removes itself; of people only administrators of its company remove it', async () => {
    const { app, companyId, device, other } = await managed();
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const stranger = (await buildCompany(app)).admin;
    const deviceId = device.device.id;
    await denialOf(removeDevice(user.ctx, { deviceId }), 'FORBIDDEN');
    await denialOf(removeDevice(stranger.ctx, { deviceId }), 'NOT_FOUND');
    await denialOf(removeDevice(other.ctx, { deviceId }), 'NOT_FOUND');
    expect(await removeDevice(device.ctx, {})).toMatchObject({ id: deviceId });
    // One that no company manages, too.
    expect(await removeDevice(other.ctx, {})).toMatchObject({ id: other.device.id });
    expect(await deviceCount(app, companyId)).toBe(0);
  });

  it('INV-28 removing a device ends its running sessions, on whichever side it is', async () => {
    const { device, other } = await managed();
    const [hosted, visited] = [await invite(device, other), await invite(other, device)];
    const accepted = [
      await acceptInvitation(other.ctx, { id: hosted.id, revision: 1 }),
      await acceptInvitation(device.ctx, { id: visited.id, revision: 1 }),
    ];
    const events = await listenTo(other.ctx, streamOf.device(other.device.id));
    await removeDevice(device.ctx, {});
    expect(await events.changes(2)).toEqual(['session ENDED', 'session ENDED']);
    for (const { sessionId } of accepted) {
      expect(await getSession(other.ctx, sessionId ?? '')).toMatchObject({ endReason: 'DEVICE_REMOVED' });
    }
  });

  it('what waits for an answer is settled: invitations cancelled, requests dismissed or withdrawn', async () => {
    const { device, other } = await managed();
    const sent = await invite(device, other);
    const received = await invite(other, device);
    const asks = await requestSession(device.ctx, { address: other.device.address });
    const asked = await requestSession(other.ctx, { address: device.device.address });
    const events = await listenTo(other.ctx, streamOf.device(other.device.id));
    await removeDevice(device.ctx, {});
    expect((await events.changes(4)).sort()).toEqual([
      'invitation CANCELLED',
      'invitation CANCELLED',
      'sessionRequest DISMISSED',
      'sessionRequest WITHDRAWN',
    ]);
    for (const { id } of [sent, received]) {
      expect(await getInvitation(other.ctx, id)).toMatchObject({ status: 'CANCELLED' });
    }
    expect(await getSessionRequest(other.ctx, asks.id)).toMatchObject({ status: 'WITHDRAWN' });
    expect(await getSessionRequest(other.ctx, asked.id)).toMatchObject({ status: 'DISMISSED' });
  });

  it.each([-1, 0, 1])('an invitation %i ms from its deadline is cancelled only while it is pending', async (offset) => {
    const { app, device, other } = await managed();
    const { id } = await invite(device, other);
    // A clock without the watch of deadlines: what is expired is so by the clock alone.
    const ctx = { ...device.ctx, clock: { ...app.clock, now: () => app.clock.now() + INVITATION_TTL_MS + offset } };
    await removeDevice(ctx, {});
    expect((await getInvitation(other.ctx, id)).status).toBe(offset < 0 ? 'CANCELLED' : 'PENDING');
  });

  it('accepting and modifying race with removal: nothing is left open, and no session runs on', async () => {
    const app = await testApp();
    for (let round = 0; round < 8; round++) {
      const [inviter, recipient] = [await buildDevice(app), await buildDevice(app)];
      const { id } = await invite(inviter, recipient);
      await Promise.allSettled([
        acceptInvitation(recipient.ctx, { id, revision: 1 }),
        modifyInvitation(inviter.ctx, { id, note: 'x' }),
        removeDevice(inviter.ctx, {}),
      ]);
      const after = await getInvitation(recipient.ctx, id);
      expect(['ACCEPTED', 'CANCELLED']).toContain(after.status);
      if (after.sessionId) {
        expect(await getSession(recipient.ctx, after.sessionId)).toMatchObject({ endReason: 'DEVICE_REMOVED' });
      }
    }
  });

  it('an invitation that was sent at the moment of removal starts no session', async () => {
    const { app, device, other } = await managed();
    const { id } = await invite(device, other);
    // As it is left on PostgreSQL by an invitation that was written while the removal was being committed.
    await app.services.db.write(async ({ q }) => {
      await q.update(devices).set({ removedAt: app.clock.now() }).where(eq(devices.id, device.device.id));
    });
    await refusalOf(acceptInvitation(other.ctx, { id, revision: 1 }), 'NOT_PENDING');
    expect(await getInvitation(other.ctx, id)).toMatchObject({ status: 'PENDING', sessionId: null });
  });

  it('enrolling and removing race: the company’s count is right in the end', async () => {
    const { app, companyId, admin, code } = await managed();
    for (let round = 0; round < 5; round++) {
      const racer = await buildDevice(app);
      await Promise.allSettled([enrolDevice(racer.ctx, { code }), removeDevice(racer.ctx, {})]);
      expect(await deviceCount(app, companyId)).toBe((await listDevices(admin.ctx, companyId, {}, {})).rows.length);
    }
  });
});
