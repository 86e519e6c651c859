import type {
  PermissionRequest as PermissionRequestRow,
  PermissionRequestStatus,
  SessionEndReason,
  SessionPermissionChange as SessionPermissionChangeRow,
  SupportSession as SupportSessionRow,
} from '../db/tables/sessions.ts';
import type { Context } from '../domain/context.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import {
  answerPermissionRequest,
  getPermissionRequest,
  requestSessionPermissions,
} from '../domain/permission-requests.ts';
import { permissionRequestsOf, permissionTimeline } from '../domain/session-history.ts';
import { changeSessionPermissions, endSession, getSession, type StartedSession } from '../domain/sessions.ts';
import { builder } from './builder.ts';
import { Peer } from './devices.ts';
import { describedEnum, SessionPermissionEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';
import { permissionFields } from './offers.ts';

const SessionEndReasonEnum = describedEnum<SessionEndReason>('SessionEndReason', 'Why a session ended.', {
  HOST_ENDED: 'The side of the device that was worked on ended it.',
  GUEST_ENDED: 'The side that worked on it ended it.',
  DEVICE_REMOVED: 'One of the devices was removed for good.',
});

const SessionPermissionChange = builder.objectRef<SessionPermissionChangeRow>('SessionPermissionChange').implement({
  description: 'One state of a session’s permissions in its history (INV-28).',
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1 is what the session started with.' }),
    permissions: t.expose('permissions', {
      type: [SessionPermissionEnum],
      description: 'All that the guest side may do from then on.',
    }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: 'From when on.' }),
  }),
});

const PermissionRequestStatusEnum = describedEnum<PermissionRequestStatus>(
  'PermissionRequestStatus',
  'Where a wish for more permissions stands.',
  {
    PENDING: 'Waits for the host side.',
    GRANTED: 'The host side granted it.',
    REFUSED: 'The host side refused it.',
    LAPSED: 'The session ended before an answer.',
  },
);

export const PermissionRequest = builder.objectRef<PermissionRequestRow>('PermissionRequest').implement({
  description: 'The guest side’s wish for more permissions during a session (INV-29).',
  interfaces: [Node],
  fields: (t) => ({
    permissions: t.expose('permissions', { type: [SessionPermissionEnum], description: 'What is asked for.' }),
    status: t.expose('status', { type: PermissionRequestStatusEnum, description: 'Where it stands.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was answered, or lapsed; null while it waits.',
    }),
  }),
});

readableById('PermissionRequest', getPermissionRequest);

export const SupportSession = builder.objectRef<SupportSessionRow | StartedSession>('SupportSession').implement({
  description:
    'A support session: the guest device works on the host device, with the permissions that the host side grants. ' +
    'Visible to both sides. (Not a sign-in: that is an AuthSession.)',
  interfaces: [Node],
  fields: (t) => ({
    host: t.field({
      type: Peer,
      description: 'The device that is worked on; its side changes permissions.',
      resolve: (row) => ({ deviceId: row.hostDeviceId }),
    }),
    guest: t.field({
      type: Peer,
      description: 'The device that works on it.',
      resolve: (row) => ({ deviceId: row.guestDeviceId }),
    }),
    permissions: t.expose('permissions', {
      type: [SessionPermissionEnum],
      description: 'What the guest side may do now, or could do last.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
    }),
    endReason: t.expose('endReason', {
      type: SessionEndReasonEnum,
      nullable: true,
      description: 'Why it ended; null while it runs.',
    }),
    durationSeconds: t.int({
      description: 'How long it lasted, or has lasted, in seconds.',
      resolve: (row, _args, ctx) => Math.floor(((row.endedAt ?? ctx.clock.now()) - row.startedAt) / 1000),
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where its stream stands: subscribe `sessionEvents(after:)` from here to miss nothing.',
      resolve: (row, _args, ctx) =>
        'eventCursor' in row ? row.eventCursor : currentCursor(ctx, streamOf.session(row.id)),
    }),
    permissionTimeline: t.field({
      type: [SessionPermissionChange],
      description: 'Every change of its permissions, in order, from what it started with (INV-28).',
      resolve: (row, _args, ctx) => permissionTimeline(ctx, row.id),
    }),
    permissionRequests: t.field({
      type: [PermissionRequest],
      description: 'What the guest side asked for, oldest first (INV-29).',
      resolve: (row, _args, ctx) => permissionRequestsOf(ctx, row.id),
    }),
  }),
});

readableById('SupportSession', getSession);

/** What was accepted by this very request has the session that this started with it. */
export type AcceptedNow<Row> = Row & { readonly session?: StartedSession };

/** The session that accepting an offer started; null unless it was accepted. */
export function sessionOf(
  { session, sessionId }: AcceptedNow<{ readonly sessionId: string | null }>,
  _args: object,
  ctx: Context,
): Promise<SupportSessionRow> | StartedSession | null {
  return session ?? (sessionId ? getSession(ctx, sessionId) : null);
}

mutation('changeSessionPermissions', {
  description:
    'Changes what the guest side may do, during the session; for the host side (INV-23). The other side hears at ' +
    'once. All or nothing: one locked permission refuses the whole change, and names all that are locked (INV-24).',
  input: (t) => ({
    id: t.id({ required: true, description: 'The session.' }),
    ...permissionFields(t, { grant: 'Permissions to add.', revoke: 'Permissions to take away.' }),
  }),
  run: async (ctx, input) => ({
    session: await changeSessionPermissions(ctx, { ...input, id: idOf(input.id, 'id', 'SupportSession') }),
  }),
  payload: (t) => ({
    session: t.field({ type: SupportSession, description: 'The session since.', resolve: ({ session }) => session }),
  }),
  refusals: ['PermissionsLocked', 'SessionEnded', 'InvalidInput'],
});

mutation('endSession', {
  description: 'Ends a running session; for either side (INV-28).',
  input: (t) => ({ id: t.id({ required: true, description: 'The session.' }) }),
  run: async (ctx, input) => ({
    session: await endSession(ctx, { ...input, id: idOf(input.id, 'id', 'SupportSession') }),
  }),
  payload: (t) => ({
    session: t.field({ type: SupportSession, description: 'The session, ended.', resolve: ({ session }) => session }),
  }),
  refusals: ['SessionEnded'],
});

mutation('requestSessionPermissions', {
  description: 'Asks the host side for more permissions during a session; for the guest side (INV-29).',
  input: (t) => ({
    sessionId: t.id({ required: true, description: 'The session.' }),
    permissions: t.field({ type: [SessionPermissionEnum], required: true, description: 'What is asked for.' }),
  }),
  run: async (ctx, input) => ({
    request: await requestSessionPermissions(ctx, {
      ...input,
      sessionId: idOf(input.sessionId, 'sessionId', 'SupportSession'),
    }),
  }),
  payload: (t) => ({
    request: t.field({ type: PermissionRequest, description: 'The wish, waiting.', resolve: ({ request }) => request }),
  }),
  refusals: ['SessionEnded', 'InvalidInput'],
});

mutation('answerPermissionRequest', {
  description: 'Grants or refuses what the guest side asked for; for the host side (INV-29). Locks hold here too.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The permission request.' }),
    grant: t.boolean({ required: true, description: 'True grants all of it, false refuses.' }),
  }),
  run: async (ctx, input) => ({
    request: await answerPermissionRequest(ctx, { ...input, id: idOf(input.id, 'id', 'PermissionRequest') }),
  }),
  payload: (t) => ({
    request: t.field({
      type: PermissionRequest,
      description: 'The wish, answered.',
      resolve: ({ request }) => request,
    }),
  }),
  refusals: ['NotPending', 'PermissionsLocked', 'SessionEnded', 'InvalidInput'],
});
