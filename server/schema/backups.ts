import type {
  RestoreRequest as RestoreRow,
  RestoreState,
  BackupSnapshot as SnapshotRow,
} from '../db/tables/backups.ts';
import { getSnapshot, listSnapshots, passOnBackup, reportSnapshot } from '../domain/backups.ts';
import { getRestore, restoresOf } from '../domain/restores.ts';
import { getActivation } from '../domain/service-overview.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';
import { ServiceActivation } from './service-activations.ts';

const RestoreStateEnum = describedEnum<RestoreState>('RestoreState', 'How far a restore is.', {
  REQUESTED: 'It waits for the device, perhaps because that is offline.',
  RUNNING: 'The device restores.',
  DONE: 'All is restored.',
  FAILED: 'The device could not restore it.',
  CANCELLED: 'It was taken back, or the device went to somebody else.',
});

export const RestoreRequest = builder.objectRef<RestoreRow>('RestoreRequest');

export const BackupSnapshot = builder.objectRef<SnapshotRow>('BackupSnapshot').implement({
  description:
    'A snapshot that a device reported; its content stays with the device. Visible to the account that the backup is ' +
    'assigned to, as long as it belongs to the company, and to the device; to nobody else, whatever their role (PER-08).',
  interfaces: [Node],
  fields: (t) => ({
    activation: t.field({
      type: ServiceActivation,
      description: 'The Backup that it is of.',
      resolve: ({ activationId }, _args, ctx) => getActivation(ctx, activationId),
    }),
    reference: t.exposeString('reference', { description: 'The device’s own name of it.' }),
    takenAt: t.expose('takenAt', { type: 'DateTime', description: 'When it was taken, by the device’s clock.' }),
    files: t.exposeFloat('files', { description: 'How many files it holds; a whole number.' }),
    bytes: t.exposeFloat('bytes', { description: 'How many bytes they hold; a whole number.' }),
    addedBytes: t.exposeFloat('addedBytes', {
      description: 'What it added to the repository after deduplication, in bytes; a whole number.',
    }),
    verifiedAt: t.expose('verifiedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the device last read its content again and found it whole; null before.',
    }),
    prunedAt: t.expose('prunedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When retention removed it; null while it is there.',
    }),
    restores: t.field({
      type: [RestoreRequest],
      description: 'The last 100 restores from it, newest first.',
      resolve: ({ id }, _args, ctx) => restoresOf(ctx.db.read, id),
    }),
  }),
});

RestoreRequest.implement({
  description: 'A restore that was asked for. Visible to who sees its snapshot.',
  interfaces: [Node],
  fields: (t) => ({
    snapshot: t.field({
      type: BackupSnapshot,
      description: 'What is restored from.',
      resolve: ({ snapshotId }, _args, ctx) => getSnapshot(ctx, snapshotId),
    }),
    device: t.field({
      type: Device,
      description: 'The device that restores.',
      resolve: ({ deviceId }, _args, ctx) => ctx.loaders.device.load(deviceId),
    }),
    paths: t.exposeStringList('paths', { description: 'The files and folders to restore; empty for all.' }),
    state: t.expose('state', { type: RestoreStateEnum, description: 'How far it is.' }),
    restoredFiles: t.exposeInt('restoredFiles', {
      nullable: true,
      description: 'How many files are back, as the device last said; null where it said nothing.',
    }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: 'What the device said where it failed; null otherwise.',
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was done, failed or was cancelled; null before.',
    }),
  }),
});

readableById('BackupSnapshot', getSnapshot);
readableById('RestoreRequest', getRestore);

const BackupSnapshotConnection = connectionOf('BackupSnapshot', BackupSnapshot, 'snapshots');

builder.objectField(ServiceActivation, 'snapshots', (t) =>
  t.field({
    type: BackupSnapshotConnection,
    description:
      'Backup: the caller’s own snapshots on the device, newest first. Empty for everyone but the account whose data ' +
      'they are and the device itself (PER-08), and for other services.',
    args: pageArgs(t.arg),
    resolve: (activation, args, ctx) => listSnapshots(ctx, activation, args),
  }),
);

mutation('reportSnapshot', {
  description:
    'A device reports a snapshot that it took or, with the same reference, that one was verified or pruned (SVC-11). By ' +
    'device credential only; may be repeated. Told to the account that the backup is assigned to.',
  input: (t) => ({
    reference: t.string({ required: true, description: 'The device’s own name of it, 1 to 200 characters.' }),
    takenAt: t.field({ type: 'DateTime', required: true, description: 'When it was taken.' }),
    files: t.float({ required: true, description: 'How many files it holds; a whole number.' }),
    bytes: t.float({ required: true, description: 'How many bytes they hold; a whole number.' }),
    addedBytes: t.float({ required: true, description: 'What it added to the repository, in bytes; a whole number.' }),
    verified: t.boolean({ required: false, description: 'True: its content was read again and found whole.' }),
    pruned: t.boolean({ required: false, description: 'True: retention removed it.' }),
  }),
  run: async (ctx, input) => ({ snapshot: await reportSnapshot(ctx, input) }),
  payload: (t) => ({
    snapshot: t.field({
      type: BackupSnapshot,
      description: 'The snapshot, as it is known since.',
      resolve: ({ snapshot }) => snapshot,
    }),
  }),
  refusals: ['InvalidInput', 'BackupRefused'],
});

mutation('passOnBackup', {
  description:
    'Hands a Backup with all its snapshots to another member of the company. Only the account that it is assigned to ' +
    'can, signed in by itself: no administrator, no role, no API token (PER-08a).',
  input: (t) => ({
    activationId: t.id({ required: true, description: 'The Backup on its device: a `ServiceActivation`.' }),
    accountId: t.id({ required: true, description: 'The account of the member that it is for from now on.' }),
  }),
  run: async (ctx, input) => ({
    activation: await passOnBackup(ctx, {
      ...input,
      activationId: idOf(input.activationId, 'activationId', 'ServiceActivation'),
      accountId: idOf(input.accountId, 'accountId', 'Account'),
    }),
  }),
  payload: (t) => ({
    activation: t.field({
      type: ServiceActivation,
      description: 'The Backup since.',
      resolve: ({ activation }) => activation,
    }),
  }),
  refusals: ['BackupRefused'],
});
