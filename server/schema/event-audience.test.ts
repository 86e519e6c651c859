import type { GraphQLInterfaceType } from 'graphql';
import { expect, it } from 'vitest';
import { events } from '../db/tables/events.ts';
import { streamOf } from '../domain/event-log.ts';
import { encodeCursor } from '../domain/event-stream.ts';
import { testApp } from '../testing/app.ts';
import { schemaOnce } from '../testing/operations.ts';
import { replay, streamsFor, type ToldEvent, tellLast } from '../testing/streams.ts';
import { inGroups, LETTERS, type TwoEstates, twoEstates, VIEWERS, type Viewer } from '../testing/viewers.ts';

/**
 * Which events of a company with one of everything each subscription brings to whom (ASVS 8.2, API-01): every type of event
 * that the schema has, by every subscription that it has; of `OtherEvent`, every concept by itself. One letter for each
 * viewer, in the order of `VIEWERS`, as in visibility.test.ts: `+` hears of the first company, `o` of their own only, `-` of
 * none; where the subscription is denied as a whole, `f` FORBIDDEN, `n` NOT_FOUND, `u` UNAUTHENTICATED, `v` EMAIL_NOT_VERIFIED.
 *
 * To add an event: have `testing/estate.ts` make it happen, run this test, make sure that the letters are what you mean.
 */
const AUDIENCE: Readonly<Record<string, readonly (readonly [letters: string, events: string])[]>> = {
  accountEvents: [
    ['---- ff --f -vu f', 'AlertEvent PolicyEvent'],
    ['+--+ ff o-f -vu f', 'DeviceEvent InvitationEvent ServiceEvent SessionEvent SessionRequestEvent discovery'],
    [
      '+--- ff o-f -vu f',
      `LicenceEvent RestoreEvent addressBook apiToken authSession company emailInvitation favourite permissionProfile
       snapshot webhook`,
    ],
    ['++++ ff oof -vu f', 'member'],
    ['oooo ff oof ovu f', 'StreamResetEvent'],
  ],
  alertEvents: [
    ['+ff+ ff nnf nvu f', 'AlertEvent'],
    [
      '-ff- ff nnf nvu f',
      `DeviceEvent InvitationEvent LicenceEvent PolicyEvent RestoreEvent ServiceEvent SessionEvent SessionRequestEvent`,
    ],
    ['offo ff nnf nvu f', 'StreamResetEvent'],
  ],
  companyEvents: [
    ['---- ff --f fvu f', 'AlertEvent'],
    [
      '++++ ff oof fvu f',
      `DeviceEvent LicenceEvent PolicyEvent ServiceEvent addressBook company deviceGroup enrolmentCode member
       permissionProfile role`,
    ],
    [
      '+--- ff o-f fvu f',
      'InvitationEvent RestoreEvent SessionEvent SessionRequestEvent emailInvitation memberInvitation webhook',
    ],
    ['oooo ff oof fvu f', 'StreamResetEvent'],
  ],
  deviceEvents: [
    ['ffff -- ff- ffu f', 'AlertEvent LicenceEvent'],
    [
      'ffff ++ ffo ffu f',
      'DeviceEvent InvitationEvent PolicyEvent ServiceEvent SessionEvent SessionRequestEvent discovery',
    ],
    ['ffff +- ffo ffu f', 'RestoreEvent deviceGroup emailInvitation permissionProfile snapshot'],
    ['ffff oo ffo ffu f', 'StreamResetEvent'],
  ],
  sessionEvents: [
    [
      '-nn- -- nnn nvu f',
      `AlertEvent DeviceEvent InvitationEvent LicenceEvent PolicyEvent RestoreEvent ServiceEvent SessionRequestEvent`,
    ],
    ['+nn+ ++ nnn nvu f', 'SessionEvent'],
    ['onno oo nnn nvu f', 'StreamResetEvent'],
  ],
};

/** Enough to tell events apart, and the last one. */
const SELECTION = '{ __typename cursor ... on OtherEvent { concept change } ... on AlertEvent { alert { message } } }';

/** A number that no stream has come to. */
const AHEAD = 1_000_000;

it('ASVS 8.2, API-01 every event of every subscription comes to whom it should, and to nobody else', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  await tellLast(world);
  const ofTheFirst = cursorsOf(world, await app.services.db.read.select().from(events));
  const heard: Record<string, Record<string, string>> = {};
  for (const field of Object.keys(schemaOnce().getSubscriptionType()?.getFields() ?? {})) {
    const letters = await lettersOf(world, field, ofTheFirst);
    heard[field] = Object.fromEntries(letters);
  }
  expect(heard).toEqual(Object.fromEntries(Object.entries(AUDIENCE).map(([field, rows]) => [field, inTable(rows)])));
});

const inTable = (rows: readonly (readonly [letters: string, names: string])[]) =>
  Object.fromEntries(rows.flatMap(([letters, names]) => names.split(/\s+/).map((name) => [name, letters] as const)));

/** For each type of event the letters of all viewers. */
async function lettersOf(world: TwoEstates, field: string, ofTheFirst: ReadonlySet<string>) {
  const denied = new Map<Viewer, string>();
  const told = new Map<string, Map<Viewer, string>>(eventTypes().map((name) => [name, new Map()]));
  for (const viewer of VIEWERS) {
    const stream = streamsFor(world, viewer).find((one) => one.field === field);
    if (!stream) throw new Error(`nobody tries ${field}: testing/streams.ts`);
    const past = await replay(world, viewer, stream, SELECTION);
    const reset = await replay(world, viewer, stream, SELECTION, AHEAD);
    expect(reset.denied).toBe(past.denied);
    if (past.denied) denied.set(viewer, LETTERS[past.denied] ?? '?');
    for (const event of [...past.events, ...reset.events]) {
      const letters = told.get(nameOf(event)) ?? new Map<Viewer, string>();
      const letter = ofTheFirst.has(String(event['cursor'])) ? '+' : 'o';
      if (letters.get(viewer) !== '+') letters.set(viewer, letter);
      told.set(nameOf(event), letters);
    }
  }
  return [...told].map(
    ([name, letters]) => [name, inGroups((viewer) => letters.get(viewer) ?? denied.get(viewer) ?? '-')] as const,
  );
}

/** As told, such as `AlertEvent`; of other events, the concept. */
const nameOf = (event: ToldEvent) => String(event['concept'] ?? event.__typename);

const eventTypes = () => {
  const type = schemaOnce().getType('Event') as GraphQLInterfaceType;
  return schemaOnce()
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .filter((name) => name !== 'OtherEvent');
};

/** The cursors of all events that tell of the first company, in whatever stream they are. */
function cursorsOf({ estate }: TwoEstates, all: readonly (typeof events.$inferSelect)[]): ReadonlySet<string> {
  const { companyId, sessionId, admin, user, assigner, handler, device, guest } = estate;
  const streams = new Set([
    streamOf.company(companyId),
    streamOf.alerts(companyId),
    streamOf.session(sessionId),
    ...[admin, user, assigner, handler].map(({ account }) => streamOf.account(account.id)),
    ...[device, guest].map((one) => streamOf.device(one.device.id)),
  ]);
  const subjects = new Set(all.filter(({ stream }) => streams.has(stream)).map(({ subject }) => subject));
  const ofTheFirst = all.filter(({ subject }) => subjects.has(subject));
  return new Set(ofTheFirst.map(({ stream, number }) => encodeCursor(stream, number)));
}
