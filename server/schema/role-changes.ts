import type { Role as RoleRow } from '../db/tables/roles.ts';
import type { MemberAccessChange } from '../domain/member-permissions.ts';
import { findMember } from '../domain/members.ts';
import { assignRole, removeRole } from '../domain/role-assignments.ts';
import { createRole, deleteRole, ROLES_PER_COMPANY, updateRole } from '../domain/role-changes.ts';
import { builder } from './builder.ts';
import { Member } from './members.ts';
import { mutation } from './mutation.ts';
import { idOf, optionalIdOf } from './node.ts';
import { GrantType, PermissionEnum, Role, ServiceEnum } from './roles.ts';

const GrantInput = builder.inputType('GrantInput', {
  description: 'One mark in the grid service × permission.',
  fields: (t) => ({
    service: t.field({ type: ServiceEnum, required: true, description: 'The service.' }),
    permission: t.field({ type: PermissionEnum, required: true, description: 'What may be done with it.' }),
  }),
});

const AccessChange = builder.objectRef<MemberAccessChange>('MemberAccessChange').implement({
  description: 'What a change of roles makes of one member. Members for whom nothing changes are left out.',
  fields: (t) => ({
    member: t.field({
      type: Member,
      nullable: true,
      description: 'The member; null where it has left meanwhile.',
      resolve: ({ memberId }, _args, ctx) => findMember(ctx.db.read, memberId),
    }),
    gains: t.field({
      type: [GrantType],
      description: 'What the member may do and could not before, with what is implied.',
      resolve: ({ gains }) => gains,
    }),
    loses: t.field({
      type: [GrantType],
      description: 'What the member may not do any more.',
      resolve: ({ loses }) => loses,
    }),
    wasAdministrator: t.exposeBoolean('wasAdministrator', { description: 'Whether it was an administrator before.' }),
    isAdministrator: t.exposeBoolean('isAdministrator', { description: 'Whether it is one after.' }),
  }),
});

const DRY_RUN = 'Only say what would change for whom, and change nothing (API-03).';
const CHANGES = 'What changes, or with `dryRun` would change, for each member concerned.';
const GRANTS = 'The marks of its grid. What they imply need not be named.';

mutation('createRole', {
  description: `Adds a role to one’s company; for its administrators. A company has at most ${ROLES_PER_COMPANY}.`,
  input: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters; unique in the company.' }),
    grants: t.field({ type: [GrantInput], required: true, description: GRANTS }),
  }),
  run: async (ctx, input) => ({ role: await createRole(ctx, input) }),
  payload: (t) => ({
    role: t.field({ type: Role, description: 'The new role.', resolve: ({ role }) => role }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken'],
});

mutation('updateRole', {
  description:
    'Changes a role’s name, its grid, or both; for company administrators, and effective at once for all who hold it, ' +
    'on open subscriptions too (PER-11). The built-in roles stay as they are.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The role.' }),
    name: t.string({ required: false, description: 'What to call it; as it is where absent.' }),
    grants: t.field({ type: [GrantInput], required: false, description: `${GRANTS} As it is where absent.` }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: (ctx, input) => updateRole(ctx, { ...input, id: idOf(input.id, 'id', 'Role') }),
  payload: (t) => ({
    role: t.field({
      type: Role,
      description: 'The role as it is, or with `dryRun` as it would be.',
      resolve: ({ role }): RoleRow => role,
    }),
    changes: t.field({ type: [AccessChange], description: CHANGES, resolve: ({ changes }) => changes }),
  }),
  refusals: ['InvalidInput', 'AlreadyTaken', 'RoleRefused'],
});

mutation('deleteRole', {
  description:
    'Deletes a role; for company administrators. Where members hold it, say which role they get instead. The built-in ' +
    'roles stay.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The role.' }),
    moveToId: t.id({ required: false, description: 'The role that its members get instead.' }),
    dryRun: t.boolean({ required: false, description: DRY_RUN }),
  }),
  run: (ctx, input) =>
    deleteRole(ctx, {
      ...input,
      id: idOf(input.id, 'id', 'Role'),
      moveToId: optionalIdOf(input.moveToId, 'moveToId', 'Role'),
    }),
  payload: (t) => ({
    roleId: t.id({ description: 'The role that was deleted.', resolve: ({ id }) => id }),
    changes: t.field({ type: [AccessChange], description: CHANGES, resolve: ({ changes }) => changes }),
  }),
  refusals: ['RoleRefused'],
});

for (const { name, run, description } of [
  {
    name: 'assignRole',
    run: assignRole,
    description:
      'Gives a member of one’s company a role in addition to those that it holds: what holds is their union (PER-13). ' +
      'For company administrators; effective at once (PER-11). May be repeated.',
  },
  {
    name: 'removeRole',
    run: removeRole,
    description:
      'Takes a role from a member of one’s company; for company administrators, and effective at once, on open ' +
      'subscriptions too. Who has no role left is a User. The last administrator keeps theirs (PER-13), also where two ' +
      'demote each other at the same moment. May be repeated.',
  },
]) {
  mutation(name, {
    description,
    input: (t) => ({
      memberId: t.id({ required: true, description: 'The member.' }),
      roleId: t.id({ required: true, description: 'The role.' }),
      dryRun: t.boolean({ required: false, description: DRY_RUN }),
    }),
    run: (ctx, input) =>
      run(ctx, {
        ...input,
        memberId: idOf(input.memberId, 'memberId', 'Member'),
        roleId: idOf(input.roleId, 'roleId', 'Role'),
      }),
    payload: (t) => ({
      member: t.field({ type: Member, description: 'The member.', resolve: ({ member }) => member }),
      changes: t.field({ type: [AccessChange], description: CHANGES, resolve: ({ changes }) => changes }),
    }),
    refusals: ['LastAdministrator'],
  });
}
