import { describe, expect, it } from 'vitest';
import { deviceGroupMembers, devices } from '../db/tables/devices.ts';
import { policyAssignments } from '../db/tables/policies.ts';
import { newId, randomDeviceAddress } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { createDeviceGroup } from './device-groups.ts';
import { effectivePolicies } from './effective-policy.ts';
import { readHead, streamOf, verifyChain } from './event-log.ts';
import { assignPolicy } from './policy-assignments.ts';
import { createPolicy, removePolicy, updatePolicy } from './policy-changes.ts';

/** More than one statement takes: see ROWS_AT_ONCE in event-log.ts. */
const MANY = 1_200;

const settings = (values: Record<string, unknown>) => ({ service: 'MONITORING', values }) as const;

describe('SVC-09 assignment of policies', () => {
  it('a policy of a group with over a thousand devices is edited at one go, and each of them is told', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const group = await createDeviceGroup(admin.ctx, { name: 'All' });
    const template = (await setDevice(app, await buildDevice(app), { companyId })).device;
    const rows = Array.from({ length: MANY }, () => ({
      ...template,
      id: newId('Device'),
      address: randomDeviceAddress(),
      credentialHash: newId('Device'),
    }));
    await app.services.db.write(async ({ q }) => {
      for (let at = 0; at < MANY; at += 300) {
        const some = rows.slice(at, at + 300);
        await q.insert(devices).values(some);
        await q.insert(deviceGroupMembers).values(some.map(({ id }) => ({ groupId: group.id, deviceId: id })));
      }
    });
    const policy = await createPolicy(admin.ctx, { name: 'All', settings: settings({ cpuPercent: 80 }) });
    await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [group.id] });
    await updatePolicy(admin.ctx, { id: policy.id, expectedVersion: 1, settings: settings({ cpuPercent: 70 }) });
    const ids = rows.map(({ id }) => id);
    const effective = await effectivePolicies(app.services.db.read, ids, 'MONITORING');
    expect(new Set(effective.map((each) => each.settings.cpuPercent))).toEqual(new Set([70]));
    for (const id of [ids[0], ids[MANY - 1]] as string[]) {
      expect((await readHead(app.services.db.read, streamOf.device(id))).last).toBe(2);
      expect(await verifyChain(app.services.db.read, streamOf.device(id))).toEqual({ intact: true, checked: 2 });
    }
  });

  it('a policy that is assigned while it is removed is either in use, or not there to be assigned', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { device } = await setDevice(app, await buildDevice(app), { companyId });
    for (let round = 0; round < 10; round++) {
      const { id } = await createPolicy(admin.ctx, { name: `P${round}`, settings: settings({}) });
      const [assigned, removed] = await Promise.allSettled([
        assignPolicy(admin.ctx, { policyId: id, targetIds: [device.id] }),
        removePolicy(admin.ctx, { id }),
      ]);
      expect([assigned.status, removed.status].sort()).toEqual(['fulfilled', 'rejected']);
      const [left] = await app.services.db.read.select().from(policyAssignments);
      if (removed.status === 'fulfilled') expect(left?.policyId).not.toBe(id);
      else expect(left?.policyId).toBe(id);
    }
  });
});
