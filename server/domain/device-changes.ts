import { eq } from 'drizzle-orm';
import type { Platform } from '../config.ts';
import { companies } from '../db/tables/companies.ts';
import { type ClientKind, type Device, devices, type PermissionLock } from '../db/tables/devices.ts';
import { SESSION_PERMISSIONS } from '../db/tables/permission-profiles.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { isAlias } from './addresses.ts';
import { versionOf } from './capabilities.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { deviceToChange, requireStanding, type Standing } from './device-access.ts';
import { deviceStreams } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { lockMember } from './members.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { searchKeyOf } from './search.ts';
import { retireBackupOf } from './service-lifecycle.ts';

interface OfDevice extends Repeatable {
  /** The device that calls, where absent. */
  deviceId?: string | null | undefined;
}

export interface UpdateDeviceInput extends OfDevice {
  name?: string | null | undefined;
  platform?: Platform | null | undefined;
  clientKind?: ClientKind | null | undefined;
  clientVersion?: string | null | undefined;
}

/**
 * A device reports what it runs, or somebody who sees it gives it another name. What is absent stays; what changes
 * nothing is no event. Event: device UPDATED.
 * @throws Refusal InvalidInput. @throws Denial NOT_FOUND; FORBIDDEN for a person who changes more than the name.
 */
export async function updateDevice(ctx: Context, input: UpdateDeviceInput): Promise<Device> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  const reported = {
    ...(input.platform ? { platform: input.platform } : {}),
    ...(input.clientKind ? { clientKind: input.clientKind } : {}),
    ...(input.clientVersion ? { clientVersion: versionOf(input.clientVersion, ['clientVersion']) } : {}),
  };
  const named = typeof input.name === 'string' ? { name: lineOf(input.name, ['name'], LENGTHS.name) } : {};
  const allowed: Standing[] =
    Object.keys(reported).length > 0 ? ['DEVICE'] : ['DEVICE', 'ACCOUNT', 'MEMBER', 'ADMINISTRATOR'];
  return change(ctx, 'updateDevice', input, async (tx) => {
    const { device } = await deviceToChange(tx, principal, input.deviceId, allowed);
    return writeDevice(tx, device, 'UPDATED', { ...reported, ...named });
  });
}

/**
 * Gives a managed device an alias in the namespace of its company, or takes it away: for the device itself, the account
 * signed in on it, and administrators. Event: device ALIAS_CHANGED.
 * @throws Refusal InvalidInput INVALID_ALIAS (also for a device without a company, hence without a namespace),
 * AlreadyTaken ALIAS_TAKEN. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function setDeviceAlias(ctx: Context, input: OfDevice & { alias: string | null }): Promise<Device> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  const alias = input.alias?.trim() || null;
  if (alias !== null && !isAlias(alias)) throw new Refusal('InvalidInput', 'INVALID_ALIAS', ['alias']);
  return change(ctx, 'setDeviceAlias', input, async (tx) => {
    const { device } = await deviceToChange(tx, principal, input.deviceId, ['DEVICE', 'ACCOUNT', 'ADMINISTRATOR']);
    if (alias === null) return writeDevice(tx, device, 'ALIAS_CHANGED', { alias, aliasKey: null });
    const [company] = await tx.q
      .select({ namespace: companies.namespace })
      .from(companies)
      .where(eq(companies.id, device.companyId ?? ''));
    const aliasKey = alias.toLowerCase();
    if (!company || !aliasKey.endsWith(`@${company.namespace.toLowerCase()}`)) {
      throw new Refusal('InvalidInput', 'INVALID_ALIAS', ['alias'], { namespace: company?.namespace ?? null });
    }
    try {
      return await writeDevice(tx, device, 'ALIAS_CHANGED', { alias, aliasKey });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('AlreadyTaken', 'ALIAS_TAKEN', ['alias']);
      throw error;
    }
  });
}

/**
 * Assigns a managed device to an account of its company, which acts for it from then on (INV-10), or to nobody; for
 * administrators (PER-10). A Backup of another account is retired (PER-08a). Events: device ASSIGNED or UNASSIGNED, also
 * to the account that it was taken from; service RETIRED.
 * @throws Denial NOT_FOUND for a device or account that is not the company's, FORBIDDEN.
 */
export async function assignDevice(
  ctx: Context,
  input: OfDevice & { deviceId: string; accountId: string | null },
): Promise<Device> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'assignDevice', input, async (tx) => {
    const { device } = await deviceToChange(tx, principal, input.deviceId, ['ADMINISTRATOR']);
    const { accountId } = input;
    if (accountId !== null && !(await lockMember(tx.q, device.companyId ?? '', accountId))) throw notFound('accountId');
    const assigned = await writeDevice(tx, device, accountId === null ? 'UNASSIGNED' : 'ASSIGNED', { accountId });
    if (accountId !== device.accountId) await retireBackupOf(tx, assigned);
    return assigned;
  });
}

export interface UpdateDeviceSettingsInput extends OfDevice {
  locks?: readonly PermissionLock[] | null | undefined;
  discovery?: boolean | null | undefined;
}

/**
 * Changes a device's custom-client settings: permissions held at one value (INV-24, INV-25; by administrators, or by a
 * device that no company manages), and whether it takes part in Discovery (INV-26; also by the device itself and its
 * account). Sessions that run and invitations that were sent keep what was agreed. Event: device SETTINGS_CHANGED.
 * @throws Refusal InvalidInput CONTRADICTION where one permission is locked both ways. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function updateDeviceSettings(ctx: Context, input: UpdateDeviceSettingsInput): Promise<Device> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  const locks = input.locks ? lockList(input.locks) : null;
  return change(ctx, 'updateDeviceSettings', input, async (tx) => {
    const allowed = ['DEVICE', 'ACCOUNT', 'ADMINISTRATOR'] as const;
    const { device, standings } = await deviceToChange(tx, principal, input.deviceId, allowed);
    if (locks) requireStanding(standings, device.companyId ? ['ADMINISTRATOR'] : ['DEVICE']);
    return writeDevice(tx, device, 'SETTINGS_CHANGED', {
      ...(locks ? { locks } : {}),
      ...(typeof input.discovery === 'boolean' ? { discovery: input.discovery } : {}),
    });
  });
}

/** Each permission once, in the order in which they are shown. @throws Refusal InvalidInput CONTRADICTION. */
function lockList(locks: readonly PermissionLock[]): PermissionLock[] {
  const both = SESSION_PERMISSIONS.filter((permission) => {
    const values = new Set(locks.filter((lock) => lock.permission === permission).map(({ allowed }) => allowed));
    return values.size > 1;
  });
  if (both.length > 0) throw new Refusal('InvalidInput', 'CONTRADICTION', ['locks'], { permissions: both });
  return SESSION_PERMISSIONS.flatMap((permission) => {
    const lock = locks.find((one) => one.permission === permission);
    return lock ? [{ permission, allowed: lock.allowed }] : [];
  });
}

/**
 * The calling device gets a new credential, shown this once; the old one dies at once, with the subscriptions opened
 * with it. Event: device CREDENTIAL_ROTATED. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function rotateDeviceCredential(
  ctx: Context,
  input: Repeatable,
): Promise<{ device: Device; credential: string }> {
  const principal = authorize(ctx, 'DEVICES', 'device');
  return change(ctx, 'rotateDeviceCredential', input, async (tx) => {
    const { device: before } = await deviceToChange(tx, principal, null, ['DEVICE']);
    const credential = newSecret('deviceCredential');
    const device = await writeDevice(tx, before, 'CREDENTIAL_ROTATED', { credentialHash: hashSecret(credential) });
    tx.wake(`auth:${device.id}`);
    return { device, credential };
  });
}

/** What is no business of the event log: the hash of a credential, and what only repeats another column. */
const UNLOGGED = new Set<string>(['credentialHash', 'aliasKey', 'searchKey'] satisfies (keyof Device)[]);

/** Writes what is different and announces it, to those whom it concerned before and to those whom it does since. */
async function writeDevice(tx: Change, before: Device, what: string, changes: Partial<Device>): Promise<Device> {
  const values = { ...changes, searchKey: searchKeyOf({ ...before, ...changes }) };
  const keys = (Object.keys(values) as (keyof Device)[]).filter(
    (key) => canonicalJson(before[key]) !== canonicalJson(values[key]),
  );
  if (keys.length === 0) return before;
  const [after] = await tx.q.update(devices).set(values).where(eq(devices.id, before.id)).returning();
  if (!after) throw new Error(`no device ${before.id}`);
  const facts = (row: Device) =>
    Object.fromEntries(keys.filter((key) => !UNLOGGED.has(key)).map((key) => [key, row[key]]));
  tx.emit({
    concept: 'device',
    change: what,
    subject: after.id,
    before: facts(before),
    after: facts(after),
    streams: [...deviceStreams(before), ...deviceStreams(after)],
  });
  return after;
}
