import type { Device as DeviceRow } from '../db/tables/devices.ts';
import { groupDigits } from '../domain/addresses.ts';
import { deviceIfSeen, viewerActsFor } from '../domain/device-access.ts';
import { type DeviceChildren, getDevice, registerDevice } from '../domain/devices.ts';
import { builder } from './builder.ts';
import { ClientKindEnum, PlatformEnum, SessionPermissionEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { Node, readableById } from './node.ts';

export const Device = builder.objectRef<DeviceRow & DeviceChildren>('Device');

const PermissionLock = builder.objectRef<DeviceRow['locks'][number]>('PermissionLock').implement({
  description: 'A permission that the device’s custom-client settings hold at one value (INV-24, INV-25).',
  fields: (t) => ({
    permission: t.expose('permission', { type: SessionPermissionEnum, description: 'Which one.' }),
    allowed: t.exposeBoolean('allowed', { description: 'True: always granted. False: never.' }),
  }),
});

Device.implement({
  description: 'A device, for itself, for the account signed in on it, and for the members of its company.',
  interfaces: [Node],
  fields: (t) => ({
    address: t.exposeString('address', { description: 'Its public ID: 9 or 10 digits, random, never given again.' }),
    addressGrouped: t.string({
      description: 'The public ID as people read it, in groups of three: `123 456 789`.',
      resolve: (device) => groupDigits(device.address),
    }),
    alias: t.exposeString('alias', {
      nullable: true,
      description: 'Its alias, `name@namespace`; null where it has none.',
    }),
    name: t.exposeString('name', { description: 'What people call it.' }),
    platform: t.expose('platform', { type: PlatformEnum, description: 'The platform that it reported.' }),
    clientKind: t.expose('clientKind', { type: ClientKindEnum, description: 'The client program that it runs.' }),
    clientVersion: t.exposeString('clientVersion', { description: 'The version of that program, such as `7.1.4`.' }),
    locks: t.expose('locks', {
      type: [PermissionLock],
      description: 'Permissions locked by its custom-client settings.',
    }),
    discovery: t.exposeBoolean('discovery', {
      description: 'Whether it takes part in Discovery on its local network (opt-in).',
    }),
    online: t.exposeBoolean('online', { description: 'Whether its own event stream is open at present.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its event stream was last seen open; null where it never was.',
    }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime', description: 'When it made itself known.' }),
    enrolledAt: t.expose('enrolledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it became a managed device of its company; null where it is none.',
    }),
  }),
});

readableById('Device', getDevice);

/** The public face of a device, and for who may see more the device behind it. */
export const Peer = builder.objectRef<{ deviceId: string }>('Peer').implement({
  description:
    'One side of something between two devices, as everyone on the other may see it: its public addresses. Of its own, ' +
    'and of its company’s, the reader gets the whole device with it.',
  fields: (t) => ({
    address: t.string({
      description: 'Its public ID: 9 or 10 digits.',
      resolve: async ({ deviceId }, _args, ctx) => (await ctx.loaders.device.load(deviceId)).address,
    }),
    addressGrouped: t.string({
      description: 'The public ID as people read it, in groups of three.',
      resolve: async ({ deviceId }, _args, ctx) => groupDigits((await ctx.loaders.device.load(deviceId)).address),
    }),
    alias: t.string({
      nullable: true,
      description: 'Its alias; null where it has none.',
      resolve: async ({ deviceId }, _args, ctx) => (await ctx.loaders.device.load(deviceId)).alias,
    }),
    viewerActsFor: t.boolean({
      description: 'Whether this side is the reader’s own: the device itself, or one that the account is signed in on.',
      resolve: async ({ deviceId }, _args, ctx) => viewerActsFor(ctx, await ctx.loaders.device.load(deviceId)),
    }),
    device: t.field({
      type: Device,
      nullable: true,
      description:
        'The device, where the reader may see it: its own, or one of its company’s. Null for everybody else, and once ' +
        'it was removed.',
      resolve: async ({ deviceId }, _args, ctx) => deviceIfSeen(ctx, await ctx.loaders.device.load(deviceId)),
    }),
  }),
});

mutation('registerDevice', {
  description:
    'A client makes itself known: it gets a public ID and its credential. Called without signing in, once for each ' +
    'machine; how many one network address may register is limited.',
  input: (t) => ({
    name: t.string({
      required: true,
      description: 'What to call it, 1 to 100 characters; the host name is a good one.',
    }),
    platform: t.field({ type: PlatformEnum, required: true, description: 'The platform that it runs on.' }),
    clientKind: t.field({ type: ClientKindEnum, required: true, description: 'The client program.' }),
    clientVersion: t.string({ required: true, description: 'The program’s version: up to four numbers, `7.1.4`.' }),
  }),
  run: (ctx, input) => registerDevice(ctx, input),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The new device.', resolve: ({ device }) => device }),
    credential: t.exposeString('credential', {
      description: 'The device credential, `bkn_dev_…`, to be sent as a bearer token. Shown this once: keep it secret.',
    }),
  }),
  refusals: ['InvalidInput'],
});
