import type { InterfaceRef } from '@pothos/core';
import type { EmailInvitation as EmailInvitationRow, Invitation as InvitationRow } from '../db/tables/invitations.ts';
import {
  acceptInvitation,
  cancelInvitation,
  getInvitation,
  inviteDevice,
  modifyInvitation,
  rejectInvitation,
} from '../domain/invitations.ts';
import { invitationStatusAt } from '../domain/pending-invitations.ts';
import { typeOfId } from '../lib/ids.ts';
import { builder } from './builder.ts';
import { Peer } from './devices.ts';
import { InvitationMethodEnum, InvitationOriginEnum, InvitationStatusEnum, SessionPermissionEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';
import { offerFields, permissionFields } from './offers.ts';
import { type AcceptedNow, SupportSession, sessionOf } from './sessions.ts';

type AnyInvitation = InvitationRow | EmailInvitationRow;

export const Invitation: InterfaceRef<typeof builder.$inferSchemaTypes, AnyInvitation> = builder
  .interfaceRef<AnyInvitation>('Invitation')
  .implement({
    description: 'An invitation to one’s own device, by either method (INV-02).',
    interfaces: [Node],
    resolveType: (row) => typeOfId(row.id) as string,
    fields: (t) => ({
      method: t.field({
        type: InvitationMethodEnum,
        description: 'How somebody is invited.',
        resolve: (row) => (typeOfId(row.id) === 'EmailInvitation' ? 'EMAIL' : 'DIRECT'),
      }),
      origin: t.field({
        type: InvitationOriginEnum,
        description: 'Where it was started (INV-08).',
        resolve: (row) => row.origin,
      }),
      inviter: t.field({
        type: Peer,
        description: 'The device that invites: its ID and alias (INV-14).',
        resolve: (row) => ({ deviceId: row.inviterDeviceId }),
      }),
      createdAt: t.field({
        type: 'DateTime',
        description: 'When it was sent or, by e-mail, prepared.',
        resolve: (row) => row.createdAt,
      }),
    }),
  });

export const DirectInvitation = builder.objectRef<AcceptedNow<InvitationRow>>('DirectInvitation').implement({
  description: 'An invitation to one’s own device, straight to another. Visible to both sides.',
  interfaces: [Node, Invitation],
  fields: (t) => ({
    recipient: t.field({
      type: Peer,
      description: 'The device that is invited.',
      resolve: (row) => ({ deviceId: row.recipientDeviceId }),
    }),
    profileName: t.exposeString('profileName', { description: 'The permission profile that was chosen, by name.' }),
    permissions: t.expose('permissions', {
      type: [SessionPermissionEnum],
      description: 'Exactly what a session that starts from this revision may do.',
    }),
    note: t.exposeString('note', { nullable: true, description: 'Words to the recipient; null where there are none.' }),
    revision: t.exposeInt('revision', { description: '1 when sent, one more with each modification (INV-16).' }),
    status: t.field({
      type: InvitationStatusEnum,
      description: 'Where it stands, by the server’s clock at this moment.',
      resolve: (row, _args, ctx) => invitationStatusAt(row, ctx.clock.now()),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description:
        'The deadline, two minutes after it was sent: accepted before it, never at it (INV-19). Never moves.',
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

readableById('DirectInvitation', getInvitation);

mutation('inviteDevice', {
  description:
    'Invites another device to one’s own, for two minutes (INV-10 … INV-14). The recipient’s device and the account ' +
    'signed in on it hear at once; accepting starts a session with exactly the permissions offered.',
  input: (t) => ({
    deviceId: t.id({
      required: false,
      description:
        'The device that invites. Absent: the device that calls. A person names one that they are signed in on.',
    }),
    recipient: t.string({
      required: true,
      description:
        'Whom: an ID of 9 or 10 digits (blanks are ignored), or an alias `name@namespace` (case is ignored).',
    }),
    origin: t.field({ type: InvitationOriginEnum, required: true, description: 'Where in the client it was started.' }),
    ...offerFields(t),
    note: t.string({ required: false, description: 'Words to the recipient, at most 500 characters.' }),
  }),
  run: async (ctx, input) => ({
    invitation: await inviteDevice(ctx, {
      ...input,
      deviceId: optionalIdOf(input.deviceId, 'deviceId', 'Device'),
      profileId: optionalIdOf(input.profileId, 'profileId', 'PermissionProfile'),
    }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: DirectInvitation,
      description: 'The invitation, pending.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['AddressRefused', 'ClientNotSupported', 'ProfileRefused', 'PermissionsLocked', 'InvalidInput'],
});

mutation('modifyInvitation', {
  description:
    'Changes what a pending invitation offers; for the inviter’s side (INV-16). The recipient sees the new content at ' +
    'once; the revision goes up; the deadline stays.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The invitation.' }),
    profileId: t.id({
      required: false,
      description: 'Offer this profile’s permissions instead; absent: those offered stay.',
    }),
    ...permissionFields(t, { grant: 'Single permissions to add.', revoke: 'Single permissions to take away.' }),
    note: t.string({
      required: false,
      description: 'New words to the recipient; null takes them away, absent keeps them.',
    }),
  }),
  run: async (ctx, input) => ({
    invitation: await modifyInvitation(ctx, {
      ...input,
      id: idOf(input.id, 'id', 'DirectInvitation'),
      profileId: optionalIdOf(input.profileId, 'profileId', 'PermissionProfile'),
    }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: DirectInvitation,
      description: 'The invitation in its new revision.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['NotPending', 'ProfileRefused', 'PermissionsLocked', 'InvalidInput'],
});

mutation('cancelInvitation', {
  description:
    'Takes a pending invitation back; for the inviter’s side (INV-17). It vanishes at the recipient’s at once.',
  input: (t) => ({ id: t.id({ required: true, description: 'The invitation.' }) }),
  run: async (ctx, input) => ({
    invitation: await cancelInvitation(ctx, { ...input, id: idOf(input.id, 'id', 'DirectInvitation') }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: DirectInvitation,
      description: 'The invitation, cancelled.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['NotPending'],
});

mutation('acceptInvitation', {
  description:
    'Connect: accepts a pending invitation; for the recipient’s side only (INV-15, INV-21). The session starts in the ' +
    'same moment, with exactly the permissions of the revision named.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The invitation.' }),
    revision: t.int({
      required: true,
      description: 'The revision that was seen. Where it was modified since, it is refused: nobody accepts unseen.',
    }),
  }),
  run: async (ctx, input) => ({
    invitation: await acceptInvitation(ctx, { ...input, id: idOf(input.id, 'id', 'DirectInvitation') }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: DirectInvitation,
      description: 'The invitation, accepted; its `session` runs.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['NotPending', 'RevisionOutdated'],
});

mutation('rejectInvitation', {
  description: 'Refuses a pending invitation; for the recipient’s side only (INV-15).',
  input: (t) => ({ id: t.id({ required: true, description: 'The invitation.' }) }),
  run: async (ctx, input) => ({
    invitation: await rejectInvitation(ctx, { ...input, id: idOf(input.id, 'id', 'DirectInvitation') }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: DirectInvitation,
      description: 'The invitation, rejected.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['NotPending'],
});
