import { and, eq, gt, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Device } from '../db/tables/devices.ts';
import {
  type Invitation,
  type InvitationOrigin,
  type InvitationStatus,
  invitations,
} from '../db/tables/invitations.ts';
import { newId } from '../lib/ids.ts';
import { deviceAt } from './addresses.ts';
import { requireCapability } from './capabilities.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES_OF_INVITATIONS } from './deadlines.ts';
import { notFound } from './denials.ts';
import { actsFor, findBoth, ownDevice, requireSide } from './devices.ts';
import { deviceStreams } from './event-log.ts';
import { LENGTHS, proseOf } from './input.ts';
import { changePermissions, choosePermissions, type PermissionChoice } from './permission-profiles.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';
import { startSession } from './sessions.ts';

/** How long a direct invitation can be accepted after it was sent (INV-19). */
export const INVITATION_TTL_MS = 2 * 60 * 1000;

export interface InviteDeviceInput extends Repeatable, PermissionChoice {
  /** The device that invites; a device's own, where absent. */
  deviceId?: string | null | undefined;
  /** The recipient's ID (blanks ignored) or alias. */
  recipient: string;
  origin: InvitationOrigin;
  note?: string | null | undefined;
}

/**
 * Invites another device to one's own (INV-10 … INV-14). Pending from now on, for two minutes.
 * Event: invitation CREATED, to both devices, their accounts and companies.
 * @throws Refusal AddressRefused, ClientNotSupported, ProfileRefused, PermissionsLocked, InvalidInput.
 * @throws Denial NOT_FOUND for a device or profile that is not the caller's.
 */
export async function inviteDevice(ctx: Context, input: InviteDeviceInput): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  const note = noteOf(input.note);
  return change(ctx, 'inviteDevice', input, async (tx) => {
    const inviter = await ownDevice(tx, principal, input.deviceId);
    requireCapability(ctx.config, 'DIRECT', 'INVITER', inviter);
    const recipient = await deviceAt(tx.q, input.recipient, ['recipient']);
    if (recipient.id === inviter.id) throw new Refusal('AddressRefused', 'OWN_DEVICE', ['recipient']);
    requireCapability(ctx.config, 'DIRECT', 'RECIPIENT', recipient);
    const { profile, permissions } = await choosePermissions(tx.q, inviter, input);
    const row: Invitation = {
      id: newId('DirectInvitation'),
      origin: input.origin,
      inviterDeviceId: inviter.id,
      recipientDeviceId: recipient.id,
      profileId: profile.id,
      profileName: profile.name,
      permissions,
      note,
      revision: 1,
      status: 'PENDING',
      createdAt: tx.now,
      expiresAt: tx.now + INVITATION_TTL_MS,
      settledAt: null,
      sessionId: null,
    };
    await tx.q.insert(invitations).values(row);
    emitInvitation(tx, 'CREATED', null, row, [inviter, recipient]);
    tx.wake(DEADLINES_OF_INVITATIONS);
    return row;
  });
}

export interface ModifyInvitationInput extends Repeatable {
  id: string;
  /** The profile to offer instead; the one in force stays where absent. */
  profileId?: string | null | undefined;
  grant?: PermissionChoice['grant'];
  revoke?: PermissionChoice['revoke'];
  /** Absent: the note stays; null or empty: it goes. */
  note?: string | null | undefined;
}

/**
 * Changes what a pending invitation offers (INV-16). Every modification is a new revision, also one that changes
 * nothing; the deadline stays (INV-20). Single permissions go on top of the profile named, or of what was offered.
 * Event: invitation MODIFIED.
 * @throws Refusal NotPending, ProfileRefused, PermissionsLocked, InvalidInput. @throws Denial NOT_FOUND.
 */
export async function modifyInvitation(ctx: Context, input: ModifyInvitationInput): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  const note = input.note === undefined ? undefined : noteOf(input.note);
  return change(ctx, 'modifyInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx, principal, input.id);
    requireSide(principal, inviter, 'INVITER');
    requirePending(invitation, tx.now);
    const offer = input.profileId
      ? await choosePermissions(tx.q, inviter, input)
      : {
          profile: { id: invitation.profileId, name: invitation.profileName },
          permissions: changePermissions(inviter, invitation.permissions, input),
        };
    const after = await settlePending(tx, invitation, {
      profileId: offer.profile.id,
      profileName: offer.profile.name,
      permissions: offer.permissions,
      note: note === undefined ? invitation.note : note,
      revision: sql`${invitations.revision} + 1`,
    });
    emitInvitation(tx, 'MODIFIED', invitation, after, [inviter, recipient]);
    return after;
  });
}

/**
 * Takes a pending invitation back (INV-17). Event: invitation CANCELLED.
 * @throws Refusal NotPending. @throws Denial NOT_FOUND, or FORBIDDEN for the recipient.
 */
export async function cancelInvitation(ctx: Context, input: Repeatable & { id: string }): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'cancelInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx, principal, input.id);
    requireSide(principal, inviter, 'INVITER');
    return settle(tx, invitation, 'CANCELLED', [inviter, recipient]);
  });
}

/**
 * Refuses a pending invitation (INV-15). Event: invitation REJECTED.
 * @throws Refusal NotPending. @throws Denial NOT_FOUND, or FORBIDDEN for the inviter.
 */
export async function rejectInvitation(ctx: Context, input: Repeatable & { id: string }): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'rejectInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx, principal, input.id);
    requireSide(principal, recipient, 'RECIPIENT');
    return settle(tx, invitation, 'REJECTED', [inviter, recipient]);
  });
}

/**
 * "Connect" (INV-21): accepts the revision that the recipient saw and starts the session with exactly its
 * permissions, in one transaction. Events: invitation ACCEPTED, session STARTED.
 * @throws Refusal NotPending; RevisionOutdated where it was modified since (INV-16). @throws Denial NOT_FOUND, or FORBIDDEN
 * for the inviter.
 */
export async function acceptInvitation(
  ctx: Context,
  input: Repeatable & { id: string; revision: number },
): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'acceptInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx, principal, input.id);
    requireSide(principal, recipient, 'RECIPIENT');
    requirePending(invitation, tx.now);
    if (invitation.revision !== input.revision) {
      throw new Refusal('RevisionOutdated', 'REVISION_OUTDATED', ['revision'], {
        currentRevision: invitation.revision,
        invitationId: invitation.id,
      });
    }
    const sessionId = newId('SupportSession');
    const accepted = await settle(tx, invitation, 'ACCEPTED', [inviter, recipient], sessionId);
    await startSession(tx, {
      id: sessionId,
      host: inviter,
      guest: recipient,
      permissions: accepted.permissions,
      invitationId: accepted.id,
    });
    return accepted;
  });
}

/** The status by the clock: one that is still recorded as pending has expired once its deadline is reached (INV-19). */
export function invitationStatusAt(
  invitation: Pick<Invitation, 'status' | 'expiresAt'>,
  now: number,
): InvitationStatus {
  return invitation.status === 'PENDING' && invitation.expiresAt <= now ? 'EXPIRED' : invitation.status;
}

/**
 * One invitation, for who may see it: either side.
 * @throws Denial UNAUTHENTICATED, NOT_FOUND.
 */
export async function getInvitation(ctx: Context, id: string): Promise<Invitation> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return (await partiesOf({ q: ctx.db.read }, principal, id)).invitation;
}

const byId = prepared('invitation_by_id', (q) =>
  q
    .select()
    .from(invitations)
    .where(eq(invitations.id, sql.placeholder('id'))),
);

/** The invitation and both devices, where the caller speaks for one of them. @throws Denial NOT_FOUND. */
async function partiesOf(
  tx: Pick<Change, 'q'>,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
): Promise<{ invitation: Invitation; inviter: Device; recipient: Device }> {
  const [invitation] = await byId(tx.q, { id });
  const both = await findBoth(tx.q, invitation?.inviterDeviceId, invitation?.recipientDeviceId);
  if (!invitation || !both?.some((device) => actsFor(principal, device))) throw notFound('id');
  const [inviter, recipient] = both;
  return { invitation, inviter, recipient };
}

function requirePending(invitation: Invitation, now: number): void {
  const status = invitationStatusAt(invitation, now);
  if (status !== 'PENDING') throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status });
}

/** Ends a pending invitation one way and announces it. */
export async function settle(
  tx: Change,
  invitation: Invitation,
  status: Exclude<InvitationStatus, 'PENDING' | 'EXPIRED'>,
  devices: readonly [inviter: Device, recipient: Device],
  sessionId: string | null = null,
): Promise<Invitation> {
  const after = await settlePending(tx, invitation, { status, settledAt: tx.now, sessionId });
  emitInvitation(tx, status, invitation, after, devices);
  return after;
}

/**
 * The one conditional UPDATE through which every change of a pending invitation goes: under any race exactly one
 * wins, the others find no row (INV-22). The revision is part of the condition, so that nobody accepts an offer that
 * is being changed in the same instant.
 */
async function settlePending(
  tx: Change,
  invitation: Invitation,
  values: Parameters<ReturnType<Queries['update']>['set']>[0],
): Promise<Invitation> {
  const [after] = await tx.q
    .update(invitations)
    .set(values)
    .where(
      and(
        eq(invitations.id, invitation.id),
        eq(invitations.status, 'PENDING'),
        eq(invitations.revision, invitation.revision),
        gt(invitations.expiresAt, tx.now),
      ),
    )
    .returning();
  if (after) return after;
  const [current] = await tx.q.select().from(invitations).where(eq(invitations.id, invitation.id));
  const status = current ? invitationStatusAt(current, tx.now) : 'EXPIRED';
  if (current && status === 'PENDING') {
    throw new Refusal('RevisionOutdated', 'REVISION_OUTDATED', ['revision'], {
      currentRevision: current.revision,
      invitationId: current.id,
    });
  }
  throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status });
}

/** Announces a change of an invitation to both sides. */
export function emitInvitation(
  tx: Change,
  what: 'CREATED' | 'MODIFIED' | InvitationStatus,
  before: Invitation | null,
  after: Invitation,
  devices: readonly Device[],
): void {
  const facts = ({ status, revision, profileName, permissions, note }: Invitation) => ({
    status,
    revision,
    profileName,
    permissions,
    note,
  });
  tx.emit({
    concept: 'invitation',
    change: what,
    subject: after.id,
    before: before && facts(before),
    after: { ...facts(after), expiresAt: after.expiresAt, sessionId: after.sessionId },
    streams: devices.flatMap(deviceStreams),
    sides: devices,
  });
}

function noteOf(note: string | null | undefined): string | null {
  return note ? proseOf(note, ['note'], LENGTHS.note) || null : null;
}
