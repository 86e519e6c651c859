import { eq, sql } from 'drizzle-orm';
import { alias } from '../db/columns.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared, preparedInsert } from '../db/prepared.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import { type Invitation, type InvitationOrigin, invitations } from '../db/tables/invitations.ts';
import { newId } from '../lib/ids.ts';
import { inOrder } from '../lib/in-order.ts';
import { deviceAt } from './addresses.ts';
import { requireCapability } from './capabilities.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { DEADLINES_OF_INVITATIONS } from './deadlines.ts';
import { notFound } from './denials.ts';
import { actsFor, ownDevice, ownDeviceId, requireSide } from './devices.ts';
import { LENGTHS, proseOf } from './input.ts';
import { emitInvitation, requirePending, settle } from './pending-invitations.ts';
import {
  changePermissions,
  choosePermissions,
  chosenProfile,
  type PermissionChoice,
  withinLocks,
} from './permission-profiles.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';
import { type StartedSession, startSession } from './sessions.ts';

const insertInvitation = preparedInsert(invitations);

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
    const [inviter, recipient, chosen] = await inOrder([
      ownDevice(tx, principal, input.deviceId).then((own) => {
        requireCapability(ctx.config, 'DIRECT', 'INVITER', own);
        return own;
      }),
      deviceAt(tx.q, input.recipient, ['recipient']),
      chosenProfile(tx.q, ownDeviceId(principal, input.deviceId), input),
    ]);
    if (recipient.id === inviter.id) throw new Refusal('AddressRefused', 'OWN_DEVICE', ['recipient']);
    requireCapability(ctx.config, 'DIRECT', 'RECIPIENT', recipient);
    const { profile, permissions } = choosePermissions(inviter, chosen, input);
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
    await insertInvitation(tx.q, row);
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
 * nothing; the deadline stays (INV-20). Single permissions go on top of the profile named, or of what was offered; locks
 * that were set since bound either (INV-25).
 * Event: invitation MODIFIED.
 * @throws Refusal NotPending, ProfileRefused, PermissionsLocked, InvalidInput. @throws Denial NOT_FOUND.
 */
export async function modifyInvitation(ctx: Context, input: ModifyInvitationInput): Promise<Invitation> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  const note = input.note === undefined ? undefined : noteOf(input.note);
  return change(ctx, 'modifyInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx.q, principal, input.id);
    requireSide(principal, inviter, 'INVITER');
    requirePending(invitation, tx.now);
    const offer = input.profileId
      ? choosePermissions(inviter, await chosenProfile(tx.q, inviter.id, input), input)
      : {
          profile: { id: invitation.profileId, name: invitation.profileName },
          permissions: changePermissions(inviter, withinLocks(inviter, invitation.permissions), input),
        };
    const changed = {
      profileId: offer.profile.id,
      profileName: offer.profile.name,
      permissions: offer.permissions,
      note: note === undefined ? invitation.note : note,
      revision: invitation.revision + 1,
    };
    await tx.q.update(invitations).set(changed).where(eq(invitations.id, invitation.id));
    const after = { ...invitation, ...changed };
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
    const { invitation, inviter, recipient } = await partiesOf(tx.q, principal, input.id);
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
    const { invitation, inviter, recipient } = await partiesOf(tx.q, principal, input.id);
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
): Promise<Invitation & { session: StartedSession }> {
  const principal = authorize(ctx, 'INVITATIONS', 'account', 'device');
  return change(ctx, 'acceptInvitation', input, async (tx) => {
    const { invitation, inviter, recipient } = await partiesOf(tx.q, principal, input.id);
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
    const session = await startSession(tx, {
      id: sessionId,
      host: inviter,
      guest: recipient,
      permissions: accepted.permissions,
      invitationId: accepted.id,
    });
    return { ...accepted, session };
  });
}

/**
 * One invitation, for who may see it: either side.
 * @throws Denial UNAUTHENTICATED, NOT_FOUND.
 */
export async function getInvitation(ctx: Context, id: string): Promise<Invitation> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return (await partiesOf(ctx.db.read, principal, id, withParties)).invitation;
}

const [inviters, recipients] = [alias(devices, 'inviter'), alias(devices, 'recipient')];

const byId = (q: Queries) =>
  q
    .select({ invitation: invitations, inviter: inviters, recipient: recipients })
    .from(invitations)
    .innerJoin(inviters, eq(inviters.id, invitations.inviterDeviceId))
    .innerJoin(recipients, eq(recipients.id, invitations.recipientDeviceId))
    .where(eq(invitations.id, sql.placeholder('id')));

const withParties = prepared('invitation_with_parties', byId);
const lockedWithParties = prepared('locked_invitation_with_parties', (q) => locked(byId(q), invitations));

/**
 * The invitation, which nobody else changes until the transaction ends, and both devices, where the caller speaks for one
 * of them. @throws Denial NOT_FOUND.
 */
async function partiesOf(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  id: string,
  find = lockedWithParties,
): Promise<{ invitation: Invitation; inviter: Device; recipient: Device }> {
  const [found] = await find(q, { id });
  if (!found || !(actsFor(principal, found.inviter) || actsFor(principal, found.recipient))) throw notFound('id');
  return found;
}

function noteOf(note: string | null | undefined): string | null {
  return note ? proseOf(note, ['note'], LENGTHS.note) || null : null;
}
