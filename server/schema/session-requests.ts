import type { SessionRequest as SessionRequestRow } from '../db/tables/session-requests.ts';
import {
  acceptSessionRequest,
  dismissSessionRequest,
  getSessionRequest,
  requestSession,
  sessionRequestStatusAt,
  withdrawSessionRequest,
} from '../domain/session-requests.ts';
import { builder } from './builder.ts';
import { Peer } from './devices.ts';
import { SessionRequestStatusEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';
import { offerFields } from './offers.ts';
import { type AcceptedNow, SupportSession, sessionOf } from './sessions.ts';

export const SessionRequest = builder.objectRef<AcceptedNow<SessionRequestRow>>('SessionRequest').implement({
  description:
    'Somebody asks to be let in to a device, as who received an e-mail invitation does (INV-09). Nothing starts by ' +
    'itself. Visible to both sides.',
  interfaces: [Node],
  fields: (t) => ({
    guest: t.field({
      type: Peer,
      description: 'The device that asks to be let in.',
      resolve: (row) => ({ deviceId: row.guestDeviceId }),
    }),
    host: t.field({
      type: Peer,
      description: 'The device that is asked for; its side accepts or dismisses.',
      resolve: (row) => ({ deviceId: row.hostDeviceId }),
    }),
    status: t.field({
      type: SessionRequestStatusEnum,
      description: 'Where it stands, by the server’s clock at this moment.',
      resolve: (row, _args, ctx) => sessionRequestStatusAt(row, ctx.clock.now()),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'The deadline, two minutes after it was made: accepted before it, never at it.',
    }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it stopped being pending; null while it is, and until an expiry is recorded.',
    }),
    session: t.field({
      type: SupportSession,
      nullable: true,
      description: 'The session that accepting it started; null unless it was accepted.',
      resolve: sessionOf,
    }),
  }),
});

readableById('SessionRequest', getSessionRequest);

mutation('requestSession', {
  description:
    'Connect: asks to be let in to the device with this ID or alias (INV-09). Its side hears at once and has two ' +
    'minutes to accept or to dismiss.',
  input: (t) => ({
    deviceId: t.id({
      required: false,
      description:
        'The device that asks. Absent: the device that calls. A person names one that they are signed in on.',
    }),
    address: t.string({
      required: true,
      description:
        'Which device: an ID of 9 or 10 digits (blanks are ignored), or an alias `name@namespace` (case is ignored).',
    }),
  }),
  run: async (ctx, input) => ({
    request: await requestSession(ctx, {
      ...input,
      deviceId: optionalIdOf(input.deviceId, 'deviceId', 'Device'),
    }),
  }),
  payload: (t) => ({
    request: t.field({ type: SessionRequest, description: 'The request, pending.', resolve: ({ request }) => request }),
  }),
  refusals: ['AddressRefused', 'InvalidInput'],
});

mutation('acceptSessionRequest', {
  description:
    'Lets the asking device in; for the host side only. The session starts in the same moment, with the permissions ' +
    'chosen here, bounded by the device’s locks (INV-25).',
  input: (t) => ({
    id: t.id({ required: true, description: 'The session request.' }),
    ...offerFields(t),
  }),
  run: async (ctx, input) => ({
    request: await acceptSessionRequest(ctx, {
      ...input,
      id: idOf(input.id, 'id', 'SessionRequest'),
      profileId: optionalIdOf(input.profileId, 'profileId', 'PermissionProfile'),
    }),
  }),
  payload: (t) => ({
    request: t.field({
      type: SessionRequest,
      description: 'The request, accepted; its `session` runs.',
      resolve: ({ request }) => request,
    }),
  }),
  refusals: ['NotPending', 'ProfileRefused', 'PermissionsLocked', 'InvalidInput'],
});

mutation('dismissSessionRequest', {
  description: 'Does not let the asking device in; for the host side only. Its side hears at once.',
  input: (t) => ({ id: t.id({ required: true, description: 'The session request.' }) }),
  run: async (ctx, input) => ({
    request: await dismissSessionRequest(ctx, { ...input, id: idOf(input.id, 'id', 'SessionRequest') }),
  }),
  payload: (t) => ({
    request: t.field({
      type: SessionRequest,
      description: 'The request, dismissed.',
      resolve: ({ request }) => request,
    }),
  }),
  refusals: ['NotPending'],
});

mutation('withdrawSessionRequest', {
  description: 'Takes a request back; for the side that asked. It vanishes at the host’s at once.',
  input: (t) => ({ id: t.id({ required: true, description: 'The session request.' }) }),
  run: async (ctx, input) => ({
    request: await withdrawSessionRequest(ctx, { ...input, id: idOf(input.id, 'id', 'SessionRequest') }),
  }),
  payload: (t) => ({
    request: t.field({
      type: SessionRequest,
      description: 'The request, withdrawn.',
      resolve: ({ request }) => request,
    }),
  }),
  refusals: ['NotPending'],
});
