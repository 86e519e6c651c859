import type { EventRow } from '../db/tables/events.ts';
import { getSessionRequest } from '../domain/session-requests.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Event, unlessHidden } from './events.ts';
import { SessionRequest } from './session-requests.ts';

const SessionRequestChangeEnum = describedEnum<'CREATED' | 'ACCEPTED' | 'DISMISSED' | 'WITHDRAWN' | 'EXPIRED'>(
  'SessionRequestChange',
  'What happened to a session request.',
  {
    CREATED: 'Somebody asks to be let in.',
    ACCEPTED: 'They were let in; the session has started.',
    DISMISSED: 'They were not let in.',
    WITHDRAWN: 'They do not ask any more.',
    EXPIRED: 'Nobody answered within two minutes.',
  },
);

builder.objectRef<EventRow>('SessionRequestEvent').implement({
  description: 'A session request was made or settled. Told to both devices and to the accounts signed in on them.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: SessionRequestChangeEnum,
      description: 'What happened to it.',
      resolve: (event) => event.change as 'CREATED',
    }),
    request: t.field({
      type: SessionRequest,
      nullable: true,
      description: 'The request as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getSessionRequest(ctx, event.subject)),
    }),
  }),
});
