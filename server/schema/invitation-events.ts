import type { EventRow } from '../db/tables/events.ts';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import { getInvitation } from '../domain/invitations.ts';
import { builder } from './builder.ts';
import { describedEnum, SessionPermissionEnum } from './enums.ts';
import { Event, fact, unlessHidden } from './events.ts';
import { DirectInvitation } from './invitations.ts';

const InvitationChangeEnum = describedEnum<'CREATED' | 'MODIFIED' | 'ACCEPTED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED'>(
  'InvitationChange',
  'What happened to an invitation.',
  {
    CREATED: 'It was sent: show it, with its deadline.',
    MODIFIED: 'It offers something else now, in a new revision.',
    ACCEPTED: 'The recipient connected; the session has started.',
    REJECTED: 'The recipient refused.',
    CANCELLED: 'The inviter took it back: hide it.',
    EXPIRED: 'Its deadline passed without an answer: hide it.',
  },
);

builder.objectRef<EventRow>('InvitationEvent').implement({
  description:
    'An invitation was sent, modified, or settled. Told to both devices and to the accounts signed in on them.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: InvitationChangeEnum,
      description: 'What happened to it.',
      resolve: (event) => event.change as 'CREATED',
    }),
    revision: t.int({ description: 'Its revision then.', resolve: (event) => fact<number>(event, 'revision') ?? 1 }),
    permissions: t.field({
      type: [SessionPermissionEnum],
      description: 'What it offered then.',
      resolve: (event) => fact<SessionPermission[]>(event, 'permissions') ?? [],
    }),
    invitation: t.field({
      type: DirectInvitation,
      nullable: true,
      description: 'The invitation as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getInvitation(ctx, event.subject)),
    }),
  }),
});
