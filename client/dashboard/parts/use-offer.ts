import { useState } from 'react';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { type Lock, SESSION_PERMISSIONS } from './session-permissions.ts';

export interface OfferedProfile {
  readonly id: string;
  readonly name: string;
  readonly builtIn?: string | null | undefined;
  readonly enabled: boolean;
  readonly permissions: readonly SessionPermission[];
}

/** A device as far as it decides what can be offered on it. */
export interface OfferingDevice {
  readonly locks: readonly Lock[];
  readonly permissionProfiles: readonly OfferedProfile[];
}

/** What a guest is to be allowed (INV-12): a profile, with single permissions narrowed or widened on top. */
export interface Offer {
  /** Empty: no profile is named, and what was offered before stays. */
  readonly profileId: string;
  readonly profiles: readonly OfferedProfile[];
  readonly locks: readonly Lock[];
  readonly permissions: readonly SessionPermission[];
  /** As the API takes it. */
  readonly input: {
    readonly profileId?: string;
    readonly grant: SessionPermission[];
    readonly revoke: SessionPermission[];
  };
  chooseProfile(id: string): void;
  allow(permission: SessionPermission, allowed: boolean): void;
}

const NOTHING_SINGLE: ReadonlyMap<SessionPermission, boolean> = new Map();

/**
 * A choice of permissions on a device, bounded by its locks (INV-25). It follows the device as that changes; another
 * profile begins without single permissions.
 * @param key another device or offer: the choice begins anew.
 * @param kept what was offered before, to begin from it in place of a profile.
 */
export function useOffer(
  device: OfferingDevice | undefined,
  key: string,
  kept?: readonly SessionPermission[] | undefined,
): Offer {
  const [chosen, choose] = useState({ key, profileId: '', single: NOTHING_SINGLE });
  const { profileId: wanted, single } = chosen.key === key ? chosen : { profileId: '', single: NOTHING_SINGLE };
  const profiles = (device?.permissionProfiles ?? []).filter(({ enabled }) => enabled);
  const locks = device?.locks ?? [];
  const profile = profiles.find(({ id }) => id === wanted) ?? (kept ? undefined : usualProfile(profiles));
  const base = profile ? bounded(profile.permissions, locks) : new Set(kept);
  const locked = new Set(locks.map(({ permission }) => permission));
  const permissions = SESSION_PERMISSIONS.filter(
    (permission) => (locked.has(permission) ? undefined : single.get(permission)) ?? base.has(permission),
  );
  const profileId = profile?.id ?? '';
  return {
    profileId,
    profiles,
    locks,
    permissions,
    input: {
      ...(profile && { profileId }),
      grant: permissions.filter((permission) => !base.has(permission)),
      revoke: [...base].filter((permission) => !permissions.includes(permission)),
    },
    chooseProfile: (id) => choose({ key, profileId: id, single: NOTHING_SINGLE }),
    allow: (permission, allowed) => choose({ key, profileId, single: new Map(single).set(permission, allowed) }),
  };
}

/** The profile that holds where none is named; where it is disabled, the first that is not. */
function usualProfile(profiles: readonly OfferedProfile[]): OfferedProfile | undefined {
  return profiles.find(({ builtIn }) => builtIn === 'DEFAULT') ?? profiles[0];
}

function bounded(permissions: readonly SessionPermission[], locks: readonly Lock[]): Set<SessionPermission> {
  const result = new Set(permissions);
  for (const { permission, allowed } of locks) {
    if (allowed) result.add(permission);
    else result.delete(permission);
  }
  return result;
}
