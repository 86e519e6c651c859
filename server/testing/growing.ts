import { type Fillable, fillUp } from '../../bench/growth-fill.ts';
import { growthQueries, idsIn } from '../../bench/growth-queries.ts';
import { raiseAlert } from '../domain/alert-changes.ts';
import { addDevicesToGroup, createDeviceGroup } from '../domain/device-groups.ts';
import type { TestApp } from './app.ts';
import { dataOf } from './operations.ts';
import { buildMember, companyWith, report } from './services.ts';

/** Tables that grow with the devices of a company, or with time. */
export const GROWING = [
  'alerts',
  'counters',
  'device_endings',
  'device_group_members',
  'device_search',
  'devices',
  'events',
  'invitations',
  'policy_assignments',
  'service_activations',
  'session_requests',
  'support_sessions',
];

const PAGE = '{ nodes { __typename } pageInfo { hasNextPage endCursor } }';
const COUNTED = '{ totalCount totalCountIsExact nodes { __typename } }';

/** What pages ask for beside that which the benchmark of growth measures: combined filters, children, single things. */
const COMPANY_FIELDS = [
  `devices(first: 20) { totalCount nodes { account { name } groups { name } services { state } policies { name } } }`,
  `devices(first: 20, search: "station", online: true, orderBy: ADDED) ${COUNTED}`,
  `devices(first: 20, search: "0000012", online: false, orderBy: ADDED) ${COUNTED}`,
  `alerts(first: 20, state: RESOLVED, service: MONITORING) ${COUNTED}`,
  `alerts(first: 20, kind: THREAT) ${COUNTED}`,
  `auditLog(first: 20, concept: "alert", change: "RAISED", order: OLDEST_FIRST) ${COUNTED}`,
  `serviceOverview(service: MONITORING) { unmet { condition } activations(first: 20, mine: true) ${COUNTED} }`,
  `deviceGroups(first: 20) { nodes { deviceCount policies { name } } }`,
];

/** What a member asks for who sees the alerts of its own devices only. */
const OWN_FIELDS = [
  `alerts(first: 20) ${COUNTED}`,
  `alerts(first: 20, state: OPEN) ${COUNTED}`,
  'alertHistory { raised }',
];

const DEVICE_FIELDS = [
  `account { name } groups { name } services { state policyApplied } policies { name } eventCursor`,
  `alerts(first: 20) ${COUNTED}`,
  `invitations(first: 20) ${COUNTED}`,
  `sessions(first: 20) ${COUNTED}`,
  `sessionRequests(first: 20) ${COUNTED}`,
  `recentSessions(first: 20) ${PAGE}`,
  `effectivePolicies { fingerprint }`,
];

/**
 * A company that is filled up to so many devices as the benchmark of growth fills it, and `ask`, which asks for every list,
 * filter, order, count and search that it has.
 */
export async function grownCompany(app: TestApp, db: Fillable, deviceCount: number): Promise<{ ask(): Promise<void> }> {
  const { admin, companyId, managed, activate } = await companyWith(app, 'MONITORING');
  const own = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'HANDLE_OWN_ALERTS' }]);
  const [one, other] = [await managed({ accountId: own.account.id }), await managed({ accountId: admin.account.id })];
  const group = await createDeviceGroup(admin.ctx, { name: 'Half of them' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [one.device.id] });
  for (const device of [one, other]) {
    await activate(admin, device);
    await report(device, 'MONITORING', 'INSTALLING', 'ACTIVE');
    await raiseAlert(device.ctx, {
      service: 'MONITORING',
      subject: 'CPU_LOAD',
      severity: 'WARNING',
      kind: 'ALERT',
      message: 'Busy.',
    });
  }
  await fillUp(db, companyId, deviceCount);
  // So long a list is not read to its end for a text at once.
  await db.run('update companies set device_count = 20000');
  const queries = growthQueries(await idsIn(db, companyId)).map(({ fields }) => fields);
  const asked = [
    ...[...queries, ...COMPANY_FIELDS].map((fields) => [admin, 'Company', companyId, fields] as const),
    ...OWN_FIELDS.map((fields) => [own, 'Company', companyId, fields] as const),
    ...DEVICE_FIELDS.map((fields) => [admin, 'Device', other.device.id, fields] as const),
  ];
  return {
    async ask() {
      for (const [who, type, id, fields] of asked) {
        await dataOf(who.ctx, `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`, { id });
      }
    },
  };
}
