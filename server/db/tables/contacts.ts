import { flag, index, instant, json, primaryKey, table, text } from '../columns.ts';
import { accounts } from './accounts.ts';
import { companies } from './companies.ts';
import { devices } from './devices.ts';

/** Devices that an account marked as favourites (INV-26). */
export const favourites = table(
  'favourites',
  {
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.deviceId] })],
);

/** What a device saw on its local network, both having opted in (INV-26). */
export const discoveries = table(
  'discoveries',
  {
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    seenDeviceId: text('seen_device_id')
      .notNull()
      .references(() => devices.id),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.seenDeviceId] })],
);

/** Address books: an account's own, or shared within its company (INV-27). */
export const addressBooks = table(
  'address_books',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => accounts.id),
    companyId: text('company_id').references(() => companies.id),
    shared: flag('shared').notNull().default(false),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('address_books_owner').on(t.ownerId), index('address_books_company').on(t.companyId, t.shared)],
);

export const addressBookEntries = table(
  'address_book_entries',
  {
    id: text('id').primaryKey(),
    bookId: text('book_id')
      .notNull()
      .references(() => addressBooks.id, { onDelete: 'cascade' }),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    /** What people call it; null: by its alias or ID. */
    label: text('label'),
    tags: json('tags').$type<string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('address_book_entries_book').on(t.bookId, t.id)],
);

export type AddressBook = typeof addressBooks.$inferSelect;
export type AddressBookEntry = typeof addressBookEntries.$inferSelect;
