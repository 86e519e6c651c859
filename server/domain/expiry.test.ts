import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { refusalOf } from '../testing/refusals.ts';
import { readEvents, streamOf } from './event-log.ts';
import { acceptInvitation, getInvitation, INVITATION_TTL_MS, inviteDevice } from './invitations.ts';
import { acceptSessionRequest, requestSession, SESSION_REQUEST_TTL_MS } from './session-requests.ts';

describe('deadlines', () => {
  it.each([
    [INVITATION_TTL_MS - 1, 'accepted'],
    [INVITATION_TTL_MS, 'expired'],
    [INVITATION_TTL_MS + 1, 'expired'],
  ] as const)('INV-19 %i ms after it was sent an invitation is %s', async (age, outcome) => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    app.clock.advance(age);
    const accepting = acceptInvitation(ben.ctx, { id, revision: 1 });
    if (outcome === 'accepted') expect(await accepting).toMatchObject({ status: 'ACCEPTED' });
    else expect((await refusalOf(accepting, 'NOT_PENDING')).details).toEqual({ status: 'EXPIRED' });
  });

  it('INV-19 the clock judges, whether or not a timer has run', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    const now = app.clock.now() + INVITATION_TTL_MS;
    // A clock that says so to this request only: no timer has heard of it.
    const ctx = { ...ben.ctx, clock: { ...ben.ctx.clock, now: () => now } };
    expect((await refusalOf(acceptInvitation(ctx, { id, revision: 1 }), 'NOT_PENDING')).details).toEqual({
      status: 'EXPIRED',
    });
    expect(await getInvitation(ana.ctx, id)).toMatchObject({ status: 'PENDING' });
  });

  it('INV-19 expiry is announced to both sides, once, at the deadline', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const { id, expiresAt } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    const inboxes = [
      await listenTo(ana.ctx, streamOf.device(ana.device.id)),
      await listenTo(ben.ctx, streamOf.device(ben.device.id)),
    ];
    app.clock.advance(INVITATION_TTL_MS);
    for (const inbox of inboxes) expect(await inbox.next()).toMatchObject({ change: 'EXPIRED', subject: id });
    expect(await getInvitation(ana.ctx, id)).toMatchObject({ status: 'EXPIRED', settledAt: expiresAt });
    app.clock.advance(INVITATION_TTL_MS);
    for (const { device } of [ana, ben]) {
      const log = await readEvents(app.services.db.read, streamOf.device(device.id), 0);
      expect(log.filter(({ change }) => change === 'EXPIRED')).toHaveLength(1);
    }
  });

  it('INV-19 what lapsed while nothing ran is announced once, before the first answer', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    await app.close();
    app.clock.advance(INVITATION_TTL_MS + 5_000);
    const again = await app.anotherNode();
    const log = await readEvents(again.services.db.read, streamOf.device(ben.device.id), 0);
    expect(log.filter(({ change, subject }) => change === 'EXPIRED' && subject === id)).toHaveLength(1);
  });

  it('INV-09 a session request lapses two minutes after it was made, and both sides hear', async () => {
    const app = await testApp();
    const [guest, host] = [await buildDevice(app), await buildDevice(app)];
    const { id } = await requestSession(guest.ctx, { address: host.device.address });
    const inbox = await listenTo(guest.ctx, streamOf.device(guest.device.id));
    app.clock.advance(SESSION_REQUEST_TTL_MS);
    expect(await inbox.next()).toMatchObject({ concept: 'sessionRequest', change: 'EXPIRED', subject: id });
    await refusalOf(acceptSessionRequest(host.ctx, { id }), 'NOT_PENDING');
  });

  it('INV-19 many that lapse at once are all announced', async () => {
    const app = await testApp();
    const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
    const inbox = await listenTo(ben.ctx, streamOf.device(ben.device.id));
    const many = 230;
    for (let i = 0; i < many; i++) {
      await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    }
    await inbox.changes(many);
    app.clock.advance(INVITATION_TTL_MS);
    const heard = await inbox.changes(many);
    expect(new Set(heard)).toEqual(new Set(['invitation EXPIRED']));
  });

  it.runIf(databaseEngine() === 'postgres')('INV-19 with two nodes one announces', async () => {
    const app = await testApp();
    const other = await app.anotherNode();
    const [ana, ben] = [await buildDevice(app), await buildDevice(other)];
    const inbox = await listenTo(ben.ctx, streamOf.device(ben.device.id));
    const { id } = await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
    expect(await inbox.next()).toMatchObject({ change: 'CREATED', subject: id });
    app.clock.advance(INVITATION_TTL_MS);
    expect(await inbox.next()).toMatchObject({ change: 'EXPIRED', subject: id });
    await Promise.all([app.close(), other.close()]);
    const third = await app.anotherNode();
    const log = await readEvents(third.services.db.read, streamOf.device(ben.device.id), 0);
    expect(log.filter(({ change }) => change === 'EXPIRED')).toHaveLength(1);
  });
});
