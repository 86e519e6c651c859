import type { DeviceGroup as DeviceGroupRow } from '../db/tables/devices.ts';
import {
  addDevicesToGroup,
  createDeviceGroup,
  deleteDeviceGroup,
  GROUP_CHANGE_MOST,
  getDeviceGroup,
  listDeviceGroups,
  removeDevicesFromGroup,
  renameDeviceGroup,
} from '../domain/device-groups.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

export const DeviceGroup = builder.objectRef<DeviceGroupRow>('DeviceGroup').implement({
  description:
    'A group of managed devices of a company. A device may be in several. Visible to members of the company, and to the devices in it.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called; unique in the company, case ignored.' }),
    deviceCount: t.int({
      description: 'How many devices are in it.',
      resolve: ({ id }, _args, { loaders }) => loaders.groupSize.load(id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

readableById('DeviceGroup', getDeviceGroup);

builder.objectField(Device, 'groups', (t) =>
  t.field({
    type: [DeviceGroup],
    description: 'The groups that it is in, by name; empty for a device that no company manages.',
    // A list of devices has loaded them with its page.
    resolve: (device, _args, ctx) => device.groups ?? ctx.loaders.groups.load(device.id),
  }),
);

const DeviceGroupConnection = connectionOf('DeviceGroup', DeviceGroup, 'groups of devices');

builder.objectField(Company, 'deviceGroups', (t) =>
  t.field({
    type: DeviceGroupConnection,
    description: 'Its groups of devices, by name.',
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx) => listDeviceGroups(ctx, id, args),
  }),
);

const NAME = 'What to call it: 1 to 100 characters, and no other group of the company, case ignored.';
const DEVICES = `Devices of the company, 1 to ${GROUP_CHANGE_MOST}.`;

mutation('createDeviceGroup', {
  description: 'Makes a group of devices; for company administrators.',
  input: (t) => ({ name: t.string({ required: true, description: NAME }) }),
  run: async (ctx, input) => ({ group: await createDeviceGroup(ctx, input) }),
  payload: (t) => ({
    group: t.field({ type: DeviceGroup, description: 'The group, still empty.', resolve: ({ group }) => group }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('renameDeviceGroup', {
  description: 'Gives a group of devices another name; for company administrators.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The group.' }),
    name: t.string({ required: true, description: NAME }),
  }),
  run: async (ctx, input) => ({
    group: await renameDeviceGroup(ctx, { ...input, id: idOf(input.id, 'id', 'DeviceGroup') }),
  }),
  payload: (t) => ({
    group: t.field({ type: DeviceGroup, description: 'The group since.', resolve: ({ group }) => group }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('deleteDeviceGroup', {
  description:
    'Deletes a group; its devices stay, and enrolment codes that put devices into it put them into none. For company ' +
    'administrators.',
  input: (t) => ({ id: t.id({ required: true, description: 'The group.' }) }),
  run: (ctx, input) => deleteDeviceGroup(ctx, { ...input, id: idOf(input.id, 'id', 'DeviceGroup') }),
  payload: (t) => ({ groupId: t.exposeID('id', { description: 'The id of the group that is no more.' }) }),
  refusals: [],
});

mutation('addDevicesToGroup', {
  description: 'Puts devices into a group, all or none; those that are in it already stay. For company administrators.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The group.' }),
    deviceIds: t.idList({ required: true, description: DEVICES }),
  }),
  run: async (ctx, input) => ({ group: await addDevicesToGroup(ctx, checked(input)) }),
  payload: (t) => ({
    group: t.field({ type: DeviceGroup, description: 'The group.', resolve: ({ group }) => group }),
  }),
  refusals: ['InvalidInput'],
});

mutation('removeDevicesFromGroup', {
  description: 'Takes devices out of a group; those that are not in it do not matter. For company administrators.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The group.' }),
    deviceIds: t.idList({ required: true, description: DEVICES }),
  }),
  run: async (ctx, input) => ({ group: await removeDevicesFromGroup(ctx, checked(input)) }),
  payload: (t) => ({
    group: t.field({ type: DeviceGroup, description: 'The group.', resolve: ({ group }) => group }),
  }),
  refusals: ['InvalidInput'],
});

function checked<Input extends { id: string; deviceIds: readonly string[] }>(input: Input): Input {
  for (const id of input.deviceIds) idOf(id, 'deviceIds', 'Device');
  return { ...input, id: idOf(input.id, 'id', 'DeviceGroup') };
}
