import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import type { Context } from './context.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { type SessionFilter, sessionsOf } from './session-history.ts';
import { endSession } from './sessions.ts';
import type { Whose } from './whose.ts';

async function session(host: TestDevice, guest: TestDevice): Promise<string> {
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  return (await acceptInvitation(guest.ctx, { id, revision: 1 })).sessionId ?? '';
}
const deviceOf = ({ device }: TestDevice): Whose => ({ kind: 'DEVICE', device });
const idsOf = async (ctx: Context, whose: Whose, filter: SessionFilter = {}) =>
  (await sessionsOf(ctx, whose, filter))?.rows.map(({ id }) => id);

it('INV-28 the sessions of a device are listed newest first, by side, and running or ended', async () => {
  const app = await testApp();
  const [ana, ben] = [await buildDevice(app), await buildDevice(app)];
  const asHost = await session(ana, ben);
  await endSession(ben.ctx, { id: asHost });
  app.clock.advance(1);
  const asGuest = await session(ben, ana);
  expect(await idsOf(ana.ctx, deviceOf(ana))).toEqual([asGuest, asHost]);
  expect(await idsOf(ana.ctx, deviceOf(ana), { side: 'HOST' })).toEqual([asHost]);
  expect(await idsOf(ana.ctx, deviceOf(ana), { side: 'GUEST' })).toEqual([asGuest]);
  expect(await idsOf(ana.ctx, deviceOf(ana), { running: true })).toEqual([asGuest]);
  expect(await idsOf(ana.ctx, deviceOf(ana), { running: false })).toEqual([asHost]);
  expect(await idsOf(ana.ctx, deviceOf(ana), { running: false, side: 'GUEST' })).toEqual([]);
  const found = await sessionsOf(ana.ctx, deviceOf(ana), { first: 1 });
  expect([found?.hasNext, await found?.count()]).toEqual([true, 2]);
});

it('INV-28 an account has the sessions of its devices, those between two of them once; a stranger has none', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const values = { accountId: person.account.id };
  const desk = await setDevice(app, await buildDevice(app), values);
  const laptop = await setDevice(app, await buildDevice(app), values);
  const ids = [await session(desk, laptop)];
  app.clock.advance(1);
  ids.unshift(await session(await buildDevice(app), desk));
  const whose: Whose = { kind: 'ACCOUNT', accountId: person.account.id };
  expect(await idsOf(person.ctx, whose)).toEqual(ids);
  expect(await idsOf(person.ctx, whose, { running: true })).toEqual(ids);
  const stranger = await buildAccount(app);
  expect(await sessionsOf(stranger.ctx, whose, {})).toBeNull();
  expect(await sessionsOf(stranger.ctx, deviceOf(desk), {})).toBeNull();
});
