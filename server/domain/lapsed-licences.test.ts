import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { listenTo } from '../testing/events.ts';
import { dataOf } from '../testing/operations.ts';
import { companyWith, report } from '../testing/services.ts';
import { acknowledgeAlerts, raiseAlert, resolveAlert } from './alert-changes.ts';
import { reportSnapshot } from './backups.ts';
import { effectivePolicy } from './effective-policy.ts';
import { streamOf } from './event-log.ts';
import { announceExpired } from './expiry.ts';
import { renewLicence, resumeLicence, suspendLicence } from './licence-changes.ts';
import { updatePolicy } from './policy-changes.ts';
import { DAY_MS } from './rate-limits.ts';
import { reportRestore, requestRestore } from './restores.ts';
import { activateService, deactivateService } from './service-activation.ts';
import { activationObstacles, getServiceOverview } from './service-overview.ts';
import { listServiceAssignments } from './service-states.ts';

/** The term of the licences that `companyWith` gives. */
const TERM_MS = 365 * DAY_MS;

/** The two ways in which a licence lapses, and how each ends. */
const WAYS = [
  {
    way: 'has expired',
    condition: 'LICENCE_EXPIRED',
    event: 'licence EXPIRED',
    lapse: async (app: TestApp) => {
      app.clock.advance(TERM_MS);
      await announceExpired(app.as({ kind: 'system' }));
    },
    end: async (app: TestApp, id: string) => {
      await renewLicence(app.as({ kind: 'operator' }), { id, months: 12 });
    },
  },
  {
    way: 'is suspended',
    condition: 'LICENCE_SUSPENDED',
    event: 'licence SUSPENDED',
    lapse: async (app: TestApp, id: string) => {
      await suspendLicence(app.as({ kind: 'operator' }), { id });
    },
    end: async (app: TestApp, id: string) => {
      await resumeLicence(app.as({ kind: 'operator' }), { id });
    },
  },
] as const;

describe.each(WAYS)('LIC-12 a licence that $way', ({ condition, event, lapse, end }) => {
  it('stops no monitoring: the device works by its policy, raises alerts, and installs what waited for it', async () => {
    const { app, admin, companyId, policyId, licenceId, managed, activate } = await companyWith(
      await testApp(),
      'MONITORING',
    );
    const [running, waiting] = [await managed(), await managed()];
    await activate(admin, running, waiting);
    await report(running, 'MONITORING', 'INSTALLING', 'ACTIVE');
    const heard = await listenTo(admin.ctx, streamOf.company(companyId));
    await lapse(app, licenceId);
    expect(await heard.changes(1)).toEqual([event]);

    expect(await listServiceAssignments(running.ctx)).toMatchObject([{ service: 'MONITORING', state: 'ACTIVE' }]);
    expect(await report(waiting, 'MONITORING', 'INSTALLING', 'ACTIVE')).toMatchObject({ state: 'ACTIVE' });
    const settings = { service: 'MONITORING', values: { cpuPercent: 70 } } as const;
    await updatePolicy(admin.ctx, { id: policyId, expectedVersion: 1, settings });
    const inForce = await effectivePolicy(app.services.db.read, running.device.id, 'MONITORING');
    expect(inForce.settings.cpuPercent).toBe(70);
    const CPU = { service: 'MONITORING', subject: 'CPU_LOAD', kind: 'ALERT', severity: 'CRITICAL' } as const;
    const { id } = await raiseAlert(running.ctx, { ...CPU, message: 'Busy.' });
    expect(await acknowledgeAlerts(admin.ctx, { ids: [id] })).toMatchObject([{ state: 'ACKNOWLEDGED' }]);
    expect(await resolveAlert(running.ctx, CPU)).toMatchObject({ state: 'RESOLVED' });
  });

  it('lets nothing new in, says so in the overview, and makes all as it was when it is in force again', async () => {
    const { app, admin, companyId, policyId, licenceId, managed, activate } = await companyWith(
      await testApp(),
      'MONITORING',
    );
    const [running, fresh] = [await managed(), await managed()];
    await activate(admin, running);
    const wanted = { companyId, service: 'MONITORING' } as const;
    expect(await activationObstacles(admin.ctx, wanted)).toEqual([]);
    await lapse(app, licenceId);

    expect(await activate(admin, fresh)).toMatchObject([{ unmet: [condition], activationId: null }]);
    const preview = { service: 'MONITORING', policyId, deviceIds: [fresh.device.id], dryRun: true } as const;
    expect(await activateService(admin.ctx, preview)).toMatchObject([{ unmet: [condition] }]);
    const overview = `query ($id: ID!) { node(id: $id) { ... on Company { serviceOverview(service: MONITORING) {
      bought viewerCanActivate seats unmet { condition message } states { state count } } } } }`;
    expect((await dataOf(admin.ctx, overview, { id: companyId })).node.serviceOverview).toMatchObject({
      ...{ bought: false, viewerCanActivate: false, seats: 0 },
      unmet: [{ condition, message: expect.stringMatching(/licence/) }],
      states: [{ state: 'PENDING', count: 1 }],
    });
    // What is taken off gives its seat back, and does not get it again before the licence is in force.
    const off = { service: 'MONITORING', deviceIds: [running.device.id] } as const;
    expect(await deactivateService(admin.ctx, off)).toMatchObject([{ unmet: [] }]);
    expect(await activate(admin, running)).toMatchObject([{ unmet: [condition] }]);

    await end(app, licenceId);
    expect(await activationObstacles(admin.ctx, wanted)).toEqual([]);
    expect(await getServiceOverview(admin.ctx, companyId, 'MONITORING')).toMatchObject({ bought: true, seatsUsed: 0 });
    expect(await activate(admin, fresh, running)).toMatchObject([{ unmet: [] }, { unmet: [] }]);
  });

  it('stops no backup: snapshots are reported, and restored from', async () => {
    const { app, admin, licenceId, managed, activate } = await companyWith(await testApp(), 'BACKUP');
    const device = await managed({ accountId: admin.account.id });
    await activate(admin, device);
    await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
    await lapse(app, licenceId);
    const taken = { reference: 'one', takenAt: app.clock.now(), files: 3, bytes: 5, addedBytes: 5 };
    const snapshot = await reportSnapshot(device.ctx, taken);
    const { id } = await requestRestore(admin.ctx, { snapshotId: snapshot.id });
    await reportRestore(device.ctx, { id, state: 'RUNNING' });
    expect(await reportRestore(device.ctx, { id, state: 'DONE', restoredFiles: 3 })).toMatchObject({ state: 'DONE' });
  });
});
