import { and, eq, gt, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
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

/** @throws Refusal NotPending. */
export function requirePending(invitation: Invitation, now: number): void {
  const status = invitationStatusAt(invitation, now);
  if (status !== 'PENDING') throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status });
}

/** Ends a pending invitation one way and announces it. */
export async function settle(
  tx: Change,
  invitation: Invitation,
  status: Exclude<InvitationStatus, 'PENDING' | 'EXPIRED'>,
  parties: readonly [inviter: Device, recipient: Device],
  sessionId: string | null = null,
): Promise<Invitation> {
  const { id, revision } = invitation;
  const [settled] = await settlePending(tx.q, { id, revision, now: tx.now, status, sessionId });
  const after = settled ?? (await refuseSettled(tx, id));
  emitInvitation(tx, status, invitation, after, parties);
  return after;
}

/**
 * The condition of every UPDATE of a pending invitation: under any race exactly one wins, the others find no row
 * (INV-22). The revision is part of it, so that nobody accepts an offer that is being changed in the same instant.
 */
const whilePending = and(
  eq(invitations.id, sql.placeholder('id')),
  eq(invitations.status, 'PENDING'),
  eq(invitations.revision, sql.placeholder('revision')),
  gt(invitations.expiresAt, sql.placeholder('now')),
);

const settlePending = prepared('settle_invitation', (q) =>
  q
    .update(invitations)
    .set({
      status: sql`${sql.placeholder('status')}`,
      settledAt: sql`${sql.placeholder('now')}`,
      sessionId: sql`${sql.placeholder('sessionId')}`,
    })
    .where(whilePending)
    .returning(),
);

const modifyPending = prepared('modify_invitation', (q) =>
  q
    .update(invitations)
    .set({
      profileId: sql`${sql.placeholder('profileId')}`,
      profileName: sql`${sql.placeholder('profileName')}`,
      permissions: sql`${sql.param(sql.placeholder('permissions'), invitations.permissions)}`,
      note: sql`${sql.placeholder('note')}`,
      revision: sql`${invitations.revision} + 1`,
    })
    .where(whilePending)
    .returning(),
);

/** Changes what a pending invitation offers; announces nothing. */
export async function modify(
  tx: Change,
  { id, revision }: Invitation,
  offer: Pick<Invitation, 'profileId' | 'profileName' | 'permissions' | 'note'>,
): Promise<Invitation> {
  const [modified] = await modifyPending(tx.q, { id, revision, now: tx.now, ...offer });
  return modified ?? refuseSettled(tx, id);
}

/** Says why the conditional UPDATE found no row. */
async function refuseSettled(tx: Change, id: string): Promise<never> {
  const [current] = await tx.q.select().from(invitations).where(eq(invitations.id, id));
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
