import type { EventRow } from '../db/tables/events.ts';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import { getSession, type SessionChange } from '../domain/sessions.ts';
import { builder } from './builder.ts';
import { describedEnum, SessionPermissionEnum } from './enums.ts';
import { Event, fact, unlessHidden } from './events.ts';
import { SupportSession } from './sessions.ts';

const SessionChangeEnum = describedEnum<SessionChange>('SessionChange', 'What happened in a session.', {
  STARTED: 'It started.',
  PERMISSIONS_CHANGED: 'The guest side may do something else now.',
  PERMISSIONS_REQUESTED: 'The guest side asks for more.',
  PERMISSION_REQUEST_GRANTED: 'The host side granted what was asked for.',
  PERMISSION_REQUEST_REFUSED: 'The host side refused what was asked for.',
  ENDED: 'It ended.',
});

builder.objectRef<EventRow>('SessionEvent').implement({
  description: 'A session started, changed or ended. Told to both devices and to the accounts signed in on them.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: SessionChangeEnum,
      description: 'What happened in it.',
      resolve: (event) => event.change as SessionChange,
    }),
    permissions: t.field({
      type: [SessionPermissionEnum],
      description: 'The permissions that it is about: those in force then, or those asked for.',
      resolve: (event) => fact<SessionPermission[]>(event, 'permissions') ?? [],
    }),
    requestId: t.id({
      nullable: true,
      description: 'The permission request that it is about; null where it is about none.',
      resolve: (event) => fact<string>(event, 'requestId'),
    }),
    session: t.field({
      type: SupportSession,
      nullable: true,
      description: 'The session as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getSession(ctx, event.subject)),
    }),
  }),
});
