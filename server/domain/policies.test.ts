import { describe, expect, it } from 'vitest';
import type { Grant } from '../db/tables/roles.ts';
import { roles, SERVICES } from '../db/tables/roles.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import type { Context } from './context.ts';
import { addDevicesToGroup, createDeviceGroup, deleteDeviceGroup } from './device-groups.ts';
import { removeDevice } from './device-removal.ts';
import { effectivePolicy } from './effective-policy.ts';
import { streamOf } from './event-log.ts';
import { getPolicy, listPolicies } from './policies.ts';
import { ASSIGNMENT_MOST, assignPolicy, listPolicyAssignments, unassignPolicy } from './policy-assignments.ts';
import { createPolicy, removePolicy, renamePolicy, restorePolicyVersion, updatePolicy } from './policy-changes.ts';
import { affectedDevices } from './policy-impact.ts';
import { listPolicyVersions, policyDifferences } from './policy-versions.ts';

async function company() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const stranger = (await buildCompany(app)).admin;
  const managed = async () => (await setDevice(app, await buildDevice(app), { companyId })).device;
  return { app, companyId, admin, stranger, managed };
}

/** A member whose only role has these marks. */
async function memberWith(app: TestApp, companyId: string, grants: Grant[]): Promise<TestAccount> {
  const id = newId('Role') as `rol_${string}`;
  const values = { id, companyId, builtIn: null, name: id, nameKey: id, grants, createdAt: app.clock.now() };
  await app.services.db.write(async ({ q }) => {
    await q.insert(roles).values(values);
  });
  const account = await buildAccount(app);
  await addMember(app, companyId, account, id);
  return account;
}

const monitoring = (values: Record<string, unknown>) => ({ service: 'MONITORING', values }) as const;

const create = (ctx: Context, name: string, values: Record<string, unknown>) =>
  createPolicy(ctx, { name, settings: monitoring(values) });

describe('SVC-09 policies and their versions', () => {
  it('are made, changed, renamed and removed; each change is a version, told to the company', async () => {
    const { companyId, admin } = await company();
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const policy = await create(admin.ctx, ' Tills ', { cpuPercent: 80, cpuMinutes: null });
    expect(policy).toMatchObject({ name: 'Tills', version: 1, settings: { cpuPercent: 80 } });
    await refusalOf(create(admin.ctx, 'TILLS', {}), 'NAME_TAKEN');
    // The same name for another service is another policy's.
    await createPolicy(admin.ctx, { name: 'Tills', settings: { service: 'BACKUP', values: {} } });
    const { id } = policy;
    const second = await updatePolicy(admin.ctx, { id, expectedVersion: 1, settings: monitoring({ cpuPercent: 70 }) });
    expect(second).toMatchObject({ version: 2, settings: { cpuPercent: 70 }, changedBy: admin.account.id });
    expect(await getPolicy(admin.ctx, id)).toEqual(second);
    // What differs in nothing is no version.
    expect(await updatePolicy(admin.ctx, { id, expectedVersion: 2, settings: monitoring({ cpuPercent: 70 }) })).toEqual(
      second,
    );
    expect(await renamePolicy(admin.ctx, { id, name: 'Desks' })).toMatchObject({ name: 'Desks', version: 2 });
    await removePolicy(admin.ctx, { id });
    await denialOf(getPolicy(admin.ctx, id), 'NOT_FOUND');
    await denialOf(removePolicy(admin.ctx, { id }), 'NOT_FOUND');
    expect(await create(admin.ctx, 'desks', {})).toMatchObject({ name: 'desks' });
    expect(await events.changes(6)).toEqual([
      'policy CREATED',
      'policy CREATED',
      'policy UPDATED',
      'policy RENAMED',
      'policy REMOVED',
      'policy CREATED',
    ]);
  });

  it('every wrong setting is refused by name, and nothing is written', async () => {
    const { companyId, admin } = await company();
    const refused = create(admin.ctx, 'Tills', { cpuPercent: 101, samplingSeconds: 9 });
    expect((await refusalOf(refused, 'SETTINGS_INVALID')).details['problems']).toMatchObject([
      { path: 'samplingSeconds', min: 10, limit: 3600, unit: 's' },
      { path: 'cpuPercent', min: 1, limit: 100, unit: '%' },
    ]);
    expect((await listPolicies(admin.ctx, companyId, {})).rows).toEqual([]);
    const { id } = await create(admin.ctx, 'Tills', {});
    const other = { id, expectedVersion: 1, settings: { service: 'BACKUP', values: {} } } as const;
    await refusalOf(updatePolicy(admin.ctx, other), 'CONTRADICTION');
  });

  it('who edits what somebody else edited meanwhile is told so; of two at the same time one wins', async () => {
    const { admin } = await company();
    const { id } = await create(admin.ctx, 'Tills', {});
    const edits = await Promise.allSettled(
      [60, 70].map((cpuPercent) =>
        updatePolicy(admin.ctx, { id, expectedVersion: 1, settings: monitoring({ cpuPercent }) }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const late = updatePolicy(admin.ctx, { id, expectedVersion: 1, settings: monitoring({}) });
    expect((await refusalOf(late, 'VERSION_OUTDATED')).details).toEqual({ currentVersion: 2 });
  });

  it('versions are listed with differences, and an older one is restored as a new one', async () => {
    const { admin } = await company();
    const { id } = await create(admin.ctx, 'Tills', { cpuPercent: 80 });
    await updatePolicy(admin.ctx, { id, expectedVersion: 1, settings: monitoring({ memoryPercent: 70 }) });
    expect(await policyDifferences(admin.ctx, id, { from: 1, to: 2 })).toEqual([
      { setting: 'cpuPercent', before: 80, after: undefined },
      { setting: 'memoryPercent', before: undefined, after: 70 },
    ]);
    await refusalOf(restorePolicyVersion(admin.ctx, { id, version: 1, expectedVersion: 1 }), 'VERSION_OUTDATED');
    await denialOf(restorePolicyVersion(admin.ctx, { id, version: 3, expectedVersion: 2 }), 'NOT_FOUND');
    expect(await restorePolicyVersion(admin.ctx, { id, version: 1, expectedVersion: 2 })).toMatchObject({
      version: 3,
      settings: { cpuPercent: 80 },
    });
    const page = await listPolicyVersions(admin.ctx, id, { first: 2 });
    expect(page.rows.map(({ version }) => version)).toEqual([3, 2]);
    const [last] = page.rows.slice(-1);
    const next = await listPolicyVersions(admin.ctx, id, { first: 2, after: last && page.cursorOf(last) });
    expect(next.rows.map(({ version }) => version)).toEqual([1]);
    await denialOf(policyDifferences(admin.ctx, id, { from: 1, to: 4 }), 'NOT_FOUND');
  });
});

describe('PER-02, PER-03, PER-12 who may edit and who may assign', () => {
  it('assigning alone does not allow editing, editing implies assigning, and neither says anything of other services', async () => {
    const { app, companyId, admin, stranger, managed } = await company();
    const assigner = await memberWith(app, companyId, [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }]);
    const manager = await memberWith(app, companyId, [{ service: 'MONITORING', permission: 'MANAGE_POLICIES' }]);
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const { id } = await create(admin.ctx, 'Tills', {});
    const targetIds = [(await managed()).id];

    expect(await getPolicy(assigner.ctx, id)).toMatchObject({ id });
    for (const ctx of [assigner.ctx, user.ctx]) {
      const settings = monitoring({ cpuPercent: 50 });
      const { details } = await denialOf(updatePolicy(ctx, { id, expectedVersion: 1, settings }), 'FORBIDDEN');
      expect(details).toEqual({ service: 'MONITORING', permission: 'MANAGE_POLICIES' });
      await denialOf(create(ctx, 'Mine', {}), 'FORBIDDEN');
      await denialOf(renamePolicy(ctx, { id, name: 'Mine' }), 'FORBIDDEN');
      await denialOf(removePolicy(ctx, { id }), 'FORBIDDEN');
      await denialOf(restorePolicyVersion(ctx, { id, version: 1, expectedVersion: 1 }), 'FORBIDDEN');
    }
    expect(await assignPolicy(assigner.ctx, { policyId: id, targetIds })).toMatchObject([{ outcome: 'ASSIGNED' }]);
    expect(await unassignPolicy(manager.ctx, { policyId: id, targetIds })).toMatchObject([{ outcome: 'UNASSIGNED' }]);
    expect(await renamePolicy(manager.ctx, { id, name: 'Desks' })).toMatchObject({ name: 'Desks' });
    for (const dryRun of [true, false]) {
      await denialOf(assignPolicy(user.ctx, { policyId: id, targetIds, dryRun }), 'FORBIDDEN');
      await denialOf(unassignPolicy(stranger.ctx, { policyId: id, targetIds, dryRun }), 'NOT_FOUND');
    }
    await denialOf(getPolicy(user.ctx, id), 'NOT_FOUND');
    await denialOf(getPolicy(stranger.ctx, id), 'NOT_FOUND');
    await denialOf(renamePolicy(stranger.ctx, { id, name: 'x' }), 'NOT_FOUND');

    for (const service of SERVICES.filter((each) => each !== 'MONITORING')) {
      await denialOf(createPolicy(manager.ctx, { name: 'Mine', settings: { service, values: {} } }), 'FORBIDDEN');
      const other = await createPolicy(admin.ctx, { name: 'Other', settings: { service, values: {} } });
      await denialOf(assignPolicy(manager.ctx, { policyId: other.id, targetIds }), 'FORBIDDEN');
      await denialOf(getPolicy(manager.ctx, other.id), 'NOT_FOUND');
      await denialOf(listPolicies(manager.ctx, companyId, { service }), 'FORBIDDEN');
    }
    const names = async (ctx: Context) => (await listPolicies(ctx, companyId, {})).rows.map(({ name }) => name);
    expect(await names(manager.ctx)).toEqual(['Desks']);
    expect(await names(admin.ctx)).toHaveLength(6);
    expect(await names(user.ctx)).toEqual([]);
    await denialOf(listPolicies(stranger.ctx, companyId, {}), 'NOT_FOUND');
  });
});

describe('SVC-09 assignment and what holds on a device', () => {
  it('API-03 each target is answered; a preview answers the same and changes nothing', async () => {
    const { admin, managed, app } = await company();
    const other = await buildDevice(app);
    const [one, two] = [await managed(), await managed()];
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [two.id] });
    const policy = await create(admin.ctx, 'Tills', { cpuPercent: 80 });
    const old = await create(admin.ctx, 'Old', {});
    await assignPolicy(admin.ctx, { policyId: old.id, targetIds: [one.id] });
    const input = { policyId: policy.id, targetIds: [one.id, group.id, other.device.id, newId('Device'), 'x', one.id] };
    const expected = [
      { targetId: one.id, outcome: 'REPLACED', replacedPolicyId: old.id },
      { targetId: group.id, outcome: 'ASSIGNED', replacedPolicyId: null },
      ...input.targetIds.slice(2, 5).map((targetId) => ({
        targetId,
        outcome: 'TARGET_UNKNOWN',
        replacedPolicyId: null,
      })),
    ];
    const events = await listenTo(admin.ctx, streamOf.device(two.id));
    expect(await assignPolicy(admin.ctx, { ...input, dryRun: true })).toEqual(expected);
    expect((await listPolicyAssignments(admin.ctx, policy.id, {})).rows).toEqual([]);
    expect(await assignPolicy(admin.ctx, input)).toEqual(expected);
    // The device hears that its group's policy changed, of the real change only.
    expect(await events.next()).toMatchObject({ concept: 'policy', change: 'ASSIGNED', subject: policy.id });
    const again = await assignPolicy(admin.ctx, input);
    expect(again.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect((await refusalOf(removePolicy(admin.ctx, { id: policy.id }), 'POLICY_IN_USE')).details).toEqual({
      assignments: 2,
    });
    const taken = { policyId: policy.id, targetIds: [one.id, group.id, newId('DeviceGroup')] };
    expect((await unassignPolicy(admin.ctx, { ...taken, dryRun: true })).map(({ outcome }) => outcome)).toEqual([
      'UNASSIGNED',
      'UNASSIGNED',
      'TARGET_UNKNOWN',
    ]);
    await unassignPolicy(admin.ctx, taken);
    expect(await events.next()).toMatchObject({ change: 'UNASSIGNED' });
    await removePolicy(admin.ctx, { id: policy.id });
    const many = Array.from({ length: ASSIGNMENT_MOST + 1 }, () => newId('Device'));
    await refusalOf(assignPolicy(admin.ctx, { policyId: old.id, targetIds: many }), 'TOO_MANY');
    await refusalOf(assignPolicy(admin.ctx, { policyId: old.id, targetIds: [] }), 'REQUIRED');
  });

  it('API-04 the company’s log tells where a policy was, whatever took it away', async () => {
    const { companyId, admin, managed } = await company();
    const [one, two] = [await managed(), await managed()];
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const old = await create(admin.ctx, 'Old', {});
    const policy = await create(admin.ctx, 'Tills', {});
    const all = [one.id, two.id, group.id];
    await assignPolicy(admin.ctx, { policyId: old.id, targetIds: [one.id, group.id] });
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: all });
    const taken = (subject: string, ...targetIds: string[]) => ({
      change: 'UNASSIGNED',
      subject,
      before: { targetIds },
    });
    expect(await events.next()).toMatchObject({
      ...taken(old.id, one.id, group.id),
      after: { name: 'Old', service: 'MONITORING' },
    });
    const same = { service: 'MONITORING', name: 'Tills', version: 1 };
    expect(await events.next()).toMatchObject({
      change: 'ASSIGNED',
      subject: policy.id,
      before: same,
      after: { ...same, targetIds: all },
    });
    await unassignPolicy(admin.ctx, { policyId: policy.id, targetIds: [two.id] });
    expect(await events.next()).toMatchObject(taken(policy.id, two.id));
    await deleteDeviceGroup(admin.ctx, { id: group.id });
    expect(await events.next()).toMatchObject(taken(policy.id, group.id));
    expect(await events.next()).toMatchObject({ concept: 'deviceGroup', change: 'DELETED' });
    await removeDevice(admin.ctx, { deviceId: one.id });
    expect(await events.next()).toMatchObject(taken(policy.id, one.id));
    expect(await events.next()).toMatchObject({ concept: 'device', change: 'REMOVED' });
  });

  it('the device’s policy goes before its groups’, of those the one assigned last; each value names its origin', async () => {
    const { app, admin, managed } = await company();
    const device = await managed();
    const inGroup = async (name: string, values: Record<string, unknown>) => {
      const group = await createDeviceGroup(admin.ctx, { name });
      await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [device.id] });
      const policy = await create(admin.ctx, name, values);
      await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [group.id] });
      app.clock.advance(1000);
      return { group, policy };
    };
    const first = await inGroup('First', { cpuPercent: 60, memoryPercent: 60 });
    const second = await inGroup('Second', { cpuPercent: 70 });
    const own = await create(admin.ctx, 'Own', { diskFreePercent: 5 });
    await assignPolicy(admin.ctx, { policyId: own.id, targetIds: [device.id] });
    const { settings, origins } = await effectivePolicy(app.services.db.read, device.id, 'MONITORING');
    expect(settings).toMatchObject({ cpuPercent: 70, memoryPercent: 60, diskFreePercent: 5, cpuMinutes: 5 });
    const of = (name: string) => origins.find(({ setting }) => setting === name);
    const layer = 'GROUP';
    const version = 1;
    expect(of('cpuPercent')).toMatchObject({
      origin: { layer, targetId: second.group.id, policyId: second.policy.id, version },
      conflicts: [{ value: 60, origin: { targetId: first.group.id } }],
    });
    expect(of('memoryPercent')).toMatchObject({ origin: { layer, policyId: first.policy.id }, conflicts: [] });
    expect(of('diskFreePercent')).toMatchObject({ origin: { layer: 'DEVICE', targetId: device.id, policyId: own.id } });
    expect(of('cpuMinutes')).toMatchObject({ origin: { layer: 'DEFAULT' } });
    // A group that is no more brings nothing any more; its policy can be removed.
    await deleteDeviceGroup(admin.ctx, { id: second.group.id });
    expect((await effectivePolicy(app.services.db.read, device.id, 'MONITORING')).settings.cpuPercent).toBe(60);
    await removePolicy(admin.ctx, { id: second.policy.id });
    await removeDevice(admin.ctx, { deviceId: device.id });
    await removePolicy(admin.ctx, { id: own.id });
  });

  it('who would change by an edit is told before, and exactly those devices hear of it', async () => {
    const { admin, managed, stranger } = await company();
    const [one, two, three] = [await managed(), await managed(), await managed()];
    const group = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [one.id, two.id] });
    const policy = await create(admin.ctx, 'Tills', { cpuPercent: 80 });
    const own = await create(admin.ctx, 'Own', { cpuPercent: 50 });
    await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [group.id, three.id] });
    await assignPolicy(admin.ctx, { policyId: own.id, targetIds: [two.id] });
    const draft = monitoring({ cpuPercent: 75, memoryPercent: null });
    const input = { policyId: policy.id, settings: draft };
    const page = await affectedDevices(admin.ctx, { ...input, first: 1 });
    const ids = [one.id, three.id].sort();
    expect(page.rows).toEqual([{ deviceId: ids[0], settings: ['cpuPercent'] }]);
    expect(await page.count()).toBe(2);
    const [last] = page.rows;
    const next = await affectedDevices(admin.ctx, { ...input, first: 1, after: last && page.cursorOf(last) });
    expect(next).toMatchObject({ rows: [{ deviceId: ids[1] }], hasNext: false });
    await denialOf(affectedDevices(stranger.ctx, input), 'NOT_FOUND');

    const heard = await Promise.all([one, two].map(({ id }) => listenTo(admin.ctx, streamOf.device(id))));
    await updatePolicy(admin.ctx, { id: policy.id, expectedVersion: 1, settings: draft });
    await updatePolicy(admin.ctx, { id: own.id, expectedVersion: 1, settings: monitoring({ cpuPercent: 40 }) });
    expect(await heard[0]?.next()).toMatchObject({ change: 'UPDATED', subject: policy.id, after: { version: 2 } });
    expect(await heard[1]?.next()).toMatchObject({ change: 'UPDATED', subject: own.id });
  });
});
