import type { ServiceActivation as ActivationRow } from '../db/tables/service-activations.ts';
import { listServiceAssignments, type ReportedState, reportServiceState } from '../domain/service-states.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { ServiceEnum } from './roles.ts';
import { ServiceActivation, ServiceStateEnum } from './service-activations.ts';

const ServiceAssignment = builder.objectRef<ActivationRow>('ServiceAssignment').implement({
  description: 'A service that the calling device is to run, and by what policy.',
  fields: (t) => ({
    activationId: t.exposeID('id', { description: 'The id of the `ServiceActivation`.' }),
    service: t.expose('service', { type: ServiceEnum, description: 'Which service.' }),
    state: t.expose('state', { type: ServiceStateEnum, description: 'How far the device is with it, as it reported.' }),
    generation: t.exposeInt('generation', { description: 'To be repeated in the device’s reports.' }),
    settings: t.string({
      description: 'The effective settings, as JSON: a value for every setting of the service.',
      resolve: async (activation, _args, ctx) =>
        JSON.stringify((await ctx.loaders.runningPolicy.load(activation)).settings),
    }),
    fingerprint: t.string({
      description: 'Tells one effective policy from another: to be reported as `appliedPolicy`.',
      resolve: async (activation, _args, ctx) => (await ctx.loaders.runningPolicy.load(activation)).fingerprint,
    }),
  }),
});

builder.queryField('serviceAssignments', (t) =>
  t.field({
    type: [ServiceAssignment],
    description:
      'What the calling device is to run; by device credential only. Ask again on every `ServiceEvent` and policy ' +
      'event; what is not among them is to be taken off.',
    resolve: (_root, _args, ctx) => listServiceAssignments(ctx),
  }),
);

const ReportedStateEnum = describedEnum<ReportedState>('ReportedServiceState', 'What a device reports of a service.', {
  INSTALLING: 'It has begun to install it.',
  ACTIVE: 'It runs, by the policy that is given along.',
  FAILED: 'It could not be installed.',
});

mutation('reportServiceState', {
  description:
    'A device reports how far it is with a service that it was given: PENDING → INSTALLING → ACTIVE or FAILED ' +
    '(SVC-08). By device credential only. The same report may come again; members of the company hear of it at once.',
  input: (t) => ({
    service: t.field({ type: ServiceEnum, required: true, description: 'The service.' }),
    generation: t.int({ required: true, description: 'Of the assignment that the report is about.' }),
    state: t.field({ type: ReportedStateEnum, required: true, description: 'How far it is.' }),
    failure: t.string({ required: false, description: 'With FAILED: why, in 1 to 500 characters.' }),
    appliedPolicy: t.string({
      required: false,
      description: 'With ACTIVE: the fingerprint of the policy that it works by; absent where it works by none yet.',
    }),
  }),
  run: async (ctx, input) => ({ activation: await reportServiceState(ctx, input) }),
  payload: (t) => ({
    activation: t.field({
      type: ServiceActivation,
      description: 'The service on the device since.',
      resolve: ({ activation }) => activation,
    }),
  }),
  refusals: ['InvalidInput', 'ServiceReportRefused'],
});
