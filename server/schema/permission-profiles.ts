import type { BuiltInProfile, PermissionProfile as PermissionProfileRow } from '../db/tables/permission-profiles.ts';
import {
  createPermissionProfile,
  getPermissionProfile,
  PROFILES_MOST,
  removePermissionProfile,
  updatePermissionProfile,
} from '../domain/profile-changes.ts';
import { builder } from './builder.ts';
import { Device } from './devices.ts';
import { describedEnum, SessionPermissionEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

const BuiltInProfileEnum = describedEnum<BuiltInProfile>(
  'BuiltInProfile',
  'The permission profiles that every device starts with. They can be edited and disabled, not removed.',
  {
    DEFAULT: 'What holds where no profile is chosen: all but PRIVACY_MODE, TCP_TUNNEL and VPN at first.',
    SCREEN_SHARING: 'View only: AUDIO, USER_POINTER and WHITEBOARD at first.',
    FULL_ACCESS: 'All permissions at first.',
    UNATTENDED_ACCESS: 'For when nobody sits at the device: all permissions at first.',
  },
);

export const PermissionProfile = builder.objectRef<PermissionProfileRow>('PermissionProfile').implement({
  description: 'What somebody who is let in to a device may do, under a name. Visible to who sees the device.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called; unique on the device, case ignored.' }),
    builtIn: t.expose('builtIn', {
      type: BuiltInProfileEnum,
      nullable: true,
      description: 'Which built-in profile it is; null for one that was added.',
    }),
    permissions: t.expose('permissions', {
      type: [SessionPermissionEnum],
      description: 'What it grants, before the device’s locks bend it.',
    }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it can be chosen.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

readableById('PermissionProfile', getPermissionProfile);

builder.objectField(Device, 'permissionProfiles', (t) =>
  t.field({
    type: [PermissionProfile],
    description: `Its permission profiles, the built-in ones first, then those that were added, oldest first. At most ${PROFILES_MOST}.`,
    resolve: ({ id }, _args, ctx) => ctx.loaders.permissionProfiles.load(id),
  }),
);

mutation('createPermissionProfile', {
  description:
    'Adds a permission profile to a device; for the device itself, the account signed in on it, and company ' +
    'administrators.',
  input: (t) => ({
    deviceId: t.id({ required: false, description: 'The device. Absent: the device that calls.' }),
    name: t.string({
      required: true,
      description: 'What to call it: 1 to 100 characters, and no other profile of the device, case ignored.',
    }),
    permissions: t.field({ type: [SessionPermissionEnum], required: true, description: 'What it grants.' }),
  }),
  run: async (ctx, { deviceId, ...input }) => ({
    profile: await createPermissionProfile(ctx, {
      ...input,
      deviceId: deviceId && idOf(deviceId, 'deviceId', 'Device'),
    }),
  }),
  payload: (t) => ({
    profile: t.field({ type: PermissionProfile, description: 'The new profile.', resolve: ({ profile }) => profile }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('updatePermissionProfile', {
  description:
    'Changes a permission profile, a built-in one too; for the device itself, the account signed in on it, and company ' +
    'administrators. Invitations that were sent keep what they offer, sessions what they were given.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The profile.' }),
    name: t.string({ required: false, description: 'Another name, 1 to 100 characters; absent: the name stays.' }),
    permissions: t.field({
      type: [SessionPermissionEnum],
      required: false,
      description: 'All that it grants from now on; absent: what it grants stays.',
    }),
    enabled: t.boolean({ required: false, description: 'Whether it can be chosen; absent: as before.' }),
  }),
  run: async (ctx, input) => ({
    profile: await updatePermissionProfile(ctx, { ...input, id: idOf(input.id, 'id', 'PermissionProfile') }),
  }),
  payload: (t) => ({
    profile: t.field({ type: PermissionProfile, description: 'The profile since.', resolve: ({ profile }) => profile }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('removePermissionProfile', {
  description:
    'Removes a permission profile that was added, for good; built-in ones are disabled instead. For the device itself, ' +
    'the account signed in on it, and company administrators.',
  input: (t) => ({ id: t.id({ required: true, description: 'The profile.' }) }),
  run: (ctx, input) => removePermissionProfile(ctx, { ...input, id: idOf(input.id, 'id', 'PermissionProfile') }),
  payload: (t) => ({
    profileId: t.exposeID('id', { description: 'The id of the profile that is no more.' }),
    deviceId: t.exposeID('deviceId', { description: 'The device that it belonged to.' }),
  }),
  refusals: ['ProfileRefused'],
});
