import type { EventRow } from '../db/tables/events.ts';
import type { Service } from '../db/tables/roles.ts';
import { getPolicy, type PolicyChange } from '../domain/policies.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Event, unlessHidden } from './events.ts';
import { Policy } from './policies.ts';
import { ServiceEnum } from './roles.ts';

const PolicyChangeEnum = describedEnum<PolicyChange>('PolicyChange', 'What happened to a policy.', {
  CREATED: 'It was made.',
  UPDATED: 'It has a new version, in force at once.',
  RENAMED: 'It has another name.',
  REMOVED: 'It was removed.',
  ASSIGNED: 'It was assigned to devices or groups.',
  UNASSIGNED: 'It was taken from devices or groups: for none, for another of the service, or because they are no more.',
});

builder.objectRef<EventRow>('PolicyEvent').implement({
  description:
    'A policy was changed or assigned. Told to the company, and to the devices concerned: a device that hears it reads ' +
    'its `effectivePolicies` of the service anew.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: PolicyChangeEnum,
      description: 'What happened to it.',
      resolve: (event) => event.change as PolicyChange,
    }),
    service: t.field({
      type: ServiceEnum,
      description: 'The service that it is of.',
      resolve: (event) => event.after?.['service'] as Service,
    }),
    version: t.int({
      nullable: true,
      description: 'The version that was in force then; null where that was not noted.',
      resolve: (event) => (event.after?.['version'] ?? null) as number | null,
    }),
    policy: t.field({
      type: Policy,
      nullable: true,
      description: 'The policy as it is now; null where it was removed, or the reader may not see it.',
      resolve: (event, _args, ctx) => unlessHidden(getPolicy(ctx, event.subject)),
    }),
  }),
});
