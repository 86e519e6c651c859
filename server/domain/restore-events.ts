import { and, eq, inArray } from 'drizzle-orm';
import { type RestoreRequest, restoreRequests } from '../db/tables/backups.ts';
import type { Device } from '../db/tables/devices.ts';
import type { Change } from './change.ts';
import { streamOf } from './event-log.ts';

export type RestoreChange = 'REQUESTED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/**
 * Logs what happened to a restore: to the device and the account that asked; and to the company, for its audit log.
 * Paths are left out: what is in a backup is nobody's business but the account's (PER-08).
 */
export function emitRestore(
  tx: Change,
  what: RestoreChange,
  device: Pick<Device, 'id' | 'companyId'>,
  before: RestoreRequest | null,
  after: RestoreRequest,
): void {
  tx.emit({
    concept: 'restore',
    change: what,
    subject: after.id,
    before: before && { state: before.state },
    after: {
      state: after.state,
      deviceId: after.deviceId,
      snapshotId: after.snapshotId,
      restoredFiles: after.restoredFiles,
    },
    streams: [
      streamOf.device(device.id),
      streamOf.account(after.requestedBy),
      ...(device.companyId ? [streamOf.company(device.companyId)] : []),
    ],
  });
}

/**
 * Cancels what waits or runs on a device whose Backup ends or goes to another account: what is restored later would
 * land with somebody else. Event: restore CANCELLED for each.
 */
export async function cancelRestoresOn(tx: Change, device: Pick<Device, 'id' | 'companyId'>): Promise<void> {
  const cancelled = await tx.q
    .update(restoreRequests)
    .set({ state: 'CANCELLED', settledAt: tx.now })
    .where(and(eq(restoreRequests.deviceId, device.id), inArray(restoreRequests.state, ['REQUESTED', 'RUNNING'])))
    .returning();
  for (const row of cancelled) emitRestore(tx, 'CANCELLED', device, null, row);
}
