import type { GraphQLResolveInfo } from 'graphql';
import { companyOfDevice, listDevices, listDevicesOfAccount } from '../domain/device-list.ts';
import type { DeviceOrder } from '../domain/device-pages.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { selects } from './look-ahead.ts';
import { Person } from './persons.ts';

builder.objectFields(Device, (t) => ({
  account: t.field({
    type: Person,
    nullable: true,
    description: 'Who is signed in on it and acts for it: whom it is assigned to. Null where that is nobody.',
    // A list of devices has loaded them with its page.
    resolve: ({ account, accountId }, _args, ctx) => {
      if (account !== undefined) return account;
      return accountId ? ctx.loaders.account.load(accountId) : null;
    },
  }),
  company: t.field({
    type: Company,
    nullable: true,
    description: 'The company that manages it; null before it redeemed an enrolment code.',
    resolve: (device, _args, ctx) => companyOfDevice(ctx, device),
  }),
  eventCursor: t.field({
    type: 'Cursor',
    description: 'Where its stream stands: subscribe `deviceEvents(after:)` from here to miss nothing.',
    resolve: ({ id }, _args, ctx) => currentCursor(ctx, streamOf.device(id)),
  }),
}));

const DeviceOrderEnum = describedEnum<DeviceOrder>('DeviceOrder', 'In which order devices are listed.', {
  NAME: 'By name, character by character.',
  ADDED: 'Those that were enrolled last come first.',
});

const DeviceConnection = connectionOf('Device', Device, 'devices');

/** What of each device the answer will hold, to be loaded with the page. */
function wantedChildren(info: GraphQLResolveInfo) {
  const paths = [['nodes'], ['edges', 'node']];
  return {
    account: selects(info, paths, 'account'),
    groups: selects(info, paths, 'groups'),
    policies: selects(info, paths, 'policies'),
    services: selects(info, paths, 'services'),
  };
}

builder.objectField(Company, 'devices', (t) =>
  t.field({
    type: DeviceConnection,
    description: 'The devices that it manages.',
    args: {
      ...pageArgs(t.arg),
      groupId: t.arg.id({ required: false, description: 'Only those in this group.' }),
      online: t.arg.boolean({
        required: false,
        description: 'Only those that are online, or only those that are not.',
      }),
      search: t.arg.string({
        required: false,
        description: 'Only those whose name, alias or ID has this in it; case, and blanks in an ID, do not matter.',
      }),
      orderBy: t.arg({
        type: DeviceOrderEnum,
        required: false,
        description: 'The order; by NAME where absent. A cursor holds for the order that it came from.',
      }),
    },
    resolve: ({ id }, args, ctx, info) => listDevices(ctx, id, args, wantedChildren(info)),
  }),
);

builder.objectField(Account, 'devices', (t) =>
  t.field({
    type: DeviceConnection,
    description: 'The devices that it is signed in on and acts for, in an order that stays.',
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx, info) => listDevicesOfAccount(ctx, id, args, wantedChildren(info)),
  }),
);
