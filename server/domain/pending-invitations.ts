import { eq, sql } from 'drizzle-orm';
import { preparedWrite } from '../db/prepared.ts';
import type { Device } from '../db/tables/devices.ts';
import { type Invitation, type InvitationStatus, invitations } from '../db/tables/invitations.ts';
import type { Change } from './change.ts';
import { deviceStreams } from './event-log.ts';
import { Refusal } from './refusals.ts';

/** The status by the clock: one that is still recorded as pending has expired once its deadline is reached (INV-19). */
export function invitationStatusAt(
  invitation: Pick<Invitation, 'status' | 'expiresAt'>,
  now: number,
): InvitationStatus {
  return invitation.status === 'PENDING' && invitation.expiresAt <= now ? 'EXPIRED' : invitation.status;
}

/** @throws Refusal NotPending, which says how it stands (INV-18). */
export function requirePending(invitation: Invitation, now: number): void {
  const status = invitationStatusAt(invitation, now);
  if (status !== 'PENDING') throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status });
}

const settlePending = preparedWrite('settle_invitation', (q) =>
  q
    .update(invitations)
    .set({
      status: sql`${sql.placeholder('status')}`,
      settledAt: sql`${sql.placeholder('settledAt')}`,
      sessionId: sql`${sql.placeholder('sessionId')}`,
    })
    .where(eq(invitations.id, sql.placeholder('id'))),
);

/**
 * Ends a pending invitation one way and announces it. Its row was read `locked`: under any race exactly one wins, and
 * the others find what that one wrote (INV-22). @throws Refusal NotPending.
 */
export async function settle(
  tx: Change,
  invitation: Invitation,
  status: Exclude<InvitationStatus, 'PENDING' | 'EXPIRED'>,
  parties: readonly [inviter: Device, recipient: Device],
  sessionId: string | null = null,
): Promise<Invitation> {
  requirePending(invitation, tx.now);
  const after: Invitation = { ...invitation, status, settledAt: tx.now, sessionId };
  await settlePending(tx.q, after);
  emitInvitation(tx, status, invitation, after, parties);
  return after;
}

/** Announces a change of an invitation to both sides. */
export function emitInvitation(
  tx: Change,
  what: 'CREATED' | 'MODIFIED' | InvitationStatus,
  before: Invitation | null,
  after: Invitation,
  parties: readonly Device[],
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
    streams: parties.flatMap(deviceStreams),
    sides: parties,
  });
}
