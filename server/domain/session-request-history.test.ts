import { expect, it } from 'vitest';
import type { SessionRequestStatus } from '../db/tables/session-requests.ts';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import type { Context } from './context.ts';
import { type SessionRequestFilter, sessionRequestsOf } from './session-request-history.ts';
import {
  acceptSessionRequest,
  dismissSessionRequest,
  requestSession,
  SESSION_REQUEST_TTL_MS,
  withdrawSessionRequest,
} from './session-requests.ts';
import type { Whose } from './whose.ts';

const request = async (guest: TestDevice, host: TestDevice): Promise<string> =>
  (await requestSession(guest.ctx, { address: host.device.address })).id;
const deviceOf = ({ device }: TestDevice): Whose => ({ kind: 'DEVICE', device });
const idsOf = async (ctx: Context, whose: Whose, filter: SessionRequestFilter = {}) =>
  (await sessionRequestsOf(ctx, whose, filter))?.rows.map(({ id }) => id);

it('INV-09 requests are listed at both sides, newest first, by way and by status', async () => {
  const app = await testApp();
  const [guest, host] = [await buildDevice(app), await buildDevice(app)];
  const ids: Partial<Record<SessionRequestStatus, string>> = {};
  ids.EXPIRED = await request(guest, host);
  app.clock.advance(SESSION_REQUEST_TTL_MS);
  ids.ACCEPTED = await request(guest, host);
  await acceptSessionRequest(host.ctx, { id: ids.ACCEPTED });
  app.clock.advance(1);
  ids.DISMISSED = await request(guest, host);
  await dismissSessionRequest(host.ctx, { id: ids.DISMISSED });
  app.clock.advance(1);
  ids.WITHDRAWN = await request(guest, host);
  await withdrawSessionRequest(guest.ctx, { id: ids.WITHDRAWN });
  app.clock.advance(1);
  ids.PENDING = await request(guest, host);
  const newestFirst = Object.values(ids).reverse();
  expect(await idsOf(guest.ctx, deviceOf(guest), { direction: 'SENT' })).toEqual(newestFirst);
  expect(await idsOf(guest.ctx, deviceOf(guest), { direction: 'RECEIVED' })).toEqual([]);
  expect(await idsOf(host.ctx, deviceOf(host), { direction: 'RECEIVED' })).toEqual(newestFirst);
  for (const [status, id] of Object.entries(ids) as [SessionRequestStatus, string][]) {
    expect([status, await idsOf(host.ctx, deviceOf(host), { status })]).toEqual([status, [id]]);
  }
  const all = await sessionRequestsOf(host.ctx, deviceOf(host), { first: 2 });
  expect([all?.rows.length, all?.hasNext, await all?.count()]).toEqual([2, true, 5]);
});

it('INV-09 a request is asked for as pending until, not at, its deadline', async () => {
  const app = await testApp();
  const [guest, host] = [await buildDevice(app), await buildDevice(app)];
  const id = await request(guest, host);
  const deadline = app.clock.now() + SESSION_REQUEST_TTL_MS;
  // A clock of this request’s own: the server’s timers do not see it.
  const at = (now: number): Context => ({ ...host.ctx, clock: { ...app.clock, now: () => now } });
  expect(await idsOf(at(deadline - 1), deviceOf(host), { status: 'PENDING' })).toEqual([id]);
  for (const now of [deadline, deadline + 1]) {
    expect(await idsOf(at(now), deviceOf(host), { status: 'PENDING' })).toEqual([]);
    expect(await idsOf(at(now), deviceOf(host), { status: 'EXPIRED' })).toEqual([id]);
  }
});

it('an account sees the requests of its devices, those between two of them once; a stranger sees none', async () => {
  const app = await testApp();
  const person = await buildAccount(app);
  const values = { accountId: person.account.id };
  const desk = await setDevice(app, await buildDevice(app), values);
  const laptop = await setDevice(app, await buildDevice(app), values);
  const ids = [await request(desk, laptop)];
  app.clock.advance(1);
  ids.unshift(await request(await buildDevice(app), desk));
  const whose: Whose = { kind: 'ACCOUNT', accountId: person.account.id };
  expect(await idsOf(person.ctx, whose)).toEqual(ids);
  const stranger = await buildAccount(app);
  expect(await sessionRequestsOf(stranger.ctx, whose, {})).toBeNull();
  expect(await sessionRequestsOf(stranger.ctx, deviceOf(desk), {})).toBeNull();
});
