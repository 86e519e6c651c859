import type { ServiceActivation as ActivationRow, ActivationState } from '../db/tables/service-activations.ts';
import type { Condition } from '../domain/activation-conditions.ts';
import { ACTIVATION_MOST, activateService, deactivateService } from '../domain/service-activation.ts';
import { getActivation } from '../domain/service-overview.ts';
import { builder } from './builder.ts';
import { conditionMessage } from './condition-messages.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';
import { Person } from './persons.ts';
import { ServiceEnum } from './roles.ts';

export const ServiceStateEnum = describedEnum<ActivationState>(
  'ServiceState',
  'How far a service is on a device (SVC-08).',
  {
    PENDING: 'It was activated; the device has not begun, perhaps because it is offline.',
    INSTALLING: 'The device installs it.',
    ACTIVE: 'It runs.',
    FAILED: 'It could not be installed, and takes no seat; it can be activated again.',
    DEACTIVATED: 'It was taken off, or its device was removed.',
    RETIRED: 'Backup only: the account that it is assigned to has the device no more (PER-08a).',
  },
);

export const ServiceActivation = builder.objectRef<ActivationRow>('ServiceActivation').implement({
  description:
    'A service on a device. Visible to who sees the device as its own; of Backup, others see that it is there, and no more.',
  interfaces: [Node],
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'Which service.' }),
    state: t.expose('state', { type: ServiceStateEnum, description: 'How far it is.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description: 'What the device said where it could not be installed; null otherwise.',
    }),
    generation: t.exposeInt('generation', {
      description: 'Goes up with each activation; the device repeats it in its reports.',
    }),
    device: t.field({
      type: Device,
      description: 'The device.',
      resolve: ({ deviceId }, _args, ctx) => ctx.loaders.device.load(deviceId),
    }),
    assignedTo: t.field({
      type: Person,
      nullable: true,
      description: 'Backup: the only account that may restore (PER-08a). Null for other services.',
      resolve: ({ assignedAccountId }, _args, ctx) =>
        assignedAccountId ? ctx.loaders.account.load(assignedAccountId) : null,
    }),
    appliedPolicy: t.exposeString('appliedPolicy', {
      nullable: true,
      description: 'The fingerprint of the effective policy that the device works by, as it reported; null before.',
    }),
    appliedAt: t.expose('appliedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the device reported that; null before.',
    }),
    policyApplied: t.boolean({
      description: 'Whether the device works by what its policies say by now (SVC-09).',
      resolve: async (activation, _args, ctx) =>
        activation.appliedPolicy !== null &&
        (await ctx.loaders.runningPolicy.load(activation)).fingerprint === activation.appliedPolicy,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was last activated.' }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When it came into its state.' }),
  }),
});

readableById('ServiceActivation', getActivation);

const ConditionEnum = describedEnum<Condition | 'NOT_ACTIVE'>(
  'ServiceCondition',
  'What can stand against putting a service on a device, or taking it off (PRE-05).',
  {
    DEVICE_UNKNOWN:
      'There is no such device, or it is not yours to see: foreign, unknown and malformed ids answer alike.',
    NOT_MANAGED: 'No company manages the device (PRE-02).',
    CLIENT_KIND: 'It runs a quick-support module (PRE-01).',
    NO_PERMISSION: 'The caller’s roles do not grant ASSIGN_POLICIES for the service (PRE-04).',
    BACKUP_NOT_ASSIGNED: 'Backup: the device is not assigned to the caller, or the caller is an API token (PER-07).',
    NO_LICENCE: 'The company has no activated licence of the product (LIC-11).',
    LICENCE_SUSPENDED: 'The operator suspended the licence (LIC-12).',
    LICENCE_EXPIRED: 'The licence’s term is over (LIC-12).',
    NO_SEAT: 'All seats are taken; in a preview, by the devices before it too (LIC-12).',
    ALREADY_ACTIVE: 'The service is on the device, or about to be.',
    POLICY_OF_OTHER_SERVICE: 'The policy was made for another service.',
    NOT_ACTIVE: 'There is nothing to take off.',
  },
);

export const UnmetCondition = builder.objectRef<Condition | 'NOT_ACTIVE'>('UnmetCondition').implement({
  description: 'One condition that is not met.',
  fields: (t) => ({
    condition: t.field({ type: ConditionEnum, description: 'Which one.', resolve: (condition) => condition }),
    message: t.string({
      description: 'One sentence for a person, in the language of the account, else of the request.',
      resolve: (condition, _args, ctx) => conditionMessage(ctx.request.language, condition),
    }),
  }),
});

interface Outcome {
  readonly deviceId: string;
  readonly unmet: readonly (Condition | 'NOT_ACTIVE')[];
  readonly activationId: string | null;
}

const ServiceOutcome = builder.objectRef<Outcome>('ServiceOutcome').implement({
  description: 'The answer for one device; what becomes of the others does not depend on it (SVC-05).',
  fields: (t) => ({
    deviceId: t.exposeID('deviceId', { description: 'The device, as it was given.' }),
    ok: t.boolean({
      description: 'Whether it was done or, in a preview, would be.',
      resolve: ({ unmet }) => unmet.length === 0,
    }),
    unmet: t.field({
      type: [UnmetCondition],
      description: 'Every condition that stands against it, not only the first (PRE-05); empty where it was done.',
      resolve: ({ unmet }) => unmet,
    }),
    activation: t.field({
      type: ServiceActivation,
      nullable: true,
      description: 'The service on the device since; null where nothing was done.',
      resolve: ({ activationId }, _args, ctx) => (activationId ? getActivation(ctx, activationId) : null),
    }),
  }),
});

const DEVICES = `The devices, 1 to ${ACTIVATION_MOST}.`;
const DRY_RUN = 'True: tells what would happen to each device and why, and changes nothing (API-03).';
const OUTCOMES =
  'One answer for each device, in the order of the input; a device that was named twice is answered once.';

mutation('activateService', {
  description:
    'Puts a service on managed devices, with one policy of it (SVC-03 … SVC-05). For members whose roles grant ' +
    'ASSIGN_POLICIES for the service and for company administrators; Backup only for the account that the device is ' +
    'assigned to, signed in by itself (PER-07). Whatever stands against it is told for each device, and the others go ' +
    'ahead. Devices that are offline install it when they come back.',
  input: (t) => ({
    deviceIds: t.idList({ required: true, description: DEVICES }),
    service: t.field({ type: ServiceEnum, required: true, description: 'The service.' }),
    policyId: t.id({
      required: false,
      description: 'The policy to assign to the devices. Required, unless this is a preview.',
    }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: async (ctx, { policyId, ...input }) => ({
    outcomes: await activateService(ctx, {
      ...input,
      policyId: policyId && idOf(policyId, 'policyId', 'Policy'),
    }),
  }),
  payload: (t) => ({
    outcomes: t.field({ type: [ServiceOutcome], description: OUTCOMES, resolve: ({ outcomes }) => outcomes }),
  }),
  refusals: ['InvalidInput'],
});

mutation('deactivateService', {
  description:
    'Takes a service off devices; the seats are free at once. For who may assign the service’s policies and, for ' +
    'Backup, also the account that it is assigned to; its snapshots stay that account’s.',
  input: (t) => ({
    deviceIds: t.idList({ required: true, description: DEVICES }),
    service: t.field({ type: ServiceEnum, required: true, description: 'The service.' }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: async (ctx, input) => ({
    outcomes: await deactivateService(ctx, input),
  }),
  payload: (t) => ({
    outcomes: t.field({ type: [ServiceOutcome], description: OUTCOMES, resolve: ({ outcomes }) => outcomes }),
  }),
  refusals: ['InvalidInput'],
});
