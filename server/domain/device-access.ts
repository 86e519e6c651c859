import { and, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type Device, devices, notRemoved } from '../db/tables/devices.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { actsFor } from './devices.ts';
import { memberOf } from './members.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';

/** How somebody stands to a device: it is itself, its signed-in account, a member or administrator of its company. */
export type Standing = 'DEVICE' | 'ACCOUNT' | 'MEMBER' | 'ADMINISTRATOR';

/** Each way in which the caller stands to the device; none where it may not even see it. */
async function standingsTo(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  device: Pick<Device, 'id' | 'accountId' | 'companyId'> | null,
): Promise<ReadonlySet<Standing>> {
  const standings = new Set<Standing>();
  if (principal.kind === 'device') {
    if (principal.deviceId === device?.id) standings.add('DEVICE');
    return standings;
  }
  if (principal.accountId === device?.accountId) standings.add('ACCOUNT');
  const member = await memberOf(q, principal.accountId);
  if (member && member.companyId === device?.companyId) {
    standings.add('MEMBER');
    if (member.administrator) standings.add('ADMINISTRATOR');
  }
  return standings;
}

/** The device, where the caller may see it as more than the other side does; null elsewhere, and once it was removed. */
export async function deviceIfSeen(ctx: Context, device: Device): Promise<Device | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (device.removedAt !== null) return null;
  if (actsFor(principal, device)) return device;
  return device.companyId !== null && (await standingsTo(ctx.db.read, principal, device)).size > 0 ? device : null;
}

/** Whether the caller acts for the device: which side of an invitation, request or session is its own (INV-10). */
export function viewerActsFor(ctx: Context, device: Device): boolean {
  return actsFor(authorize(ctx, 'READ', 'account', 'device'), device);
}

/**
 * The device that somebody changes (a device itself where `deviceId` is absent), with how they stand to it. Two changes of
 * one device come one after the other, each judged by what the one before left.
 * @throws Denial NOT_FOUND where the caller may not see it, FORBIDDEN where it stands to it in none of these ways.
 */
export async function deviceToChange(
  tx: Pick<Change, 'q'>,
  principal: AccountPrincipal | DevicePrincipal,
  deviceId: string | null | undefined,
  allowed: readonly Standing[],
): Promise<{ device: Device; standings: ReadonlySet<Standing> }> {
  const id = deviceId ?? (principal.kind === 'device' ? principal.deviceId : null);
  const device = id === null ? null : await lockDevice(tx.q, id);
  const standings = await standingsTo(tx.q, principal, device);
  if (!device) throw notFound('deviceId');
  if (standings.size === 0) throw notFound('deviceId');
  requireStanding(standings, allowed);
  return { device, standings };
}

/** @throws Denial FORBIDDEN, naming who may. */
export function requireStanding(standings: ReadonlySet<Standing>, allowed: readonly Standing[]): void {
  if (allowed.some((standing) => standings.has(standing))) return;
  throw new Denial('FORBIDDEN', { allowed: allowed.map((standing) => WHO[standing]).join(', ') });
}

const WHO: Readonly<Record<Standing, string>> = {
  DEVICE: 'the device itself',
  ACCOUNT: 'the account signed in on the device',
  MEMBER: 'members of the company',
  ADMINISTRATOR: 'company administrators',
};

const present = prepared('locked_device', (q) =>
  locked(
    q
      .select()
      .from(devices)
      .where(and(eq(devices.id, sql.placeholder('id')), notRemoved)),
    devices,
  ),
);

/** The device, which nobody else changes until the transaction ends; null where it is not there or was removed. */
export async function lockDevice(q: Queries, id: string): Promise<Device | null> {
  const [device] = await present(q, { id });
  return device ?? null;
}
