import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { locked } from '../db/locked.ts';
import { companies } from '../db/tables/companies.ts';
import { type Device, deviceConnections, deviceGroupMembers, devices } from '../db/tables/devices.ts';
import { deviceInventories } from '../db/tables/inventories.ts';
import { invitations } from '../db/tables/invitations.ts';
import { sessionRequests } from '../db/tables/session-requests.ts';
import { supportSessions } from '../db/tables/sessions.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { deviceToChange } from './device-access.ts';
import { findAnyDevice } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { settle } from './pending-invitations.ts';
import { dropAssignments } from './policy-assignments.ts';
import { authorize } from './principal.ts';
import { endServicesOf } from './service-lifecycle.ts';
import { settleSessionRequest } from './session-requests.ts';
import { finishSession } from './sessions.ts';

/**
 * Removes a device for good, by itself or by an administrator of its company: its credential dies at once with its
 * open subscriptions, its alias is free again, its ID is never given again; what waited for an answer is settled, and
 * its sessions end (INV-28). History keeps it.
 * Events: device REMOVED; invitation CANCELLED, sessionRequest DISMISSED or WITHDRAWN, session ENDED for what was open;
 * service DEACTIVATED for what was on it (LIC-12); policy UNASSIGNED for what it was assigned.
 * @throws Denial NOT_FOUND, also for one that is removed already; FORBIDDEN for others who see it.
 */
export async function removeDevice(
  ctx: Context,
  input: Repeatable & { deviceId?: string | null | undefined },
): Promise<Device> {
  const principal = authorize(ctx, 'DEVICES', 'account', 'device');
  return change(ctx, 'removeDevice', input, async (tx) => {
    const { device } = await deviceToChange(tx, principal, input.deviceId, ['DEVICE', 'ADMINISTRATOR']);
    await settleAll(tx, device);
    // Changing unique columns makes PostgreSQL wait for transactions that have just written a row referring to this
    // one, and hold off new ones. So what slipped in since is all that there is, and is settled too. (Marking first would
    // do as well, but run into a deadlock with whoever is accepting: a second until PostgreSQL notices.)
    const removed = await markRemoved(tx, device);
    await settleAll(tx, device);
    await endServicesOf(tx, device);
    await tx.q.delete(deviceInventories).where(eq(deviceInventories.deviceId, device.id));
    await tx.q.delete(deviceGroupMembers).where(eq(deviceGroupMembers.deviceId, device.id));
    await dropAssignments(tx, device.id);
    await tx.q.delete(deviceConnections).where(eq(deviceConnections.deviceId, device.id));
    if (device.companyId) {
      await tx.q
        .update(companies)
        .set({ deviceCount: sql`${companies.deviceCount} - 1` })
        .where(eq(companies.id, device.companyId));
    }
    const { name, alias, address } = device;
    tx.emit({
      concept: 'device',
      change: 'REMOVED',
      subject: device.id,
      before: { name, alias, address },
      after: null,
      streams: deviceStreams(device),
    });
    tx.wake(`auth:${device.id}`);
    return removed;
  });
}

async function markRemoved(tx: Change, device: Device): Promise<Device> {
  const [removed] = await tx.q
    .update(devices)
    .set({
      removedAt: tx.now,
      alias: null,
      aliasKey: null,
      // A hash whose secret nobody has.
      credentialHash: hashSecret(newSecret('deviceCredential')),
      online: false,
      lastSeenAt: device.online ? tx.now : device.lastSeenAt,
    })
    .where(eq(devices.id, device.id))
    .returning();
  if (!removed) throw new Error(`no device ${device.id}`);
  return removed;
}

async function settleAll(tx: Change, device: Device): Promise<void> {
  await cancelInvitations(tx, device);
  await settleRequests(tx, device);
  await endSessions(tx, device);
}

async function cancelInvitations(tx: Change, device: Device): Promise<void> {
  const own = or(eq(invitations.inviterDeviceId, device.id), eq(invitations.recipientDeviceId, device.id));
  const pending = tx.q
    .select()
    .from(invitations)
    .where(and(own, eq(invitations.status, 'PENDING'), gt(invitations.expiresAt, tx.now)))
    .orderBy(asc(invitations.id));
  for (const invitation of await locked(pending, invitations)) {
    const inviter = await findAnyDevice(tx.q, invitation.inviterDeviceId);
    const recipient = await findAnyDevice(tx.q, invitation.recipientDeviceId);
    await settle(tx, invitation, 'CANCELLED', [inviter, recipient]);
  }
}

async function settleRequests(tx: Change, device: Device): Promise<void> {
  const own = or(eq(sessionRequests.guestDeviceId, device.id), eq(sessionRequests.hostDeviceId, device.id));
  const pending = tx.q
    .select()
    .from(sessionRequests)
    .where(and(own, eq(sessionRequests.status, 'PENDING'), gt(sessionRequests.expiresAt, tx.now)))
    .orderBy(asc(sessionRequests.id));
  for (const request of await locked(pending, sessionRequests)) {
    const guest = await findAnyDevice(tx.q, request.guestDeviceId);
    const host = await findAnyDevice(tx.q, request.hostDeviceId);
    const status = request.hostDeviceId === device.id ? 'DISMISSED' : 'WITHDRAWN';
    await settleSessionRequest(tx, request, status, [guest, host]);
  }
}

/** Comes last: what was accepted while it was to be settled has become a session. */
async function endSessions(tx: Change, device: Device): Promise<void> {
  const own = or(eq(supportSessions.hostDeviceId, device.id), eq(supportSessions.guestDeviceId, device.id));
  const running = tx.q
    .select()
    .from(supportSessions)
    .where(and(own, isNull(supportSessions.endedAt)))
    .orderBy(asc(supportSessions.id));
  for (const session of await locked(running, supportSessions)) {
    const host = await findAnyDevice(tx.q, session.hostDeviceId);
    const guest = await findAnyDevice(tx.q, session.guestDeviceId);
    await finishSession(tx, { session, host, guest }, 'DEVICE_REMOVED');
  }
}
