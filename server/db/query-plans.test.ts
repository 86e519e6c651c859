import SqliteDatabase from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { testApp } from '../testing/app.ts';
import { dataOf } from '../testing/operations.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { companyWith } from '../testing/services.ts';
import { sqliteFile } from './sqlite.ts';

/** Tables that grow with the devices of a company, or with time. */
const GROWING = [
  'alerts',
  'device_group_members',
  'devices',
  'events',
  'invitations',
  'policy_assignments',
  'service_activations',
  'support_sessions',
];

const PAGE = '{ nodes { __typename } pageInfo { hasNextPage endCursor } }';

/** Each list with each filter and order that it has, a single thing by its id, and what is counted. */
const COMPANY_FIELDS = [
  ...['', 'orderBy: ADDED', 'online: true', 'online: true, orderBy: ADDED', 'online: false'].map(
    (args) => `devices(first: 20, ${args}) ${PAGE}`,
  ),
  `devices(first: 20) { totalCount nodes { account { name } groups { name } services { state } policies { name } } }`,
  ...['', 'state: OPEN', 'state: RESOLVED, service: MONITORING', 'severity: CRITICAL', 'kind: THREAT'].map(
    (args) => `alerts(first: 20, ${args}) ${PAGE}`,
  ),
  `serviceOverview(service: MONITORING) { seats seatsUsed unmet { condition } states { state count } activations(first: 20) ${PAGE} }`,
  `auditLog(first: 20) ${PAGE}`,
  `deviceGroups(first: 20) { nodes { deviceCount policies { name } } }`,
  `eventCursor`,
];

const DEVICE_FIELDS = [
  `account { name } groups { name } services { state policyApplied } policies { name } eventCursor`,
  `alerts(first: 20) ${PAGE}`,
  `invitations(first: 20) ${PAGE}`,
  `sessions(first: 20) ${PAGE}`,
  `recentSessions(first: 20) ${PAGE}`,
  `effectivePolicies { fingerprint }`,
];

/** Rows that are sorted are few, however many there are: of one page, or the sessions of one device. */
const FEW = /json_each\(\+\?\)\) order by|row_number\(\)/;

it('no list, filter, order or count reads or sorts a growing table from end to end', async () => {
  const prepare = vi.spyOn(SqliteDatabase.prototype, 'prepare');
  const { app, admin, companyId, managed, activate } = await companyWith(await testApp(), 'MONITORING');
  const device = await managed({ accountId: admin.account.id });
  await activate(admin, device);
  prepare.mockClear();
  for (const [id, type, fields] of [
    [companyId, 'Company', COMPANY_FIELDS],
    [device.device.id, 'Device', DEVICE_FIELDS],
  ] as const) {
    for (const field of fields) {
      await dataOf(admin.ctx, `query ($id: ID!) { node(id: $id) { ... on ${type} { ${field} } } }`, { id });
    }
  }
  const statements = new Set(prepare.mock.calls.map(([sql]) => sql).filter((sql) => /^(select|with)/i.test(sql)));
  prepare.mockRestore();
  expect(statements.size).toBeGreaterThan(30);
  const db = new SqliteDatabase(sqliteFile(app.config));
  closeAfterTest(async () => {
    db.close();
  });
  const slow = [...statements].flatMap((sql) => {
    const nulls = Array(sql.split('?').length - 1).fill(null);
    const plan = db.prepare(`explain query plan ${sql}`).all(...nulls) as { detail: string }[];
    return plan
      .filter(({ detail }) => scans(detail) || (/TEMP B-TREE FOR ORDER BY/.test(detail) && !FEW.test(sql)))
      .map(({ detail }) => `${detail}: ${sql}`);
  });
  expect(slow).toEqual([]);
  const online = [...statements].filter((sql) => /and \(?"devices"\."online"/.test(sql));
  const used = online.flatMap((sql) => {
    const plan = db.prepare(`explain query plan ${sql}`).all(...Array(sql.split('?').length - 1).fill(null));
    return (plan as { detail: string }[]).map(({ detail }) => /USING INDEX (\w+)/.exec(detail)?.[1]);
  });
  expect(used.sort()).toEqual(['devices_online', 'devices_online_name']);
});

function scans(detail: string): boolean {
  return GROWING.some((name) => new RegExp(`^SCAN ${name}\\b`).test(detail));
}
