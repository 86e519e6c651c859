import type { EnrolmentCode as EnrolmentCodeRow } from '../db/tables/enrolment-codes.ts';
import { enrolDevice } from '../domain/enrolment.ts';
import {
  CODE_USES,
  createEnrolmentCode,
  type EnrolmentCodeStatus,
  enrolmentCodeStatusAt,
  getEnrolmentCode,
  listEnrolmentCodes,
  revokeEnrolmentCode,
} from '../domain/enrolment-codes.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { DeviceGroup } from './device-groups.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';
import { Person } from './persons.ts';

const EnrolmentCodeStatusEnum = describedEnum<EnrolmentCodeStatus>(
  'EnrolmentCodeStatus',
  'Whether an enrolment code can be redeemed.',
  {
    USABLE: 'It can.',
    SPENT: 'It was redeemed as often as it could be.',
    EXPIRED: 'Its time is over.',
    REVOKED: 'Somebody revoked it, or who made it may not (any more) let devices in this way.',
  },
);

export const EnrolmentCode = builder.objectRef<EnrolmentCodeRow>('EnrolmentCode').implement({
  description:
    'A code with which devices join the company (PRE-03). Visible to its members; the code itself is shown only once, ' +
    'to who makes it.',
  interfaces: [Node],
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What it is for, in the words of who made it.' }),
    hint: t.exposeString('hint', { description: 'Its last four characters, to tell codes apart.' }),
    status: t.field({
      type: EnrolmentCodeStatusEnum,
      description: 'Whether it can be redeemed, by the server’s clock at this moment.',
      resolve: (code, _args, ctx) => enrolmentCodeStatusAt(code, ctx.clock.now()),
    }),
    maxUses: t.exposeInt('maxUses', { description: 'How many devices may redeem it.' }),
    uses: t.exposeInt('uses', { description: 'How many have.' }),
    createdBy: t.field({
      type: Person,
      description:
        'Who made it. It opens nothing any more once they have left the company, or may not make such a code any more.',
      resolve: ({ createdBy }, _args, ctx) => ctx.loaders.account.load(createdBy),
    }),
    assignTo: t.field({
      type: Person,
      nullable: true,
      description: 'Whom devices enrolled with it are assigned to; null for nobody.',
      resolve: ({ assignTo }, _args, ctx) => (assignTo ? ctx.loaders.account.load(assignTo) : null),
    }),
    group: t.field({
      type: DeviceGroup,
      nullable: true,
      description: 'The group that devices enrolled with it join; null for none.',
      resolve: ({ groupId }, _args, ctx) => (groupId ? ctx.loaders.group.load(groupId) : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'The deadline: it can be redeemed before it, never at it.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null where it was not.',
    }),
  }),
});

readableById('EnrolmentCode', getEnrolmentCode);

const EnrolmentCodeConnection = connectionOf('EnrolmentCode', EnrolmentCode, 'enrolment codes');

builder.objectField(Company, 'enrolmentCodes', (t) =>
  t.field({
    type: EnrolmentCodeConnection,
    description: 'Its enrolment codes, newest first; those that cannot be redeemed any more among them.',
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx) => listEnrolmentCodes(ctx, id, args),
  }),
);

mutation('createEnrolmentCode', {
  description:
    'Makes a code with which devices join one’s company; for its members. Only administrators choose a group, or ' +
    'somebody else to assign the devices to.',
  input: (t) => ({
    label: t.string({ required: true, description: 'What it is for, 1 to 100 characters.' }),
    maxUses: t.int({
      required: false,
      description: `How many devices may redeem it, ${CODE_USES.min} to ${CODE_USES.max}; 1 where absent.`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      required: false,
      description: 'Until when; at most 90 days from now, and 7 days where absent.',
    }),
    assignToId: t.id({
      required: false,
      description: 'The account of a member that the devices are assigned to; nobody where absent.',
    }),
    groupId: t.id({ required: false, description: 'The group that the devices join; none where absent.' }),
  }),
  run: (ctx, { assignToId, groupId, ...input }) =>
    createEnrolmentCode(ctx, {
      ...input,
      assignToId: assignToId && idOf(assignToId, 'assignToId', 'Account'),
      groupId: groupId && idOf(groupId, 'groupId', 'DeviceGroup'),
    }),
  payload: (t) => ({
    enrolmentCode: t.field({
      type: EnrolmentCode,
      description: 'What is kept of it.',
      resolve: ({ enrolmentCode }) => enrolmentCode,
    }),
    // Not `code`: every UserError has a field of that name and of another type, and both are asked for in one union.
    secret: t.exposeString('code', {
      description: 'The code itself, `ABCD-EFGH-…`, to be redeemed by devices. Shown this once.',
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('revokeEnrolmentCode', {
  description:
    'Makes sure that a code is redeemed no more; for who made it, and company administrators. Devices that have redeemed ' +
    'it stay.',
  input: (t) => ({ id: t.id({ required: true, description: 'The enrolment code.' }) }),
  run: async (ctx, input) => ({
    enrolmentCode: await revokeEnrolmentCode(ctx, { ...input, id: idOf(input.id, 'id', 'EnrolmentCode') }),
  }),
  payload: (t) => ({
    enrolmentCode: t.field({
      type: EnrolmentCode,
      description: 'The code, revoked.',
      resolve: ({ enrolmentCode }) => enrolmentCode,
    }),
  }),
  refusals: [],
});

mutation('enrolDevice', {
  description:
    'The calling device redeems an enrolment code and is a managed device of its company from then on (PRE-02, ' +
    'PRE-03). Only by the device’s own credential: people are refused, whatever their role.',
  input: (t) => ({
    code: t.string({ required: true, description: 'The code; case, blanks and dashes do not matter.' }),
  }),
  run: async (ctx, input) => ({ device: await enrolDevice(ctx, input) }),
  payload: (t) => ({
    device: t.field({ type: Device, description: 'The device, managed.', resolve: ({ device }) => device }),
  }),
  refusals: ['EnrolmentRefused'],
});
