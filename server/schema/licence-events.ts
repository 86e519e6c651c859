import type { EventRow } from '../db/tables/events.ts';
import { getLicence, type LicenceChange } from '../domain/licences.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Event, unlessHidden } from './events.ts';
import { Licence } from './licences.ts';

const LicenceChangeEnum = describedEnum<LicenceChange>('LicenceChange', 'What happened to a licence.', {
  ACTIVATED: 'It is active from now on: say so in a pop-up (LIC-10).',
  SUSPENDED: 'The operator suspended it.',
  RESUMED: 'The operator ended the suspension.',
  RENEWED: 'It has a new end of its term.',
  EXPIRED: 'Its term is over.',
});

builder.objectRef<EventRow>('LicenceEvent').implement({
  description: 'A licence was activated, or changed since. Told to who holds it and to its company.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: LicenceChangeEnum,
      description: 'What happened to it.',
      resolve: (event) => event.change as LicenceChange,
    }),
    licence: t.field({
      type: Licence,
      nullable: true,
      description: 'The licence as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getLicence(ctx, event.subject)),
    }),
  }),
});
