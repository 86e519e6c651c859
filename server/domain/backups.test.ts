import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { members } from '../db/tables/companies.ts';
import { licences } from '../db/tables/licences.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, type TestAccount } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { buildMember, companyWith, givePolicy, report } from '../testing/services.ts';
import { getSnapshot, listSnapshots, passOnBackup, reportSnapshot } from './backups.ts';
import type { Context } from './context.ts';
import { assignDevice } from './device-changes.ts';
import { streamOf } from './event-log.ts';
import { removeMember } from './member-changes.ts';
import { ALL_GRANTS } from './permissions.ts';
import { getPolicy, listPolicies } from './policies.ts';
import { TOKEN_SCOPES } from './principal.ts';
import { cancelRestore, getRestore, listRestoresToRun, reportRestore, requestRestore } from './restores.ts';
import { deactivateService } from './service-activation.ts';
import { listActivations } from './service-overview.ts';

/** A device assigned to `owner`, who is a plain User, with an active Backup and one snapshot. */
async function backedUp() {
  const company = await companyWith(await testApp(), 'BACKUP');
  const { app, companyId } = company;
  const owner = await buildAccount(app);
  const memberId = await addMember(app, companyId, owner, 'USER');
  const device = await company.managed({ accountId: owner.account.id });
  const [outcome] = await company.activate(owner, device);
  await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
  const take = (reference: string) =>
    reportSnapshot(device.ctx, { reference, takenAt: app.clock.now(), files: 3, bytes: 5e9, addedBytes: 10 });
  const snapshot = await take('one');
  const activation = async () => {
    const rows = await app.services.db.read
      .select()
      .from(serviceActivations)
      .where(eq(serviceActivations.deviceId, device.device.id));
    return rows.find(({ service }) => service === 'BACKUP');
  };
  const used = async () => {
    const [row] = await app.services.db.read.select().from(licences).where(eq(licences.id, company.licenceId));
    return row?.seatsUsed;
  };
  const activationId = outcome?.activationId ?? '';
  const ask = (who: TestAccount) => requestRestore(who.ctx, { snapshotId: snapshot.id });
  const assign = (accountId: string | null) =>
    assignDevice(company.admin.ctx, { deviceId: device.device.id, accountId });
  return { ...company, owner, memberId, device, take, snapshot, activation, activationId, used, ask, assign };
}

/** The same account by an API token with every scope. */
const byToken = (ctx: Context, accountId: string): Context => ({
  ...ctx,
  principal: {
    kind: 'account',
    accountId,
    verified: true,
    lacksSecondFactor: false,
    via: { kind: 'token', id: newId('ApiToken'), scopes: TOKEN_SCOPES },
  },
});

describe('installing Backup', () => {
  it('PER-07 only the account that the device is assigned to, signed in, puts Backup on it; no role is needed', async () => {
    const { app, admin, companyId, managed, activate } = await companyWith(await testApp(), 'BACKUP');
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const everything = await buildMember(app, companyId, [...ALL_GRANTS]);
    const device = await managed({ accountId: user.account.id });
    const refused = [{ unmet: ['BACKUP_NOT_ASSIGNED'], activationId: null }];
    expect(await activate(admin, device)).toMatchObject(refused);
    expect(await activate(everything, device)).toMatchObject(refused);
    expect(await activate({ ...user, ctx: byToken(user.ctx, user.account.id) }, device)).toMatchObject(refused);
    await denialOf(activate({ ...user, ctx: app.as({ kind: 'operator' }) }, device), 'FORBIDDEN');
    await denialOf(activate({ ...user, ctx: device.ctx }, device), 'FORBIDDEN');
    expect(await activate(user, device)).toMatchObject([{ unmet: [] }]);
    const [row] = await app.services.db.read.select().from(serviceActivations);
    expect(row).toMatchObject({ assignedAccountId: user.account.id, state: 'PENDING' });
    expect(await activate(admin, await managed({ accountId: admin.account.id }), await managed())).toMatchObject([
      { unmet: [] },
      { unmet: ['BACKUP_NOT_ASSIGNED'] },
    ]);
  });

  it('PER-07 who has a device assigned to it chooses among the policies of Backup without a role, and of no other service', async () => {
    const { app, companyId, admin, managed, activate, policyId } = await companyWith(await testApp(), 'BACKUP');
    const monitoring = await givePolicy(app, companyId, 'MONITORING');
    const [user, other] = [await buildAccount(app), await buildAccount(app)];
    await addMember(app, companyId, user, 'USER');
    await addMember(app, companyId, other, 'USER');
    const device = await managed({ accountId: user.account.id });
    const names = async (who: TestAccount) => (await listPolicies(who.ctx, companyId, {})).rows.map(({ id }) => id);
    expect(await names(user)).toEqual([policyId]);
    expect(await names(other)).toEqual([]);
    expect(await getPolicy(user.ctx, policyId)).toMatchObject({ service: 'BACKUP' });
    await denialOf(getPolicy(user.ctx, monitoring), 'NOT_FOUND');
    await denialOf(listPolicies(user.ctx, companyId, { service: 'MONITORING' }), 'FORBIDDEN');
    await denialOf(listPolicies(other.ctx, companyId, { service: 'BACKUP' }), 'FORBIDDEN');
    await activate(user, device);
    const on = (who: TestAccount, mine: boolean) =>
      listActivations(who.ctx, { companyId, service: 'BACKUP' }, { mine }).then(({ rows }) => rows.length);
    expect([await on(user, true), await on(admin, true), await on(admin, false)]).toEqual([1, 0, 1]);
  });
});

describe('restoring', () => {
  it('PER-07 SVC-11 the assigned account asks, the device restores and reports', async () => {
    const { owner, device, snapshot, admin, companyId } = await backedUp();
    const events = await listenTo(device.ctx, streamOf.device(device.device.id));
    const company = await listenTo(admin.ctx, streamOf.company(companyId));
    const request = await requestRestore(owner.ctx, { snapshotId: snapshot.id, paths: ['/home/ana/ a file '] });
    expect(request).toMatchObject({ state: 'REQUESTED', paths: ['/home/ana/ a file '], requestedBy: owner.account.id });
    expect(await listRestoresToRun(device.ctx)).toMatchObject([{ id: request.id }]);
    await refusalOf(reportRestore(device.ctx, { id: request.id, state: 'DONE' }), 'NOT_PENDING');
    await reportRestore(device.ctx, { id: request.id, state: 'RUNNING' });
    await reportRestore(device.ctx, { id: request.id, state: 'RUNNING' });
    await refusalOf(cancelRestore(owner.ctx, { id: request.id }), 'NOT_PENDING');
    await reportRestore(device.ctx, { id: request.id, state: 'DONE', restoredFiles: 1 });
    expect(await getRestore(owner.ctx, request.id)).toMatchObject({ state: 'DONE', restoredFiles: 1 });
    expect(await events.changes(3)).toEqual(['restore REQUESTED', 'restore RUNNING', 'restore DONE']);
    expect(JSON.stringify([await company.next(), await company.next()])).not.toContain('/home');
    expect(await listRestoresToRun(device.ctx)).toEqual([]);
  });

  it('PER-08 every other kind of principal is refused: asking, cancelling, looking, passing on', async () => {
    const { app, admin, companyId, owner, device, managed, snapshot, activationId, ask, licenceId } = await backedUp();
    const pending = await ask(owner);
    const everything = await buildMember(app, companyId, [...ALL_GRANTS]);
    // The holder of a Business licence (PER-09): the owner of the service.
    const holder = await buildMember(app, companyId, []);
    await app.services.db.write(async ({ q }) => {
      await q
        .update(licences)
        .set({ edition: 'BUSINESS', holderId: holder.account.id })
        .where(eq(licences.id, licenceId));
    });
    const outsider = (await buildCompany(app)).admin;
    const callers: Record<string, Context> = {
      'company administrator': admin.ctx,
      owner: holder.ctx,
      'custom role with every permission': everything.ctx,
      'API token of an administrator': byToken(admin.ctx, admin.account.id),
      'API token of the assigned account': byToken(owner.ctx, owner.account.id),
      operator: app.as({ kind: 'operator' }),
      device: device.ctx,
      'other device': (await managed()).ctx,
    };
    for (const [name, ctx] of Object.entries(callers)) {
      await denialOf(requestRestore(ctx, { snapshotId: snapshot.id }), 'FORBIDDEN').catch((error) => {
        throw new Error(`${name}: ${error}`);
      });
      await denialOf(cancelRestore(ctx, { id: pending.id }), 'FORBIDDEN');
      await denialOf(passOnBackup(ctx, { activationId, accountId: admin.account.id }), 'FORBIDDEN');
    }
    const unseeing = [admin.ctx, holder.ctx, everything.ctx, callers['API token of an administrator'] ?? admin.ctx];
    for (const ctx of unseeing) {
      await denialOf(getSnapshot(ctx, snapshot.id), 'NOT_FOUND');
      await denialOf(getRestore(ctx, pending.id), 'NOT_FOUND');
      expect((await listSnapshots(ctx, { id: activationId, deviceId: device.device.id, companyId }, {})).rows).toEqual(
        [],
      );
    }
    await denialOf(requestRestore(outsider.ctx, { snapshotId: snapshot.id }), 'NOT_FOUND');
    await denialOf(cancelRestore(outsider.ctx, { id: pending.id }), 'NOT_FOUND');
    await denialOf(passOnBackup(outsider.ctx, { activationId, accountId: admin.account.id }), 'NOT_FOUND');
    await denialOf(requestRestore(app.as({ kind: 'anonymous' }), { snapshotId: snapshot.id }), 'UNAUTHENTICATED');
    await denialOf(
      reportRestore(callers['other device'] ?? admin.ctx, { id: pending.id, state: 'RUNNING' }),
      'NOT_FOUND',
    );
    expect(await cancelRestore(owner.ctx, { id: pending.id })).toMatchObject({ state: 'CANCELLED' });
  });

  it('PER-08a reassigning the device retires the Backup, frees its seat, and opens its data to nobody', async () => {
    const { admin, owner, device, snapshot, activation, used, ask, assign, activate, take } = await backedUp();
    const pending = await ask(owner);
    await assign(admin.account.id);
    expect(await activation()).toMatchObject({ state: 'RETIRED', assignedAccountId: owner.account.id });
    expect(await used()).toBe(0);
    expect(await getRestore(owner.ctx, pending.id)).toMatchObject({ state: 'CANCELLED' });
    await denialOf(ask(admin), 'FORBIDDEN');
    await refusalOf(ask(owner), 'BACKUP_NOT_ACTIVE');
    await refusalOf(take('two'), 'BACKUP_NOT_ACTIVE');
    // A Backup of the new account on the same device begins with nothing.
    expect(await activate(admin, device)).toMatchObject([{ unmet: [] }]);
    await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
    await denialOf(ask(admin), 'FORBIDDEN');
    await denialOf(getSnapshot(admin.ctx, snapshot.id), 'NOT_FOUND');
    await refusalOf(ask(owner), 'BACKUP_NOT_ACTIVE');
    // Back with its account, it is activated again, and all is there.
    await assign(owner.account.id);
    expect(await activate(owner, device)).toMatchObject([{ unmet: [] }]);
    await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
    expect(await ask(owner)).toMatchObject({ state: 'REQUESTED' });
  });

  it('PER-08a who left the company reaches nothing until the membership is restored', async () => {
    const { app, admin, companyId, owner, memberId, snapshot, activation, ask, assign, activate, device } =
      await backedUp();
    const lost = { id: memberId, signedOutDevices: 1, retiredBackups: 1 };
    expect(await removeMember(admin.ctx, { id: memberId, dryRun: true })).toEqual(lost);
    expect(await activation()).toMatchObject({ state: 'ACTIVE' });
    expect(await removeMember(admin.ctx, { id: memberId })).toEqual(lost);
    expect(await activation()).toMatchObject({ state: 'RETIRED', assignedAccountId: owner.account.id });
    await denialOf(ask(owner), 'FORBIDDEN');
    await denialOf(getSnapshot(owner.ctx, snapshot.id), 'NOT_FOUND');
    await denialOf(ask(admin), 'FORBIDDEN');
    expect(await app.services.db.read.select().from(members).where(eq(members.accountId, owner.account.id))).toEqual(
      [],
    );
    await addMember(app, companyId, owner, 'USER');
    expect(await getSnapshot(owner.ctx, snapshot.id)).toMatchObject({ id: snapshot.id });
    await assign(owner.account.id);
    await activate(owner, device);
    await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
    expect(await ask(owner)).toMatchObject({ state: 'REQUESTED' });
  });

  it('PER-08a the account passes it on with its snapshots; what is restored still goes to no other’s device', async () => {
    const { admin, owner, activationId, activation, snapshot, ask, assign } = await backedUp();
    const outsider = newId('Account');
    await denialOf(passOnBackup(owner.ctx, { activationId, accountId: outsider }), 'NOT_FOUND');
    expect(await passOnBackup(owner.ctx, { activationId, accountId: admin.account.id })).toMatchObject({
      assignedAccountId: admin.account.id,
      state: 'ACTIVE',
    });
    await denialOf(ask(owner), 'FORBIDDEN');
    await denialOf(getSnapshot(owner.ctx, snapshot.id), 'NOT_FOUND');
    await refusalOf(ask(admin), 'DEVICE_REASSIGNED');
    await assign(admin.account.id);
    expect(await activation()).toMatchObject({ state: 'ACTIVE' });
    expect(await ask(admin)).toMatchObject({ state: 'REQUESTED' });
  });

  it('PER-08 taking Backup off a device opens nothing either, and its account keeps what there is', async () => {
    const { admin, owner, device, snapshot, ask } = await backedUp();
    const pending = await ask(owner);
    const outcomes = await deactivateService(admin.ctx, { service: 'BACKUP', deviceIds: [device.device.id] });
    expect(outcomes).toMatchObject([{ unmet: [] }]);
    expect(await getRestore(owner.ctx, pending.id)).toMatchObject({ state: 'CANCELLED' });
    await denialOf(ask(admin), 'FORBIDDEN');
    await refusalOf(ask(owner), 'BACKUP_NOT_ACTIVE');
    expect(await getSnapshot(owner.ctx, snapshot.id)).toMatchObject({ reference: 'one' });
  });
});

describe('snapshots', () => {
  it('SVC-11 the device reports each once, and what becomes of it; its account pages through them, newest first', async () => {
    const { app, owner, device, take, snapshot, activationId, companyId, ask } = await backedUp();
    app.clock.advance(1_000);
    const second = await take('two');
    expect((await take('two')).id).toBe(second.id);
    const of = { id: activationId, deviceId: device.device.id, companyId };
    const first = await listSnapshots(owner.ctx, of, { first: 1 });
    expect(first.rows.map(({ id }) => id)).toEqual([second.id]);
    const [row] = first.rows;
    const rest = await listSnapshots(owner.ctx, of, { first: 1, after: row ? first.cursorOf(row) : '' });
    expect(rest.rows.map(({ id }) => id)).toEqual([snapshot.id]);
    expect(await first.count()).toBe(2);
    const again = { reference: 'one', takenAt: app.clock.now(), files: 3, bytes: 1, addedBytes: 1 };
    expect(await reportSnapshot(device.ctx, { ...again, verified: true })).toMatchObject({
      verifiedAt: app.clock.now(),
    });
    expect(await reportSnapshot(device.ctx, { ...again, pruned: true })).toMatchObject({ prunedAt: app.clock.now() });
    await refusalOf(ask(owner), 'SNAPSHOT_PRUNED');
    await refusalOf(reportSnapshot(device.ctx, { ...again, bytes: -1 }), 'OUT_OF_RANGE');
    await refusalOf(reportSnapshot(device.ctx, { ...again, bytes: 0.5 }), 'OUT_OF_RANGE');
    await refusalOf(reportSnapshot(device.ctx, { ...again, takenAt: app.clock.now() + 600_000 }), 'INVALID_TIME');
    await denialOf(reportSnapshot(owner.ctx, again), 'FORBIDDEN');
  });

  it('SVC-11 paths that are no paths are refused by name', async () => {
    const { owner, snapshot } = await backedUp();
    const ask = (paths: string[]) => requestRestore(owner.ctx, { snapshotId: snapshot.id, paths });
    await refusalOf(ask(['']), 'REQUIRED');
    await refusalOf(ask(['a\u0000']), 'INVALID_CHARACTERS');
    await refusalOf(ask(['x'.repeat(4_097)]), 'TOO_LONG');
    await refusalOf(ask(Array.from({ length: 101 }, () => 'x')), 'TOO_MANY');
  });
});
