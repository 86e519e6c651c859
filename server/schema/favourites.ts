import { addFavourite, type Favourite as FavouriteRow, favouritesOf, removeFavourite } from '../domain/favourites.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { Contact } from './contacts.ts';
import { mutation } from './mutation.ts';

export const Favourite = builder.objectRef<FavouriteRow>('Favourite').implement({
  description: 'A device that a person marked as a favourite. Visible to that person only.',
  interfaces: [Contact],
  fields: (t) => ({
    addedAt: t.expose('addedAt', { type: 'DateTime', description: 'When it was marked.' }),
  }),
});

const FavouriteConnection = connectionOf('Favourite', Favourite, 'favourites');

builder.objectField(Account, 'favourites', (t) =>
  t.field({
    type: FavouriteConnection,
    nullable: true,
    description: 'Its favourites, the last added first (INV-26). Null for anybody else.',
    args: pageArgs(t.arg),
    resolve: (account, args, ctx) => favouritesOf(ctx, account.id, args),
  }),
);

mutation('addFavourite', {
  description: 'Marks a device as one’s favourite; for people. Harmless where it is one already. At most 1,000.',
  input: (t) => ({
    address: t.string({
      required: true,
      description: 'The device: an ID of 9 or 10 digits (blanks are ignored), or an alias (case is ignored).',
    }),
  }),
  run: async (ctx, input) => ({ favourite: await addFavourite(ctx, input) }),
  payload: (t) => ({
    favourite: t.field({ type: Favourite, description: 'The favourite.', resolve: ({ favourite }) => favourite }),
  }),
  refusals: ['AddressRefused', 'InvalidInput'],
});

mutation('removeFavourite', {
  description: 'Takes a device off one’s favourites; for people. Harmless where it is none.',
  input: (t) => ({
    address: t.string({
      required: true,
      description: 'The device: an ID of 9 or 10 digits (blanks are ignored), or an alias (case is ignored).',
    }),
  }),
  run: (ctx, input) => removeFavourite(ctx, input),
  payload: (t) => ({
    removed: t.exposeBoolean('removed', { description: 'Whether it was a favourite.' }),
  }),
  refusals: ['AddressRefused'],
});
