import { expect, it } from 'vitest';
import { serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { dataOf } from '../testing/operations.ts';
import { signedIn } from '../testing/people.ts';

const RAISE = `mutation ($input: RaiseAlertInput!) {
  raiseAlert(input: $input) { __typename ... on RaiseAlertPayload { alert { id state occurrences device { name } } } }
}`;

it('SVC-10 an alert goes from the device to a member who follows alerts, who acknowledges it', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  const device = await setDevice(app, await buildDevice(app, { name: 'Till' }), { companyId });
  const at = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    const id = newId('ServiceActivation');
    const service = 'MONITORING';
    await q.insert(serviceActivations).values({
      ...{ id, deviceId: device.device.id, companyId, service, state: 'ACTIVE', requestedAt: at, changedAt: at },
    });
  });
  const { ctx, secret } = await signedIn(app, admin);
  const { node } = await dataOf(ctx, 'query ($id: ID!) { node(id: $id) { ... on Company { alertEventCursor } } }', {
    id: companyId,
  });
  const measurements = [{ name: 'load', value: 97.5, unit: '%' }];
  const { raiseAlert } = await dataOf(device.ctx, RAISE, {
    input: {
      ...{ service: 'MONITORING', subject: 'CPU_LOAD', severity: 'CRITICAL', kind: 'ALERT', message: 'Busy.' },
      measurements,
    },
  });
  expect(raiseAlert.alert).toMatchObject({ state: 'OPEN', occurrences: 1, device: { name: 'Till' } });

  const api = await httpApi(app);
  const events = await api.events(
    `subscription ($companyId: ID!, $after: Cursor) {
      alertEvents(companyId: $companyId, after: $after) { ... on AlertEvent { change alert { id state } } }
    }`,
    { companyId, after: node.alertEventCursor },
    { session: secret, headers: { 'sec-fetch-site': 'same-origin' } },
  );
  const { id } = raiseAlert.alert;
  expect((await events.next()).data.alertEvents).toEqual({ change: 'RAISED', alert: { id, state: 'OPEN' } });
  await dataOf(ctx, 'mutation ($ids: [ID!]!) { acknowledgeAlerts(input: { ids: $ids }) { __typename } }', {
    ids: [id],
  });
  expect((await events.next()).data.alertEvents).toEqual({
    change: 'ACKNOWLEDGED',
    alert: { id, state: 'ACKNOWLEDGED' },
  });
  events.cut();

  const alerts = '{ totalCount nodes { subject measurements { name value unit } acknowledgedBy { name } } }';
  const read = await dataOf(
    ctx,
    `query ($id: ID!) { node(id: $id) { ... on Company { alerts(service: MONITORING) ${alerts} } } }`,
    {
      id: companyId,
    },
  );
  expect(read.node.alerts).toEqual({
    totalCount: 1,
    nodes: [{ subject: 'CPU_LOAD', measurements, acknowledgedBy: { name: admin.account.name } }],
  });
});
