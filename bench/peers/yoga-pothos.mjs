/**
 * GraphQL Yoga over Pothos and its Drizzle plugin, as their documentation has it: tables and relations by Drizzle, objects by
 * `drizzleObject`, children by `t.relation`, and each list by `queryFromInfo`, which reads what was asked for in one statement.
 */
import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import DrizzlePlugin, { getSchemaConfig, queryFromInfo } from '@pothos/plugin-drizzle';
import SqliteDatabase from 'better-sqlite3';
import { defineRelations } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { getTableConfig, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { createYoga } from 'graphql-yoga';

const id = () => text().primaryKey();
const companies = sqliteTable('companies', { id: id(), name: text() });
const accounts = sqliteTable('accounts', { id: id(), name: text(), email: text() });
const devices = sqliteTable('devices', {
  id: id(),
  companyId: text('company_id'),
  accountId: text('account_id'),
  address: text(),
  alias: text(),
  name: text(),
  platform: text(),
  clientVersion: text('client_version'),
  online: integer({ mode: 'boolean' }),
  lastSeenAt: integer('last_seen_at'),
  registeredAt: integer('registered_at'),
  removedAt: integer('removed_at'),
});
const deviceGroups = sqliteTable('device_groups', { id: id(), name: text(), nameKey: text('name_key') });
const deviceGroupMembers = sqliteTable('device_group_members', {
  groupId: text('group_id'),
  deviceId: text('device_id'),
});
const serviceActivations = sqliteTable('service_activations', {
  id: id(),
  deviceId: text('device_id'),
  service: text(),
  state: text(),
  requestedAt: integer('requested_at'),
});
const policies = sqliteTable('policies', {
  id: id(),
  service: text(),
  name: text(),
  version: integer(),
  removedAt: integer('removed_at'),
});
const policyAssignments = sqliteTable('policy_assignments', {
  policyId: text('policy_id'),
  targetId: text('target_id'),
});
const alerts = sqliteTable('alerts', {
  id: id(),
  companyId: text('company_id'),
  deviceId: text('device_id'),
  service: text(),
  kind: text(),
  severity: text(),
  subject: text(),
  message: text(),
  state: text(),
  occurrences: integer(),
  lastRaisedAt: integer('last_raised_at'),
  measurements: text({ mode: 'json' }),
});

const tables = {
  companies,
  accounts,
  devices,
  deviceGroups,
  deviceGroupMembers,
  serviceActivations,
  policies,
  policyAssignments,
  alerts,
};
const relations = defineRelations(tables, (r) => ({
  devices: {
    account: r.one.accounts({ from: r.devices.accountId, to: r.accounts.id }),
    groups: r.many.deviceGroups({
      from: r.devices.id.through(r.deviceGroupMembers.deviceId),
      to: r.deviceGroups.id.through(r.deviceGroupMembers.groupId),
    }),
    services: r.many.serviceActivations({ from: r.devices.id, to: r.serviceActivations.deviceId }),
    policies: r.many.policies({
      from: r.devices.id.through(r.policyAssignments.targetId),
      to: r.policies.id.through(r.policyAssignments.policyId),
    }),
  },
  alerts: { device: r.one.devices({ from: r.alerts.deviceId, to: r.devices.id }) },
}));

const db = drizzle({ client: new SqliteDatabase(process.env.SQLITE_FILE ?? '', { readonly: true }), relations });
const builder = new SchemaBuilder({ plugins: [DrizzlePlugin], drizzle: { client: db, getTableConfig, relations } });
const config = getSchemaConfig(builder);

const instant = (at) => (at === null ? null : new Date(at).toISOString());
const cursor = (...key) => Buffer.from(JSON.stringify(key)).toString('base64url');
const typeOf = (nodeId) => (nodeId.startsWith('com_') ? 'Company' : 'Device');

const Node = builder.interfaceRef('Node').implement({
  fields: (t) => ({ id: t.exposeID('id') }),
  resolveType: ({ id: nodeId }) => typeOf(nodeId),
});
const PageInfo = builder.objectRef('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    endCursor: t.exposeString('endCursor', { nullable: true }),
  }),
});
const AlertState = builder.enumType('AlertState', { values: ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] });

builder.drizzleObject('deviceGroups', {
  name: 'DeviceGroup',
  fields: (t) => ({ id: t.exposeID('id'), name: t.exposeString('name') }),
});
builder.drizzleObject('accounts', {
  name: 'Person',
  fields: (t) => ({ accountId: t.exposeID('id'), name: t.exposeString('name'), email: t.exposeString('email') }),
});
builder.drizzleObject('serviceActivations', {
  name: 'ServiceActivation',
  fields: (t) => ({
    id: t.exposeID('id'),
    service: t.exposeString('service'),
    state: t.exposeString('state'),
    requestedAt: t.string({ select: { columns: { requestedAt: true } }, resolve: (row) => instant(row.requestedAt) }),
  }),
});
builder.drizzleObject('policies', {
  name: 'Policy',
  fields: (t) => ({
    id: t.exposeID('id'),
    service: t.exposeString('service'),
    name: t.exposeString('name'),
    version: t.exposeInt('version'),
  }),
});
const Device = builder.drizzleObject('devices', {
  name: 'Device',
  interfaces: [Node],
  select: { columns: { id: true } },
  fields: (t) => ({
    address: t.exposeString('address'),
    alias: t.exposeString('alias', { nullable: true }),
    name: t.exposeString('name'),
    platform: t.exposeString('platform'),
    clientVersion: t.exposeString('clientVersion'),
    online: t.exposeBoolean('online'),
    lastSeenAt: t.string({
      nullable: true,
      select: { columns: { lastSeenAt: true } },
      resolve: (row) => instant(row.lastSeenAt),
    }),
    registeredAt: t.string({
      select: { columns: { registeredAt: true } },
      resolve: (row) => instant(row.registeredAt),
    }),
    account: t.relation('account', { nullable: true }),
    groups: t.relation('groups', { query: { orderBy: { nameKey: 'asc' } } }),
    services: t.relation('services', { query: { orderBy: { service: 'asc' } } }),
    policies: t.relation('policies', {
      query: { where: { removedAt: { isNull: true } }, orderBy: { service: 'asc' } },
    }),
  }),
});
const Measurement = builder.objectRef('Measurement').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeFloat('value'),
    unit: t.exposeString('unit', { nullable: true }),
  }),
});
const Alert = builder.drizzleObject('alerts', {
  name: 'Alert',
  fields: (t) => ({
    id: t.exposeID('id'),
    service: t.exposeString('service'),
    kind: t.exposeString('kind'),
    severity: t.exposeString('severity'),
    subject: t.exposeString('subject'),
    message: t.exposeString('message'),
    state: t.expose('state', { type: AlertState }),
    occurrences: t.exposeInt('occurrences'),
    lastRaisedAt: t.string({
      select: { columns: { lastRaisedAt: true } },
      resolve: (row) => instant(row.lastRaisedAt),
    }),
    measurements: t.field({
      type: [Measurement],
      select: { columns: { measurements: true } },
      resolve: (row) => row.measurements ?? [],
    }),
    device: t.relation('device'),
  }),
});

const connectionOf = (name, type) =>
  builder.objectRef(name).implement({
    fields: (t) => ({
      nodes: t.field({ type: [type], resolve: ({ nodes }) => nodes }),
      pageInfo: t.field({ type: PageInfo, resolve: ({ pageInfo }) => pageInfo }),
    }),
  });
const DeviceConnection = connectionOf('DeviceConnection', Device);
const AlertConnection = connectionOf('AlertConnection', Alert);

function page(rows, first, keyOf) {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor: last ? cursor(...keyOf(last)) : null } };
}

builder.drizzleObject('companies', {
  name: 'Company',
  interfaces: [Node],
  select: { columns: { id: true } },
  fields: (t) => ({
    name: t.exposeString('name'),
    devices: t.field({
      type: DeviceConnection,
      args: { first: t.arg.int({ required: true }) },
      resolve: async ({ id: companyId }, { first }, context, info) => {
        const rows = await db.query.devices.findMany(
          queryFromInfo({
            config,
            context,
            info,
            path: ['nodes'],
            columns: { name: true },
            where: { companyId, removedAt: { isNull: true } },
            orderBy: { name: 'asc', id: 'asc' },
            limit: first + 1,
          }),
        );
        return page(rows, first, (row) => ['devicesByName', row.name, row.id]);
      },
    }),
    alerts: t.field({
      type: AlertConnection,
      args: { first: t.arg.int({ required: true }), state: t.arg({ type: AlertState }) },
      resolve: async ({ id: companyId }, { first, state }, context, info) => {
        const rows = await db.query.alerts.findMany(
          queryFromInfo({
            config,
            context,
            info,
            path: ['nodes'],
            columns: { lastRaisedAt: true },
            where: { companyId, state },
            orderBy: { lastRaisedAt: 'desc', id: 'desc' },
            limit: first + 1,
          }),
        );
        return page(rows, first, (row) => ['alerts', row.lastRaisedAt, row.id]);
      },
    }),
  }),
});

builder.queryType({
  fields: (t) => ({
    node: t.field({
      type: Node,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id: nodeId }, context, info) => {
        const typeName = typeOf(nodeId);
        const table = typeName === 'Company' ? 'companies' : 'devices';
        const present = table === 'devices' ? { removedAt: { isNull: true } } : {};
        const where = { id: nodeId, ...present };
        return db.query[table].findFirst(queryFromInfo({ config, context, info, typeName, where }));
      },
    }),
  }),
});

const yoga = createYoga({ schema: builder.toSchema(), logging: false, graphiql: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
