import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { licences } from '../db/tables/licences.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { dataOf } from '../testing/operations.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { companyWith, report } from '../testing/services.ts';
import { followCompany } from './company-inbox.ts';
import { streamOf } from './event-log.ts';
import { removeMember } from './member-changes.ts';
import { deactivateService } from './service-activation.ts';
import { activationObstacles, getServiceOverview, listActivations } from './service-overview.ts';
import { listServiceAssignments, type ReportedState, reportServiceState } from './service-states.ts';

async function assigned() {
  const company = await companyWith(await testApp(), 'MONITORING');
  const device = await company.managed();
  await company.activate(company.admin, device);
  const tell = (state: ReportedState, generation = 1, more: object = {}) =>
    reportServiceState(device.ctx, { service: 'MONITORING', generation, state, ...more });
  const used = async () => {
    const [row] = await company.app.services.db.read.select().from(licences).where(eq(licences.id, company.licenceId));
    return row?.seatsUsed;
  };
  return { ...company, device, tell, used };
}

const OVERVIEW = `query ($id: ID!) { node(id: $id) { ... on Company { serviceOverview(service: MONITORING) {
  bought viewerCanActivate seats seatsUsed states { state count }
  activations { totalCount nodes { state failure policyApplied device { id } } } } } } }`;

describe('a service on its device', () => {
  it('SVC-06 SVC-08 the device drives it from pending to active, and the company hears of each step at once', async () => {
    const { admin, companyId, device, tell } = await assigned();
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    const own = await listenTo(device.ctx, streamOf.device(device.device.id));
    expect(await listServiceAssignments(device.ctx)).toMatchObject([
      { service: 'MONITORING', state: 'PENDING', generation: 1 },
    ]);
    expect(await tell('INSTALLING')).toMatchObject({ state: 'INSTALLING' });
    const [{ fingerprint, settings }] = (
      await dataOf(device.ctx, '{ serviceAssignments { fingerprint settings state } }')
    ).serviceAssignments;
    expect(Object.keys(JSON.parse(settings)).length).toBeGreaterThan(3);
    expect(await tell('ACTIVE', 1, { appliedPolicy: 'another' })).toMatchObject({ state: 'ACTIVE' });
    expect(await tell('ACTIVE', 1, { appliedPolicy: fingerprint })).toMatchObject({ appliedPolicy: fingerprint });
    const steps = ['service INSTALLING', 'service ACTIVE', 'service POLICY_APPLIED'];
    expect(await events.changes(3)).toEqual(steps);
    expect(await own.changes(3)).toEqual(steps);
    expect((await dataOf(admin.ctx, OVERVIEW, { id: companyId })).node.serviceOverview).toEqual({
      bought: true,
      viewerCanActivate: true,
      seats: 10,
      seatsUsed: 1,
      states: [{ state: 'ACTIVE', count: 1 }],
      activations: {
        totalCount: 1,
        nodes: [{ state: 'ACTIVE', failure: null, policyApplied: true, device: { id: device.device.id } }],
      },
    });
  });

  it('SVC-08 a report may come again and changes nothing; one that skips or goes back is refused by name', async () => {
    const { device, companyId, admin, tell } = await assigned();
    expect((await refusalOf(tell('ACTIVE'), 'ILLEGAL_TRANSITION')).details).toMatchObject({ state: 'PENDING' });
    await refusalOf(tell('FAILED', 1, { failure: 'No.' }), 'ILLEGAL_TRANSITION');
    await tell('INSTALLING');
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    await tell('INSTALLING');
    await tell('ACTIVE');
    await tell('ACTIVE');
    expect(await events.changes(1)).toEqual(['service ACTIVE']);
    await refusalOf(tell('INSTALLING'), 'ILLEGAL_TRANSITION');
    await refusalOf(tell('FAILED', 1, { failure: 'No.' }), 'ILLEGAL_TRANSITION');
    const other = { service: 'BACKUP', generation: 1, state: 'INSTALLING' } as const;
    await refusalOf(reportServiceState(device.ctx, other), 'SERVICE_NOT_ASSIGNED');
  });

  it('SVC-08 LIC-12 what failed says why, takes no seat, and can be activated again', async () => {
    const { device, admin, activate, tell, used, companyId } = await assigned();
    await tell('INSTALLING');
    await refusalOf(tell('FAILED'), 'REQUIRED');
    expect(await tell('FAILED', 1, { failure: 'No disk.' })).toMatchObject({ state: 'FAILED', failure: 'No disk.' });
    await tell('FAILED', 1, { failure: 'No disk.' });
    expect(await used()).toBe(0);
    expect(await listServiceAssignments(device.ctx)).toEqual([]);
    expect(await activate(admin, device)).toMatchObject([{ unmet: [] }]);
    expect((await refusalOf(tell('INSTALLING', 1), 'ACTIVATION_OUTDATED')).details).toMatchObject({ generation: 2 });
    await tell('INSTALLING', 2);
    const wanted = { companyId, service: 'MONITORING' } as const;
    expect((await listActivations(admin.ctx, wanted, { state: 'INSTALLING' })).rows).toMatchObject([{ failure: null }]);
    expect(await used()).toBe(1);
  });

  it('SVC-08 what was taken off is not reported on, and left out of the overview unless asked for', async () => {
    const { device, admin, tell, companyId } = await assigned();
    await deactivateService(admin.ctx, { service: 'MONITORING', deviceIds: [device.device.id] });
    await refusalOf(tell('INSTALLING'), 'SERVICE_NOT_ASSIGNED');
    const wanted = { companyId, service: 'MONITORING' } as const;
    expect((await listActivations(admin.ctx, wanted, {})).rows).toEqual([]);
    expect((await listActivations(admin.ctx, wanted, { state: 'DEACTIVATED' })).rows).toHaveLength(1);
  });

  it('SVC-08 only the device reports, and only about itself', async () => {
    const { admin, app, managed, tell } = await assigned();
    const other = await managed();
    const input = { service: 'MONITORING', generation: 1, state: 'INSTALLING' } as const;
    await denialOf(reportServiceState(admin.ctx, input), 'FORBIDDEN');
    await denialOf(reportServiceState(app.as({ kind: 'operator' }), input), 'FORBIDDEN');
    await refusalOf(reportServiceState(other.ctx, input), 'SERVICE_NOT_ASSIGNED');
    await denialOf(listServiceAssignments(admin.ctx), 'FORBIDDEN');
    await tell('INSTALLING');
  });

  it('SVC-01 a service that was not bought offers no activation; nor does one to who may not, and why is told', async () => {
    const { admin, app, companyId, licenceId } = await assigned();
    expect(await getServiceOverview(admin.ctx, companyId, 'BACKUP')).toMatchObject({
      bought: false,
      mayActivate: false,
    });
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    expect(await getServiceOverview(user.ctx, companyId, 'MONITORING')).toMatchObject({
      bought: true,
      mayActivate: false,
    });
    const against = (who: typeof user, service: 'MONITORING' | 'BACKUP') =>
      activationObstacles(who.ctx, { companyId, service });
    expect(await against(admin, 'MONITORING')).toEqual([]);
    expect(await against(user, 'MONITORING')).toEqual(['NO_PERMISSION']);
    expect(await against(user, 'BACKUP')).toEqual(['NO_LICENCE']);
    await app.services.db.write(async ({ q }) => {
      await q.update(licences).set({ seats: 1 }).where(eq(licences.id, licenceId));
    });
    expect(await against(admin, 'MONITORING')).toEqual(['NO_SEAT']);
    const stranger = (await buildCompany(app)).admin;
    await denialOf(getServiceOverview(stranger.ctx, companyId, 'MONITORING'), 'NOT_FOUND');
  });
});

describe('the stream of a company', () => {
  it('PER-06 a member hears of services, and no more from the moment that it is no member', async () => {
    const { admin, app, companyId, device } = await assigned();
    const user = await buildAccount(app);
    const id = await addMember(app, companyId, user, 'USER');
    const events = await followCompany(user.ctx, null);
    await report(device, 'MONITORING', 'INSTALLING');
    expect((await events.next()).value).toMatchObject({ concept: 'service', change: 'INSTALLING' });
    const ended = denialOf(events.next(), 'FORBIDDEN');
    await removeMember(admin.ctx, { id });
    await ended;
    expect(await events.next()).toMatchObject({ done: true });
    await denialOf(followCompany(user.ctx, null), 'FORBIDDEN');
    await denialOf(followCompany(device.ctx, null), 'FORBIDDEN');
    const [row] = await app.services.db.read.select().from(serviceActivations);
    expect(row?.state).toBe('INSTALLING');
  });
});
