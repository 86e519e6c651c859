import { and, eq } from 'drizzle-orm';
import { invitations } from '../db/tables/invitations.ts';
import {
  type PermissionProfile,
  permissionProfiles,
  type SessionPermission,
} from '../db/tables/permission-profiles.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { newId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { deviceToChange, type Standing } from './device-access.ts';
import { getDevice } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { permissionList } from './permission-profiles.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Profiles that a device has at most, the built-in ones included: a list that people choose from. */
export const PROFILES_MOST = 50;

/** Who may change the profiles of a device. */
const ALLOWED: readonly Standing[] = ['DEVICE', 'ACCOUNT', 'ADMINISTRATOR'];

/**
 * Adds a permission profile to a device: for the device itself, the account signed in on it, and administrators. It is
 * enabled; the device's locks bend it when it is used, not now. Event: permissionProfile CREATED.
 * @throws Refusal InvalidInput, also TOO_MANY where there are 50; AlreadyTaken NAME_TAKEN (case is ignored).
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function createPermissionProfile(
  ctx: Context,
  input: Repeatable & {
    deviceId?: string | null | undefined;
    name: string;
    permissions: readonly SessionPermission[];
  },
): Promise<PermissionProfile> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  return change(ctx, 'createPermissionProfile', input, async (tx) => {
    const { device } = await deviceToChange(tx, principal, input.deviceId, ALLOWED);
    const count = await tx.q.$count(permissionProfiles, eq(permissionProfiles.deviceId, device.id));
    if (count >= PROFILES_MOST) throw new Refusal('InvalidInput', 'TOO_MANY', [], { limit: PROFILES_MOST });
    const permissions = permissionList(input.permissions);
    const [profile] = await tx.q
      .insert(permissionProfiles)
      .values({
        id: newId('PermissionProfile'),
        deviceId: device.id,
        name,
        nameKey: name.toLowerCase(),
        permissions,
        createdAt: tx.now,
      })
      .onConflictDoNothing({ target: [permissionProfiles.deviceId, permissionProfiles.nameKey] })
      .returning();
    if (!profile) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
    emitProfile(tx, 'CREATED', profile.id, null, { name, permissions }, deviceStreams(device));
    return profile;
  });
}

/**
 * Changes a profile, built-in ones too: its name, its permissions, whether it can be chosen. What is absent stays, and
 * invitations that were sent keep what they offer. Event: permissionProfile UPDATED.
 * @throws Refusal InvalidInput, AlreadyTaken NAME_TAKEN. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function updatePermissionProfile(
  ctx: Context,
  input: Repeatable & {
    id: string;
    name?: string | null | undefined;
    permissions?: readonly SessionPermission[] | null | undefined;
    enabled?: boolean | null | undefined;
  },
): Promise<PermissionProfile> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  const name = typeof input.name === 'string' ? lineOf(input.name, ['name'], LENGTHS.name) : null;
  return change(ctx, 'updatePermissionProfile', input, async (tx) => {
    const { profile: before, streams } = await profileToChange(tx, principal, input.id);
    const values = {
      name: name ?? before.name,
      nameKey: (name ?? before.name).toLowerCase(),
      permissions: input.permissions ? permissionList(input.permissions) : before.permissions,
      enabled: input.enabled ?? before.enabled,
    };
    const facts = ({ name, permissions, enabled }: typeof values) => ({ name, permissions, enabled });
    if (JSON.stringify(facts(values)) === JSON.stringify(facts(before))) return before;
    try {
      await tx.q.update(permissionProfiles).set(values).where(eq(permissionProfiles.id, before.id)).returning();
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
      throw error;
    }
    emitProfile(tx, 'UPDATED', before.id, facts(before), facts(values), streams);
    return { ...before, ...values };
  });
}

/**
 * Removes a profile that was added. Invitations made with it keep its name and what they offer.
 * Event: permissionProfile REMOVED. @throws Refusal ProfileRefused PROFILE_BUILT_IN. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function removePermissionProfile(
  ctx: Context,
  input: Repeatable & { id: string },
): Promise<{ id: string; deviceId: string }> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  return change(ctx, 'removePermissionProfile', input, async (tx) => {
    const { profile, streams } = await profileToChange(tx, principal, input.id);
    const { id, deviceId, name, permissions } = profile;
    if (profile.builtIn) throw new Refusal('ProfileRefused', 'PROFILE_BUILT_IN', ['id'], { profile: name });
    await tx.q
      .update(invitations)
      .set({ profileId: null })
      .where(and(eq(invitations.inviterDeviceId, deviceId), eq(invitations.profileId, id)));
    await tx.q.delete(permissionProfiles).where(eq(permissionProfiles.id, id));
    emitProfile(tx, 'REMOVED', id, { name, permissions }, null, streams);
    return { id, deviceId };
  });
}

/** The profile, read after its device was locked: what is written to the device's profiles comes one after another. */
async function profileToChange(
  tx: Change,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
): Promise<{ profile: PermissionProfile; streams: string[] }> {
  const byId = eq(permissionProfiles.id, id);
  const [found] = await tx.q.select({ deviceId: permissionProfiles.deviceId }).from(permissionProfiles).where(byId);
  const { device } = await deviceToChange(tx, principal, found?.deviceId ?? NO_ID, ALLOWED).catch(hideDevice);
  const [profile] = await tx.q.select().from(permissionProfiles).where(byId);
  if (!profile) throw notFound('id');
  return { profile, streams: deviceStreams(device) };
}

/** Somebody else's profile is answered as one that is not there. */
function hideDevice(error: unknown): never {
  if (error instanceof Denial && error.code === 'NOT_FOUND') throw notFound('id');
  throw error;
}

function emitProfile(
  tx: Change,
  what: 'CREATED' | 'UPDATED' | 'REMOVED',
  id: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  streams: readonly string[],
): void {
  tx.emit({ concept: 'permissionProfile', change: what, subject: id, before, after, streams });
}

/** One profile, for who may see its device. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function getPermissionProfile(ctx: Context, id: string): Promise<PermissionProfile> {
  authorize(ctx, 'READ', 'account', 'device');
  const [profile] = await ctx.db.read.select().from(permissionProfiles).where(eq(permissionProfiles.id, id));
  await getDevice(ctx, profile?.deviceId ?? NO_ID).catch(hideDevice);
  if (!profile) throw notFound('id');
  return profile;
}
