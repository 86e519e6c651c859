/**
 * The limit for queries: what somebody writes by hand who needs these answers and nothing else. node:http, one
 * prepared statement for each level, JSON.stringify; no GraphQL, no sign-in, no limits. It answers the same bytes from
 * the same database file.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import SqliteDatabase from 'better-sqlite3';
import type { BenchPage } from './pages.ts';

const db = new SqliteDatabase(process.env['SQLITE_FILE'] ?? '', { readonly: true });

/** How parameters are written: `+?` is what server/db/sqlite.ts has found out, and nobody's habit. */
const p = process.env['PARAMETER'] ?? '?';

const companyById = db.prepare<[string]>(`select id, name from companies where id = ${p}`);
const page = db.prepare<[string, number]>(
  `select id, address, alias, name, platform, online, last_seen_at, account_id
   from devices where company_id = ${p} and removed_at is null order by name, id limit ${p}`,
);
const groupsOf = db.prepare<[string]>(
  `select m.device_id, g.id, g.name from device_group_members m join device_groups g on g.id = m.group_id
   where m.device_id in (select value from json_each(${p})) order by g.name_key`,
);
const accountsOf = db.prepare<[string]>(
  `select id, name, email from accounts where id in (select value from json_each(${p}))`,
);
const servicesOf = db.prepare<[string]>(
  `select device_id, id, service, state, requested_at from service_activations
   where device_id in (select value from json_each(${p})) order by service`,
);
const policiesOf = db.prepare<[string]>(
  `select a.target_id, p.id, p.service, p.name, p.version from policy_assignments a
   join policies p on p.id = a.policy_id and p.removed_at is null
   where a.target_id in (select value from json_each(${p})) order by p.service`,
);
const deviceById = db.prepare<[string]>(
  `select d.id, d.address, d.alias, d.name, d.platform, d.client_version, d.online, d.last_seen_at, d.registered_at,
     d.account_id, a.name as account_name, a.email
   from devices d left join accounts a on a.id = d.account_id where d.id = ${p} and d.removed_at is null`,
);
const openAlerts = db.prepare<[string, number]>(
  `select l.*, d.name as device_name, d.online from alerts l join devices d on d.id = l.device_id
   where l.company_id = ${p} and l.state = 'OPEN' order by l.last_raised_at desc, l.id desc limit ${p}`,
);

interface DeviceRow {
  id: string;
  address: string;
  alias: string | null;
  name: string;
  platform: string;
  online: 0 | 1;
  last_seen_at: number | null;
  account_id: string;
}
type GroupRow = { device_id: string; id: string; name: string };
type AccountRow = { id: string; name: string; email: string };
type ServiceRow = { device_id: string; id: string; service: string; state: string; requested_at: number };
type PolicyRow = { target_id: string; id: string; service: string; name: string; version: number };
type OneRow = DeviceRow & { client_version: string; registered_at: number; account_name: string; email: string };
interface AlertRow {
  id: string;
  service: string;
  kind: string;
  severity: string;
  subject: string;
  message: string;
  state: string;
  occurrences: number;
  last_raised_at: number;
  measurements: string | null;
  device_id: string;
  device_name: string;
  online: 0 | 1;
}
type Variables = { company: string; first: number; device: string };

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const cursor = (...key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The first rows of a company's devices, with what `more` adds to each. */
function devicePage({ company: companyId, first }: Variables, more: (ids: string) => (id: string) => object): object {
  const company = companyById.get(companyId) as { id: string; name: string };
  const rows = page.all(companyId, first + 1) as DeviceRow[];
  const devices = rows.slice(0, first);
  const accounts = new Map<string, object>();
  const accountIds = [...new Set(devices.map((row) => row.account_id))];
  for (const row of accountsOf.all(JSON.stringify(accountIds)) as AccountRow[]) {
    accounts.set(row.id, { accountId: row.id, name: row.name, email: row.email });
  }
  const moreOf = more(JSON.stringify(devices.map(({ id }) => id)));
  const last = devices.at(-1);
  return {
    id: company.id,
    name: company.name,
    devices: {
      nodes: devices.map((row) => ({
        id: row.id,
        address: row.address,
        alias: row.alias,
        name: row.name,
        platform: row.platform,
        online: row.online === 1,
        lastSeenAt: instant(row.last_seen_at),
        account: accounts.get(row.account_id) ?? null,
        ...moreOf(row.id),
      })),
      pageInfo: {
        hasNextPage: rows.length > first,
        endCursor: last ? cursor('devicesByName', last.name, last.id) : null,
      },
    },
  };
}

/** Rows by the device that they belong to. */
function byDevice<Row>(rows: readonly Row[], deviceOf: (row: Row) => string, shape: (row: Row) => object) {
  const lists = new Map<string, object[]>();
  for (const row of rows) {
    const list = lists.get(deviceOf(row));
    if (list) list.push(shape(row));
    else lists.set(deviceOf(row), [shape(row)]);
  }
  return (id: string): object[] => lists.get(id) ?? [];
}

const answers: Readonly<Record<BenchPage['operationName'], (variables: Variables) => object>> = {
  Devices: (variables) =>
    devicePage(variables, (ids) => {
      const groups = byDevice(
        groupsOf.all(ids) as GroupRow[],
        (row) => row.device_id,
        ({ id, name }) => ({ id, name }),
      );
      return (id) => ({ groups: groups(id) });
    }),
  Overview: (variables) =>
    devicePage(variables, (ids) => {
      const services = byDevice(
        servicesOf.all(ids) as ServiceRow[],
        (row) => row.device_id,
        ({ id, service, state, requested_at }) => ({ id, service, state, requestedAt: instant(requested_at) }),
      );
      const policies = byDevice(
        policiesOf.all(ids) as PolicyRow[],
        (row) => row.target_id,
        ({ id, service, name, version }) => ({ id, service, name, version }),
      );
      return (id) => ({ services: services(id), policies: policies(id) });
    }),
  OneDevice({ device }) {
    const row = deviceById.get(device) as OneRow;
    return {
      id: row.id,
      address: row.address,
      alias: row.alias,
      name: row.name,
      platform: row.platform,
      clientVersion: row.client_version,
      online: row.online === 1,
      lastSeenAt: instant(row.last_seen_at),
      registeredAt: instant(row.registered_at),
      account: { accountId: row.account_id, name: row.account_name, email: row.email },
    };
  },
  Alerts({ company, first }) {
    const rows = openAlerts.all(company, first + 1) as AlertRow[];
    const alerts = rows.slice(0, first);
    const last = alerts.at(-1);
    return {
      id: company,
      alerts: {
        nodes: alerts.map((row) => ({
          id: row.id,
          service: row.service,
          kind: row.kind,
          severity: row.severity,
          subject: row.subject,
          message: row.message,
          state: row.state,
          occurrences: row.occurrences,
          lastRaisedAt: instant(row.last_raised_at),
          measurements: JSON.parse(row.measurements ?? '[]'),
          device: { id: row.device_id, name: row.device_name, online: row.online === 1 },
        })),
        pageInfo: {
          hasNextPage: rows.length > first,
          endCursor: last ? cursor('alerts', last.last_raised_at, last.id) : null,
        },
      },
    };
  },
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString());
    const node = answers[operationName as BenchPage['operationName']](variables);
    const body = JSON.stringify({ data: { node } });
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
