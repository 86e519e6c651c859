import { type DiscoveredDevice as DiscoveredDeviceRow, discoveredBy, reportDiscovery } from '../domain/discovery.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Contact } from './contacts.ts';
import { Device } from './devices.ts';
import { mutation } from './mutation.ts';

export const DiscoveredDevice = builder.objectRef<DiscoveredDeviceRow>('DiscoveredDevice').implement({
  description:
    'A device that was seen on the local network during the last ten minutes; both take part in Discovery. Visible to ' +
    'the device that saw it and to the account signed in on that.',
  interfaces: [Contact],
  fields: (t) => ({
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'When it was seen last.' }),
  }),
});

const DiscoveredDeviceConnection = connectionOf('DiscoveredDevice', DiscoveredDevice, 'discovered devices');

builder.objectField(Device, 'discovered', (t) =>
  t.field({
    type: DiscoveredDeviceConnection,
    nullable: true,
    description:
      'What it saw on its local network during the last ten minutes (INV-26). Null for whoever does not act for it: ' +
      'only the device itself and the account signed in on it do.',
    args: pageArgs(t.arg),
    resolve: (device, args, ctx) => discoveredBy(ctx, { kind: 'DEVICE', device }, args),
  }),
);

builder.objectField(Account, 'discovered', (t) =>
  t.field({
    type: DiscoveredDeviceConnection,
    nullable: true,
    description:
      'What its devices saw on their local networks during the last ten minutes, each once (INV-26). Null for anybody ' +
      'else.',
    args: pageArgs(t.arg),
    resolve: (account, args, ctx) => discoveredBy(ctx, { kind: 'ACCOUNT', accountId: account.id }, args),
  }),
);

mutation('reportDiscovery', {
  description:
    'The calling device reports what it sees on its local network; by device credential only. Devices that take no ' +
    'part in Discovery are left out without a word. What is reported is forgotten after ten minutes: repeat it.',
  input: (t) => ({
    addresses: t.stringList({ required: true, description: 'Public IDs of 9 or 10 digits, at most 250.' }),
  }),
  run: async (ctx, input) => ({ discovered: await reportDiscovery(ctx, input) }),
  payload: (t) => ({
    discovered: t.field({
      type: [DiscoveredDevice],
      description: 'The devices of the report that take part in Discovery.',
      resolve: ({ discovered }) => discovered,
    }),
  }),
  refusals: ['DiscoveryOff', 'AddressRefused', 'InvalidInput'],
});
