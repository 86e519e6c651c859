import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { devices } from '../db/tables/devices.ts';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { recentSessionsOf } from './recent-sessions.ts';
import { endSession } from './sessions.ts';
import type { Whose } from './whose.ts';

async function session(host: TestDevice, guest: TestDevice): Promise<string> {
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  return (await acceptInvitation(guest.ctx, { id, revision: 1 })).sessionId ?? '';
}
const deviceOf = ({ device }: TestDevice): Whose => ({ kind: 'DEVICE', device });

it('INV-26 every device that there was a session with is listed once, on either side, the newest session first', async () => {
  const app = await testApp();
  const [me, ana, ben, cleo] = [
    await buildDevice(app),
    await buildDevice(app),
    await buildDevice(app),
    await buildDevice(app),
  ];
  const ended = await session(me, ana);
  await endSession(me.ctx, { id: ended });
  app.clock.advance(1);
  const withBen = await session(ben, me);
  app.clock.advance(1);
  const again = await session(ana, me);
  await session(ben, cleo);
  const found = await recentSessionsOf(me.ctx, deviceOf(me), {});
  expect(found?.rows.map(({ deviceId, sessionId, origin }) => [deviceId, sessionId, origin])).toEqual([
    [ana.device.id, again, 'RECENT_SESSIONS'],
    [ben.device.id, withBen, 'RECENT_SESSIONS'],
  ]);
  expect(await found?.count()).toBe(2);
});

it('INV-26 pages of one give every device once, also those of one millisecond', async () => {
  const app = await testApp();
  const me = await buildDevice(app);
  const peers = new Set<string>();
  for (let i = 0; i < 5; i++) {
    const peer = await buildDevice(app);
    await session(me, peer);
    await session(peer, me);
    peers.add(peer.device.id);
  }
  const walked: string[] = [];
  let after: string | null = null;
  for (;;) {
    const found: Awaited<ReturnType<typeof recentSessionsOf>> = await recentSessionsOf(me.ctx, deviceOf(me), {
      first: 1,
      after,
    });
    const [row] = found?.rows ?? [];
    if (!found || !row) break;
    walked.push(row.deviceId);
    if (!found.hasNext) break;
    after = found.cursorOf(row);
  }
  expect(walked).toHaveLength(5);
  expect(new Set(walked)).toEqual(peers);
});

it('INV-26 an account has those of all its devices; removed devices are left out; a stranger has none', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const values = { accountId: admin.account.id };
  const desk = await setDevice(app, await buildDevice(app), values);
  const laptop = await setDevice(app, await buildDevice(app), values);
  const colleague = await setDevice(app, await buildDevice(app, { name: 'Till' }), { companyId, online: true });
  const other = await buildDevice(app);
  const gone = await buildDevice(app);
  for (const [host, guest] of [
    [desk, gone],
    [desk, colleague],
    [other, laptop],
  ] as const) {
    await session(host, guest);
    app.clock.advance(1);
  }
  await app.services.db.write(async ({ q }) => {
    await q.update(devices).set({ removedAt: app.clock.now() }).where(eq(devices.id, gone.device.id));
  });
  const whose: Whose = { kind: 'ACCOUNT', accountId: admin.account.id };
  const found = await recentSessionsOf(admin.ctx, whose, {});
  expect(found?.rows).toMatchObject([
    { deviceId: other.device.id, name: null, online: null },
    { deviceId: colleague.device.id, name: 'Till', online: true },
  ]);
  expect(await found?.count()).toBe(2);
  const stranger = await buildAccount(app);
  expect(await recentSessionsOf(stranger.ctx, whose, {})).toBeNull();
  expect(await recentSessionsOf(stranger.ctx, deviceOf(desk), {})).toBeNull();
});
