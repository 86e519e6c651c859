import type { ActivationState } from '../db/tables/service-activations.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import {
  activationObstacles,
  countStates,
  getServiceOverview,
  listActivations,
  type ServiceOverview,
} from '../domain/service-overview.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { ServiceEnum } from './roles.ts';
import { ServiceActivation, ServiceStateEnum, UnmetCondition } from './service-activations.ts';

const ServiceStateCount = builder.objectRef<{ state: ActivationState; count: number }>('ServiceStateCount').implement({
  description: 'On how many devices a service is in one state.',
  fields: (t) => ({
    state: t.expose('state', { type: ServiceStateEnum, description: 'The state.' }),
    count: t.exposeInt('count', { description: 'How many devices.' }),
  }),
});

const ServiceActivationConnection = connectionOf('ServiceActivation', ServiceActivation, 'services on devices');

const Overview = builder.objectRef<ServiceOverview>('ServiceOverview').implement({
  description: 'How a service stands in a company; for its members.',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    bought: t.exposeBoolean('bought', {
      description:
        'Whether the company has an active licence for it: without one, there is nothing to activate (SVC-01).',
    }),
    viewerCanActivate: t.exposeBoolean('mayActivate', {
      description:
        'Whether “+ Activate service” is for the caller: it was bought, and their roles grant it. Backup: on devices ' +
        'that are assigned to them.',
    }),
    unmet: t.field({
      type: [UnmetCondition],
      description:
        'What stands against activating it, whatever the device: no licence, one that is suspended or has expired, no ' +
        'free seat, no permission of the caller’s. Empty where nothing does. What runs already goes on all the same.',
      resolve: (overview, _args, ctx) => activationObstacles(ctx, overview),
    }),
    seats: t.exposeInt('seats', { description: 'How many endpoints its active licences cover.' }),
    seatsUsed: t.exposeInt('seatsUsed', { description: 'How many of them are taken.' }),
    states: t.field({
      type: [ServiceStateCount],
      description: 'On how many devices it is in which state; states without a device are left out.',
      resolve: async (overview, _args, ctx) =>
        [...(await countStates(ctx, overview))].map(([state, count]) => ({ state, count })),
    }),
    activations: t.field({
      type: ServiceActivationConnection,
      description: 'The devices that it is on, in a stable order; those that it was taken off only by `state`.',
      args: {
        ...pageArgs(t.arg),
        state: t.arg({ type: ServiceStateEnum, required: false, description: 'Only those in this state.' }),
        mine: t.arg.boolean({ required: false, description: 'True: of Backup, only those assigned to the caller.' }),
      },
      resolve: (overview, args, ctx) => listActivations(ctx, overview, args),
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where the company’s stream stands: subscribe `companyEvents(after:)` from here to miss nothing.',
      resolve: ({ companyId }, _args, ctx) => currentCursor(ctx, streamOf.company(companyId)),
    }),
  }),
});

builder.objectField(Company, 'serviceOverview', (t) =>
  t.field({
    type: Overview,
    description: 'How a service stands in the company (SVC-01).',
    args: { service: t.arg({ type: ServiceEnum, required: true, description: 'The service.' }) },
    resolve: ({ id }, { service }, ctx) => getServiceOverview(ctx, id, service),
  }),
);

builder.objectField(Device, 'services', (t) =>
  t.field({
    type: [ServiceActivation],
    description: 'The services that are on it or were, one entry for each, by name of the service.',
    // A list of devices has loaded them with its page.
    resolve: ({ id, services }, _args, ctx) => services ?? ctx.loaders.services.load(id),
  }),
);
