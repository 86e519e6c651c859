import DataLoader from 'dataloader';
import type { Account } from '../db/tables/accounts.ts';
import type { Device, DeviceGroup } from '../db/tables/devices.ts';
import type { LicenceLink } from '../db/tables/licences.ts';
import type { PermissionProfile } from '../db/tables/permission-profiles.ts';
import type { Role } from '../db/tables/roles.ts';
import { findAccounts } from '../domain/accounts.ts';
import { type OnDevice, runningPolicies } from '../domain/applied-policy.ts';
import { type AuditName, findAuditNames } from '../domain/audit-names.ts';
import type { Services } from '../domain/context.ts';
import { countGrouped, findDeviceGroups, groupsOfDevices } from '../domain/device-groups.ts';
import { findDevices } from '../domain/devices.ts';
import type { EffectivePolicy } from '../domain/effective-policy.ts';
import { areFavourites } from '../domain/favourites.ts';
import { findLicenceLinks } from '../domain/licence-links.ts';
import { profilesOfDevices } from '../domain/permission-profiles.ts';
import { countHolders, findRoles, rolesOfMembers } from '../domain/roles.ts';

/**
 * Rows by id, one statement for all that one operation asks for. The fallback where a page did not load its children
 * by look-ahead. They judge nothing: what hands out an id has been judged.
 */
export interface Loaders {
  readonly account: DataLoader<string, Account>;
  /** What anything in an audit log is called; null for what is gone or has no name. */
  readonly auditName: DataLoader<string, AuditName | null>;
  /** Devices, removed ones too. */
  readonly device: DataLoader<string, Device>;
  /** Whether an account has a device among its favourites. */
  readonly favourite: DataLoader<{ readonly accountId: string; readonly deviceId: string }, boolean, string>;
  /** Groups by their own id; null where one was deleted. */
  readonly group: DataLoader<string, DeviceGroup | null>;
  /** How many devices are in a group. */
  readonly groupSize: DataLoader<string, number>;
  /** The groups that a device is in. */
  readonly groups: DataLoader<string, DeviceGroup[]>;
  /** The newest activation link of a licence; null where it has none. */
  readonly licenceLink: DataLoader<string, LicenceLink | null>;
  /** What a service on a device is to work by at present. */
  readonly runningPolicy: DataLoader<OnDevice, EffectivePolicy, string>;
  /** The permission profiles of a device. */
  readonly permissionProfiles: DataLoader<string, PermissionProfile[]>;
  /** Roles by their own id; null where one was deleted. */
  readonly role: DataLoader<string, Role | null>;
  /** How many members hold a role. */
  readonly roleHolders: DataLoader<string, number>;
  /** The roles that a member holds. */
  readonly memberRoles: DataLoader<string, Role[]>;
}

/** A fresh set: one for each operation, and one for each event of a subscription. */
export function createLoaders({ db }: Pick<Services, 'db'>): Loaders {
  return {
    account: new DataLoader((ids) => findAccounts(db.read, ids)),
    auditName: new DataLoader((ids) => findAuditNames(db.read, ids)),
    device: new DataLoader((ids) => findDevices(db.read, ids)),
    favourite: new DataLoader((pairs) => areFavourites(db.read, pairs), {
      cacheKeyFn: ({ accountId, deviceId }) => `${accountId} ${deviceId}`,
    }),
    group: new DataLoader((ids) => findDeviceGroups(db.read, ids)),
    groupSize: new DataLoader((ids) => countGrouped(db.read, ids)),
    groups: new DataLoader((ids) => groupsOfDevices(db.read, ids)),
    licenceLink: new DataLoader((ids) => findLicenceLinks(db.read, ids)),
    runningPolicy: new DataLoader((pairs) => runningPolicies(db.read, pairs), {
      cacheKeyFn: ({ deviceId, service }) => `${deviceId} ${service}`,
    }),
    permissionProfiles: new DataLoader((ids) => profilesOfDevices(db.read, ids)),
    role: new DataLoader((ids) => findRoles(db.read, ids)),
    roleHolders: new DataLoader((ids) => countHolders(db.read, ids)),
    memberRoles: new DataLoader((ids) => rolesOfMembers(db.read, ids)),
  };
}
