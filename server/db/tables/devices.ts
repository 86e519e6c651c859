import { sql } from 'drizzle-orm';
import type { Platform } from '../../config.ts';
import { flag, index, instant, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import type { SessionPermission } from './permission-profiles.ts';

export type ClientKind = 'FULL_CLIENT' | 'HOST' | 'QUICK_SUPPORT';

/** A permission that the device's custom-client settings hold at one value (INV-24, INV-25). */
export interface PermissionLock {
  permission: SessionPermission;
  allowed: boolean;
}

/**
 * Devices: every client that registered itself. One that redeemed an enrolment code is a managed device of a company.
 * A removed device keeps its row, so that its public ID is never given again.
 */
export const devices = table(
  'devices',
  {
    id: text('id').primaryKey(),
    /** The company that manages it; null before it redeemed an enrolment code. */
    companyId: text('company_id').references(() => companies.id),
    /** The account that is signed in on the device, and that acts for it; null where nobody is. */
    accountId: text('account_id').references(() => accounts.id),
    /** The public ID: 9 or 10 digits. */
    address: text('address').notNull().unique(),
    /** `name@namespace` as it was written; null where there is none. */
    alias: text('alias'),
    /** The alias in lower case. */
    aliasKey: text('alias_key').unique(),
    name: text('name').notNull(),
    /** All that it is searched by, in small letters of every script: a line each for name, alias and ID. */
    searchKey: text('search_key').notNull().default(''),
    platform: text('platform').$type<Platform>().notNull(),
    clientKind: text('client_kind').$type<ClientKind>().notNull(),
    clientVersion: text('client_version').notNull(),
    /** SHA-256 of the device credential. */
    credentialHash: text('credential_hash').notNull().unique(),
    locks: json('locks').$type<PermissionLock[]>().notNull(),
    /** Whether it shows itself to, and reports, other devices on its local network (INV-26). */
    discovery: flag('discovery').notNull().default(false),
    /** Whether at least one of its streams is open. */
    online: flag('online').notNull().default(false),
    lastSeenAt: instant('last_seen_at'),
    registeredAt: instant('registered_at').notNull(),
    /** When it redeemed an enrolment code; null before. */
    enrolledAt: instant('enrolled_at'),
    removedAt: instant('removed_at'),
  },
  (t) => [
    // Those that were removed are left out, rather than put behind them: for PostgreSQL an index is in the order of what comes
    // behind a column that is null no more than behind any other.
    index('devices_added').on(t.companyId, t.enrolledAt, t.id).where(sql`${t.removedAt} is null`),
    index('devices_name').on(t.companyId, t.name, t.id).where(sql`${t.removedAt} is null`),
    // Of a million devices a few may be online: their list finds them without passing by the others.
    index('online_devices_added')
      .on(t.companyId, t.enrolledAt, t.id)
      .where(sql`${t.removedAt} is null and ${t.online}`),
    index('online_devices_name').on(t.companyId, t.name, t.id).where(sql`${t.removedAt} is null and ${t.online}`),
    index('offline_devices_added')
      .on(t.companyId, t.enrolledAt, t.id)
      .where(sql`${t.removedAt} is null and not ${t.online}`),
    index('offline_devices_name').on(t.companyId, t.name, t.id).where(sql`${t.removedAt} is null and not ${t.online}`),
    index('devices_of_account').on(t.accountId, t.id).where(sql`${t.removedAt} is null`),
  ],
);

/**
 * The device was not removed; for statements that find one device by a key. PostgreSQL would take `removed_at is null` for the
 * condition of the indexes above, and reads one of them from end to end in place of finding the key, until it knows how
 * many devices there are: for the first minute of a database, and for good where fewer than 50 were registered.
 */
export const notRemoved = sql`coalesce(${devices.removedAt}, 0) = 0`;

/** The open streams of devices, by node, so that presence survives a node that dies. */
export const deviceConnections = table(
  'device_connections',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    nodeId: text('node_id').notNull(),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [index('device_connections_device').on(t.deviceId), index('device_connections_node').on(t.nodeId)],
);

/** Running server processes; one whose lease has lapsed is dead, and its connections are closed by another. */
export const nodes = table('nodes', {
  id: text('id').primaryKey(),
  leaseUntil: instant('lease_until').notNull(),
});

export const deviceGroups = table(
  'device_groups',
  {
    id: text('id').primaryKey(),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('device_groups_company_name').on(t.companyId, t.nameKey)],
);

export const deviceGroupMembers = table(
  'device_group_members',
  {
    groupId: text('group_id')
      .notNull()
      .references(() => deviceGroups.id, { onDelete: 'cascade' }),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.deviceId] }), index('device_group_members_device').on(t.deviceId)],
);

export type Device = typeof devices.$inferSelect;
export type DeviceConnection = typeof deviceConnections.$inferSelect;
export type DeviceGroup = typeof deviceGroups.$inferSelect;
