import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type RestoreRequest, restoreRequests } from '../db/tables/backups.ts';
import { newId } from '../lib/ids.ts';
import { ASSIGNED_ACCOUNT, findSnapshot, notActive, reachOf, requirePerson, type SnapshotOf } from './backups.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { lockDevice } from './device-access.ts';
import { findAnyDevice } from './devices.ts';
import { countOf, proseOf, UNFIT } from './input.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { emitRestore } from './restore-events.ts';

/** Most paths in one request, and the longest of them in UTF-16 units: Linux' PATH_MAX. */
export const RESTORE_PATHS_MOST = 100;
const PATH_LENGTH = 4_096;

export interface RequestRestoreInput extends Repeatable {
  snapshotId: string;
  /** Files and folders of the snapshot; all of it where empty or absent. */
  paths?: readonly string[] | null | undefined;
}

/**
 * Asks the device to restore from a snapshot; for the account that the backup is assigned to alone, by its own sign-in
 * (PER-07, PER-08). The device does it when it is told, or when it comes back. The device must act for that account:
 * what is restored would land with somebody else otherwise (PER-08a). Event: restore REQUESTED.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED; FORBIDDEN for every other principal of the company, for the
 * operator, devices and API tokens; NOT_FOUND for all others.
 * @throws Refusal InvalidInput; BackupRefused BACKUP_NOT_ACTIVE, SNAPSHOT_PRUNED, DEVICE_REASSIGNED.
 */
export async function requestRestore(ctx: Context, input: RequestRestoreInput): Promise<RestoreRequest> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const paths = pathsOf(input.paths ?? []);
  return change(ctx, 'requestRestore', input, async (tx) => {
    const { snapshot, activation } = await reachable(tx, principal, await snapshotDevice(tx, input.snapshotId));
    const device = await findAnyDevice(tx.q, snapshot.deviceId);
    if (activation.state !== 'ACTIVE' || activation.assignedAccountId !== principal.accountId) {
      throw notActive(activation);
    }
    if (device.accountId !== principal.accountId) throw new Refusal('BackupRefused', 'DEVICE_REASSIGNED');
    if (snapshot.prunedAt !== null) throw new Refusal('BackupRefused', 'SNAPSHOT_PRUNED', ['snapshotId']);
    const [request] = await tx.q
      .insert(restoreRequests)
      .values({
        id: newId('RestoreRequest'),
        snapshotId: snapshot.id,
        deviceId: snapshot.deviceId,
        requestedBy: principal.accountId,
        paths,
        state: 'REQUESTED',
        requestedAt: tx.now,
      })
      .returning();
    if (!request) throw new Error('no restore request');
    emitRestore(tx, 'REQUESTED', device, null, request);
    return request;
  });
}

/**
 * Takes a restore back that the device has not begun; for the account that the backup is assigned to alone, by its own
 * sign-in. Event: restore CANCELLED.
 * @throws Denial as `requestRestore`. @throws Refusal NotPending, naming the state that it is in.
 */
export async function cancelRestore(ctx: Context, input: Repeatable & { id: string }): Promise<RestoreRequest> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'cancelRestore', input, async (tx) => {
    const request = await findRestore(tx.q, input.id);
    await reachable(tx, principal, request?.snapshotId ?? NO_ID, 'id');
    if (!request) throw notFound('id');
    const [after] = await tx.q
      .update(restoreRequests)
      .set({ state: 'CANCELLED', settledAt: tx.now })
      .where(and(eq(restoreRequests.id, request.id), eq(restoreRequests.state, 'REQUESTED')))
      .returning();
    if (!after) {
      const now = await findRestore(tx.q, request.id);
      throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status: now?.state ?? request.state });
    }
    emitRestore(tx, 'CANCELLED', await findAnyDevice(tx.q, after.deviceId), request, after);
    return after;
  });
}

/** What a device can report of a restore. */
export type ReportedRestore = 'RUNNING' | 'DONE' | 'FAILED';

/** Longest explanation of a restore that failed, in characters. */
const FAILURE_LENGTH = { min: 1, max: 500 };
/** More files than this no disk holds. */
const FILES = { min: 0, max: 2_147_483_647 };

export interface ReportRestoreInput extends Repeatable {
  id: string;
  state: ReportedRestore;
  /** How many files were restored so far. */
  restoredFiles?: number | null | undefined;
  /** Why it failed; with FAILED, and only then. */
  failure?: string | null | undefined;
}

/**
 * The device tells how far it is with a restore. May be repeated. Event: restore RUNNING, DONE or FAILED.
 * @throws Refusal InvalidInput; NotPending where it is settled or, for its end, was not begun.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN for people, NOT_FOUND for another device's.
 */
export async function reportRestore(ctx: Context, input: ReportRestoreInput): Promise<RestoreRequest> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const { state } = input;
  const failure = state === 'FAILED' ? proseOf(input.failure ?? '', ['failure'], FAILURE_LENGTH) : null;
  const restoredFiles =
    typeof input.restoredFiles === 'number' ? countOf(input.restoredFiles, ['restoredFiles'], FILES) : null;
  return change(ctx, 'reportRestore', input, async (tx) => {
    const before = await findRestore(tx.q, input.id);
    if (before?.deviceId !== deviceId) throw notFound('id');
    const from = state === 'RUNNING' ? 'REQUESTED' : 'RUNNING';
    const [after] = await tx.q
      .update(restoreRequests)
      .set({ state, failure, restoredFiles, settledAt: state === 'RUNNING' ? null : tx.now })
      .where(and(eq(restoreRequests.id, before.id), eq(restoreRequests.state, from)))
      .returning();
    if (!after) {
      const now = (await findRestore(tx.q, before.id)) ?? before;
      if (now.state === state) return now;
      throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status: now.state });
    }
    emitRestore(tx, state, await findAnyDevice(tx.q, deviceId), before, after);
    return after;
  });
}

/**
 * What the calling device has to restore, oldest first: requested, or begun and not finished.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN for everyone but devices.
 */
export async function listRestoresToRun(ctx: Context): Promise<RestoreRequest[]> {
  const { deviceId } = authorize(ctx, 'READ', 'device');
  return ctx.db.read
    .select()
    .from(restoreRequests)
    .where(and(eq(restoreRequests.deviceId, deviceId), inArray(restoreRequests.state, ['REQUESTED', 'RUNNING'])))
    .orderBy(asc(restoreRequests.requestedAt), asc(restoreRequests.id));
}

/** The last restores from a snapshot that the caller was handed, newest first; at most 100. */
export async function restoresOf(q: Queries, snapshotId: string): Promise<RestoreRequest[]> {
  return q
    .select()
    .from(restoreRequests)
    .where(eq(restoreRequests.snapshotId, snapshotId))
    .orderBy(desc(restoreRequests.requestedAt), desc(restoreRequests.id))
    .limit(100);
}

/**
 * A restore, for the account whose data it is about and for the device.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everyone else, administrators too.
 */
export async function getRestore(ctx: Context, id: string): Promise<RestoreRequest> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const request = await findRestore(ctx.db.read, id);
  const found = await findSnapshot(ctx.db.read, request?.snapshotId ?? NO_ID);
  const reach = await reachOf(ctx.db.read, principal, found);
  if (!request || reach !== 'OWN') throw notFound('id');
  return request;
}

/** Locks the device first, so that nobody is assigned to it, or passed its backup, between judging and writing. */
async function snapshotDevice(tx: Change, snapshotId: string): Promise<string> {
  const found = await findSnapshot(tx.q, snapshotId);
  const device = await lockDevice(tx.q, found?.snapshot.deviceId ?? NO_ID);
  return device ? snapshotId : NO_ID;
}

/** The snapshot, where its data is this person's to restore. @throws Denial NOT_FOUND, FORBIDDEN. */
async function reachable(
  tx: Change,
  principal: AccountPrincipal,
  snapshotId: string,
  argument = 'snapshotId',
): Promise<SnapshotOf> {
  const found = await findSnapshot(tx.q, snapshotId);
  const reach = await reachOf(tx.q, principal, found);
  if (!found || reach === 'NONE') throw notFound(argument);
  if (reach !== 'OWN') throw new Denial('FORBIDDEN', { allowed: ASSIGNED_ACCOUNT });
  requirePerson(principal, found.snapshot.accountId);
  return found;
}

const byId = prepared('restore_request_by_id', (q) =>
  q
    .select()
    .from(restoreRequests)
    .where(eq(restoreRequests.id, sql.placeholder('id'))),
);

async function findRestore(q: Queries, id: string): Promise<RestoreRequest | null> {
  const [request] = await byId(q, { id });
  return request ?? null;
}

/** @throws Refusal InvalidInput TOO_MANY, REQUIRED, TOO_LONG, INVALID_CHARACTERS. */
function pathsOf(paths: readonly string[]): string[] {
  if (paths.length > RESTORE_PATHS_MOST) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['paths'], { limit: RESTORE_PATHS_MOST });
  }
  return paths.map((path, i) => {
    const at = ['paths', String(i)];
    // Blanks at the ends are part of a path, and so is the form in which its letters are composed.
    if (path === '') throw new Refusal('InvalidInput', 'REQUIRED', at);
    if (path.length > PATH_LENGTH) throw new Refusal('InvalidInput', 'TOO_LONG', at, { limit: PATH_LENGTH });
    if (UNFIT.test(path)) throw new Refusal('InvalidInput', 'INVALID_CHARACTERS', at);
    return path;
  });
}
