import { describe, expect, it } from 'vitest';
import type { InvitationStatus } from '../db/tables/invitations.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from '../testing/builders.ts';
import { denialOf } from '../testing/refusals.ts';
import type { Context } from './context.ts';
import { prepareEmailInvitation } from './email-invitations.ts';
import { type InvitationFilter, invitationsOf } from './invitation-history.ts';
import {
  acceptInvitation,
  cancelInvitation,
  INVITATION_TTL_MS,
  inviteDevice,
  rejectInvitation,
} from './invitations.ts';
import type { Page } from './page.ts';
import type { Whose } from './whose.ts';

const invite = async (from: TestDevice, to: TestDevice): Promise<string> =>
  (await inviteDevice(from.ctx, { recipient: to.device.address, origin: 'OWN_ID' })).id;
const mail = async (from: TestDevice): Promise<string> =>
  (await prepareEmailInvitation(from.ctx, { origin: 'OWN_ID' })).invitation.id;

const deviceOf = ({ device }: TestDevice): Whose => ({ kind: 'DEVICE', device });
const accountOf = ({ account }: TestAccount): Whose => ({ kind: 'ACCOUNT', accountId: account.id });

async function page(ctx: Context, whose: Whose, filter: InvitationFilter = {}) {
  const found = await invitationsOf(ctx, whose, filter);
  if (!found) throw new Error('not the caller’s');
  return found;
}

const idsOf = (found: Page<{ id: string }>) => found.rows.map(({ id }) => id);

/** All ids, read in pages of so many. */
async function walk(ctx: Context, whose: Whose, first: number, filter: InvitationFilter = {}): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const found: Awaited<ReturnType<typeof page>> = await page(ctx, whose, { ...filter, first, after });
    ids.push(...idsOf(found));
    const last = found.rows.at(-1);
    if (!found.hasNext || !last) return ids;
    after = found.cursorOf(last);
  }
}

async function threeDevices(): Promise<{ app: TestApp; ana: TestDevice; ben: TestDevice; cleo: TestDevice }> {
  const app = await testApp();
  return { app, ana: await buildDevice(app), ben: await buildDevice(app), cleo: await buildDevice(app) };
}

describe('the invitations of a device', () => {
  it('INV-02 the history has both methods and both ways, newest first', async () => {
    const { app, ana, ben, cleo } = await threeDevices();
    const sent = await invite(ana, ben);
    app.clock.advance(1);
    const received = await invite(ben, ana);
    app.clock.advance(1);
    const mailed = await mail(ana);
    await invite(ben, cleo);
    const found = await page(ana.ctx, deviceOf(ana));
    expect(idsOf(found)).toEqual([mailed, received, sent]);
    expect(await found.count()).toBe(3);
    expect(idsOf(await page(ana.ctx, deviceOf(ana), { direction: 'SENT' }))).toEqual([mailed, sent]);
    expect(idsOf(await page(ana.ctx, deviceOf(ana), { direction: 'RECEIVED' }))).toEqual([received]);
    expect(idsOf(await page(ana.ctx, deviceOf(ana), { method: 'EMAIL' }))).toEqual([mailed]);
    expect(idsOf(await page(ana.ctx, deviceOf(ana), { method: 'DIRECT' }))).toEqual([received, sent]);
    expect(idsOf(await page(ana.ctx, deviceOf(ana), { method: 'EMAIL', direction: 'RECEIVED' }))).toEqual([]);
  });

  it('INV-22 each status can be asked for by itself', async () => {
    const { app, ana, ben } = await threeDevices();
    const ids: Partial<Record<InvitationStatus, string>> = {};
    ids.EXPIRED = await invite(ana, ben);
    app.clock.advance(INVITATION_TTL_MS);
    ids.ACCEPTED = await invite(ana, ben);
    await acceptInvitation(ben.ctx, { id: ids.ACCEPTED, revision: 1 });
    ids.REJECTED = await invite(ana, ben);
    await rejectInvitation(ben.ctx, { id: ids.REJECTED });
    ids.CANCELLED = await invite(ana, ben);
    await cancelInvitation(ana.ctx, { id: ids.CANCELLED });
    ids.PENDING = await invite(ana, ben);
    await mail(ana);
    for (const side of [ana, ben]) {
      for (const [status, id] of Object.entries(ids) as [InvitationStatus, string][]) {
        const found = await page(side.ctx, deviceOf(side), { status });
        expect([status, idsOf(found), await found.count()]).toEqual([status, [id], 1]);
      }
    }
  });

  it('INV-19 an invitation is asked for as pending until, not at, its deadline, whether or not a timer has run', async () => {
    const { app, ana, ben } = await threeDevices();
    const id = await invite(ana, ben);
    // A clock of this request’s own: the server’s timers do not see it.
    const at = (now: number): Context => ({ ...ben.ctx, clock: { ...app.clock, now: () => now } });
    const deadline = app.clock.now() + INVITATION_TTL_MS;
    const found = async (now: number, status: InvitationStatus) =>
      idsOf(await page(at(now), deviceOf(ben), { status })).length;
    expect(await found(deadline - 1, 'PENDING')).toBe(1);
    expect(await found(deadline - 1, 'EXPIRED')).toBe(0);
    for (const now of [deadline, deadline + 1]) {
      expect(await found(now, 'PENDING')).toBe(0);
      expect(await found(now, 'EXPIRED')).toBe(1);
    }
    expect(idsOf(await page(at(deadline), deviceOf(ben)))).toEqual([id]);
  });

  it.each([1, 2, 3, 100])('pages of %i give every invitation once, also those of one millisecond', async (first) => {
    const { app, ana, ben } = await threeDevices();
    const ids = new Set<string>();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 2; i++) {
        ids.add(await invite(ana, ben));
        ids.add(await invite(ben, ana));
        ids.add(await mail(ana));
      }
      app.clock.advance(1);
    }
    const walked = await walk(ana.ctx, deviceOf(ana), first);
    expect(walked).toHaveLength(ids.size);
    expect(new Set(walked)).toEqual(ids);
    expect(walked).toEqual(await walk(ana.ctx, deviceOf(ana), 50));
  });

  it('what comes meanwhile moves no page', async () => {
    const { app, ana, ben } = await threeDevices();
    const old = [await invite(ana, ben)];
    app.clock.advance(1);
    old.unshift(await invite(ana, ben));
    const first = await page(ana.ctx, deviceOf(ana), { first: 1 });
    app.clock.advance(1);
    await invite(ana, ben);
    const [newest] = first.rows;
    if (!newest) throw new Error('empty');
    const second = await page(ana.ctx, deviceOf(ana), { first: 1, after: first.cursorOf(newest) });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(old);
    expect([first.hasPrevious, second.hasPrevious]).toEqual([false, true]);
  });

  it.each([0, -1, 101, 1.5])('a page of %d places is refused', async (first) => {
    const { ana } = await threeDevices();
    await denialOf(page(ana.ctx, deviceOf(ana), { first }), 'BAD_USER_INPUT');
  });

  it('a cursor that is not of this list is refused', async () => {
    const { ana } = await threeDevices();
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of [
      '',
      'x',
      cursor(['sessions', 1, 0, 'a']),
      cursor(['invitations', 1, 0]),
      cursor(['invitations', 1e300, 0, 'a']),
      cursor(['invitations', 1, 0, '\u0000']),
      cursor(['invitations', '1', 0, 'a']),
    ]) {
      await denialOf(page(ana.ctx, deviceOf(ana), { after }), 'BAD_USER_INPUT');
    }
  });

  it('only the device itself and the account signed in on it see its history, not even its administrator', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const owner = await buildAccount(app);
    const colleague = await buildAccount(app);
    await addMember(app, companyId, owner, 'USER');
    await addMember(app, companyId, colleague, 'USER');
    const device = await setDevice(app, await buildDevice(app), { accountId: owner.account.id, companyId });
    const other = await setDevice(app, await buildDevice(app), { companyId });
    await invite(device, other);
    expect((await page(owner.ctx, deviceOf(device))).rows).toHaveLength(1);
    for (const { ctx } of [admin, colleague, other]) expect(await invitationsOf(ctx, deviceOf(device), {})).toBeNull();
    await denialOf(invitationsOf(app.as({ kind: 'anonymous' }), deviceOf(device), {}), 'UNAUTHENTICATED');
    await denialOf(invitationsOf(app.as({ kind: 'operator' }), deviceOf(device), {}), 'FORBIDDEN');
  });
});

describe('the invitations of an account', () => {
  it('the list goes over all devices that the account is signed in on, each invitation once', async () => {
    const { app, ana, ben, cleo } = await threeDevices();
    const person = await buildAccount(app);
    const desk = await setDevice(app, ana, { accountId: person.account.id });
    const laptop = await setDevice(app, ben, { accountId: person.account.id });
    const expected: string[] = [];
    for (const [from, to] of [
      [desk, cleo],
      [cleo, laptop],
      [desk, laptop],
    ] as const) {
      expected.unshift(await invite(from, to));
      app.clock.advance(1);
    }
    expected.unshift(await mail(laptop));
    const found = await page(person.ctx, accountOf(person));
    expect(idsOf(found)).toEqual(expected);
    expect(await found.count()).toBe(4);
    expect(await walk(person.ctx, accountOf(person), 1)).toEqual(expected);
    expect(idsOf(await page(person.ctx, accountOf(person), { direction: 'RECEIVED' }))).toEqual(expected.slice(1, 3));
    expect((await page(person.ctx, accountOf(person), { status: 'PENDING' })).rows).toHaveLength(3);
  });

  it('nobody else reads it, a device of the account neither', async () => {
    const { app, ana } = await threeDevices();
    const person = await buildAccount(app);
    const device = await setDevice(app, ana, { accountId: person.account.id });
    const stranger = await buildAccount(app);
    expect(await invitationsOf(stranger.ctx, accountOf(person), {})).toBeNull();
    expect(await invitationsOf(device.ctx, accountOf(person), {})).toBeNull();
  });

  it('a device that the account signed out of takes its history along', async () => {
    const { app, ana, ben } = await threeDevices();
    const person = await buildAccount(app);
    const device = await setDevice(app, ana, { accountId: person.account.id });
    await invite(device, ben);
    expect((await page(person.ctx, accountOf(person))).rows).toHaveLength(1);
    await setDevice(app, device, { accountId: null });
    expect((await page(person.ctx, accountOf(person))).rows).toEqual([]);
  });
});
