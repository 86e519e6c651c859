import { index, instant, integer, json, table, text, uniqueIndex } from '../columns.ts';
import { accounts } from './accounts.ts';
import { devices } from './devices.ts';
import { serviceActivations } from './service-activations.ts';

/** Snapshots that devices reported (SVC-11); their content stays with the device. */
export const backupSnapshots = table(
  'backup_snapshots',
  {
    id: text('id').primaryKey(),
    activationId: text('activation_id')
      .notNull()
      .references(() => serviceActivations.id),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    /** Whose data it is: the account that Backup was assigned to when it was taken, or was passed on to (PER-08a). */
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The device's own name of it. */
    reference: text('reference').notNull(),
    takenAt: instant('taken_at').notNull(),
    files: integer('files').notNull(),
    bytes: integer('bytes').notNull(),
    /** What it added to the repository, after deduplication. */
    addedBytes: integer('added_bytes').notNull(),
    /** When the device last verified its content; null before. */
    verifiedAt: instant('verified_at'),
    /** When retention removed it; null while it is there. */
    prunedAt: instant('pruned_at'),
  },
  (t) => [
    index('backup_snapshots_activation').on(t.activationId, t.accountId, t.takenAt, t.id),
    uniqueIndex('backup_snapshots_reference').on(t.activationId, t.reference),
  ],
);

export type RestoreState = 'REQUESTED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** Restores that the assigned account asked for (PER-07, PER-08). */
export const restoreRequests = table(
  'restore_requests',
  {
    id: text('id').primaryKey(),
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => backupSnapshots.id),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => accounts.id),
    /** The paths to restore; empty for all. */
    paths: json('paths').$type<string[]>().notNull(),
    state: text('state').$type<RestoreState>().notNull(),
    restoredFiles: integer('restored_files'),
    failure: text('failure'),
    requestedAt: instant('requested_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    index('restore_requests_device').on(t.deviceId, t.state),
    index('restore_requests_snapshot').on(t.snapshotId),
  ],
);

export type BackupSnapshot = typeof backupSnapshots.$inferSelect;
export type RestoreRequest = typeof restoreRequests.$inferSelect;
