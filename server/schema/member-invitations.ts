import type { MemberInvitation as MemberInvitationRow } from '../db/tables/companies.ts';
import {
  acceptMemberInvitation,
  getMemberInvitation,
  inviteMember,
  type MemberInvitationStatus,
  memberInvitationStatusAt,
  revokeMemberInvitation,
} from '../domain/member-invitations.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Member } from './members.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';
import { BuiltInRoleEnum, Role } from './roles.ts';

export const MemberInvitationStatusEnum = describedEnum<MemberInvitationStatus>(
  'MemberInvitationStatus',
  'Where the invitation of a colleague stands.',
  {
    PENDING: 'The mailed link can be opened.',
    ACCEPTED: 'The colleague has joined.',
    REVOKED:
      'It was taken back, a newer one was sent to the same address, or who sent it is no administrator any more.',
    EXPIRED: 'Nobody accepted it within seven days.',
  },
);

export const MemberInvitation = builder.objectRef<MemberInvitationRow>('MemberInvitation').implement({
  description: 'An invitation of a colleague into a company, by mail. Visible to the company’s administrators.',
  interfaces: [Node],
  fields: (t) => ({
    email: t.exposeString('email', {
      description: 'The address that it was sent to, and the only one that may accept.',
    }),
    roles: t.field({
      type: [Role],
      description: 'The roles that the colleague will have; without those that were deleted meanwhile.',
      resolve: async ({ roleIds }, _args, ctx) =>
        (await Promise.all(roleIds.map((id) => ctx.loaders.role.load(id)))).filter((role) => role !== null),
    }),
    status: t.field({
      type: MemberInvitationStatusEnum,
      description: 'Where it stands at this moment.',
      resolve: (row, _args, ctx) => memberInvitationStatusAt(row, ctx.clock.now()),
    }),
    invitedByName: t.string({
      description: 'The name of who sent it.',
      resolve: async ({ invitedBy }, _args, ctx) => (await ctx.loaders.account.load(invitedBy)).name,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was sent.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'It can be accepted before this instant.' }),
  }),
});

readableById('MemberInvitation', getMemberInvitation);

mutation('inviteMember', {
  description:
    'Invites a colleague into one’s company by mail, for seven days; for company administrators. A newer invitation to ' +
    'the same address voids the one before. At most 100 a day.',
  input: (t) => ({
    email: t.string({
      required: true,
      description: 'Where to write to; only an account with this address may accept.',
    }),
    role: t.field({
      type: BuiltInRoleEnum,
      required: false,
      description: 'A built-in role that the colleague will have. User, where no role is named at all.',
    }),
    roleIds: t.idList({ required: false, description: 'Roles that the colleague will have, in addition to `role`.' }),
  }),
  run: async (ctx, input) => ({
    invitation: await inviteMember(ctx, { ...input, roleIds: input.roleIds?.map((id) => idOf(id, 'roleIds', 'Role')) }),
  }),
  payload: (t) => ({
    memberInvitation: t.field({
      type: MemberInvitation,
      description: 'The invitation, on its way.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('acceptMemberInvitation', {
  description:
    'Joins the company that invited; for the account, verified, with the address that the invitation was sent to. To ' +
    'everybody else the link is unknown. Works once. Give `token` or `invitationId`.',
  input: (t) => ({
    token: t.string({ required: false, description: 'The `token` of the mailed link, `bkn_lnk_…`.' }),
    invitationId: t.id({
      required: false,
      description: 'In place of the link: an invitation of `Account.joinOffers`.',
    }),
  }),
  run: async (ctx, input) => {
    const invitationId = optionalIdOf(input.invitationId, 'invitationId', 'MemberInvitation');
    return { member: await acceptMemberInvitation(ctx, { ...input, invitationId }) };
  },
  payload: (t) => ({
    member: t.field({ type: Member, description: 'The place in the company.', resolve: ({ member }) => member }),
  }),
  refusals: ['LinkRefused', 'AlreadyTaken', 'InvalidInput'],
});

mutation('revokeMemberInvitation', {
  description: 'Takes an invitation back that nobody has accepted; for company administrators. May be repeated.',
  input: (t) => ({ id: t.id({ required: true, description: 'The invitation.' }) }),
  run: async (ctx, input) => ({
    invitation: await revokeMemberInvitation(ctx, { ...input, id: idOf(input.id, 'id', 'MemberInvitation') }),
  }),
  payload: (t) => ({
    memberInvitation: t.field({
      type: MemberInvitation,
      description: 'The invitation, revoked.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['LinkRefused'],
});
