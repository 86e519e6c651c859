import type { Company as CompanyRow } from '../db/tables/companies.ts';
import { createCompany, getCompany, updateCompany } from '../domain/companies.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { listMemberInvitations } from '../domain/member-invitations.ts';
import { isAdministrator, listMembers } from '../domain/members.ts';
import { ownPermissions } from '../domain/permissions.ts';
import { listRoles } from '../domain/roles.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { MemberInvitation } from './member-invitations.ts';
import { Member } from './members.ts';
import { mutation } from './mutation.ts';
import { Node, readableById } from './node.ts';
import { GrantType, PermissionEnum, Role, ServiceEnum } from './roles.ts';

const MemberConnection = connectionOf('Member', Member, 'members');
const MemberInvitationConnection = connectionOf('MemberInvitation', MemberInvitation, 'invitations of colleagues');

export const Company = builder.objectRef<CompanyRow>('Company').implement({
  description:
    'A company profile: people who share devices, groups and address books. Visible to its members and its devices.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    namespace: t.exposeString('namespace', {
      description: 'The part after `@` in the aliases of its devices; lower case, and for good.',
    }),
    deviceCount: t.exposeInt('deviceCount', { description: 'How many devices it manages.' }),
    requireSecondFactor: t.exposeBoolean('requireSecondFactor', {
      description: 'Whether members without a second factor are kept out of everything but setting one up.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where its stream stands: subscribe `companyEvents(after:)` from here to miss nothing.',
      resolve: ({ id }, _args, ctx) => currentCursor(ctx, streamOf.company(id)),
    }),
    members: t.field({
      type: MemberConnection,
      description: 'Who belongs to it, by name.',
      args: {
        ...pageArgs(t.arg),
        secondFactor: t.arg.boolean({
          required: false,
          description: 'Only those with a second factor, or without one; for its administrators. Absent: all.',
        }),
        search: t.arg.string({
          required: false,
          description: 'Only those whose name or e-mail address has this in it; case does not matter.',
        }),
      },
      resolve: ({ id }, args, ctx) => listMembers(ctx, { ...args, companyId: id }),
    }),
    roles: t.field({
      type: [Role],
      description: 'Its roles, the oldest first: the two built-in ones, and those that were added.',
      resolve: ({ id }, _args, ctx) => listRoles(ctx, id),
    }),
    viewerIsAdministrator: t.boolean({
      description: 'Whether the caller is one of its administrators.',
      resolve: ({ id }, _args, ctx) => isAdministrator(ctx, id),
    }),
    viewerPermissions: t.field({
      type: [GrantType],
      description: 'All that the caller may do with its services: by roles and licences, with what they imply.',
      resolve: async ({ id }, _args, ctx) => (await ownPermissions(ctx, id)).list(),
    }),
    viewerCan: t.boolean({
      description: 'Whether the caller may do this with this service; `explainPermission` says why.',
      args: {
        service: t.arg({ type: ServiceEnum, required: true, description: 'The service.' }),
        permission: t.arg({ type: PermissionEnum, required: true, description: 'What to do with it.' }),
      },
      resolve: async ({ id }, { service, permission }, ctx) => (await ownPermissions(ctx, id)).has(service, permission),
    }),
    memberInvitations: t.field({
      type: MemberInvitationConnection,
      description: 'Invitations of colleagues that are pending, in a stable order; for its administrators.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) => listMemberInvitations(ctx, { ...args, companyId: id }),
    }),
  }),
});

readableById('Company', getCompany);

mutation('createCompany', {
  description:
    'Makes a company, with the caller as its first administrator. An account belongs to one company at most.',
  input: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    namespace: t.string({
      required: true,
      description:
        'The part after `@` in aliases: 2 to 15 letters, digits, `-`, `.`, `_`; case is ignored. It cannot be changed.',
    }),
  }),
  run: (ctx, input) => createCompany(ctx, input),
  payload: (t) => ({
    company: t.field({ type: Company, description: 'The new company.', resolve: ({ company }) => company }),
    member: t.field({ type: Member, description: 'The caller’s place in it.', resolve: ({ member }) => member }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('updateCompany', {
  description:
    'Renames one’s company, or says whether its members need a second factor; for its administrators. Members who have none ' +
    'are denied everything but setting it up with SECOND_FACTOR_REQUIRED, at once, on open subscriptions and by API tokens ' +
    'too. Who requires it must have it.',
  input: (t) => ({
    name: t.string({ required: false, description: 'What to call it, 1 to 100 characters; absent: it stays.' }),
    requireSecondFactor: t.boolean({
      required: false,
      description: 'Whether members need a second factor; absent: it stays.',
    }),
  }),
  run: async (ctx, input) => ({ company: await updateCompany(ctx, input) }),
  payload: (t) => ({
    company: t.field({ type: Company, description: 'The company.', resolve: ({ company }) => company }),
  }),
  refusals: ['InvalidInput', 'SecondFactorRefused'],
});
