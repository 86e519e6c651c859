import {
  assignDevice,
  rotateDeviceCredential,
  setDeviceAlias,
  updateDevice,
  updateDeviceSettings,
} from '../domain/device-changes.ts';
import { removeDevice } from '../domain/device-removal.ts';
import { builder } from './builder.ts';
import { Device } from './devices.ts';
import { ClientKindEnum, PlatformEnum, SessionPermissionEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf } from './node.ts';

const DEVICE = 'The device. Absent: the device that calls.';

/** The input with its device's id looked at. */
function ofDevice<Input extends { deviceId?: string | null | undefined }>(input: Input): Input {
  if (input.deviceId) idOf(input.deviceId, 'deviceId', 'Device');
  return input;
}

mutation('updateDevice', {
  description:
    'A device reports what it runs now; or somebody who sees the device gives it another name. What is absent stays. ' +
    'Platform, client and version are the device’s own to report.',
  input: (t) => ({
    deviceId: t.id({ required: false, description: DEVICE }),
    name: t.string({ required: false, description: 'What to call it, 1 to 100 characters.' }),
    platform: t.field({ type: PlatformEnum, required: false, description: 'The platform that it runs on.' }),
    clientKind: t.field({ type: ClientKindEnum, required: false, description: 'The client program.' }),
    clientVersion: t.string({ required: false, description: 'The program’s version: up to four numbers, `7.1.4`.' }),
  }),
  run: async (ctx, input) => ({ device: await updateDevice(ctx, ofDevice(input)) }),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device since.', resolve: ({ device }) => device }),
  }),
  refusals: ['InvalidInput'],
});

mutation('setDeviceAlias', {
  description:
    'Gives a managed device an alias, or takes it away; for the device itself, the account signed in on it, and company ' +
    'administrators.',
  input: (t) => ({
    deviceId: t.id({ required: false, description: DEVICE }),
    alias: t.string({
      required: false,
      description:
        '`name@namespace` in the namespace of its company: letters, digits, `-`, `.`, `_`, at most 25 characters, unique ' +
        'without regard to case. Null, empty or absent takes the alias away.',
    }),
  }),
  run: async (ctx, { alias = null, ...input }) => ({
    device: await setDeviceAlias(ctx, { ...ofDevice(input), alias }),
  }),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device since.', resolve: ({ device }) => device }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('assignDevice', {
  description:
    'Assigns a managed device to a member of its company, whose account acts for it from then on, or to nobody; for ' +
    'company administrators (PER-10).',
  input: (t) => ({
    deviceId: t.id({ required: true, description: 'The device.' }),
    accountId: t.id({ required: false, description: 'The account of a member; null or absent: nobody.' }),
  }),
  run: async (ctx, { accountId, ...input }) => ({
    device: await assignDevice(ctx, {
      ...ofDevice(input),
      accountId: accountId ? idOf(accountId, 'accountId', 'Account') : null,
    }),
  }),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device since.', resolve: ({ device }) => device }),
  }),
  refusals: [],
});

const PermissionLockInput = builder.inputType('PermissionLockInput', {
  description: 'A permission to hold at one value.',
  fields: (t) => ({
    permission: t.field({ type: SessionPermissionEnum, required: true, description: 'Which one.' }),
    allowed: t.boolean({ required: true, description: 'True: always granted. False: never.' }),
  }),
});

mutation('updateDeviceSettings', {
  description:
    'Changes a device’s custom-client settings. Locks are set by company administrators or, on a device that no company ' +
    'manages, by itself; Discovery also by the device and the account signed in on it. What was agreed stays: ' +
    'sessions that run, and invitations that were sent.',
  input: (t) => ({
    deviceId: t.id({ required: false, description: DEVICE }),
    locks: t.field({
      type: [PermissionLockInput],
      required: false,
      description: 'All permissions that are locked from now on (INV-24, INV-25); absent: those locked stay.',
    }),
    discovery: t.boolean({
      required: false,
      description: 'Whether it takes part in Discovery on its local network (INV-26); absent: as before.',
    }),
  }),
  run: async (ctx, input) => ({ device: await updateDeviceSettings(ctx, ofDevice(input)) }),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device since.', resolve: ({ device }) => device }),
  }),
  refusals: ['InvalidInput'],
});

mutation('rotateDeviceCredential', {
  description:
    'Gives the calling device a new credential; the old one dies at once, and the subscriptions opened with it end. ' +
    'With an idempotency key an answer that got lost can be had again.',
  input: () => ({}),
  run: (ctx, input) => rotateDeviceCredential(ctx, input),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device.', resolve: ({ device }) => device }),
    credential: t.exposeString('credential', {
      description: 'The new device credential, `bkn_dev_…`. Shown this once: keep it secret.',
    }),
  }),
  refusals: [],
});

mutation('removeDevice', {
  description:
    'Removes a device for good; by itself, or by company administrators. Its credential dies at once, its alias is free ' +
    'again, its ID is never given again; open invitations and requests are settled, its sessions end (INV-28).',
  input: (t) => ({ deviceId: t.id({ required: false, description: DEVICE }) }),
  run: (ctx, input) => removeDevice(ctx, ofDevice(input)),
  payload: (t) => ({
    deviceId: t.exposeID('id', { description: 'The id of the device that is no more.' }),
  }),
  refusals: [],
});
