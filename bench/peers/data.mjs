/**
 * What the peers have in common: the schema of what the pages ask for, and their rows. One prepared statement for each
 * list of rows by ids, as their documentation has it for DataLoader and for Mercurius's loaders; no sign-in, no limits.
 */
import SqliteDatabase from 'better-sqlite3';

const db = new SqliteDatabase(process.env.SQLITE_FILE ?? '', { readonly: true });

export const typeDefs = `
  interface Node { id: ID! }
  type Company implements Node {
    id: ID!
    name: String!
    devices(first: Int!): DeviceConnection!
    alerts(first: Int!, state: AlertState): AlertConnection!
  }
  type DeviceConnection { nodes: [Device!]! pageInfo: PageInfo! }
  type AlertConnection { nodes: [Alert!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Device implements Node {
    id: ID!
    address: String!
    alias: String
    name: String!
    platform: String!
    clientVersion: String!
    online: Boolean!
    lastSeenAt: String
    registeredAt: String!
    account: Person
    groups: [DeviceGroup!]!
    services: [ServiceActivation!]!
    policies: [Policy!]!
  }
  type Person { accountId: ID! name: String! email: String! }
  type DeviceGroup { id: ID! name: String! }
  type ServiceActivation { id: ID! service: String! state: String! requestedAt: String! }
  type Policy { id: ID! service: String! name: String! version: Int! }
  enum AlertState { OPEN ACKNOWLEDGED RESOLVED }
  type Alert {
    id: ID!
    service: String!
    kind: String!
    severity: String!
    subject: String!
    message: String!
    state: AlertState!
    occurrences: Int!
    lastRaisedAt: String!
    measurements: [Measurement!]!
    device: Device!
  }
  type Measurement { name: String! value: Float! unit: String }
  type Query { node(id: ID!): Node }
`;

const DEVICE = `id, address, alias, name, platform, client_version as clientVersion, online, last_seen_at as lastSeenAt,
  registered_at as registeredAt, account_id as accountId`;
const IN = 'in (select value from json_each(?))';

const companyById = db.prepare('select id, name from companies where id = ?');
const deviceById = db.prepare(`select ${DEVICE} from devices where id = ? and removed_at is null`);
const devicesOf = db.prepare(
  `select ${DEVICE} from devices where company_id = ? and removed_at is null order by name, id limit ?`,
);
const alertsOf = db.prepare(
  `select id, service, kind, severity, subject, message, state, occurrences, last_raised_at as lastRaisedAt,
     measurements, device_id as deviceId
   from alerts where company_id = ? and state = ? order by last_raised_at desc, id desc limit ?`,
);
const devicesByIds = db.prepare(`select ${DEVICE} from devices where id ${IN}`);
const accountsByIds = db.prepare(`select id as accountId, name, email from accounts where id ${IN}`);
const groupsOf = db.prepare(
  `select m.device_id as deviceId, g.id, g.name from device_group_members m join device_groups g on g.id = m.group_id
   where m.device_id ${IN} order by g.name_key`,
);
const servicesOf = db.prepare(
  `select device_id as deviceId, id, service, state, requested_at as requestedAt from service_activations
   where device_id ${IN} order by service`,
);
const policiesOf = db.prepare(
  `select a.target_id as deviceId, p.id, p.service, p.name, p.version from policy_assignments a
   join policies p on p.id = a.policy_id and p.removed_at is null where a.target_id ${IN} order by p.service`,
);

const one = (statement, key) => (ids) => {
  const rows = new Map(statement.all(JSON.stringify(ids)).map((row) => [row[key], row]));
  return ids.map((id) => rows.get(id) ?? null);
};
const many = (statement) => (ids) => {
  const lists = new Map(ids.map((id) => [id, []]));
  for (const row of statement.all(JSON.stringify(ids))) lists.get(row.deviceId)?.push(row);
  return ids.map((id) => lists.get(id));
};

/** Rows for each of many ids, in their order. */
export const batches = {
  accounts: one(accountsByIds, 'accountId'),
  devices: one(devicesByIds, 'id'),
  groups: many(groupsOf),
  services: many(servicesOf),
  policies: many(policiesOf),
};

const instant = (at) => (at === null ? null : new Date(at).toISOString());
const cursor = (...key) => Buffer.from(JSON.stringify(key)).toString('base64url');

function connection(rows, first, keyOf) {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursor(...keyOf(last)) : null } };
}

/** All resolvers but those that load by ids. */
export const resolvers = {
  Query: { node: (_root, { id }) => (id.startsWith('com_') ? companyById.get(id) : deviceById.get(id)) ?? null },
  Node: { resolveType: ({ id }) => (id.startsWith('com_') ? 'Company' : 'Device') },
  Company: {
    devices: ({ id }, { first }) =>
      connection(devicesOf.all(id, first + 1), first, (row) => ['devicesByName', row.name, row.id]),
    alerts: ({ id }, { first, state }) =>
      connection(alertsOf.all(id, state, first + 1), first, (row) => ['alerts', row.lastRaisedAt, row.id]),
  },
  Device: {
    online: ({ online }) => online === 1,
    lastSeenAt: ({ lastSeenAt }) => instant(lastSeenAt),
    registeredAt: ({ registeredAt }) => instant(registeredAt),
  },
  ServiceActivation: { requestedAt: ({ requestedAt }) => instant(requestedAt) },
  Alert: {
    lastRaisedAt: ({ lastRaisedAt }) => instant(lastRaisedAt),
    measurements: ({ measurements }) => JSON.parse(measurements ?? '[]'),
  },
};
