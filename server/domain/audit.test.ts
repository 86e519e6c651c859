import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { events, streams } from '../db/tables/events.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { denialOf } from '../testing/refusals.ts';
import { updateAccount } from './accounts.ts';
import { type AuditArgs, exportAuditLog, listAuditLog, verifyAuditLog } from './audit.ts';
import { change } from './change.ts';
import { updateCompany } from './companies.ts';
import { updateDevice } from './device-changes.ts';
import { createDeviceGroup } from './device-groups.ts';
import { removeDevice } from './device-removal.ts';
import { streamOf } from './event-log.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { removeMember } from './member-changes.ts';
import { requestSession } from './session-requests.ts';

interface Scene {
  readonly app: TestApp;
  readonly admin: TestAccount;
  readonly companyId: string;
  read(args?: AuditArgs): Promise<string[]>;
}

/** A company that was renamed twice by its administrator, with a group, and a device that renamed itself. */
async function scene(): Promise<Scene> {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  await updateCompany(admin.ctx, { name: 'First' });
  app.clock.advance(1000);
  await createDeviceGroup(admin.ctx, { name: 'Shop' });
  app.clock.advance(1000);
  await updateCompany(admin.ctx, { name: 'Second' });
  app.clock.advance(1000);
  const device = await setDevice(app, await buildDevice(app), { companyId });
  await updateDevice(device.ctx, { name: 'Till' });
  const read = async (args: AuditArgs = {}) => {
    const { rows } = await listAuditLog(admin.ctx, { kind: 'COMPANY', companyId }, args);
    return rows.map((row) => `${row.number} ${row.concept} ${row.change}`);
  };
  return { app, admin, companyId, read };
}

describe('the audit log', () => {
  it('API-04 tells who changed what, before and after, when and from where', async () => {
    const { app, admin, companyId } = await scene();
    const { rows } = await listAuditLog(
      admin.ctx,
      { kind: 'COMPANY', companyId },
      { concept: 'company', order: 'OLDEST_FIRST' },
    );
    expect(rows[1]).toMatchObject({
      number: 3,
      at: app.clock.now() - 1000,
      concept: 'company',
      change: 'UPDATED',
      subject: companyId,
      actor: { kind: 'ACCOUNT', id: admin.account.id },
      before: { name: 'First' },
      after: { name: 'Second' },
      requestId: admin.ctx.request.id,
      address: '192.0.2.1',
    });
  });

  it('API-04 is read both ways, page by page, to its end', async () => {
    const { read, admin, companyId } = await scene();
    const oldestFirst = await read({ order: 'OLDEST_FIRST' });
    expect(oldestFirst).toEqual([
      '1 company UPDATED',
      '2 deviceGroup CREATED',
      '3 company UPDATED',
      '4 device UPDATED',
    ]);
    expect(await read()).toEqual(oldestFirst.toReversed());
    for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
      const all: number[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await listAuditLog(admin.ctx, { kind: 'COMPANY', companyId }, { first: 1, after, order });
        all.push(...page.rows.map(({ number }) => number));
        expect(await page.count()).toBe(4);
        const [row] = page.rows;
        if (!page.hasNext || !row) break;
        after = page.cursorOf(row);
      }
      expect(all).toEqual(order === 'OLDEST_FIRST' ? [1, 2, 3, 4] : [4, 3, 2, 1]);
    }
  });

  it('API-04 is filtered by concept, change, subject, actor and time', async () => {
    const { app, admin, companyId, read } = await scene();
    const now = app.clock.now();
    expect(await read({ concept: 'company' })).toEqual(['3 company UPDATED', '1 company UPDATED']);
    expect(await read({ change: 'CREATED' })).toEqual(['2 deviceGroup CREATED']);
    expect(await read({ subject: companyId, until: now - 1000 })).toEqual(['1 company UPDATED']);
    expect(await read({ actorId: admin.account.id, from: now - 2000 })).toEqual([
      '3 company UPDATED',
      '2 deviceGroup CREATED',
    ]);
    expect(await read({ from: now })).toEqual(['4 device UPDATED']);
    await denialOf(read({ concept: 'a\u0000' }), 'BAD_USER_INPUT');
    await denialOf(read({ after: 'nonsense' }), 'BAD_USER_INPUT');
  });

  it('API-04 a company’s is for its administrators, an account’s for its owner', async () => {
    const { app, admin, companyId } = await scene();
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const stranger = await buildCompany(app);
    const whose = { kind: 'COMPANY', companyId } as const;
    await denialOf(listAuditLog(user.ctx, whose, {}), 'FORBIDDEN');
    await denialOf(verifyAuditLog(user.ctx, whose), 'FORBIDDEN');
    await denialOf(listAuditLog(stranger.admin.ctx, whose, {}), 'NOT_FOUND');
    await denialOf(exportAuditLog(user.ctx, whose, {}).next(), 'FORBIDDEN');
    await denialOf(exportAuditLog(stranger.admin.ctx, whose, {}).next(), 'NOT_FOUND');
    await denialOf(listAuditLog(app.as({ kind: 'operator' }), whose, {}), 'FORBIDDEN');
    await denialOf(listAuditLog(admin.ctx, { kind: 'ACCOUNT', accountId: user.account.id }, {}), 'NOT_FOUND');

    await updateAccount(user.ctx, { name: 'Another' });
    const own = await listAuditLog(user.ctx, { kind: 'ACCOUNT', accountId: user.account.id }, {});
    expect(own.rows.map(({ concept, change }) => `${concept} ${change}`)).toEqual(['account UPDATED']);
  });

  it('API-04 of what is between two companies each log tells who acted for its own side, and from where; not so of the other', async () => {
    const app = await testApp();
    const [ours, theirs] = [await buildCompany(app), await buildCompany(app)];
    const person = await buildAccount(app);
    const host = await setDevice(app, await buildDevice(app), { companyId: ours.companyId });
    const values = { companyId: theirs.companyId, accountId: person.account.id };
    const guest = await setDevice(app, await buildDevice(app), values);
    const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
    await acceptInvitation(person.ctx, { id, revision: 1 });
    await requestSession(guest.ctx, { address: host.device.address });
    // An administrator who speaks for neither device ends the session by removing one.
    await removeDevice(ours.admin.ctx, { deviceId: host.device.id });
    const read = async ({ companyId, admin }: typeof ours) => {
      const { rows } = await listAuditLog(admin.ctx, { kind: 'COMPANY', companyId }, { order: 'OLDEST_FIRST' });
      expect(await verifyAuditLog(admin.ctx, { kind: 'COMPANY', companyId })).toMatchObject({ intact: true });
      const shared = rows.filter(({ concept }) => ['invitation', 'session', 'sessionRequest'].includes(concept));
      return shared.map(({ concept, change, actor, address }) => [
        `${concept} ${change}`,
        actor.kind,
        actor.id,
        address,
      ]);
    };
    const [we, they] = [host.device.id, guest.device.id];
    const from = '192.0.2.1';
    expect(await read(ours)).toEqual([
      ['invitation CREATED', 'DEVICE', we, from],
      ['invitation ACCEPTED', 'ACCOUNT', null, null],
      ['session STARTED', 'ACCOUNT', null, null],
      ['sessionRequest CREATED', 'DEVICE', null, null],
      ['sessionRequest DISMISSED', 'ACCOUNT', ours.admin.account.id, from],
      ['session ENDED', 'ACCOUNT', ours.admin.account.id, from],
    ]);
    expect(await read(theirs)).toEqual([
      ['invitation CREATED', 'DEVICE', null, null],
      ['invitation ACCEPTED', 'ACCOUNT', person.account.id, from],
      ['session STARTED', 'ACCOUNT', person.account.id, from],
      ['sessionRequest CREATED', 'DEVICE', they, from],
      ['sessionRequest DISMISSED', 'ACCOUNT', null, null],
      ['session ENDED', 'ACCOUNT', null, null],
    ]);
  });

  it('API-04 an export has every record once, the oldest first', async () => {
    const { admin, companyId } = await scene();
    const whose = { kind: 'COMPANY', companyId } as const;
    const all: number[] = [];
    for await (const batch of exportAuditLog(admin.ctx, whose, {})) all.push(...batch.map(({ number }) => number));
    expect(all).toEqual([1, 2, 3, 4]);
  });

  it('API-04 an export ends before the next batch where its reader is no administrator any more', async () => {
    const { app, admin, companyId } = await scene();
    const another = await buildAccount(app);
    const memberId = await addMember(app, companyId, another, 'COMPANY_ADMINISTRATOR');
    await change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
      for (let i = 0; i < 600; i++) {
        tx.emit({ concept: 'test', change: 'HAPPENED', subject: `s${i}`, streams: [streamOf.company(companyId)] });
      }
    });
    const batches = exportAuditLog(another.ctx, { kind: 'COMPANY', companyId }, {});
    expect(await batches.next()).toMatchObject({ done: false });
    await removeMember(admin.ctx, { id: memberId });
    await denialOf(batches.next(), 'NOT_FOUND');
  });
});

describe('the check of an audit log', () => {
  const tamper = (app: TestApp, companyId: string, number: number, what: Partial<typeof events.$inferInsert> | null) =>
    app.services.db.write(async ({ q }) => {
      const row = and(eq(events.stream, streamOf.company(companyId)), eq(events.number, number));
      if (what) await q.update(events).set(what).where(row);
      else await q.delete(events).where(row);
    });

  it('API-04 finds an untouched log intact', async () => {
    const { admin, companyId } = await scene();
    expect(await verifyAuditLog(admin.ctx, { kind: 'COMPANY', companyId })).toEqual({ intact: true, checked: 4 });
  });

  it.each([
    ['the facts', { after: { name: 'Never' } }],
    ['who did it', { actor: { kind: 'OPERATOR', id: null } as const }],
    ['when', { at: 0 }],
    ['from where', { address: '203.0.113.9' }],
    ['a whole record', null],
  ])('API-04 finds the record where somebody tampered with %s', async (_what, values) => {
    const { app, admin, companyId } = await scene();
    await tamper(app, companyId, 3, values);
    expect(await verifyAuditLog(admin.ctx, { kind: 'COMPANY', companyId })).toMatchObject({
      intact: false,
      brokenAt: 3,
    });
  });

  it('API-04 finds a cut-off end, and a record added past the server', async () => {
    const { app, admin, companyId } = await scene();
    const whose = { kind: 'COMPANY', companyId } as const;
    const stream = streamOf.company(companyId);
    const [last] = await app.services.db.read
      .select()
      .from(events)
      .where(and(eq(events.stream, stream), eq(events.number, 4)));
    if (!last) throw new Error('there is no fourth record');
    await app.services.db.write(async ({ q }) => {
      await q.insert(events).values({ ...last, number: 5 });
    });
    expect(await verifyAuditLog(admin.ctx, whose)).toMatchObject({ intact: false, brokenAt: 5 });
    await tamper(app, companyId, 5, null);
    await tamper(app, companyId, 4, null);
    expect(await verifyAuditLog(admin.ctx, whose)).toMatchObject({ intact: false, brokenAt: 4 });
    expect(await app.services.db.read.select().from(streams).where(eq(streams.name, stream))).toHaveLength(1);
  });
});
