import type { EventRow } from '../db/tables/events.ts';
import type { ServiceChange } from '../domain/service-events.ts';
import { getActivation } from '../domain/service-overview.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Event, unlessHidden } from './events.ts';
import { ServiceActivation } from './service-activations.ts';

const ServiceChangeEnum = describedEnum<ServiceChange>(
  'ServiceChange',
  'What happened to a service on a device; the first six are the states that it came into.',
  {
    REQUESTED: 'It was activated, and waits for the device.',
    INSTALLING: 'The device installs it.',
    ACTIVE: 'The device reported the installation done (SVC-06).',
    FAILED: 'The device could not install it.',
    DEACTIVATED: 'It was taken off, or its device was removed.',
    RETIRED: 'Backup: the account that it is assigned to has the device no more (PER-08a).',
    POLICY_APPLIED: 'The device works by another policy, or another version of it.',
    PASSED_ON: 'Backup: it is assigned to another account.',
  },
);

builder.objectRef<EventRow>('ServiceEvent').implement({
  description:
    'A service on a device changed: told to the device, the account signed in on it, the company and, for Backup, the ' +
    'account that it is assigned to.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: ServiceChangeEnum,
      description: 'What happened.',
      resolve: (event) => event.change as ServiceChange,
    }),
    activation: t.field({
      type: ServiceActivation,
      nullable: true,
      description: 'The service on the device as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getActivation(ctx, event.subject)),
    }),
  }),
});
