import type { RestoreRequest as RestoreRow } from '../db/tables/backups.ts';
import {
  cancelRestore,
  listRestoresToRun,
  RESTORE_PATHS_MOST,
  type ReportedRestore,
  reportRestore,
  requestRestore,
} from '../domain/restores.ts';
import { RestoreRequest } from './backups.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf } from './node.ts';

const restore = { type: RestoreRequest, resolve: ({ restore }: { restore: RestoreRow }) => restore } as const;

mutation('requestRestore', {
  description:
    'Asks the device to restore from a snapshot. Only the account that the backup is assigned to can, signed in by ' +
    'itself; company administrators, owners, roles, API tokens, devices and the operator cannot (PER-07, PER-08). The ' +
    'device has to be that account’s still: what is restored would land with somebody else (PER-08a).',
  input: (t) => ({
    snapshotId: t.id({ required: true, description: 'The snapshot.' }),
    paths: t.stringList({
      required: false,
      description: `Files and folders of it, at most ${RESTORE_PATHS_MOST}; all of it where empty or absent.`,
    }),
  }),
  run: async (ctx, input) => ({
    restore: await requestRestore(ctx, {
      ...input,
      snapshotId: idOf(input.snapshotId, 'snapshotId', 'BackupSnapshot'),
    }),
  }),
  payload: (t) => ({ restore: t.field({ ...restore, description: 'The restore, waiting for the device.' }) }),
  refusals: ['InvalidInput', 'BackupRefused'],
});

mutation('cancelRestore', {
  description: 'Takes a restore back that the device has not begun; for who may ask for one (PER-08).',
  input: (t) => ({ id: t.id({ required: true, description: 'The restore.' }) }),
  run: async (ctx, input) => ({
    restore: await cancelRestore(ctx, { ...input, id: idOf(input.id, 'id', 'RestoreRequest') }),
  }),
  payload: (t) => ({ restore: t.field({ ...restore, description: 'The restore, cancelled.' }) }),
  refusals: ['NotPending'],
});

const ReportedRestoreEnum = describedEnum<ReportedRestore>(
  'ReportedRestoreState',
  'What a device reports of a restore.',
  {
    RUNNING: 'It has begun.',
    DONE: 'All is restored.',
    FAILED: 'It could not be restored.',
  },
);

mutation('reportRestore', {
  description:
    'A device reports how far it is with a restore: REQUESTED → RUNNING → DONE or FAILED. By its own credential only; ' +
    'the same report may come again.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The restore.' }),
    state: t.field({ type: ReportedRestoreEnum, required: true, description: 'How far it is.' }),
    restoredFiles: t.int({ required: false, description: 'How many files are back.' }),
    failure: t.string({ required: false, description: 'With FAILED: why, in 1 to 500 characters.' }),
  }),
  run: async (ctx, input) => ({
    restore: await reportRestore(ctx, { ...input, id: idOf(input.id, 'id', 'RestoreRequest') }),
  }),
  payload: (t) => ({ restore: t.field({ ...restore, description: 'The restore since.' }) }),
  refusals: ['InvalidInput', 'NotPending'],
});

builder.queryField('restoresToRun', (t) =>
  t.field({
    type: [RestoreRequest],
    description:
      'What the calling device has to restore, oldest first: requested, or begun and not finished. By device credential ' +
      'only; ask again on every `RestoreEvent`.',
    resolve: (_root, _args, ctx) => listRestoresToRun(ctx),
  }),
);
