import { and, asc, eq, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Device } from '../db/tables/devices.ts';
import {
  type BuiltInProfile,
  type PermissionProfile,
  permissionProfiles,
  SESSION_PERMISSIONS,
  type SessionPermission,
} from '../db/tables/permission-profiles.ts';
import { newId } from '../lib/ids.ts';
import { notFound } from './denials.ts';
import { Refusal } from './refusals.ts';

/** The built-in profiles that every device starts with (requirements, INV). */
export const BUILT_IN_PROFILES: Readonly<
  Record<BuiltInProfile, { name: string; permissions: readonly SessionPermission[] }>
> = {
  DEFAULT: {
    name: 'Default',
    permissions: SESSION_PERMISSIONS.filter((p) => p !== 'PRIVACY_MODE' && p !== 'TCP_TUNNEL' && p !== 'VPN'),
  },
  SCREEN_SHARING: { name: 'Screen sharing', permissions: ['AUDIO', 'WHITEBOARD', 'USER_POINTER'] },
  FULL_ACCESS: { name: 'Full access', permissions: SESSION_PERMISSIONS },
  UNATTENDED_ACCESS: { name: 'Unattended access', permissions: SESSION_PERMISSIONS },
};

/** In the order in which they are shown, each once. */
export function permissionList(permissions: Iterable<SessionPermission>): SessionPermission[] {
  const set = new Set(permissions);
  return SESSION_PERMISSIONS.filter((permission) => set.has(permission));
}

/** Gives a new device its built-in profiles. */
export async function addBuiltInProfiles(q: Queries, deviceId: string, now: number): Promise<void> {
  const rows = Object.entries(BUILT_IN_PROFILES).map(([builtIn, { name, permissions }]) => ({
    id: newId('PermissionProfile'),
    deviceId,
    builtIn: builtIn as BuiltInProfile,
    name,
    nameKey: name.toLowerCase(),
    permissions: [...permissions],
    createdAt: now,
  }));
  await q.insert(permissionProfiles).values(rows);
}

const byDevices = prepared('profiles_by_devices', (q) =>
  q
    .select()
    .from(permissionProfiles)
    .where(anyOf(permissionProfiles.deviceId, sql.placeholder('ids')))
    .orderBy(asc(permissionProfiles.createdAt), asc(permissionProfiles.id)),
);

/**
 * The profiles of each of these devices, in one statement: the built-in ones in their order, then those that were
 * added, oldest first. For what has judged who sees the devices.
 */
export async function profilesOfDevices(q: Queries, deviceIds: readonly string[]): Promise<PermissionProfile[][]> {
  const rows = Map.groupBy(await byDevices(q, { ids: idList(deviceIds) }), ({ deviceId }) => deviceId);
  return deviceIds.map((id) => (rows.get(id) ?? []).sort((a, b) => rankOf(a) - rankOf(b)));
}

/** The profiles of one device, as `profilesOfDevices`. */
export async function profilesOf(q: Queries, deviceId: string): Promise<PermissionProfile[]> {
  const [profiles] = await profilesOfDevices(q, [deviceId]);
  return profiles ?? [];
}

const BUILT_IN_ORDER = Object.keys(BUILT_IN_PROFILES);

function rankOf({ builtIn }: PermissionProfile): number {
  return builtIn === null ? BUILT_IN_ORDER.length : BUILT_IN_ORDER.indexOf(builtIn);
}

export interface PermissionChoice {
  /** The profile's id; the device's Default profile where absent. */
  profileId?: string | null | undefined;
  /** Single permissions on top of the profile's. */
  grant?: readonly SessionPermission[] | null | undefined;
  /** Single permissions taken away from the profile's. */
  revoke?: readonly SessionPermission[] | null | undefined;
}

const defaultOf = prepared('default_profile', (q) =>
  q
    .select()
    .from(permissionProfiles)
    .where(
      and(eq(permissionProfiles.deviceId, sql.placeholder('deviceId')), eq(permissionProfiles.builtIn, 'DEFAULT')),
    ),
);

const ofDevice = prepared('profile_of_device', (q) =>
  q
    .select()
    .from(permissionProfiles)
    .where(
      and(
        eq(permissionProfiles.deviceId, sql.placeholder('deviceId')),
        eq(permissionProfiles.id, sql.placeholder('id')),
      ),
    ),
);

/** The profile that a choice names, for `choosePermissions`; null where the device has none such. */
export async function chosenProfile(
  q: Queries,
  deviceId: string,
  { profileId }: Pick<PermissionChoice, 'profileId'>,
): Promise<PermissionProfile | null> {
  const [profile] = await (profileId ? ofDevice(q, { deviceId, id: profileId }) : defaultOf(q, { deviceId }));
  return profile ?? null;
}

/**
 * The permissions that a choice comes to on a device (INV-12), bounded by its locks (INV-25): a profile is bent to
 * them in silence, because the result is shown; a single permission that contradicts one is refused.
 * @throws Denial NOT_FOUND for a profile that is not the device's.
 * @throws Refusal ProfileRefused PROFILE_DISABLED, PermissionsLocked, InvalidInput CONTRADICTION.
 */
export function choosePermissions(
  device: Device,
  profile: PermissionProfile | null,
  choice: PermissionChoice,
): { profile: PermissionProfile; permissions: SessionPermission[] } {
  if (!profile) throw notFound('profileId');
  if (!profile.enabled) {
    throw new Refusal('ProfileRefused', 'PROFILE_DISABLED', ['profileId'], { profile: profile.name });
  }
  const bounded = withinLocks(device, profile.permissions);
  return { profile, permissions: changePermissions(device, bounded, choice) };
}

/**
 * `current` with single permissions granted and revoked.
 * @throws Refusal PermissionsLocked, naming every locked permission that would change away from its lock; nothing is
 * changed then (INV-24). InvalidInput CONTRADICTION where one permission is both granted and revoked.
 */
export function changePermissions(
  device: Pick<Device, 'locks'>,
  current: readonly SessionPermission[],
  { grant, revoke }: Pick<PermissionChoice, 'grant' | 'revoke'>,
): SessionPermission[] {
  const granted = new Set(grant ?? []);
  const revoked = new Set(revoke ?? []);
  const both = permissionList(granted).filter((permission) => revoked.has(permission));
  if (both.length > 0) throw new Refusal('InvalidInput', 'CONTRADICTION', ['grant'], { permissions: both });
  const locked = device.locks
    .filter(({ permission, allowed }) => (allowed ? revoked : granted).has(permission))
    .map(({ permission }) => permission);
  if (locked.length > 0) {
    throw new Refusal('PermissionsLocked', 'PERMISSIONS_LOCKED', [], { permissions: permissionList(locked) });
  }
  return permissionList([...current, ...granted]).filter((permission) => !revoked.has(permission));
}

/** What is left of permissions, and added to them, by the locks of a device. */
export function withinLocks(
  device: Pick<Device, 'locks'>,
  permissions: readonly SessionPermission[],
): SessionPermission[] {
  const set = new Set(permissions);
  for (const { permission, allowed } of device.locks) {
    if (allowed) set.add(permission);
    else set.delete(permission);
  }
  return permissionList(set);
}
