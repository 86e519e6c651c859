import {
  type AddressBookEntry as AddressBookEntryRow,
  addAddressBookEntry,
  getAddressBookEntry,
  removeAddressBookEntry,
  updateAddressBookEntry,
} from '../domain/address-book-entries.ts';
import { builder } from './builder.ts';
import { Contact } from './contacts.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, readableById } from './node.ts';

export const AddressBookEntry = builder.objectRef<AddressBookEntryRow>('AddressBookEntry').implement({
  description: 'A device in an address book. Visible to whoever sees the book.',
  interfaces: [Node, Contact],
  fields: (t) => ({
    tags: t.stringList({ description: 'Its tags, in the order given.', resolve: (entry) => entry.tags }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was put there.' }),
  }),
});

readableById('AddressBookEntry', getAddressBookEntry);

const EDITORS = 'for the book’s owner and, where it is shared, the company’s administrators';

mutation('addAddressBookEntry', {
  description: `Puts a device into an address book; ${EDITORS}. At most 1,000 to a book, each device once.`,
  input: (t) => ({
    bookId: t.id({ required: true, description: 'The address book.' }),
    address: t.string({
      required: true,
      description: 'The device: an ID of 9 or 10 digits (blanks are ignored), or an alias (case is ignored).',
    }),
    label: t.string({ required: false, description: 'What to call it, at most 100 characters.' }),
    tags: t.stringList({ required: false, description: 'At most 10 tags of 1 to 40 characters.' }),
  }),
  run: async (ctx, input) => ({
    entry: await addAddressBookEntry(ctx, { ...input, bookId: idOf(input.bookId, 'bookId', 'AddressBook') }),
  }),
  payload: (t) => ({
    entry: t.field({ type: AddressBookEntry, description: 'The new entry.', resolve: ({ entry }) => entry }),
  }),
  refusals: ['AddressRefused', 'AlreadyTaken', 'InvalidInput'],
});

mutation('updateAddressBookEntry', {
  description: `Changes label and tags of an entry; ${EDITORS}.`,
  input: (t) => ({
    id: t.id({ required: true, description: 'The entry.' }),
    label: t.string({ required: false, description: 'The new label; null takes it away, absent keeps it.' }),
    tags: t.stringList({ required: false, description: 'All its tags from now on; absent or null: they stay.' }),
  }),
  run: async (ctx, input) => ({
    entry: await updateAddressBookEntry(ctx, { ...input, id: idOf(input.id, 'id', 'AddressBookEntry') }),
  }),
  payload: (t) => ({
    entry: t.field({ type: AddressBookEntry, description: 'The entry since.', resolve: ({ entry }) => entry }),
  }),
  refusals: ['InvalidInput'],
});

mutation('removeAddressBookEntry', {
  description: `Takes an entry out of its address book; ${EDITORS}.`,
  input: (t) => ({ id: t.id({ required: true, description: 'The entry.' }) }),
  run: (ctx, input) => removeAddressBookEntry(ctx, { ...input, id: idOf(input.id, 'id', 'AddressBookEntry') }),
  payload: (t) => ({ id: t.exposeID('id', { description: 'The id that it had.' }) }),
  refusals: [],
});
