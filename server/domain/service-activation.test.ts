import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { licences } from '../db/tables/licences.ts';
import { policyAssignments } from '../db/tables/policies.ts';
import { SERVICES } from '../db/tables/roles.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { buildMember, companyWith, giveLicence, givePolicy, report } from '../testing/services.ts';
import { removeDevice } from './device-removal.ts';
import { streamOf } from './event-log.ts';
import { activateService, deactivateService } from './service-activation.ts';

async function seatsUsed(app: TestApp, licenceId: string): Promise<number | undefined> {
  const [row] = await app.services.db.read.select().from(licences).where(eq(licences.id, licenceId));
  return row?.seatsUsed;
}

describe('activating a service', () => {
  it('SVC-03 SVC-04 SVC-07 every service is put on managed devices the same way, with one policy', async () => {
    const app = await testApp();
    for (const service of SERVICES) {
      const { admin, licenceId, policyId, managed, activate, companyId } = await companyWith(app, service);
      const [one, two] = [
        await managed({ accountId: admin.account.id }),
        await managed({ accountId: admin.account.id }),
      ];
      const events = await listenTo(admin.ctx, streamOf.company(companyId));
      const outcomes = await activate(admin, one, two);
      expect(outcomes).toEqual(
        [one, two].map(({ device }) => ({ deviceId: device.id, unmet: [], activationId: expect.any(String) })),
      );
      expect(await events.changes(3)).toEqual(['service REQUESTED', 'service REQUESTED', 'policy ASSIGNED']);
      expect(await seatsUsed(app, licenceId)).toBe(2);
      const assigned = await app.services.db.read
        .select()
        .from(policyAssignments)
        .where(eq(policyAssignments.policyId, policyId));
      expect(assigned.map(({ targetId }) => targetId).sort()).toEqual([one.device.id, two.device.id].sort());
    }
  });

  it('PRE-05 every unmet condition is told for the device, by name, not only the first', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const other = await givePolicy(app, companyId, 'MONITORING');
    const member = await buildMember(app, companyId, []);
    const device = await buildDevice(app, { clientKind: 'QUICK_SUPPORT' });
    await setDevice(app, device, { accountId: member.account.id });
    const call = { service: 'PATCH_MANAGEMENT', policyId: other, deviceIds: [device.device.id] } as const;
    const expected = ['NOT_MANAGED', 'CLIENT_KIND', 'NO_PERMISSION', 'NO_LICENCE', 'POLICY_OF_OTHER_SERVICE'];
    expect(await activateService(member.ctx, call)).toMatchObject([{ unmet: expected, activationId: null }]);
    expect(await activateService(member.ctx, { ...call, dryRun: true })).toMatchObject([{ unmet: expected }]);
  });

  it('SVC-05 of three devices one fails, by name, and the others go ahead', async () => {
    const app = await testApp();
    const { admin, managed, activate, licenceId } = await companyWith(app, 'MONITORING');
    const quick = await setDevice(app, await managed(), { clientKind: 'QUICK_SUPPORT' });
    const outcomes = await activate(admin, await managed(), quick, await managed());
    expect(outcomes.map(({ unmet }) => unmet)).toEqual([[], ['CLIENT_KIND'], []]);
    expect(await seatsUsed(app, licenceId)).toBe(2);
  });

  it('PRE-02 a foreign device answers as one that does not exist, and as what is no id at all', async () => {
    const app = await testApp();
    const { admin, policyId } = await companyWith(app, 'MONITORING');
    const foreign = await (await companyWith(app, 'MONITORING')).managed();
    const deviceIds = [foreign.device.id, newId('Device'), '\u0000', newId('Account')];
    const outcomes = await activateService(admin.ctx, { service: 'MONITORING', policyId, deviceIds });
    expect(outcomes).toEqual(
      deviceIds.map((deviceId) => ({ deviceId, unmet: ['DEVICE_UNKNOWN'], activationId: null })),
    );
  });

  it('PRE-04 PER-02 a role with ASSIGN_POLICIES for the service, or what implies it, is enough; others are not', async () => {
    const app = await testApp();
    const { companyId, managed, activate } = await companyWith(app, 'MONITORING');
    const assigns = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }]);
    const manages = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'MANAGE_POLICIES' }]);
    const elsewhere = await buildMember(app, companyId, [{ service: 'BACKUP', permission: 'MANAGE_POLICIES' }]);
    const alerts = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'HANDLE_ALL_ALERTS' }]);
    expect(await activate(assigns, await managed())).toMatchObject([{ unmet: [] }]);
    expect(await activate(manages, await managed())).toMatchObject([{ unmet: [] }]);
    expect(await activate(elsewhere, await managed())).toMatchObject([{ unmet: ['NO_PERMISSION'] }]);
    expect(await activate(alerts, await managed())).toMatchObject([{ unmet: ['NO_PERMISSION'] }]);
    const stranger = (await buildCompany(app)).admin;
    await denialOf(activate(stranger, await managed()), 'NOT_FOUND');
  });

  it('LIC-11 LIC-12 not bought, suspended, at the end of its term, without a free seat: each is refused by name', async () => {
    const app = await testApp();
    const { admin, policyId, licenceId, managed, companyId } = await companyWith(app, 'MONITORING', 1);
    const [one, two] = [await managed(), await managed()];
    const deviceIds = [one.device.id, two.device.id];
    const unmet = async () =>
      (await activateService(admin.ctx, { service: 'MONITORING', policyId, deviceIds, dryRun: true })).map(
        (o) => o.unmet,
      );
    const set = (values: Partial<typeof licences.$inferInsert>) =>
      app.services.db.write(async ({ q }) => {
        await q.update(licences).set(values).where(eq(licences.id, licenceId));
      });
    expect(await unmet()).toEqual([[], ['NO_SEAT']]);
    await set({ suspendedAt: app.clock.now() });
    expect(await unmet()).toEqual([['LICENCE_SUSPENDED'], ['LICENCE_SUSPENDED']]);
    await set({ suspendedAt: null, expiresAt: app.clock.now() });
    expect(await unmet()).toEqual([['LICENCE_EXPIRED'], ['LICENCE_EXPIRED']]);
    await set({ companyId: null, holderId: null, activatedAt: null });
    expect(await unmet()).toEqual([['NO_LICENCE'], ['NO_LICENCE']]);
    await giveLicence(app, { companyId, admin }, 'MONITORING');
    expect(await unmet()).toEqual([[], []]);
  });

  it('API-03 a preview tells what then happens, whatever the devices and the seats', async () => {
    const app = await testApp();
    const kinds = fc.array(fc.constantFrom('FINE', 'QUICK', 'ACTIVE', 'UNMANAGED', 'UNKNOWN', 'SAME'), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(kinds, fc.nat({ max: 4 }), async (list, seats) => {
        const { admin, policyId, licenceId, managed, activate } = await companyWith(
          app,
          'MONITORING',
          seats + list.length,
        );
        const deviceIds: string[] = [];
        for (const kind of list) {
          if (kind === 'UNKNOWN') deviceIds.push(newId('Device'));
          else if (kind === 'SAME') deviceIds.push(deviceIds[0] ?? newId('Device'));
          else {
            const device = await managed(kind === 'QUICK' ? { clientKind: 'QUICK_SUPPORT' } : {});
            if (kind === 'ACTIVE') await activate(admin, device);
            if (kind === 'UNMANAGED') await setDevice(app, device, { companyId: null, accountId: admin.account.id });
            deviceIds.push(device.device.id);
          }
        }
        const taken = (await seatsUsed(app, licenceId)) ?? 0;
        await app.services.db.write(async ({ q }) => {
          await q
            .update(licences)
            .set({ seats: taken + seats })
            .where(eq(licences.id, licenceId));
        });
        const call = { service: 'MONITORING', policyId, deviceIds } as const;
        const preview = await activateService(admin.ctx, { ...call, dryRun: true });
        const done = await activateService(admin.ctx, call);
        const told = (outcomes: typeof done) => outcomes.map(({ deviceId, unmet }) => ({ deviceId, unmet }));
        expect(told(done)).toEqual(told(preview));
        expect(await seatsUsed(app, licenceId)).toBe(taken + done.filter(({ unmet }) => unmet.length === 0).length);
      }),
      { numRuns: 15 },
    );
  });

  it('API-03 a preview changes nothing, can do without a policy, and can be asked again', async () => {
    const app = await testApp();
    const { admin, managed, licenceId, companyId } = await companyWith(app, 'MONITORING');
    const deviceIds = [(await managed()).device.id];
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const call = { service: 'MONITORING', deviceIds, dryRun: true, idempotencyKey: 'k' } as const;
    expect(await activateService(admin.ctx, call)).toEqual(await activateService(admin.ctx, call));
    expect(await seatsUsed(app, licenceId)).toBe(0);
    await refusalOf(activateService(admin.ctx, { ...call, dryRun: false }), 'REQUIRED');
    await refusalOf(activateService(admin.ctx, { ...call, deviceIds: [] }), 'REQUIRED');
    const many = Array.from({ length: 251 }, () => newId('Device'));
    await refusalOf(activateService(admin.ctx, { ...call, deviceIds: many }), 'TOO_MANY');
    const policyId = await givePolicy(app, (await buildCompany(app)).companyId, 'MONITORING');
    await denialOf(activateService(admin.ctx, { ...call, policyId }), 'NOT_FOUND');
    await events.stop();
  });

  it('API-02 the same key answers for all devices as the first time, and takes no more seats', async () => {
    const app = await testApp();
    const { admin, managed, licenceId, policyId } = await companyWith(app, 'MONITORING');
    const deviceIds = [(await managed()).device.id, newId('Device')];
    const call = { service: 'MONITORING', policyId, deviceIds, idempotencyKey: 'once' } as const;
    const first = await activateService(admin.ctx, call);
    expect(await activateService(admin.ctx, call)).toEqual(first);
    expect(await seatsUsed(app, licenceId)).toBe(1);
    await denialOf(activateService(admin.ctx, { ...call, deviceIds: [newId('Device')] }), 'IDEMPOTENCY_KEY_REUSED');
    expect(await activateService(admin.ctx, { ...call, idempotencyKey: 'again' })).toMatchObject([
      { unmet: ['ALREADY_ACTIVE'] },
      { unmet: ['DEVICE_UNKNOWN'] },
    ]);
  });

  it('LIC-12 of two members who take the last seat at once one wins, and the other hears why, from two nodes', async () => {
    const app = await testApp();
    const node = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    for (let round = 0; round < 20; round++) {
      const { admin, companyId, licenceId, managed, activate } = await companyWith(app, 'MONITORING', 1);
      const member = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }]);
      const there = { ...member, ctx: node.as(member.principal) };
      const [one, two] = [await managed(), await managed()];
      const outcomes = (await Promise.all([activate(admin, one), activate(there, two)])).flat();
      expect(outcomes.map(({ unmet }) => unmet.join()).sort()).toEqual(['', 'NO_SEAT']);
      expect(await seatsUsed(app, licenceId)).toBe(1);
    }
  });

  it('SVC-08 of two who activate the same device at once, one does, and one seat is taken', async () => {
    const app = await testApp();
    const { admin, licenceId, managed, activate } = await companyWith(app, 'MONITORING');
    const device = await managed();
    const outcomes = (await Promise.all([activate(admin, device), activate(admin, device)])).flat();
    expect(outcomes.map(({ unmet }) => unmet.join()).sort()).toEqual(['', 'ALREADY_ACTIVE']);
    expect(await seatsUsed(app, licenceId)).toBe(1);
  });
});

describe('taking a service off', () => {
  it('SVC-08 LIC-12 deactivating frees the seat, once; it can be activated again, as a new generation', async () => {
    const app = await testApp();
    const { admin, companyId, licenceId, managed, activate } = await companyWith(app, 'MONITORING', 1);
    const device = await managed();
    const deviceIds = [device.device.id, newId('Device')];
    await activate(admin, device);
    const user = await buildMember(app, companyId, []);
    const service = 'MONITORING';
    expect(await deactivateService(user.ctx, { service, deviceIds })).toMatchObject([
      { unmet: ['NO_PERMISSION'] },
      { unmet: ['DEVICE_UNKNOWN', 'NO_PERMISSION'] },
    ]);
    expect(await deactivateService(admin.ctx, { service, deviceIds })).toMatchObject([
      { unmet: [], activationId: expect.any(String) },
      { unmet: ['DEVICE_UNKNOWN'], activationId: null },
    ]);
    expect(await seatsUsed(app, licenceId)).toBe(0);
    expect(await deactivateService(admin.ctx, { service, deviceIds })).toMatchObject([
      { unmet: ['NOT_ACTIVE'] },
      { unmet: ['DEVICE_UNKNOWN'] },
    ]);
    expect(await seatsUsed(app, licenceId)).toBe(0);
    await activate(admin, device);
    const [row] = await app.services.db.read.select().from(serviceActivations);
    expect(row).toMatchObject({ state: 'PENDING', generation: 2, licenceId });
  });

  it('API-03 a preview of taking it off tells what then happens, and changes nothing', async () => {
    const app = await testApp();
    const { admin, companyId, licenceId, managed, activate } = await companyWith(app, 'MONITORING');
    const user = await buildMember(app, companyId, []);
    const [active, never] = [await managed(), await managed()];
    await activate(admin, active);
    const foreign = await (await companyWith(app, 'MONITORING')).managed();
    const deviceIds = [active, never, foreign].map(({ device }) => device.id);
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const call = { service: 'MONITORING', deviceIds: [...deviceIds, deviceIds[0] ?? '', 'x'] } as const;
    const told = (outcomes: Awaited<ReturnType<typeof deactivateService>>) => outcomes.map(({ unmet }) => unmet);
    for (const who of [user, admin]) {
      const preview = await deactivateService(who.ctx, { ...call, dryRun: true, idempotencyKey: 'k' });
      expect(preview.every(({ activationId }) => activationId === null)).toBe(true);
      expect(await deactivateService(who.ctx, { ...call, dryRun: true, idempotencyKey: 'k' })).toEqual(preview);
      expect(await seatsUsed(app, licenceId)).toBe(1);
      expect(told(await deactivateService(who.ctx, call))).toEqual(told(preview));
    }
    expect(await seatsUsed(app, licenceId)).toBe(0);
    expect(await events.changes(1)).toEqual(['service DEACTIVATED']);
    await refusalOf(deactivateService(admin.ctx, { service: 'MONITORING', deviceIds: [], dryRun: true }), 'REQUIRED');
    const stranger = await buildAccount(app);
    await denialOf(deactivateService(stranger.ctx, { ...call, dryRun: true }), 'FORBIDDEN');
  });

  it('LIC-12 removing a device frees the seats of all its services', async () => {
    const app = await testApp();
    const company = await companyWith(app, 'MONITORING');
    const assets = await giveLicence(app, company, 'ASSET_MANAGEMENT');
    const policyId = await givePolicy(app, company.companyId, 'ASSET_MANAGEMENT');
    const device = await company.managed();
    await company.activate(company.admin, device);
    await report(device, 'MONITORING', 'INSTALLING', 'ACTIVE');
    const deviceIds = [device.device.id];
    await activateService(company.admin.ctx, { service: 'ASSET_MANAGEMENT', policyId, deviceIds });
    await removeDevice(company.admin.ctx, { deviceId: device.device.id });
    expect([await seatsUsed(app, company.licenceId), await seatsUsed(app, assets)]).toEqual([0, 0]);
    const rows = await app.services.db.read.select().from(serviceActivations);
    expect(rows.map(({ state }) => state)).toEqual(['DEACTIVATED', 'DEACTIVATED']);
  });
});
