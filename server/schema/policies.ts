import type { PolicyAssignment as PolicyAssignmentRow } from '../db/tables/policies.ts';
import type { Page } from '../domain/page.ts';
import { getPolicy, listPolicies, type PolicyInForce, policiesOn } from '../domain/policies.ts';
import { listPolicyAssignments } from '../domain/policy-assignments.ts';
import { type AffectedDevice as AffectedDeviceRow, affectedDevices } from '../domain/policy-impact.ts';
import {
  type SettingDifference as SettingDifferenceRow,
  settingsSchemaOf,
} from '../domain/policy-settings/services.ts';
import { listPolicyVersions, type PolicyVersionOf, policyDifferences } from '../domain/policy-versions.ts';
import { Refusal } from '../domain/refusals.ts';
import { typeOfId } from '../lib/ids.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { DeviceGroup } from './device-groups.ts';
import { Device } from './devices.ts';
import { Node, readableById } from './node.ts';
import { Person } from './persons.ts';
import { givenSettings, PolicySettings, PolicySettingsInput, settingsValue } from './policy-settings.ts';
import { Refused, refusalTypes } from './refusals.ts';
import { ServiceEnum } from './roles.ts';

export const Policy = builder.objectRef<PolicyInForce>('Policy');

const SettingValue = builder.objectRef<{ setting: string; value: unknown }>('SettingValue').implement({
  description: 'A setting that a policy sets, for forms that are made of `policySettings`.',
  fields: (t) => ({
    setting: t.exposeString('setting', { description: 'Its name, such as `cpuPercent`.' }),
    value: t.string({ description: 'What it is set to, as JSON.', resolve: ({ value }) => JSON.stringify(value) }),
  }),
});

/** What is set, in the order of the schema. */
const valuesOf = ({ service, settings }: Pick<PolicyInForce, 'service' | 'settings'>) =>
  Object.keys(settingsSchemaOf(service))
    .filter((setting) => settings[setting] !== undefined)
    .map((setting) => ({ setting, value: settings[setting] }));

const PolicyVersion = builder.objectRef<PolicyVersionOf>('PolicyVersion').implement({
  description: 'One version of a policy; never changed once written.',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its number: 1, 2, 3 ….' }),
    settings: t.field({
      type: PolicySettings,
      description: 'What it sets.',
      resolve: ({ service, settings }) => settingsValue(service, settings),
    }),
    values: t.field({
      type: [SettingValue],
      description: 'The same, setting by setting; what is left open is not among them.',
      resolve: valuesOf,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    createdBy: t.field({
      type: Person,
      nullable: true,
      description: 'Who wrote it; null where that is not known any more.',
      resolve: ({ createdBy }, _args, ctx) => (createdBy ? ctx.loaders.account.load(createdBy) : null),
    }),
  }),
});

/** A value of any setting, for programs and people that compare. */
const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const SettingDifference = builder.objectRef<SettingDifferenceRow>('SettingDifference').implement({
  description: 'A setting that two versions of a policy do not agree on.',
  fields: (t) => ({
    setting: t.exposeString('setting', { description: 'Its name, such as `cpuPercent`.' }),
    before: t.string({
      nullable: true,
      description: 'What the first version sets, as JSON; null: it leaves it open.',
      resolve: ({ before }) => jsonOf(before),
    }),
    after: t.string({
      nullable: true,
      description: 'What the second version sets, as JSON; null: it leaves it open.',
      resolve: ({ after }) => jsonOf(after),
    }),
  }),
});

export const PolicyTarget = builder.unionType('PolicyTarget', {
  description: 'What a policy can be assigned to.',
  types: [Device, DeviceGroup],
  resolveType: (target) => typeOfId(target.id) as 'Device',
});

const PolicyAssignment = builder.objectRef<PolicyAssignmentRow>('PolicyAssignment').implement({
  description: 'That a policy is assigned to a device or a group of devices.',
  fields: (t) => ({
    targetId: t.exposeID('targetId', { description: 'The device or group.' }),
    target: t.field({
      type: PolicyTarget,
      nullable: true,
      description: 'The device or group; null where it is just being removed.',
      resolve: ({ targetId }, _args, ctx) =>
        typeOfId(targetId) === 'Device' ? ctx.loaders.device.load(targetId) : ctx.loaders.group.load(targetId),
    }),
    assignedAt: t.expose('assignedAt', {
      type: 'DateTime',
      description: 'When it was assigned: among the groups of a device, the one assigned last prevails.',
    }),
  }),
});

const AffectedDevice = builder.objectRef<AffectedDeviceRow>('AffectedDevice').implement({
  description: 'A device on which something else would hold.',
  fields: (t) => ({
    device: t.field({
      type: Device,
      description: 'The device.',
      resolve: ({ deviceId }, _args, ctx) => ctx.loaders.device.load(deviceId),
    }),
    settings: t.stringList({
      description: 'The names of the settings that would have another value.',
      resolve: ({ settings }) => [...settings],
    }),
  }),
});

const PolicyConnection = connectionOf('Policy', Policy, 'policies');
const PolicyVersionConnection = connectionOf('PolicyVersion', PolicyVersion, 'versions of a policy');
const PolicyAssignmentConnection = connectionOf('PolicyAssignment', PolicyAssignment, 'assignments of a policy');
const AffectedDeviceConnection = connectionOf('AffectedDevice', AffectedDevice, 'devices that would change');

const AffectedDevicesResult = builder.unionType('AffectedDevicesResult', {
  description: '`affectedDevices`: who would change, or why the settings are not possible.',
  types: [AffectedDeviceConnection, refusalTypes.SettingsRefused, refusalTypes.InvalidInput] as never,
  resolveType: (value: unknown) => (value instanceof Refused ? value.type : 'AffectedDeviceConnection') as never,
});

Policy.implement({
  description:
    'What a service is to do on the devices that it is assigned to: settings, in versions (SVC-09). Visible to members ' +
    'of the company who may at least assign the service’s policies (PER-02); those of Backup also to members that a ' +
    'device is assigned to, who alone can put it there (PER-07).',
  interfaces: [Node],
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service that it is of.' }),
    name: t.exposeString('name', {
      description: 'What it is called; unique among the service’s policies in the company, case ignored.',
    }),
    version: t.exposeInt('version', { description: 'The version in force: the highest.' }),
    settings: t.field({
      type: PolicySettings,
      description: 'What the version in force sets.',
      resolve: ({ service, settings }) => settingsValue(service, settings),
    }),
    values: t.field({
      type: [SettingValue],
      description: 'The same, setting by setting; what is left open is not among them.',
      resolve: valuesOf,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When version 1 was written.' }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When the version in force was written.' }),
    changedBy: t.field({
      type: Person,
      nullable: true,
      description: 'Who wrote the version in force; null where that is not known any more.',
      resolve: ({ changedBy }, _args, ctx) => (changedBy ? ctx.loaders.account.load(changedBy) : null),
    }),
    versions: t.field({
      type: PolicyVersionConnection,
      description: 'All its versions, the newest first.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => listPolicyVersions(ctx, id, args),
    }),
    differences: t.field({
      type: [SettingDifference],
      description: 'What differs between two of its versions, from the one to the other.',
      args: {
        from: t.arg.int({ required: true, description: 'The number of the first.' }),
        to: t.arg.int({ required: true, description: 'The number of the second.' }),
      },
      resolve: ({ id }, versions, ctx) => policyDifferences(ctx, id, versions),
    }),
    assignments: t.field({
      type: PolicyAssignmentConnection,
      description: 'The devices and groups that it is assigned to, in a stable order.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => listPolicyAssignments(ctx, id, args),
    }),
    affectedDevices: t.field({
      type: AffectedDevicesResult as never,
      description:
        'Which devices would change, and in what, if the policy said this instead. Changes nothing (API-03).',
      args: {
        ...pageArgs(t.arg),
        settings: t.arg({ type: PolicySettingsInput, required: true, description: 'What it would set.' }),
      },
      resolve: (async (
        { id }: PolicyInForce,
        args: { settings: object; first?: number; after?: string },
        ctx: never,
      ) => {
        try {
          return await affectedDevices(ctx, { ...args, policyId: id, settings: givenSettings(args.settings) });
        } catch (error) {
          if (error instanceof Refusal) return new Refused(error);
          throw error;
        }
      }) as never,
    }),
  }),
});

readableById('Policy', getPolicy);

builder.objectField(Company, 'policies', (t) =>
  t.field({
    type: PolicyConnection,
    description:
      'Its policies by service and name: of all services that the caller may assign policies of, or of one. Those of ' +
      'Backup also for members that a device is assigned to.',
    args: {
      ...pageArgs(t.arg),
      service: t.arg({ type: ServiceEnum, required: false, description: 'Only the policies of this service.' }),
    },
    resolve: ({ id }, args, ctx): Promise<Page<PolicyInForce>> => listPolicies(ctx, id, args),
  }),
);

builder.objectField(DeviceGroup, 'policies', (t) =>
  t.field({
    type: [Policy],
    description:
      'The policies that are assigned to the group, one of a service at most; of services that the caller may assign ' +
      'policies of.',
    resolve: async (group, _args, ctx) => (await policiesOn(ctx, [group]))[0] ?? [],
  }),
);

builder.objectField(Device, 'policies', (t) =>
  t.field({
    type: [Policy],
    description:
      'The policies that are assigned to the device itself, not by a group; one of a service at most, and of services ' +
      'that the caller may assign policies of. What holds on it is in `effectivePolicies`.',
    // A list of devices has loaded them with its page.
    resolve: async (device, _args, ctx) => device.policies ?? (await policiesOn(ctx, [device]))[0] ?? [],
  }),
);
