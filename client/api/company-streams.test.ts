import { describe, expect, it } from 'vitest';
import { raiseAlert, resolveAlert } from '../../server/domain/alert-changes.ts';
import { createApiToken } from '../../server/domain/api-tokens.ts';
import { createDeviceGroup } from '../../server/domain/device-groups.ts';
import { removeDevice } from '../../server/domain/device-removal.ts';
import { streamOf } from '../../server/domain/event-log.ts';
import { encodeCursor } from '../../server/domain/event-stream.ts';
import { removeMember } from '../../server/domain/member-changes.ts';
import { type TestApp, testApp } from '../../server/testing/app.ts';
import { addMember, buildAccount, type TestAccount } from '../../server/testing/builders.ts';
import { signedIn } from '../../server/testing/people.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { buildMember, companyWith, report } from '../../server/testing/services.ts';
import { startProxy } from '../testing/proxy.ts';
import { type BeckonClient, createBeckonClient } from './client.ts';
import type { ConnectionState } from './connection.ts';

const CPU = {
  service: 'MONITORING',
  subject: 'CPU_LOAD',
  severity: 'WARNING',
  kind: 'ALERT',
  message: 'The processor was above 90 % for 5 minutes.',
  measurements: [{ name: 'load', value: 97.5, unit: '%' }],
} as const;

/** A company with Monitoring, behind a network that can be cut. */
async function scene() {
  const app = await testApp();
  const company = await companyWith(app, 'MONITORING');
  const till = await company.managed({ alias: `till@${company.namespace}`, accountId: company.admin.account.id });
  const proxy = await startProxy(await app.listen());
  closeAfterTest(() => proxy.close());
  return { ...company, till, proxy };
}

/** A client with an API token of this person, which may read only; with what its socket is doing. */
async function clientOf(app: TestApp, { port }: { readonly port: number }, who: TestAccount) {
  const { ctx } = await signedIn(app, who);
  const { secret } = await createApiToken(ctx, { name: 'Dashboard', scopes: ['READ'] });
  const reached = new Map<ConnectionState['status'], PromiseWithResolvers<void>>();
  const status = (name: ConnectionState['status']) => {
    const known = reached.get(name) ?? Promise.withResolvers<void>();
    reached.set(name, known);
    return known;
  };
  const client: BeckonClient = createBeckonClient({
    url: `http://127.0.0.1:${port}`,
    token: secret,
    onConnection: (state) => status(state.status).resolve(),
  });
  closeAfterTest(() => client.close());
  return { client, status: (name: ConnectionState['status']) => status(name).promise };
}

async function take<Event>(events: AsyncIterableIterator<Event>, count: number): Promise<Event[]> {
  const seen: Event[] = [];
  while (seen.length < count) {
    const { value, done } = await events.next();
    if (done) throw new Error('the stream ended');
    seen.push(value);
  }
  return seen;
}

describe('the stream of a company', () => {
  it('SVC-06 API-01 tells of services, policies and all else with their ids, and nothing is lost where it is cut', async () => {
    const { app, admin, till, policyId, proxy, activate } = await scene();
    const { client, status } = await clientOf(app, proxy, admin);
    const stream = client.companyEvents();
    await status('connected');
    const [outcome] = await activate(admin, till);
    const activationId = outcome?.activationId;
    expect(await take(stream, 2)).toMatchObject([
      {
        __typename: 'ServiceEvent',
        serviceChange: 'REQUESTED',
        actor: 'ACCOUNT',
        activation: { id: activationId, service: 'MONITORING', assignedTo: null, device: { id: till.device.id } },
      },
      {
        __typename: 'PolicyEvent',
        policyChange: 'ASSIGNED',
        service: 'MONITORING',
        policy: { id: policyId, name: 'Standard', version: 1 },
      },
    ]);

    proxy.cut();
    await status('waiting');
    await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
    const { id: groupId } = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    client.retryNow();
    expect(await take(stream, 3)).toMatchObject([
      { serviceChange: 'INSTALLING', activation: { id: activationId, state: 'ACTIVE', policyApplied: false } },
      { serviceChange: 'ACTIVE', activation: { id: activationId, generation: 1, failure: null } },
      { __typename: 'OtherEvent', concept: 'deviceGroup', otherChange: 'CREATED', subject: groupId },
    ]);
  });

  it('API-01 what is replayed of a device that was removed since says what has become of it', async () => {
    const { app, companyId, admin, till, proxy, activate } = await scene();
    await activate(admin, till);
    await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
    await removeDevice(admin.ctx, { deviceId: till.device.id });
    const { id: groupId } = await createDeviceGroup(admin.ctx, { name: 'Tills' });
    const { client } = await clientOf(app, proxy, admin);
    const seen: Record<string, unknown>[] = [];
    for await (const event of client.companyEvents({ after: encodeCursor(streamOf.company(companyId), 0) })) {
      seen.push(event);
      if (event.__typename === 'OtherEvent' && event.subject === groupId) break;
    }
    const services = seen.filter(({ __typename }) => __typename === 'ServiceEvent');
    expect(services.map(({ serviceChange }) => serviceChange)).toEqual([
      'REQUESTED',
      'INSTALLING',
      'ACTIVE',
      'DEACTIVATED',
    ]);
    const activation = { state: 'DEACTIVATED', device: { id: till.device.id, name: till.device.name } };
    expect(services).toMatchObject(services.map(() => ({ activation })));
  });

  it('ends with FORBIDDEN for who is no member, at the beginning or any more', async () => {
    const { app, companyId, admin, proxy } = await scene();
    const { client: stranger } = await clientOf(app, proxy, await buildAccount(app));
    await expect(stranger.companyEvents().next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const member = await buildAccount(app);
    const id = await addMember(app, companyId, member, 'USER');
    const { client, status } = await clientOf(app, proxy, member);
    const ended = expect(client.companyEvents().next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await status('connected');
    await removeMember(admin.ctx, { id });
    await ended;
  });
});

describe('the stream of alerts', () => {
  it('SVC-10 API-01 tells of alerts with all that a page shows of them, and nothing is lost where it is cut', async () => {
    const { app, companyId, admin, till, proxy, activate } = await scene();
    await activate(admin, till);
    await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
    const { client, status } = await clientOf(app, proxy, admin);
    const stream = client.alertEvents(companyId);
    await status('connected');
    const alert = await raiseAlert(till.ctx, CPU);
    expect(await take(stream, 1)).toMatchObject([
      {
        __typename: 'AlertEvent',
        alertChange: 'RAISED',
        alert: { ...CPU, id: alert.id, state: 'OPEN', occurrences: 1, device: { id: till.device.id } },
      },
    ]);

    proxy.cut();
    await status('waiting');
    await raiseAlert(till.ctx, CPU);
    await resolveAlert(till.ctx, CPU);
    client.retryNow();
    expect(await take(stream, 2)).toMatchObject([
      { alertChange: 'REPEATED', alert: { id: alert.id, state: 'RESOLVED' } },
      { alertChange: 'RESOLVED', alert: { id: alert.id, state: 'RESOLVED' } },
    ]);
  });

  it('API-01 what is replayed of a device that was removed since still names it', async () => {
    const { app, companyId, admin, till, proxy, activate } = await scene();
    await activate(admin, till);
    await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
    const { id } = await raiseAlert(till.ctx, CPU);
    await removeDevice(admin.ctx, { deviceId: till.device.id });
    const { client } = await clientOf(app, proxy, admin);
    const stream = client.alertEvents(companyId, { after: encodeCursor(streamOf.alerts(companyId), 0) });
    const device = { id: till.device.id, name: till.device.name };
    expect(await take(stream, 2)).toMatchObject([
      { alertChange: 'RAISED', alert: { id, state: 'RESOLVED', device } },
      { alertChange: 'RESOLVED', alert: { id, device } },
    ]);
  });

  it('PER-06 is refused to who may handle no alerts, and not there for who is no member', async () => {
    const { app, companyId, proxy } = await scene();
    const { client: without } = await clientOf(app, proxy, await buildMember(app, companyId, []));
    await expect(without.alertEvents(companyId).next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { client: stranger } = await clientOf(app, proxy, await buildAccount(app));
    await expect(stranger.alertEvents(companyId).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
