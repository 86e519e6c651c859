import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type BackupSnapshot, backupSnapshots } from '../db/tables/backups.ts';
import { type ServiceActivation, serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { activationsOn, isAssignedPerson } from './activation-conditions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { lockDevice } from './device-access.ts';
import { streamOf } from './event-log.ts';
import { lineOf } from './input.ts';
import { lockMember, memberOf } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';
import { Refusal } from './refusals.ts';
import { cancelRestoresOn } from './restore-events.ts';
import { emitService } from './service-events.ts';

/** A device's own name of a snapshot; a SHA-256 in any notation fits. */
const REFERENCE_LENGTH = { min: 1, max: 200 };

export interface ReportSnapshotInput extends Repeatable {
  reference: string;
  takenAt: number;
  files: number;
  /** What the files hold together, in bytes. */
  bytes: number;
  /** What it added to the repository, after deduplication, in bytes. */
  addedBytes: number;
  /** Whether its content was read again and found whole. */
  verified?: boolean | null | undefined;
  /** Whether it is gone: retention removed it. */
  pruned?: boolean | null | undefined;
}

/**
 * A device reports a snapshot that it took or, under the same reference, that one was verified or pruned (SVC-11). The
 * content stays with the device. May be repeated. Event: snapshot TAKEN, VERIFIED or PRUNED, to the device and to the
 * account whose backup it is.
 * @throws Refusal InvalidInput; BackupRefused BACKUP_NOT_ACTIVE. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function reportSnapshot(ctx: Context, input: ReportSnapshotInput): Promise<BackupSnapshot> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const reference = lineOf(input.reference, ['reference'], REFERENCE_LENGTH);
  const numbers = {
    files: wholeOf(input.files, 'files'),
    bytes: wholeOf(input.bytes, 'bytes'),
    addedBytes: wholeOf(input.addedBytes, 'addedBytes'),
  };
  if (input.takenAt > ctx.clock.now() + CLOCK_SKEW_MS) throw new Refusal('InvalidInput', 'INVALID_TIME', ['takenAt']);
  return change(ctx, 'reportSnapshot', input, async (tx) => {
    const device = await lockDevice(tx.q, deviceId);
    if (!device) throw notFound('deviceId');
    const activation = (await activationsOn(tx.q, 'BACKUP', [deviceId])).get(deviceId);
    const accountId = activation?.assignedAccountId;
    if (activation?.state !== 'ACTIVE' || !accountId) throw notActive(activation);
    const own = and(eq(backupSnapshots.activationId, activation.id), eq(backupSnapshots.reference, reference));
    const [before] = await tx.q.select().from(backupSnapshots).where(own);
    if (before) return changeSnapshot(tx, before, input);
    const values = {
      id: newId('BackupSnapshot'),
      activationId: activation.id,
      deviceId,
      accountId,
      reference,
      takenAt: input.takenAt,
      ...numbers,
      verifiedAt: input.verified ? tx.now : null,
      prunedAt: input.pruned ? tx.now : null,
    };
    const [taken] = await tx.q.insert(backupSnapshots).values(values).returning();
    if (!taken) throw new Error('no snapshot');
    emitSnapshot(tx, 'TAKEN', taken);
    return taken;
  });
}

/** A device's clock may be ahead of ours by as much: five minutes, as Kerberos allows (RFC 4120). */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

async function changeSnapshot(
  tx: Change,
  before: BackupSnapshot,
  { verified, pruned }: Pick<ReportSnapshotInput, 'verified' | 'pruned'>,
): Promise<BackupSnapshot> {
  const gone = pruned && before.prunedAt === null;
  if (!gone && !verified) return before;
  const [after] = await tx.q
    .update(backupSnapshots)
    .set({ ...(gone ? { prunedAt: tx.now } : {}), ...(verified ? { verifiedAt: tx.now } : {}) })
    .where(eq(backupSnapshots.id, before.id))
    .returning();
  if (!after) throw new Error(`no snapshot ${before.id}`);
  emitSnapshot(tx, gone ? 'PRUNED' : 'VERIFIED', after);
  return after;
}

function emitSnapshot(tx: Change, what: 'TAKEN' | 'VERIFIED' | 'PRUNED', row: BackupSnapshot): void {
  tx.emit({
    concept: 'snapshot',
    change: what,
    subject: row.id,
    after: { deviceId: row.deviceId, takenAt: row.takenAt, files: row.files, bytes: row.bytes },
    streams: [streamOf.device(row.deviceId), streamOf.account(row.accountId)],
  });
}

/** A whole number that survives JSON. @throws Refusal InvalidInput OUT_OF_RANGE. */
function wholeOf(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new Refusal('InvalidInput', 'OUT_OF_RANGE', [name], { min: 0 });
  return value;
}

export function notActive(activation: Pick<ServiceActivation, 'state'> | null | undefined): Refusal {
  return new Refusal('BackupRefused', 'BACKUP_NOT_ACTIVE', [], { state: activation?.state ?? null });
}

const snapshotById = prepared('backup_snapshot_by_id', (q) =>
  q
    .select({ snapshot: backupSnapshots, activation: serviceActivations })
    .from(backupSnapshots)
    .innerJoin(serviceActivations, eq(serviceActivations.id, backupSnapshots.activationId))
    .where(eq(backupSnapshots.id, sql.placeholder('id'))),
);

export interface SnapshotOf {
  readonly snapshot: BackupSnapshot;
  readonly activation: ServiceActivation;
}

/** The snapshot with the Backup that it is of, whoever asks. */
export async function findSnapshot(q: Queries, id: string): Promise<SnapshotOf | null> {
  const [found] = await snapshotById(q, { id });
  return found ?? null;
}

/**
 * How the caller stands to the data. OWN: it is the account whose data it is and still a member of the company that the
 * backup was made in (PER-08a), or the device that made it. KNOWN: it may know that there is a Backup, and no more.
 */
export async function reachOf(
  q: Queries,
  principal: AccountPrincipal | DevicePrincipal,
  found: SnapshotOf | null,
): Promise<'OWN' | 'KNOWN' | 'NONE'> {
  if (principal.kind === 'device') return principal.deviceId === found?.snapshot.deviceId ? 'OWN' : 'NONE';
  const member = await memberOf(q, principal.accountId);
  if (!found) return 'NONE';
  const own = principal.accountId === found.snapshot.accountId;
  const colleague = member?.companyId === found.activation.companyId;
  if (own && colleague) return 'OWN';
  return own || colleague ? 'KNOWN' : 'NONE';
}

/**
 * A snapshot, for the account whose data it is, and the device that made it.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everyone else, administrators too (PER-08).
 */
export async function getSnapshot(ctx: Context, id: string): Promise<BackupSnapshot> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const found = await findSnapshot(ctx.db.read, id);
  const reach = await reachOf(ctx.db.read, principal, found);
  if (!found || reach !== 'OWN') throw notFound('id');
  return found.snapshot;
}

/**
 * The snapshots of a Backup that are the caller's, newest first: what others see of Backup is that it is there, and its
 * state. Empty for everyone but the account whose data they are and the device (PER-08).
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function listSnapshots(
  ctx: Context,
  activation: Pick<ServiceActivation, 'id' | 'deviceId' | 'companyId'>,
  args: PageArgs,
): Promise<Page<BackupSnapshot>> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const q = ctx.db.read;
  const size = pageSize(args);
  const after = keyAfter('snapshots', args, [0, ''] as const);
  const ofBackup = eq(backupSnapshots.activationId, activation.id);
  const own =
    principal.kind === 'device' ? ofBackup : and(ofBackup, eq(backupSnapshots.accountId, principal.accountId));
  const page = (rows: BackupSnapshot[], total: () => Promise<number>) =>
    pageOf('snapshots', args, rows, (row) => [row.takenAt, row.id], total);
  const may =
    principal.kind === 'device'
      ? principal.deviceId === activation.deviceId
      : (await memberOf(q, principal.accountId))?.companyId === activation.companyId;
  if (!may) return page([], async () => 0);
  const rows = await q
    .select()
    .from(backupSnapshots)
    .where(
      after ? and(own, sql`(${backupSnapshots.takenAt}, ${backupSnapshots.id}) < (${after[0]}, ${after[1]})`) : own,
    )
    .orderBy(desc(backupSnapshots.takenAt), desc(backupSnapshots.id))
    .limit(size + 1);
  return page(rows, async () => {
    const [all] = await q.select({ count: count() }).from(backupSnapshots).where(own);
    return all?.count ?? 0;
  });
}

/**
 * Hands a Backup with all its snapshots to another member of the company; only its account itself can, signed in
 * (PER-08a): no administrator, no role, no token. What waits to be restored is cancelled. Events: service PASSED_ON, to both
 * accounts too; restore CANCELLED.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED; FORBIDDEN for everyone else; NOT_FOUND for a Backup that the
 * caller may not know of, or an account that is no member. @throws Refusal BackupRefused BACKUP_NOT_ACTIVE.
 */
export async function passOnBackup(
  ctx: Context,
  input: Repeatable & { activationId: string; accountId: string },
): Promise<ServiceActivation> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'passOnBackup', input, async (tx) => {
    const [found] = await tx.q.select().from(serviceActivations).where(eq(serviceActivations.id, input.activationId));
    const device = await lockDevice(tx.q, found?.deviceId ?? NO_ID);
    const member = await memberOf(tx.q, principal.accountId);
    if (!found || !device || found.service !== 'BACKUP' || member?.companyId !== found.companyId) {
      throw notFound('activationId');
    }
    const before = (await activationsOn(tx.q, 'BACKUP', [device.id])).get(device.id) ?? found;
    requirePerson(principal, before.assignedAccountId);
    if (before.state === 'DEACTIVATED' || before.state === 'FAILED') throw notActive(before);
    if (!(await lockMember(tx.q, before.companyId, input.accountId))) throw notFound('accountId');
    if (input.accountId === before.assignedAccountId) return before;
    const [after] = await tx.q
      .update(serviceActivations)
      .set({ assignedAccountId: input.accountId })
      .where(eq(serviceActivations.id, before.id))
      .returning();
    if (!after) throw new Error(`no activation ${before.id}`);
    await tx.q
      .update(backupSnapshots)
      .set({ accountId: input.accountId })
      .where(and(eq(backupSnapshots.activationId, before.id), eq(backupSnapshots.accountId, principal.accountId)));
    await cancelRestoresOn(tx, device);
    emitService(tx, 'PASSED_ON', device, before, after);
    return after;
  });
}

/** Who may restore, in the words of a denial. */
export const ASSIGNED_ACCOUNT = 'the account that the backup is assigned to';

/** @throws Denial FORBIDDEN unless it is this account, signed in: not by an API token, which others may hold (PER-08). */
export function requirePerson(principal: AccountPrincipal, accountId: string | null): void {
  if (isAssignedPerson(principal, accountId)) return;
  const own = principal.accountId === accountId;
  throw new Denial('FORBIDDEN', { allowed: own ? 'session' : ASSIGNED_ACCOUNT });
}
