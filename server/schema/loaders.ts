import DataLoader from 'dataloader';
import type { Account } from '../db/tables/accounts.ts';
import type { Device, DeviceGroup } from '../db/tables/devices.ts';
import type { LicenceLink } from '../db/tables/licences.ts';
import type { PermissionProfile } from '../db/tables/permission-profiles.ts';
import type { Role } from '../db/tables/roles.ts';
import type { ServiceActivation } from '../db/tables/service-activations.ts';
import { findAccounts } from '../domain/accounts.ts';
import { type OnDevice, runningPolicies } from '../domain/applied-policy.ts';
import { type AuditName, findAuditNames, type LoggedId, lastAuditNames } from '../domain/audit-names.ts';
import type { Services } from '../domain/context.ts';
import { countGrouped, findDeviceGroups, groupsOfDevices } from '../domain/device-groups.ts';
import { findDevices } from '../domain/devices.ts';
import type { EffectivePolicy } from '../domain/effective-policy.ts';
import { areFavourites } from '../domain/favourites.ts';
import { findLicenceLinks } from '../domain/licence-links.ts';
import { profilesOfDevices } from '../domain/permission-profiles.ts';
import { countHolders, findRoles, rolesOfMembers } from '../domain/roles.ts';
import { activationsOfDevices } from '../domain/service-overview.ts';

/**
 * Rows by id, one statement for all that one operation asks for. The fallback where a page did not load its children
 * by look-ahead. They judge nothing: what hands out an id has been judged.
 */
export interface Loaders {
  readonly account: DataLoader<string, Account>;
  /** What anything in an audit log is called; null for what is gone or has no name. */
  readonly auditName: DataLoader<string, AuditName | null>;
  /** What something that is gone was called last, as a log itself tells; null where it does not. */
  readonly lastAuditName: DataLoader<LoggedId, AuditName | null, string>;
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
  /** The services that are, or were, on a device. */
  readonly services: DataLoader<string, ServiceActivation[]>;
}

type Make = { readonly [Name in keyof Loaders]: (db: Services['db']) => Loaders[Name] };

const MAKE: Make = {
  account: ({ read }) => new DataLoader((ids) => findAccounts(read, ids)),
  auditName: ({ read }) => new DataLoader((ids) => findAuditNames(read, ids)),
  lastAuditName: ({ read }) =>
    new DataLoader((logged) => lastAuditNames(read, logged), { cacheKeyFn: ({ stream, id }) => `${stream} ${id}` }),
  device: ({ read }) => new DataLoader((ids) => findDevices(read, ids)),
  favourite: ({ read }) =>
    new DataLoader((pairs) => areFavourites(read, pairs), {
      cacheKeyFn: ({ accountId, deviceId }) => `${accountId} ${deviceId}`,
    }),
  group: ({ read }) => new DataLoader((ids) => findDeviceGroups(read, ids)),
  groupSize: ({ read }) => new DataLoader((ids) => countGrouped(read, ids)),
  groups: ({ read }) => new DataLoader((ids) => groupsOfDevices(read, ids)),
  licenceLink: ({ read }) => new DataLoader((ids) => findLicenceLinks(read, ids)),
  runningPolicy: ({ read }) =>
    new DataLoader((pairs) => runningPolicies(read, pairs), {
      cacheKeyFn: ({ deviceId, service }) => `${deviceId} ${service}`,
    }),
  permissionProfiles: ({ read }) => new DataLoader((ids) => profilesOfDevices(read, ids)),
  role: ({ read }) => new DataLoader((ids) => findRoles(read, ids)),
  roleHolders: ({ read }) => new DataLoader((ids) => countHolders(read, ids)),
  memberRoles: ({ read }) => new DataLoader((ids) => rolesOfMembers(read, ids)),
  services: ({ read }) => new DataLoader((ids) => activationsOfDevices(read, ids)),
};

/** Each loader is made when it is first asked for: an operation uses one or two of them, and an idle stream none. */
class LazyLoaders {
  readonly db: Services['db'];

  constructor(db: Services['db']) {
    this.db = db;
  }
}
for (const name of Object.keys(MAKE) as (keyof Loaders)[]) {
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      const value = MAKE[name](this.db);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

/** A fresh set: one for each operation, and one for each event of a subscription. */
export function createLoaders({ db }: Pick<Services, 'db'>): Loaders {
  return new LazyLoaders(db) as unknown as Loaders;
}
