import { eq, sql } from 'drizzle-orm';
import { alias } from '../db/columns.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import { type SessionRequest, type SessionRequestStatus, sessionRequests } from '../db/tables/session-requests.ts';
import { newId } from '../lib/ids.ts';
import { deviceAt } from './addresses.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES_OF_INVITATIONS } from './deadlines.ts';
import { notFound } from './denials.ts';
import { actsFor, ownDevice, requireSide } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { choosePermissions, chosenProfile, type PermissionChoice } from './permission-profiles.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';
import { type StartedSession, startSession } from './sessions.ts';

/** How long a session request waits for an answer (INV-09, decided). */
export const SESSION_REQUEST_TTL_MS = 2 * 60 * 1000;

/**
 * Asks to be let in to the device with this ID or alias, as somebody does who received an e-mail invitation (INV-09).
 * Nothing starts by itself. Event: sessionRequest CREATED, to both sides.
 * @throws Refusal AddressRefused, InvalidInput. @throws Denial NOT_FOUND for a device that is not the caller's.
 */
export async function requestSession(
  ctx: Context,
  input: Repeatable & { deviceId?: string | null | undefined; address: string },
): Promise<SessionRequest> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'requestSession', input, async (tx) => {
    const guest = await ownDevice(tx, principal, input.deviceId);
    const host = await deviceAt(tx.q, input.address, ['address']);
    if (host.id === guest.id) throw new Refusal('AddressRefused', 'OWN_DEVICE', ['address']);
    const row: SessionRequest = {
      id: newId('SessionRequest'),
      guestDeviceId: guest.id,
      hostDeviceId: host.id,
      status: 'PENDING',
      createdAt: tx.now,
      expiresAt: tx.now + SESSION_REQUEST_TTL_MS,
      settledAt: null,
      sessionId: null,
    };
    await tx.q.insert(sessionRequests).values(row);
    emitSessionRequest(tx, 'CREATED', row, [guest, host]);
    tx.wake(DEADLINES_OF_INVITATIONS);
    return row;
  });
}

/**
 * The device side lets the other in, with the permissions that it chooses now. Events: sessionRequest ACCEPTED,
 * session STARTED.
 * @throws Refusal NotPending, ProfileRefused, PermissionsLocked, InvalidInput. @throws Denial NOT_FOUND, or FORBIDDEN for
 * the guest side.
 */
export async function acceptSessionRequest(
  ctx: Context,
  input: Repeatable & PermissionChoice & { id: string },
): Promise<SessionRequest & { session: StartedSession }> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'acceptSessionRequest', input, async (tx) => {
    const { request, guest, host } = await partiesOf(tx.q, principal, input.id);
    requireSide(principal, host, 'HOST');
    requirePending(request, tx.now);
    const { permissions } = choosePermissions(host, await chosenProfile(tx.q, host.id, input), input);
    const sessionId = newId('SupportSession');
    const accepted = await settleSessionRequest(tx, request, 'ACCEPTED', [guest, host], sessionId);
    const session = await startSession(tx, { id: sessionId, host, guest, permissions, requestId: request.id });
    return { ...accepted, session };
  });
}

/**
 * The device side does not let the other in. Event: sessionRequest DISMISSED.
 * @throws Refusal NotPending. @throws Denial NOT_FOUND, or FORBIDDEN for the guest side.
 */
export async function dismissSessionRequest(ctx: Context, input: Repeatable & { id: string }): Promise<SessionRequest> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'dismissSessionRequest', input, async (tx) => {
    const { request, guest, host } = await partiesOf(tx.q, principal, input.id);
    requireSide(principal, host, 'HOST');
    return settleSessionRequest(tx, request, 'DISMISSED', [guest, host]);
  });
}

/**
 * Who asked takes it back. Event: sessionRequest WITHDRAWN.
 * @throws Refusal NotPending. @throws Denial NOT_FOUND, or FORBIDDEN for the host side.
 */
export async function withdrawSessionRequest(
  ctx: Context,
  input: Repeatable & { id: string },
): Promise<SessionRequest> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'withdrawSessionRequest', input, async (tx) => {
    const { request, guest, host } = await partiesOf(tx.q, principal, input.id);
    requireSide(principal, guest, 'GUEST');
    return settleSessionRequest(tx, request, 'WITHDRAWN', [guest, host]);
  });
}

/** The status by the clock: one that is recorded as pending has lapsed once its deadline is reached. */
export function sessionRequestStatusAt(
  request: Pick<SessionRequest, 'status' | 'expiresAt'>,
  now: number,
): SessionRequestStatus {
  return request.status === 'PENDING' && request.expiresAt <= now ? 'EXPIRED' : request.status;
}

/** One session request, for either side. @throws Denial UNAUTHENTICATED, NOT_FOUND. */
export async function getSessionRequest(ctx: Context, id: string): Promise<SessionRequest> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return (await partiesOf(ctx.db.read, principal, id, withParties)).request;
}

const [guests, hosts] = [alias(devices, 'guest'), alias(devices, 'host')];

const byId = (q: Queries) =>
  q
    .select({ request: sessionRequests, guest: guests, host: hosts })
    .from(sessionRequests)
    .innerJoin(guests, eq(guests.id, sessionRequests.guestDeviceId))
    .innerJoin(hosts, eq(hosts.id, sessionRequests.hostDeviceId))
    .where(eq(sessionRequests.id, sql.placeholder('id')));

const withParties = prepared('session_request_with_parties', byId);
const lockedWithParties = prepared('locked_session_request_with_parties', (q) => locked(byId(q), sessionRequests));

/**
 * The request, which nobody else changes until the transaction ends, and both devices, where the caller speaks for one
 * of them. @throws Denial NOT_FOUND.
 */
async function partiesOf(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
  find = lockedWithParties,
): Promise<{ request: SessionRequest; guest: Device; host: Device }> {
  const [found] = await find(q, { id });
  if (!found || !(actsFor(principal, found.guest) || actsFor(principal, found.host))) throw notFound('id');
  return found;
}

function requirePending(request: SessionRequest, now: number): void {
  const status = sessionRequestStatusAt(request, now);
  if (status !== 'PENDING') throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status });
}

/**
 * Ends a pending request one way and announces it. Its row was read `locked`: under any race one wins, and the others find
 * what that one wrote. @throws Refusal NotPending.
 */
export async function settleSessionRequest(
  tx: Change,
  request: SessionRequest,
  status: Exclude<SessionRequestStatus, 'PENDING' | 'EXPIRED'>,
  devices: readonly [guest: Device, host: Device],
  sessionId: string | null = null,
): Promise<SessionRequest> {
  requirePending(request, tx.now);
  const settled = { status, settledAt: tx.now, sessionId };
  await tx.q.update(sessionRequests).set(settled).where(eq(sessionRequests.id, request.id));
  const after = { ...request, ...settled };
  emitSessionRequest(tx, status, after, devices);
  return after;
}

/** Announces a change of a session request to both sides. */
export function emitSessionRequest(
  tx: Change,
  what: 'CREATED' | SessionRequestStatus,
  request: SessionRequest,
  devices: readonly Device[],
): void {
  const { status, expiresAt, sessionId } = request;
  tx.emit({
    concept: 'sessionRequest',
    change: what,
    subject: request.id,
    after: { status, expiresAt, sessionId },
    streams: devices.flatMap(deviceStreams),
    sides: devices,
  });
}
