import { addressBookEntriesOf, addressBookTags } from '../domain/address-book-entries.ts';
import {
  type AddressBook as AddressBookRow,
  addressBooksOf,
  createAddressBook,
  getAddressBook,
  removeAddressBook,
  updateAddressBook,
} from '../domain/address-books.ts';
import { Account } from './accounts.ts';
import { AddressBookEntry } from './address-book-entries.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

const AddressBookEntryConnection = connectionOf('AddressBookEntry', AddressBookEntry, 'address book entries');

export const AddressBook = builder.objectRef<AddressBookRow>('AddressBook').implement({
  description: 'An address book: a person’s own, or shared within their company, where every member reads it (INV-27).',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    shared: t.exposeBoolean('shared', {
      description: 'Whether the members of its owner’s company see it. It ends when the owner leaves the company.',
    }),
    viewerOwns: t.boolean({
      description: 'Whether it is your own.',
      resolve: (book, _args, { principal }) => principal.kind === 'account' && principal.accountId === book.ownerId,
    }),
    viewerCanEdit: t.exposeBoolean('mayEdit', {
      description: 'Whether you may change it: as its owner or, where it is shared, as an administrator.',
    }),
    tags: t.stringList({
      description: 'Every tag in use in it, sorted.',
      resolve: (book, _args, ctx) => addressBookTags(ctx, book.id),
    }),
    entries: t.field({
      type: AddressBookEntryConnection,
      description: 'Its entries, oldest first.',
      args: {
        ...pageArgs(t.arg),
        tag: t.arg.string({ required: false, description: 'Only those with exactly this tag; all where absent.' }),
      },
      resolve: (book, args, ctx) => addressBookEntriesOf(ctx, book.id, args),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was started.' }),
  }),
});

readableById('AddressBook', getAddressBook);

const AddressBookConnection = connectionOf('AddressBook', AddressBook, 'address books');

builder.objectField(Account, 'addressBooks', (t) =>
  t.field({
    type: AddressBookConnection,
    nullable: true,
    description:
      'The address books that it can use, oldest first: its own, and those shared within its company (INV-27). Null ' +
      'for anybody else.',
    args: pageArgs(t.arg),
    resolve: (account, args, ctx) => addressBooksOf(ctx, account.id, args),
  }),
);

mutation('createAddressBook', {
  description: 'Starts an address book of one’s own; for people. At most 100 each.',
  input: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    shared: t.boolean({
      required: false,
      description: 'True: share it with one’s company from the start. Absent: it is personal.',
    }),
  }),
  run: async (ctx, input) => ({ addressBook: await createAddressBook(ctx, input) }),
  payload: (t) => ({
    addressBook: t.field({
      type: AddressBook,
      description: 'The new address book.',
      resolve: ({ addressBook }) => addressBook,
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('updateAddressBook', {
  description:
    'Renames an address book; for its owner and, where it is shared, the company’s administrators. Only its owner ' +
    'shares it or takes it back.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The address book.' }),
    name: t.string({ required: false, description: 'The new name, 1 to 100 characters; absent: it stays.' }),
    shared: t.boolean({
      required: false,
      description: 'True: share it with one’s company. False: make it personal. Absent: as it is.',
    }),
  }),
  run: async (ctx, input) => ({
    addressBook: await updateAddressBook(ctx, { ...input, id: idOf(input.id, 'id', 'AddressBook') }),
  }),
  payload: (t) => ({
    addressBook: t.field({
      type: AddressBook,
      description: 'The address book since.',
      resolve: ({ addressBook }) => addressBook,
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('removeAddressBook', {
  description:
    'Deletes an address book with all its entries; for its owner and, where it is shared, the company’s administrators.',
  input: (t) => ({ id: t.id({ required: true, description: 'The address book.' }) }),
  run: (ctx, input) => removeAddressBook(ctx, { ...input, id: idOf(input.id, 'id', 'AddressBook') }),
  payload: (t) => ({ id: t.exposeID('id', { description: 'The id that it had.' }) }),
  refusals: [],
});
