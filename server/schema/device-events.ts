import type { EventRow } from '../db/tables/events.ts';
import { findDevice } from '../domain/devices.ts';
import { builder } from './builder.ts';
import { Device } from './devices.ts';
import { Event } from './events.ts';

builder.objectRef<EventRow>('DeviceEvent').implement({
  description: 'A device changed: told to itself, to the account signed in on it, and to its company.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.string({
      description:
        'What happened: REGISTERED, ENROLLED, UPDATED, ALIAS_CHANGED, ASSIGNED, SETTINGS_CHANGED, INVENTORY_REPORTED, ONLINE, OFFLINE, ' +
        'REMOVED ….',
      resolve: (event) => event.change,
    }),
    device: t.field({
      type: Device,
      nullable: true,
      description: 'The device as it is now; null where it was removed.',
      resolve: (event, _args, ctx) => findDevice(ctx.db.read, event.subject),
    }),
  }),
});
