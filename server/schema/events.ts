import type { InterfaceRef } from '@pothos/core';
import type { EventActor, EventRow } from '../db/tables/events.ts';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import { followCompany } from '../domain/company-inbox.ts';
import { Denial } from '../domain/denials.ts';
import { findDevice } from '../domain/devices.ts';
import { encodeCursor, type Followed, type StreamReset } from '../domain/event-stream.ts';
import { followAccount, followDevice, followSession } from '../domain/inboxes.ts';
import { getInvitation } from '../domain/invitations.ts';
import { getLicence, type LicenceChange } from '../domain/licences.ts';
import type { RestoreChange } from '../domain/restore-events.ts';
import { getRestore } from '../domain/restores.ts';
import type { ServiceChange } from '../domain/service-events.ts';
import { getActivation } from '../domain/service-overview.ts';
import { getSessionRequest } from '../domain/session-requests.ts';
import { getSession, type SessionChange } from '../domain/sessions.ts';
import { RestoreRequest } from './backups.ts';
import { builder, type Context } from './builder.ts';
import { Device } from './devices.ts';
import { describedEnum, SessionPermissionEnum } from './enums.ts';
import { DirectInvitation } from './invitations.ts';
import { Licence } from './licences.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { idOf } from './node.ts';
import { ServiceActivation } from './service-activations.ts';
import { SessionRequest } from './session-requests.ts';
import { SupportSession } from './sessions.ts';

export const EventActorKind = describedEnum<EventActor['kind']>(
  'EventActorKind',
  'What kind of principal caused an event.',
  {
    ACCOUNT: 'A person, signed in or by an API token.',
    DEVICE: 'A device, by its credential.',
    OPERATOR: 'Who runs the server.',
    SYSTEM: 'The server itself: a deadline passed, a connection was lost.',
  },
);

/** The GraphQL type of each concept in the log. */
const TYPE_OF_CONCEPT: Readonly<Record<string, string>> = {
  invitation: 'InvitationEvent',
  sessionRequest: 'SessionRequestEvent',
  session: 'SessionEvent',
  device: 'DeviceEvent',
  service: 'ServiceEvent',
  restore: 'RestoreEvent',
  policy: 'PolicyEvent',
  licence: 'LicenceEvent',
  alert: 'AlertEvent',
  reset: 'StreamResetEvent',
};

export const Event: InterfaceRef<typeof builder.$inferSchemaTypes, Followed> = builder
  .interfaceRef<Followed>('Event')
  .implement({
    description:
      'Something that happened. What an event says of itself (`change`, `revision`, `permissions`) is as it was then; ' +
      'the objects that it points to are as they are now, so that a replay leads to the present state.',
    resolveType: (event) => TYPE_OF_CONCEPT[event.concept] ?? 'OtherEvent',
    fields: (t) => ({
      cursor: t.field({
        type: 'Cursor',
        description: 'Its place in the stream: subscribe `after` it to get all that followed.',
        resolve: (event) => encodeCursor(event.stream, event.number),
      }),
      occurredAt: t.field({ type: 'DateTime', description: 'When it happened.', resolve: (event) => event.at }),
      actor: t.field({
        type: EventActorKind,
        description: 'What kind of principal caused it.',
        resolve: (event) => ('actor' in event ? event.actor.kind : 'SYSTEM'),
      }),
    }),
  });

const fact = <T>(event: EventRow, name: string): T | null => (event.after?.[name] ?? null) as T | null;

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

const StreamResetReason = describedEnum<StreamReset['reason']>('StreamResetReason', 'Why a replay was not possible.', {
  TOO_OLD: 'What followed the cursor is not kept any more.',
  UNKNOWN: 'The cursor is ahead of the stream: the server’s database was restored to an earlier state.',
});

builder.objectRef<StreamReset>('StreamResetEvent').implement({
  description:
    'Told instead of events that cannot be replayed (API-01). Query the present state again; the events that are ' +
    'still kept follow.',
  interfaces: [Event],
  isTypeOf: (value) => (value as Followed).concept === 'reset',
  fields: (t) => ({
    reason: t.field({
      type: StreamResetReason,
      description: 'Why the replay was not possible.',
      resolve: (reset) => reset.reason,
    }),
  }),
});

builder.objectRef<EventRow>('OtherEvent').implement({
  description: 'Anything else that changed in the account, the company or the device, by name.',
  interfaces: [Event],
  fields: (t) => ({
    concept: t.exposeString('concept', { description: 'What it is about, such as `member` or `apiToken`.' }),
    change: t.exposeString('change', { description: 'What happened to it, such as `CREATED`.' }),
    subject: t.exposeID('subject', { description: 'The id of what changed.' }),
  }),
});

/** Null in place of what is not there (any more) for this reader. */
export async function unlessHidden<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Denial && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

const AFTER =
  'Replay all that followed this cursor first; absent: only what happens from now on. Queries give the cursor to ' +
  'start from as `eventCursor`.';

builder.subscriptionFields((t) => ({
  deviceEvents: t.field({
    type: Event,
    description:
      'The inbox of the calling device: invitations, requests, sessions, and changes of itself. By device credential ' +
      'only. The device is online while it is open.',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followDevice(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  accountEvents: t.field({
    type: Event,
    description:
      'The inbox of the calling account: invitations, requests and sessions of every device that it is signed in on, ' +
      'and changes of its own. By cookie, or by an API token with the scope READ.',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followAccount(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  companyEvents: t.field({
    type: Event,
    description:
      'What happens in the caller’s company: devices, services, members, roles, policies. For its members, judged anew ' +
      'for each event; who is no member any more hears so by an error FORBIDDEN, and nothing after it. Alerts come by ' +
      'ways of their own, because they are not for every member (PER-06).',
    args: { after: t.arg({ type: 'Cursor', required: false, description: AFTER }) },
    subscribe: (_root, { after }, ctx) => followCompany(ctx, after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
  sessionEvents: t.field({
    type: Event,
    description: 'What happens in one support session; for either side.',
    args: {
      id: t.arg.id({ required: true, description: 'The session.' }),
      after: t.arg({ type: 'Cursor', required: false, description: AFTER }),
    },
    subscribe: (_root, { id, after }, ctx) => followSession(ctx, idOf(id, 'id', 'SupportSession'), after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
}));

/** Each event reads its rows anew: what an earlier event of the same subscription loaded may be out of date. */
export function fresh<E extends Followed>(ctx: Context, event: E): E {
  (ctx as { loaders: Loaders }).loaders = createLoaders(ctx);
  return event;
}
