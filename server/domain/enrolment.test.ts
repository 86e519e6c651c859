import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { companies, members } from '../db/tables/companies.ts';
import { enrolmentCodes } from '../db/tables/enrolment-codes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, type TestAccount } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { createDeviceGroup, deleteDeviceGroup, groupsOfDevices } from './device-groups.ts';
import { enrolDevice } from './enrolment.ts';
import {
  CODE_TTL_MS,
  type CreateEnrolmentCodeInput,
  createEnrolmentCode,
  enrolmentCodeStatusAt,
  getEnrolmentCode,
  LONGEST_CODE_TTL_MS,
  listEnrolmentCodes,
  revokeEnrolmentCode,
} from './enrolment-codes.ts';
import { streamOf } from './event-log.ts';
import type { Principal } from './principal.ts';

async function company() {
  const app = await testApp();
  const { companyId, namespace, admin } = await buildCompany(app);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  return { app, companyId, namespace, admin, user };
}

const makeCode = (who: TestAccount, input: Partial<CreateEnrolmentCodeInput> = {}) =>
  createEnrolmentCode(who.ctx, { label: 'Front desk', ...input });

async function deviceCount(app: TestApp, companyId: string): Promise<number | undefined> {
  const [row] = await app.services.db.read.select().from(companies).where(eq(companies.id, companyId));
  return row?.deviceCount;
}

describe('making enrolment codes', () => {
  it('PRE-03 a member makes a code, which is shown once and stored only as its hash', async () => {
    const { app, user } = await company();
    const { code, enrolmentCode } = await makeCode(user);
    expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/);
    expect(enrolmentCode).toMatchObject({ label: 'Front desk', maxUses: 1, uses: 0, hint: code.slice(-4) });
    expect(enrolmentCode.expiresAt).toBe(app.clock.now() + CODE_TTL_MS);
    const stored = JSON.stringify(await app.services.db.read.select().from(enrolmentCodes));
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(code.replaceAll('-', ''));
  });

  it('PRE-03 only members make codes: no stranger, no unverified account, no device, no operator', async () => {
    const { app } = await company();
    await denialOf(makeCode(await buildAccount(app)), 'FORBIDDEN');
    await denialOf(makeCode(await buildAccount(app, { verifiedAt: null })), 'EMAIL_NOT_VERIFIED');
    const others: Principal[] = [(await buildDevice(app)).principal, { kind: 'operator' }, { kind: 'anonymous' }];
    for (const principal of others) {
      const code = principal.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      await denialOf(createEnrolmentCode(app.as(principal), { label: 'x' }), code);
    }
  });

  it.each([0, 1, 1_000, 1_001])('PRE-03 a code for %i uses', async (maxUses) => {
    const { admin } = await company();
    if (maxUses >= 1 && maxUses <= 1_000) {
      expect((await makeCode(admin, { maxUses })).enrolmentCode.maxUses).toBe(maxUses);
    } else {
      await refusalOf(makeCode(admin, { maxUses }), 'OUT_OF_RANGE');
    }
  });

  it('PRE-03 a code is for the future, and for 90 days at most', async () => {
    const { app, admin } = await company();
    const now = app.clock.now();
    await refusalOf(makeCode(admin, { expiresAt: now }), 'INVALID_TIME');
    expect((await makeCode(admin, { expiresAt: now + 1 })).enrolmentCode.expiresAt).toBe(now + 1);
    const longest = now + LONGEST_CODE_TTL_MS;
    expect((await makeCode(admin, { expiresAt: longest })).enrolmentCode.expiresAt).toBe(longest);
    const refusal = await refusalOf(makeCode(admin, { expiresAt: longest + 1 }), 'INVALID_TIME');
    expect(refusal.path).toEqual(['expiresAt']);
  });

  it('PER-10 a User assigns the devices to nobody but themselves, and puts them into no group', async () => {
    const { admin, user } = await company();
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    await denialOf(makeCode(user, { assignToId: admin.account.id }), 'FORBIDDEN');
    await denialOf(makeCode(user, { groupId: group.id }), 'FORBIDDEN');
    expect((await makeCode(user, { assignToId: user.account.id })).enrolmentCode.assignTo).toBe(user.account.id);
    const { enrolmentCode } = await makeCode(admin, { assignToId: user.account.id, groupId: group.id });
    expect(enrolmentCode).toMatchObject({ assignTo: user.account.id, groupId: group.id });
  });

  it('an account or group of another company is answered as one that is not there', async () => {
    const { app, admin } = await company();
    const other = await buildCompany(app);
    const group = await createDeviceGroup(other.admin.ctx, { name: 'Theirs' });
    expect((await denialOf(makeCode(admin, { groupId: group.id }), 'NOT_FOUND')).details).toEqual({
      argument: 'groupId',
    });
    await denialOf(makeCode(admin, { assignToId: other.admin.account.id }), 'NOT_FOUND');
  });

  it('members of the company list codes, newest first, in pages; nobody else sees one', async () => {
    const { app, companyId, admin, user } = await company();
    const made: string[] = [];
    for (const label of ['one', 'two', 'three']) {
      made.unshift((await makeCode(admin, { label })).enrolmentCode.id);
      app.clock.advance(1);
    }
    const first = await listEnrolmentCodes(user.ctx, companyId, { first: 2 });
    expect(first.rows.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(await first.count()).toBe(3);
    const last = first.rows[1];
    if (!last) throw new Error('no second code');
    const second = await listEnrolmentCodes(user.ctx, companyId, { first: 2, after: first.cursorOf(last) });
    expect(second.rows.map(({ id }) => id)).toEqual(made.slice(2));
    expect(second.hasNext).toBe(false);
    const other = await buildCompany(app);
    await denialOf(listEnrolmentCodes(other.admin.ctx, companyId, {}), 'NOT_FOUND');
    await denialOf(getEnrolmentCode(other.admin.ctx, made[0] ?? ''), 'NOT_FOUND');
    expect(await getEnrolmentCode(user.ctx, made[0] ?? '')).toMatchObject({ label: 'three' });
  });
});

describe('redeeming enrolment codes', () => {
  it('PRE-03 a device redeems a code, however it is written, and is managed, assigned and grouped', async () => {
    const { app, companyId, admin, user } = await company();
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const { code, enrolmentCode } = await makeCode(admin, { assignToId: user.account.id, groupId: group.id });
    const device = await buildDevice(app);
    const streams = [streamOf.device(device.device.id), streamOf.company(companyId), streamOf.account(user.account.id)];
    const listeners = await Promise.all(streams.map((stream) => listenTo(admin.ctx, stream)));
    const written = ` ${code.toLowerCase().replaceAll('-', ' – ')} `;
    expect(await enrolDevice(device.ctx, { code: written })).toMatchObject({
      companyId,
      accountId: user.account.id,
      enrolledAt: app.clock.now(),
    });
    for (const listener of listeners) expect(await listener.changes(1)).toEqual(['device ENROLLED']);
    expect(await groupsOfDevices(app.services.db.read, [device.device.id])).toEqual([[group]]);
    expect(await deviceCount(app, companyId)).toBe(1);
    const spent = await getEnrolmentCode(user.ctx, enrolmentCode.id);
    expect(spent.uses).toBe(1);
    expect(enrolmentCodeStatusAt(spent, app.clock.now())).toBe('SPENT');
  });

  it('PRE-03 no person enrols a device, an administrator no more than a User, the operator, or a token', async () => {
    const { app, admin, user } = await company();
    const { code } = await makeCode(admin);
    const token: Principal = {
      ...admin.principal,
      via: { kind: 'token', id: 'tok_x', scopes: ['READ', 'DEVICES', 'COMPANY'] },
    };
    for (const principal of [
      admin.principal,
      user.principal,
      token,
      { kind: 'operator' },
      { kind: 'system' },
    ] as const) {
      await denialOf(enrolDevice(app.as(principal), { code }), 'FORBIDDEN');
    }
    await denialOf(enrolDevice(app.as({ kind: 'anonymous' }), { code }), 'UNAUTHENTICATED');
  });

  it('PRE-03 a device enrols itself and no other: what it redeems is its own', async () => {
    const { app, companyId, admin } = await company();
    const [one, other] = [await buildDevice(app), await buildDevice(app)];
    const { code } = await makeCode(admin);
    // Whatever else is sent along names no other device.
    const input = { code, deviceId: other.device.id };
    expect(await enrolDevice(one.ctx, input)).toMatchObject({ id: one.device.id, companyId });
    await refusalOf(enrolDevice(other.ctx, { code }), 'CODE_SPENT');
  });

  it('PRE-03 a code that is unknown, spent or revoked is refused by name, and leaves the device as it was', async () => {
    const { app, companyId, admin } = await company();
    const device = await buildDevice(app);
    for (const code of ['', 'no', 'ABCD-EFGH-JKLM-NPQR-STUV-WXYZ', '\0', 'é'.repeat(1000)]) {
      const refusal = await refusalOf(enrolDevice(device.ctx, { code }), 'CODE_UNKNOWN');
      expect(refusal).toMatchObject({ type: 'EnrolmentRefused', path: ['code'] });
    }
    const spent = await makeCode(admin);
    await enrolDevice((await buildDevice(app)).ctx, { code: spent.code });
    await refusalOf(enrolDevice(device.ctx, { code: spent.code }), 'CODE_SPENT');
    const revoked = await makeCode(admin);
    await revokeEnrolmentCode(admin.ctx, { id: revoked.enrolmentCode.id });
    await refusalOf(enrolDevice(device.ctx, { code: revoked.code }), 'CODE_REVOKED');
    expect(await deviceCount(app, companyId)).toBe(1);
  });

  it.each([
    [-1, null],
    [0, 'CODE_EXPIRED'],
    [1, 'CODE_EXPIRED'],
  ] as const)('PRE-03 a code is redeemed until, not at, its deadline: %i ms from it', async (offset, refused) => {
    const { app, companyId, admin } = await company();
    const { code } = await makeCode(admin);
    const device = await buildDevice(app);
    app.clock.advance(CODE_TTL_MS + offset);
    if (refused) await refusalOf(enrolDevice(device.ctx, { code }), refused);
    else expect(await enrolDevice(device.ctx, { code })).toMatchObject({ companyId });
  });

  it('PRE-03 a managed device is not enrolled again, neither by its own company nor by another', async () => {
    const { app, admin } = await company();
    const other = await buildCompany(app);
    const device = await buildDevice(app);
    await enrolDevice(device.ctx, { code: (await makeCode(admin)).code });
    const { code, enrolmentCode } = await makeCode(other.admin);
    await refusalOf(enrolDevice(device.ctx, { code }), 'ALREADY_MANAGED');
    await refusalOf(enrolDevice(device.ctx, { code: 'whatever' }), 'ALREADY_MANAGED');
    expect((await getEnrolmentCode(other.admin.ctx, enrolmentCode.id)).uses).toBe(0);
  });

  it('PRE-03 of many devices racing for the last uses of a code exactly as many win', async () => {
    const { app, companyId, admin } = await company();
    for (const [maxUses, racing] of [
      [1, 6],
      [3, 8],
    ] as const) {
      const { code, enrolmentCode } = await makeCode(admin, { maxUses });
      const racers = [];
      for (let i = 0; i < racing; i++) racers.push(await buildDevice(app));
      const before = (await deviceCount(app, companyId)) ?? 0;
      const outcomes = await Promise.allSettled(racers.map(({ ctx }) => enrolDevice(ctx, { code })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxUses);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CODE_SPENT' });
      }
      expect((await getEnrolmentCode(admin.ctx, enrolmentCode.id)).uses).toBe(maxUses);
      expect(await deviceCount(app, companyId)).toBe(before + maxUses);
    }
  });

  it('PRE-03 one device that redeems two codes at once joins one company', async () => {
    const { app, companyId, admin } = await company();
    const other = await buildCompany(app);
    for (let i = 0; i < 5; i++) {
      const device = await buildDevice(app);
      const codes = [(await makeCode(admin)).code, (await makeCode(other.admin)).code];
      const outcomes = await Promise.allSettled(codes.map((code) => enrolDevice(device.ctx, { code })));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
    const counts = [await deviceCount(app, companyId), await deviceCount(app, other.companyId)];
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(5);
  });

  it('API-02 the same idempotency key answers as the first time and uses the code once', async () => {
    const { app, admin } = await company();
    const { code, enrolmentCode } = await makeCode(admin, { maxUses: 2 });
    const device = await buildDevice(app);
    const first = await enrolDevice(device.ctx, { code, idempotencyKey: 'k' });
    expect(await enrolDevice(device.ctx, { code, idempotencyKey: 'k' })).toEqual(first);
    expect((await getEnrolmentCode(admin.ctx, enrolmentCode.id)).uses).toBe(1);
  });

  it('a code whose maker has left opens nothing; one whose assignee has left assigns to nobody', async () => {
    const { app, admin, user } = await company();
    const own = await makeCode(user);
    const assigning = await makeCode(admin, { assignToId: user.account.id });
    await app.services.db.write(async ({ q }) => {
      await q.delete(members).where(eq(members.accountId, user.account.id));
    });
    const device = await buildDevice(app);
    await refusalOf(enrolDevice(device.ctx, { code: own.code }), 'CODE_REVOKED');
    expect(await enrolDevice(device.ctx, { code: assigning.code })).toMatchObject({ accountId: null });
  });

  it('a code whose group was deleted puts the device into none', async () => {
    const { app, admin } = await company();
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const { code } = await makeCode(admin, { groupId: group.id });
    await deleteDeviceGroup(admin.ctx, { id: group.id });
    const { device } = await buildDevice(app);
    await enrolDevice(app.as({ kind: 'device', deviceId: device.id }), { code });
    expect(await groupsOfDevices(app.services.db.read, [device.id])).toEqual([[]]);
  });
});

describe('revoking enrolment codes', () => {
  it('PRE-03 who made a code revokes it, and so do administrators; once, however often', async () => {
    const { app, companyId, admin, user } = await company();
    const { enrolmentCode } = await makeCode(user);
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const revoked = await revokeEnrolmentCode(user.ctx, { id: enrolmentCode.id });
    expect(revoked.revokedAt).toBe(app.clock.now());
    app.clock.advance(5);
    expect(await revokeEnrolmentCode(admin.ctx, { id: enrolmentCode.id })).toEqual(revoked);
    const next = await makeCode(admin);
    expect(await events.changes(2)).toEqual(['enrolmentCode REVOKED', 'enrolmentCode CREATED']);
    await denialOf(revokeEnrolmentCode(user.ctx, { id: next.enrolmentCode.id }), 'FORBIDDEN');
    const other = await buildCompany(app);
    await denialOf(revokeEnrolmentCode(other.admin.ctx, { id: next.enrolmentCode.id }), 'NOT_FOUND');
  });
});
