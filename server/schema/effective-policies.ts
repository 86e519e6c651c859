import { type DevicePolicy, devicePolicies } from '../domain/device-policies.ts';
import type {
  EffectiveSetting as EffectiveSettingRow,
  SettingOrigin as SettingOriginRow,
} from '../domain/effective-policy.ts';
import { getPolicy } from '../domain/policies.ts';
import { builder } from './builder.ts';
import { DeviceGroup } from './device-groups.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { unlessHidden } from './events.ts';
import { Policy } from './policies.ts';
import { PolicySettings, settingsValue } from './policy-settings.ts';
import { ServiceEnum } from './roles.ts';

const PolicyLayer = describedEnum<SettingOriginRow['layer']>(
  'PolicyLayer',
  'Where a value comes from; each goes before those above it.',
  {
    DEFAULT: 'No policy sets it.',
    GROUP: 'A policy of a group that the device is in; of several, the one that was assigned last.',
    DEVICE: 'The policy of the device itself.',
  },
);

const SettingOrigin = builder.objectRef<SettingOriginRow>('SettingOrigin').implement({
  description: 'The policy that a value comes from, and how it reaches the device.',
  fields: (t) => ({
    layer: t.expose('layer', { type: PolicyLayer, description: 'Which layer.' }),
    policyId: t.id({
      nullable: true,
      description: 'The policy; null for a default.',
      resolve: (origin) => (origin.layer === 'DEFAULT' ? null : origin.policyId),
    }),
    policy: t.field({
      type: Policy,
      nullable: true,
      description: 'The policy; null for a default, and for devices, which see what holds and not the policies.',
      resolve: (origin, _args, ctx) =>
        origin.layer === 'DEFAULT' ? null : unlessHidden(getPolicy(ctx, origin.policyId)),
    }),
    version: t.int({
      nullable: true,
      description: 'The version of the policy; null for a default.',
      resolve: (origin) => (origin.layer === 'DEFAULT' ? null : origin.version),
    }),
    group: t.field({
      type: DeviceGroup,
      nullable: true,
      description: 'The group by which it reaches the device; null in the other layers.',
      resolve: (origin, _args, ctx) => (origin.layer === 'GROUP' ? ctx.loaders.group.load(origin.targetId) : null),
    }),
  }),
});

const SettingConflict = builder.objectRef<EffectiveSettingRow['conflicts'][number]>('SettingConflict').implement({
  description: 'A value that another group’s policy would have, had it been assigned last.',
  fields: (t) => ({
    value: t.string({ description: 'The value, as JSON.', resolve: ({ value }) => JSON.stringify(value) }),
    origin: t.expose('origin', { type: SettingOrigin, description: 'Where it comes from.' }),
  }),
});

const EffectiveSetting = builder.objectRef<EffectiveSettingRow>('EffectiveSetting').implement({
  description: 'A setting with its value, and why it has it.',
  fields: (t) => ({
    setting: t.exposeString('setting', { description: 'Its name, such as `cpuPercent`.' }),
    value: t.string({ description: 'The value, as JSON.', resolve: ({ value }) => JSON.stringify(value) }),
    origin: t.expose('origin', { type: SettingOrigin, description: 'Where the value comes from.' }),
    conflicts: t.field({
      type: [SettingConflict],
      description: 'What other groups of the device would have it be, where that is something else.',
      resolve: ({ conflicts }) => conflicts,
    }),
  }),
});

const EffectivePolicy = builder.objectRef<DevicePolicy>('EffectivePolicy').implement({
  description: 'What holds on a device for a service: the defaults, overlaid by the policies that reach it (SVC-09).',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    settings: t.field({
      type: PolicySettings,
      description: 'The value of every setting.',
      resolve: ({ service, settings }) => settingsValue(service, settings),
    }),
    origins: t.field({
      type: [EffectiveSetting],
      description: 'Each setting with where its value comes from, in a stable order.',
      resolve: ({ origins }) => origins,
    }),
    fingerprint: t.exposeString('fingerprint', {
      description: 'Stands for all the values: equal values, equal fingerprint. What the device reports as applied.',
    }),
    applied: t.exposeBoolean('applied', {
      description: 'Whether the device reported that it works by exactly these values.',
    }),
    appliedAt: t.expose('appliedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the device last reported what it works by; null where it never did.',
    }),
  }),
});

builder.objectField(Device, 'effectivePolicies', (t) =>
  t.field({
    type: [EffectivePolicy],
    description:
      'What holds on it for each service, or for one. For the device itself, and for members of its company, who see ' +
      'the services that they may assign policies of.',
    args: { service: t.arg({ type: ServiceEnum, required: false, description: 'Only this service.' }) },
    resolve: ({ id }, { service }, ctx) => devicePolicies(ctx, id, service),
  }),
);
