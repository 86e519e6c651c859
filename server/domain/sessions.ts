import { and, eq, sql } from 'drizzle-orm';
import { alias } from '../db/columns.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared, preparedInsert, preparedWrite } from '../db/prepared.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import {
  permissionRequests,
  type SessionEndReason,
  type SupportSession,
  sessionPermissionChanges,
  supportSessions,
} from '../db/tables/sessions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { actsFor, requireSide } from './devices.ts';
import { deviceStreams, streamOf } from './event-log.ts';
import { encodeCursor } from './event-stream.ts';
import { changePermissions } from './permission-profiles.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';

export interface Parties {
  session: SupportSession;
  /** The device that is worked on; its side grants permissions. */
  host: Device;
  /** The device that works on it. */
  guest: Device;
}

/** A session as it started, and the cursor of that event: what has happened since is told after it, and is not in the row. */
export type StartedSession = SupportSession & { readonly eventCursor: string };

const insertSession = preparedInsert(supportSessions);
const insertChange = preparedInsert(sessionPermissionChanges);

/**
 * Starts a session inside of the transaction that accepted. Event: session STARTED.
 * @throws Refusal NotPending where one of the devices was removed: an offer that was made at that very moment may have
 * escaped the removal.
 */
export async function startSession(
  tx: Change,
  start: {
    id: string;
    host: Device;
    guest: Device;
    permissions: SessionPermission[];
    invitationId?: string;
    requestId?: string;
  },
): Promise<StartedSession> {
  const { host, guest } = start;
  if (host.removedAt !== null || guest.removedAt !== null) {
    throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status: 'CANCELLED' });
  }
  const session: SupportSession = {
    id: start.id,
    hostDeviceId: host.id,
    guestDeviceId: guest.id,
    invitationId: start.invitationId ?? null,
    requestId: start.requestId ?? null,
    permissions: start.permissions,
    startedAt: tx.now,
    endedAt: null,
    endReason: null,
  };
  await insertSession(tx.q, session);
  await insertChange(tx.q, {
    sessionId: session.id,
    number: 1,
    permissions: start.permissions,
    changedAt: tx.now,
  });
  emitSession(tx, 'STARTED', { session, host, guest }, null, { permissions: session.permissions });
  return { ...session, eventCursor: encodeCursor(streamOf.session(session.id), 1) };
}

export interface ChangeSessionPermissionsInput extends Repeatable {
  id: string;
  grant?: readonly SessionPermission[] | null | undefined;
  revoke?: readonly SessionPermission[] | null | undefined;
}

/**
 * The host side changes what the guest side may do, any number of times (INV-23); the stored profile is untouched.
 * What changes nothing is no event. Event: session PERMISSIONS_CHANGED.
 * @throws Refusal PermissionsLocked, naming all that are locked: nothing is changed then (INV-24); SessionEnded;
 * InvalidInput CONTRADICTION. @throws Denial NOT_FOUND, or FORBIDDEN for the guest side.
 */
export async function changeSessionPermissions(
  ctx: Context,
  input: ChangeSessionPermissionsInput,
): Promise<SupportSession> {
  const principal = authorize(ctx, 'SESSIONS', 'account', 'device');
  return change(ctx, 'changeSessionPermissions', input, async (tx) => {
    const parties = await runningSession(tx, principal, input.id);
    requireSide(principal, parties.host, 'HOST');
    return setPermissions(tx, parties, changePermissions(parties.host, parties.session.permissions, input));
  });
}

/** Writes new permissions of a running session, its timeline and the event; nothing where they are the same. */
export async function setPermissions(
  tx: Change,
  parties: Parties,
  permissions: SessionPermission[],
): Promise<SupportSession> {
  const { session } = parties;
  if (permissions.join() === session.permissions.join()) return session;
  const after = { ...session, permissions };
  await tx.q.update(supportSessions).set({ permissions }).where(eq(supportSessions.id, session.id));
  const number = sql`(select max(c.number) + 1 from session_permission_changes c where c.session_id = ${session.id})`;
  await tx.q.insert(sessionPermissionChanges).values({ sessionId: session.id, number, permissions, changedAt: tx.now });
  emitSession(
    tx,
    'PERMISSIONS_CHANGED',
    { ...parties, session: after },
    { permissions: session.permissions },
    { permissions },
  );
  return after;
}

/**
 * Either side ends a running session (INV-28). What was still asked for lapses. Event: session ENDED.
 * @throws Refusal SessionEnded. @throws Denial NOT_FOUND where the caller is on neither side.
 */
export async function endSession(ctx: Context, input: Repeatable & { id: string }): Promise<SupportSession> {
  const principal = authorize(ctx, 'SESSIONS', 'account', 'device');
  return change(ctx, 'endSession', input, async (tx) => {
    const parties = await runningSession(tx, principal, input.id);
    return finishSession(tx, parties, actsFor(principal, parties.host) ? 'HOST_ENDED' : 'GUEST_ENDED');
  });
}

const setEnd = preparedWrite('end_session', (q) =>
  q
    .update(supportSessions)
    .set({ endedAt: sql`${sql.placeholder('endedAt')}`, endReason: sql`${sql.placeholder('endReason')}` })
    .where(eq(supportSessions.id, sql.placeholder('id'))),
);

const lapseRequests = preparedWrite('lapse_permission_requests', (q) =>
  q
    .update(permissionRequests)
    .set({ status: 'LAPSED', settledAt: sql`${sql.placeholder('now')}` })
    .where(and(eq(permissionRequests.sessionId, sql.placeholder('id')), eq(permissionRequests.status, 'PENDING'))),
);

/** Ends a running session, whose row was read `locked`, inside of a transaction. Event: session ENDED. */
export async function finishSession(tx: Change, parties: Parties, reason: SessionEndReason): Promise<SupportSession> {
  const ended: SupportSession = { ...parties.session, endedAt: tx.now, endReason: reason };
  await setEnd(tx.q, ended);
  await lapseRequests(tx.q, { id: ended.id, now: tx.now });
  emitSession(tx, 'ENDED', { ...parties, session: ended }, null, { reason, permissions: ended.permissions });
  return ended;
}

const [hosts, guests] = [alias(devices, 'host'), alias(devices, 'guest')];

const byId = (q: Queries) =>
  q
    .select({ session: supportSessions, host: hosts, guest: guests })
    .from(supportSessions)
    .innerJoin(hosts, eq(hosts.id, supportSessions.hostDeviceId))
    .innerJoin(guests, eq(guests.id, supportSessions.guestDeviceId))
    .where(eq(supportSessions.id, sql.placeholder('id')));

const withParties = prepared('session_with_parties', byId);
const lockedWithParties = prepared('locked_session_with_parties', (q) => locked(byId(q), supportSessions));

/** The session and both devices, where the caller speaks for one of them. @throws Denial NOT_FOUND. */
export async function sessionParties(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
  find = withParties,
): Promise<Parties> {
  const [found] = await find(q, { id });
  if (!found || !(actsFor(principal, found.host) || actsFor(principal, found.guest))) throw notFound('id');
  return found;
}

/**
 * As `sessionParties`, of a session that runs, and that nobody else changes until the transaction ends: two changes of one
 * session come one after the other. @throws Refusal SessionEnded.
 */
export async function runningSession(
  tx: Change,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
): Promise<Parties> {
  const parties = await sessionParties(tx.q, principal, id, lockedWithParties);
  if (parties.session.endedAt !== null) throw new Refusal('SessionEnded', 'SESSION_ENDED', ['id']);
  return parties;
}

/** One session, for either side. @throws Denial UNAUTHENTICATED, NOT_FOUND. */
export async function getSession(ctx: Context, id: string): Promise<SupportSession> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return (await sessionParties(ctx.db.read, principal, id)).session;
}

export type SessionChange =
  | 'STARTED'
  | 'PERMISSIONS_CHANGED'
  | 'PERMISSIONS_REQUESTED'
  | 'PERMISSION_REQUEST_GRANTED'
  | 'PERMISSION_REQUEST_REFUSED'
  | 'ENDED';

/** Announces a change of a session: in its own stream and in those of both sides. */
export function emitSession(
  tx: Change,
  what: SessionChange,
  { session, host, guest }: Parties,
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): void {
  tx.emit({
    concept: 'session',
    change: what,
    subject: session.id,
    before,
    after,
    streams: [streamOf.session(session.id), ...deviceStreams(host), ...deviceStreams(guest)],
    sides: [host, guest],
  });
}
