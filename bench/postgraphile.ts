import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { type Child, startChild } from './child.ts';
import type { BenchPage, bodyOf } from './pages.ts';
import { startPostgres } from './postgres.ts';
import { progress } from './report.ts';

/** The one that was tried. Its 176 packages are more than all other peers have together: who wants it installs it. */
const VERSION = '5.1.5';

/** Says how to install it, where it is asked for and not there. */
export function missingPostGraphile(): string | null {
  if (existsSync(fileURLToPath(new URL('./peers/node_modules/postgraphile', import.meta.url)))) return null;
  return `PostGraphile is not installed. Once: npm install --no-save --prefix bench/peers postgraphile@${VERSION}`;
}

/** PostGraphile on a PostgreSQL of its own with the example's rows. */
export interface PostGraphile {
  readonly server: Child;
  stop(): Promise<void>;
}

export async function startPostGraphile(sqliteFile: string): Promise<PostGraphile> {
  progress('queries: making a PostgreSQL for PostGraphile');
  const postgres = await startPostgres();
  try {
    await fill(postgres.url, sqliteFile);
    const server = await startChild('bench/peers/postgraphile.mjs', {
      DATABASE_URL: postgres.url,
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
    });
    return {
      server,
      async stop() {
        await server.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** As somebody designs them who has PostGraphile make a schema of them: keys and indexes for all that is asked. */
const TABLES = `
  create table companies (id text primary key, name text not null);
  create table accounts (id text primary key, name text not null, email text not null);
  create table devices (
    id text primary key, company_id text not null references companies, account_id text references accounts,
    address text not null, alias text, name text not null, platform text not null, client_version text not null,
    online boolean not null, last_seen_at timestamptz(3), registered_at timestamptz(3) not null
  );
  create index on devices (company_id, name, id);
  create index on devices (name);
  create index on devices (account_id);
  create table device_groups (id text primary key, name text not null, name_key text not null);
  create table device_group_members (
    device_id text not null references devices, group_id text not null references device_groups,
    name_key text not null, primary key (device_id, name_key, group_id)
  );
  create index on device_group_members (group_id);
  create index on device_group_members (name_key);
  create table service_activations (
    id text primary key, device_id text not null references devices, service text not null, state text not null,
    requested_at timestamptz(3) not null
  );
  create index on service_activations (device_id, service);
  create index on service_activations (service);
  create table policies (id text primary key, service text not null, name text not null, version int not null);
  create table policy_assignments (
    device_id text not null references devices, policy_id text not null references policies, service text not null,
    primary key (device_id, service, policy_id)
  );
  create index on policy_assignments (policy_id);
  create index on policy_assignments (service);
  create table alerts (
    id text primary key, company_id text not null references companies, device_id text not null references devices,
    service text not null, kind text not null, severity text not null, subject text not null, message text not null,
    state text not null, occurrences int not null, last_raised_at timestamptz(3) not null, measurements json
  );
  create index on alerts (company_id, state, last_raised_at desc, id desc);
  create index on alerts (device_id);
  create index on alerts (state);
  create index on alerts (last_raised_at);
`;

/** Where the rows of each table come from. */
const SOURCES: Readonly<Record<string, string>> = {
  companies: 'select id, name from companies',
  accounts: 'select id, name, email from accounts',
  devices: 'select * from devices where removed_at is null and company_id is not null',
  device_groups: 'select id, name, name_key from device_groups',
  device_group_members:
    'select device_id, group_id, name_key from device_group_members join device_groups on id = group_id',
  service_activations: 'select * from service_activations',
  policies: 'select id, service, name, version from policies where removed_at is null',
  policy_assignments: `select target_id as device_id, policy_id, p.service from policy_assignments
    join policies p on p.id = policy_id and p.removed_at is null join devices d on d.id = target_id`,
  alerts: 'select * from alerts',
};

async function fill(url: string, sqliteFile: string): Promise<void> {
  const source = new SqliteDatabase(sqliteFile, { readonly: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(TABLES);
    for (const [name, sql] of Object.entries(SOURCES)) {
      const rows = JSON.stringify(source.prepare<[], Row>(sql).all().map(asPostgres));
      await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [rows]);
    }
    await client.query('analyze');
  } finally {
    await client.end();
    source.close();
  }
}

type Row = Record<string, unknown>;

/** Instants are milliseconds in SQLite, and truth values numbers. */
function asPostgres(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (column.endsWith('_at') && typeof value === 'number') return [column, new Date(value).toISOString()];
      if (column === 'online') return [column, value === 1];
      return [column, column === 'measurements' ? JSON.parse(String(value ?? '[]')) : value];
    }),
  );
}

const DEVICE_ROW = 'id: rowId address alias name platform online lastSeenAt';
const ACCOUNT = 'account: accountByAccountId { accountId: rowId name email }';
const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

function deviceQuery(operationName: string, more: string): string {
  return `query ${operationName}($company: String!, $first: Int!) {
    node: companyByRowId(rowId: $company) {
      id: rowId
      name
      devices: devicesByCompanyId(first: $first, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) {
        nodes { ${DEVICE_ROW} ${ACCOUNT} ${more} }
        ${PAGE_INFO}
      }
    }
  }`;
}

/** The pages, in the words of the schema that it makes of these tables. */
const QUERIES: Readonly<Record<BenchPage['operationName'], string>> = {
  Devices: deviceQuery(
    'Devices',
    'groups: deviceGroupMembersByDeviceId(orderBy: [NAME_KEY_ASC]) { nodes { of: deviceGroupByGroupId { id: rowId name } } }',
  ),
  Overview: deviceQuery(
    'Overview',
    `services: serviceActivationsByDeviceId(orderBy: [SERVICE_ASC]) { nodes { id: rowId service state requestedAt } }
     policies: policyAssignmentsByDeviceId(orderBy: [SERVICE_ASC]) {
       nodes { of: policyByPolicyId { id: rowId service name version } }
     }`,
  ),
  OneDevice: `query OneDevice($device: String!) {
    node: deviceByRowId(rowId: $device) {
      id: rowId address alias name platform clientVersion online lastSeenAt registeredAt
      ${ACCOUNT}
    }
  }`,
  Alerts: `query Alerts($company: String!, $first: Int!) {
    node: companyByRowId(rowId: $company) {
      id: rowId
      alerts: alertsByCompanyId(
        first: $first, condition: { state: "OPEN" }, orderBy: [LAST_RAISED_AT_DESC, PRIMARY_KEY_DESC]
      ) {
        nodes {
          id: rowId service kind severity subject message state occurrences lastRaisedAt
          measurements
          device: deviceByDeviceId { id: rowId name online }
        }
        ${PAGE_INFO}
      }
    }
  }`,
};

/** The body of its request for a page. */
export function asPostGraphile(body: ReturnType<typeof bodyOf>): object {
  return { ...body, query: QUERIES[body.operationName] };
}

/** What are plain lists for the others. */
const LISTS = new Set(['groups', 'services', 'policies']);

/**
 * An answer of PostGraphile with all its data, as the others write it: its lists are connections, those over a table of
 * pairs one step deeper; its times have a time zone; its cursors are its own, so that the right answer's are taken.
 */
export function fromPostGraphile(answer: string, right: string): string {
  const cursor = /"endCursor":("[^"]*")/.exec(right)?.[1] ?? 'null';
  return JSON.stringify(
    JSON.parse(answer, (key, value) => {
      if (LISTS.has(key)) return value.nodes.map((row: { of?: object }) => row.of ?? row);
      if (key.endsWith('At') && value !== null) return new Date(value).toISOString();
      return key === 'endCursor' && value !== null ? JSON.parse(cursor) : value;
    }),
  );
}
