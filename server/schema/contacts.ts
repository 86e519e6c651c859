import type { InterfaceRef } from '@pothos/core';
import type { Contact as ContactRow } from '../domain/contacts.ts';
import { builder } from './builder.ts';
import { Peer } from './devices.ts';
import { InvitationOriginEnum } from './enums.ts';

const TYPE_OF_ORIGIN: Readonly<Record<string, string>> = {
  FAVORITES: 'Favourite',
  RECENT_SESSIONS: 'RecentSession',
  DISCOVERY: 'DiscoveredDevice',
  ADDRESS_BOOK: 'AddressBookEntry',
};

export const Contact: InterfaceRef<typeof builder.$inferSchemaTypes, ContactRow> = builder
  .interfaceRef<ContactRow>('Contact')
  .implement({
    description:
      'A tile that an invitation can be started from (INV-26): hand `peer.address` and `origin` to `inviteDevice`.',
    resolveType: (row) => TYPE_OF_ORIGIN[row.origin] as string,
    fields: (t) => ({
      peer: t.field({
        type: Peer,
        description: 'The device’s public addresses.',
        resolve: ({ deviceId }) => ({ deviceId }),
      }),
      origin: t.field({
        type: InvitationOriginEnum,
        description: 'The origin to invite it with (INV-08).',
        resolve: (row) => row.origin,
      }),
      label: t.string({
        nullable: true,
        description: 'What its list calls it; null where it gives it no name of its own.',
        resolve: (row) => row.label,
      }),
      name: t.string({
        nullable: true,
        description: 'The device’s own name; null where it is not of your company.',
        resolve: (row) => row.name,
      }),
      online: t.boolean({
        nullable: true,
        description: 'Whether it is online; null where it is not of your company.',
        resolve: (row) => row.online,
      }),
      isFavourite: t.boolean({
        description: 'Whether it is one of your favourites; to devices, which have none, false.',
        resolve: ({ deviceId }, _args, { principal, loaders }) =>
          principal.kind === 'account' && loaders.favourite.load({ accountId: principal.accountId, deviceId }),
      }),
    }),
  });
