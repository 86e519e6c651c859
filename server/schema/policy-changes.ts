import { ASSIGNMENT_MOST, assignPolicy, type TargetAnswer, unassignPolicy } from '../domain/policy-assignments.ts';
import {
  createPolicy,
  removePolicy,
  renamePolicy,
  restorePolicyVersion,
  updatePolicy,
} from '../domain/policy-changes.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf } from './node.ts';
import { Policy } from './policies.ts';
import { givenSettings, PolicySettingsInput } from './policy-settings.ts';

const NAME = 'What to call it: 1 to 100 characters, and no other policy of the service, case ignored.';
const EXPECTED = 'The version that you saw: refused with `VersionOutdated` where another is in force by now.';

mutation('createPolicy', {
  description: 'Makes a policy, version 1. For members with MANAGE_POLICIES for the service (PER-02).',
  input: (t) => ({
    name: t.string({ required: true, description: NAME }),
    settings: t.field({
      type: PolicySettingsInput,
      required: true,
      description: 'What it sets, and of which service.',
    }),
  }),
  run: async (ctx, { settings, ...input }) => ({
    policy: await createPolicy(ctx, { ...input, settings: givenSettings(settings) }),
  }),
  payload: (t) => ({
    policy: t.field({ type: Policy, description: 'The new policy.', resolve: ({ policy }) => policy }),
  }),
  refusals: ['InvalidInput', 'SettingsRefused', 'AlreadyTaken'],
});

mutation('updatePolicy', {
  description:
    'Writes a new version of a policy, in force at once; the devices on which something else holds since are told. All ' +
    'settings are given: what is absent is left open. For members with MANAGE_POLICIES for the service.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The policy.' }),
    expectedVersion: t.int({ required: true, description: EXPECTED }),
    settings: t.field({ type: PolicySettingsInput, required: true, description: 'All that it is to set.' }),
  }),
  run: async (ctx, { settings, ...input }) => ({
    policy: await updatePolicy(ctx, {
      ...input,
      id: idOf(input.id, 'id', 'Policy'),
      settings: givenSettings(settings),
    }),
  }),
  payload: (t) => ({
    policy: t.field({ type: Policy, description: 'The policy since.', resolve: ({ policy }) => policy }),
  }),
  refusals: ['InvalidInput', 'SettingsRefused', 'VersionOutdated'],
});

mutation('restorePolicyVersion', {
  description:
    'Writes an older version of a policy once more, as its newest. For members with MANAGE_POLICIES for the service.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The policy.' }),
    version: t.int({ required: true, description: 'The number of the version to go back to.' }),
    expectedVersion: t.int({ required: true, description: EXPECTED }),
  }),
  run: async (ctx, input) => ({
    policy: await restorePolicyVersion(ctx, { ...input, id: idOf(input.id, 'id', 'Policy') }),
  }),
  payload: (t) => ({
    policy: t.field({ type: Policy, description: 'The policy since.', resolve: ({ policy }) => policy }),
  }),
  refusals: ['SettingsRefused', 'VersionOutdated'],
});

mutation('renamePolicy', {
  description: 'Gives a policy another name. For members with MANAGE_POLICIES for the service.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The policy.' }),
    name: t.string({ required: true, description: NAME }),
  }),
  run: async (ctx, input) => ({ policy: await renamePolicy(ctx, { ...input, id: idOf(input.id, 'id', 'Policy') }) }),
  payload: (t) => ({
    policy: t.field({ type: Policy, description: 'The policy since.', resolve: ({ policy }) => policy }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('removePolicy', {
  description: 'Removes a policy that is assigned to nothing. For members with MANAGE_POLICIES for the service.',
  input: (t) => ({ id: t.id({ required: true, description: 'The policy.' }) }),
  run: (ctx, input) => removePolicy(ctx, { ...input, id: idOf(input.id, 'id', 'Policy') }),
  payload: (t) => ({ policyId: t.exposeID('id', { description: 'The id of the policy that is no more.' }) }),
  refusals: ['PolicyInUse'],
});

const PolicyTargetOutcome = describedEnum<TargetAnswer['outcome']>(
  'PolicyTargetOutcome',
  'What became of a device or group, or would become of it in a preview.',
  {
    ASSIGNED: 'It has the policy; it had none of the service before.',
    REPLACED: 'It has the policy in place of another.',
    UNASSIGNED: 'It has the policy no more.',
    UNCHANGED: 'It is as it was: it had the policy already or, where it was to be taken away, did not have it.',
    TARGET_UNKNOWN: 'It is no device or group of the company.',
  },
);

const PolicyTargetAnswer = builder.objectRef<TargetAnswer>('PolicyTargetAnswer').implement({
  description: 'What became of one device or group.',
  fields: (t) => ({
    targetId: t.exposeID('targetId', { description: 'The device or group, as it was given.' }),
    outcome: t.expose('outcome', { type: PolicyTargetOutcome, description: 'What became of it.' }),
    replacedPolicyId: t.exposeID('replacedPolicyId', {
      nullable: true,
      description: 'The policy that it had before; null where none was replaced.',
    }),
  }),
});

const TARGETS = `Devices and groups of the company, 1 to ${ASSIGNMENT_MOST}.`;
const DRY_RUN = 'Only say what would become of each; nothing is changed (API-03).';

mutation('assignPolicy', {
  description:
    'Assigns a policy to devices and groups; what has another policy of the service gets this one instead. Each is ' +
    'answered by itself. For members with ASSIGN_POLICIES for the service (PER-03).',
  input: (t) => ({
    policyId: t.id({ required: true, description: 'The policy.' }),
    targetIds: t.idList({ required: true, description: TARGETS }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: async (ctx, input) => ({
    targets: await assignPolicy(ctx, { ...input, policyId: idOf(input.policyId, 'policyId', 'Policy') }),
  }),
  payload: (t) => ({
    targets: t.field({
      type: [PolicyTargetAnswer],
      description: 'What became of each, in the order given.',
      resolve: ({ targets }) => targets,
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('unassignPolicy', {
  description:
    'Takes a policy from devices and groups. Each is answered by itself. For members with ASSIGN_POLICIES for the service.',
  input: (t) => ({
    policyId: t.id({ required: true, description: 'The policy.' }),
    targetIds: t.idList({ required: true, description: TARGETS }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: async (ctx, input) => ({
    targets: await unassignPolicy(ctx, { ...input, policyId: idOf(input.policyId, 'policyId', 'Policy') }),
  }),
  payload: (t) => ({
    targets: t.field({
      type: [PolicyTargetAnswer],
      description: 'What became of each, in the order given.',
      resolve: ({ targets }) => targets,
    }),
  }),
  refusals: ['InvalidInput'],
});
