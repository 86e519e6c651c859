import type { EventRow } from '../db/tables/events.ts';
import type { RestoreChange } from '../domain/restore-events.ts';
import { getRestore } from '../domain/restores.ts';
import { RestoreRequest } from './backups.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Event, unlessHidden } from './events.ts';

const RestoreChangeEnum = describedEnum<RestoreChange>('RestoreChange', 'What happened to a restore.', {
  REQUESTED: 'It was asked for, and waits for the device.',
  RUNNING: 'The device has begun.',
  DONE: 'All is restored.',
  FAILED: 'The device could not restore it.',
  CANCELLED: 'It was taken back, or the device went to somebody else.',
});

builder.objectRef<EventRow>('RestoreEvent').implement({
  description:
    'A restore was asked for, or went on. Told to the device, to the account that asked and to the company, without ' +
    'saying what is restored.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: RestoreChangeEnum,
      description: 'What happened.',
      resolve: (event) => event.change as RestoreChange,
    }),
    restore: t.field({
      type: RestoreRequest,
      nullable: true,
      description: 'The restore as it is now; null for everyone but that account and the device (PER-08).',
      resolve: (event, _args, ctx) => unlessHidden(getRestore(ctx, event.subject)),
    }),
  }),
});
