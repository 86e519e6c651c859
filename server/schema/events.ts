import type { InterfaceRef } from '@pothos/core';
import type { EventActor, EventRow } from '../db/tables/events.ts';
import { Denial } from '../domain/denials.ts';
import { encodeCursor, type Followed, type StreamReset } from '../domain/event-stream.ts';
import { builder, type Context } from './builder.ts';
import { describedEnum } from './enums.ts';
import { createLoaders, type Loaders } from './loaders.ts';

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

/** What the event says of itself, as it was then; null where it says nothing of it. */
export const fact = <T>(event: EventRow, name: string): T | null => (event.after?.[name] ?? null) as T | null;

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

/** Each event reads its rows anew: what an earlier event of the same subscription loaded may be out of date. */
export function fresh<E extends Followed>(ctx: Context, event: E): E {
  (ctx as { loaders: Loaders }).loaders = createLoaders(ctx);
  return event;
}
