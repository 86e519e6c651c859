import type { Member as MemberRow } from '../db/tables/companies.ts';
import { leaveCompany, removeMember } from '../domain/member-changes.ts';
import { getMember } from '../domain/members.ts';
import { builder } from './builder.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';
import { Role } from './roles.ts';

export const Member = builder.objectRef<MemberRow>('Member').implement({
  description: 'An account’s place in a company. Visible to the members of the same company.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.string({
      description: 'The person’s name.',
      resolve: async ({ accountId }, _args, ctx) => (await ctx.loaders.account.load(accountId)).name,
    }),
    email: t.string({
      description: 'The person’s e-mail address.',
      resolve: async ({ accountId }, _args, ctx) => (await ctx.loaders.account.load(accountId)).email,
    }),
    accountId: t.exposeID('accountId', {
      description: 'The person’s account, to assign devices to. The account itself is readable by its owner only.',
    }),
    roles: t.field({
      type: [Role],
      description: 'The roles that the member holds; what holds is their union (PER-13).',
      resolve: ({ id }, _args, ctx) => ctx.loaders.memberRoles.load(id),
    }),
    isAdministrator: t.boolean({
      description: 'Whether one of the roles is that of the company’s administrators.',
      resolve: async ({ id }, _args, ctx) =>
        (await ctx.loaders.memberRoles.load(id)).some(({ builtIn }) => builtIn === 'COMPANY_ADMINISTRATOR'),
    }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'When the account became a member.' }),
    isViewer: t.boolean({
      description: 'Whether it is the caller’s own place.',
      resolve: ({ accountId }, _args, ctx) => ctx.principal.kind === 'account' && ctx.principal.accountId === accountId,
    }),
  }),
});

readableById('Member', getMember);

const DRY_RUN = 'Only say what would be lost with it, and change nothing.';
const SIGNED_OUT = 'How many devices of the company the person was signed in on, and is not any more.';
const RETIRED =
  'How many Backups of theirs run no more: their snapshots wait for this account to become a member again (PER-08a).';

mutation('removeMember', {
  description:
    'Removes a member from one’s company, effective at once; for company administrators. The company’s devices that ' +
    'they were signed in on are signed out.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The member.' }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: (ctx, input) => removeMember(ctx, { ...input, id: idOf(input.id, 'id', 'Member') }),
  payload: (t) => ({
    memberId: t.id({ description: 'The member that was removed.', resolve: ({ id }) => id }),
    signedOutDevices: t.exposeInt('signedOutDevices', { description: SIGNED_OUT }),
    retiredBackups: t.exposeInt('retiredBackups', { description: RETIRED }),
  }),
  refusals: ['LastAdministrator'],
});

mutation('leaveCompany', {
  description: 'Leaves the company that one belongs to, as if one were removed.',
  input: (t) => ({ dryRun: t.boolean({ required: false, description: DRY_RUN }) }),
  run: (ctx, input) => leaveCompany(ctx, input),
  payload: (t) => ({
    memberId: t.id({ description: 'The membership that ended.', resolve: ({ id }) => id }),
    signedOutDevices: t.exposeInt('signedOutDevices', { description: SIGNED_OUT }),
    retiredBackups: t.exposeInt('retiredBackups', { description: RETIRED }),
  }),
  refusals: ['LastAdministrator'],
});
