import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import { jsonHas } from '../db/json-has.ts';
import { prepared, preparedVariants } from '../db/prepared.ts';
import { type AddressBookEntry as AddressBookEntryRow, addressBookEntries } from '../db/tables/contacts.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import { newId } from '../lib/ids.ts';
import { addressBookFor, addressBookToChange, emitAddressBook } from './address-books.ts';
import { deviceAt } from './addresses.ts';
import { type Change, change, type Repeatable } from './change.ts';
import { type Contact, companyOf, contactOf } from './contacts.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { LENGTHS, lineOf, UNFIT } from './input.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

const LIST = 'address-book-entries';

/** Most entries of one address book (decided). */
export const MOST_ENTRIES = 1_000;

/** Most tags of one entry (decided). */
export const MOST_TAGS = 10;

export interface AddressBookEntry extends Contact {
  readonly id: string;
  readonly bookId: string;
  readonly tags: readonly string[];
  readonly createdAt: number;
}

export interface AddEntryInput extends Repeatable {
  bookId: string;
  /** The device's ID (blanks ignored) or alias. */
  address: string;
  label?: string | null | undefined;
  tags?: readonly string[] | null | undefined;
}

/**
 * Puts a device into an address book (INV-27). Event: addressBook ENTRY_ADDED.
 * @throws Refusal AddressRefused; AlreadyTaken ALREADY_LISTED; InvalidInput: label, tags, TOO_MANY entries.
 * @throws Denial NOT_FOUND for a book that the caller cannot see, FORBIDDEN for one that it cannot change.
 */
export async function addAddressBookEntry(ctx: Context, input: AddEntryInput): Promise<AddressBookEntry> {
  const principal = authorize(ctx, 'CONTACTS', 'account');
  const label = labelOf(input.label);
  const tags = tagsOf(input.tags);
  return change(ctx, 'addAddressBookEntry', input, async (tx) => {
    const book = await addressBookToChange(tx, principal.accountId, input.bookId, 'bookId');
    const device = await deviceAt(tx.q, input.address, ['address']);
    const inBook = eq(addressBookEntries.bookId, book.id);
    const [same] = await tx.q
      .select({ id: addressBookEntries.id })
      .from(addressBookEntries)
      .where(and(inBook, eq(addressBookEntries.deviceId, device.id)));
    if (same) throw new Refusal('AlreadyTaken', 'ALREADY_LISTED', ['address']);
    const [all] = await tx.q.select({ count: count() }).from(addressBookEntries).where(inBook);
    if ((all?.count ?? 0) >= MOST_ENTRIES) {
      throw new Refusal('InvalidInput', 'TOO_MANY', ['bookId'], { limit: MOST_ENTRIES });
    }
    const row: AddressBookEntryRow = {
      id: newId('AddressBookEntry'),
      bookId: book.id,
      deviceId: device.id,
      label,
      tags,
      createdAt: tx.now,
    };
    await tx.q.insert(addressBookEntries).values(row);
    emitAddressBook(tx, 'ENTRY_ADDED', book, { after: factsOf(row) });
    return seenIn(await companyOf(tx.q, principal), { entry: row, device });
  });
}

/**
 * Changes label and tags of an entry. Event: addressBook ENTRY_UPDATED.
 * @throws Refusal InvalidInput. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function updateAddressBookEntry(
  ctx: Context,
  input: Repeatable & {
    id: string;
    /** Absent: it stays; null or empty: it goes. */
    label?: string | null | undefined;
    /** Absent or null: they stay. */
    tags?: readonly string[] | null | undefined;
  },
): Promise<AddressBookEntry> {
  const principal = authorize(ctx, 'CONTACTS', 'account');
  const label = input.label === undefined ? undefined : labelOf(input.label);
  const tags = input.tags ? tagsOf(input.tags) : undefined;
  return change(ctx, 'updateAddressBookEntry', input, async (tx) => {
    const { book, entry, device } = await entryToChange(tx, principal.accountId, input.id);
    const after = { ...entry, label: label === undefined ? entry.label : label, tags: tags ?? entry.tags };
    await tx.q
      .update(addressBookEntries)
      .set({ label: after.label, tags: after.tags })
      .where(eq(addressBookEntries.id, entry.id));
    emitAddressBook(tx, 'ENTRY_UPDATED', book, { before: factsOf(entry), after: factsOf(after) });
    return seenIn(await companyOf(tx.q, principal), { entry: after, device });
  });
}

/** Takes an entry out of its address book. Event: addressBook ENTRY_REMOVED. @throws Denial NOT_FOUND, FORBIDDEN. */
export async function removeAddressBookEntry(
  ctx: Context,
  input: Repeatable & { id: string },
): Promise<{ id: string }> {
  const { accountId } = authorize(ctx, 'CONTACTS', 'account');
  return change(ctx, 'removeAddressBookEntry', input, async (tx) => {
    const { book, entry } = await entryToChange(tx, accountId, input.id);
    await tx.q.delete(addressBookEntries).where(eq(addressBookEntries.id, entry.id));
    emitAddressBook(tx, 'ENTRY_REMOVED', book, { before: factsOf(entry) });
    return { id: entry.id };
  });
}

function labelOf(label: string | null | undefined): string | null {
  return label ? lineOf(label, ['label'], { ...LENGTHS.label, min: 0 }) || null : null;
}

/** In the order given, each once. @throws Refusal InvalidInput TOO_MANY, or what `lineOf` refuses. */
function tagsOf(tags: readonly string[] | null | undefined): string[] {
  const given = new Set((tags ?? []).map((tag, i) => lineOf(tag, ['tags', String(i)], LENGTHS.tag)));
  if (given.size > MOST_TAGS) throw new Refusal('InvalidInput', 'TOO_MANY', ['tags'], { limit: MOST_TAGS });
  return [...given];
}

function factsOf({ id, deviceId, label, tags }: AddressBookEntryRow): Record<string, unknown> {
  return { entryId: id, deviceId, label, tags };
}

type EntryAndDevice = { readonly entry: AddressBookEntryRow; readonly device: Device };

function seenIn(companyId: string | null, { entry, device }: EntryAndDevice): AddressBookEntry {
  const { id, bookId, tags, createdAt } = entry;
  return { ...contactOf(device, 'ADDRESS_BOOK', companyId, entry.label), id, bookId, tags, createdAt };
}

const entryById = prepared('address_book_entry_by_id', (q) =>
  q
    .select({ entry: addressBookEntries, device: devices })
    .from(addressBookEntries)
    .innerJoin(devices, eq(devices.id, addressBookEntries.deviceId))
    .where(eq(addressBookEntries.id, sql.placeholder('id'))),
);

async function entryToChange(tx: Change, accountId: string, id: string) {
  const [found] = await entryById(tx.q, { id });
  const book = await addressBookToChange(tx, accountId, found?.entry.bookId ?? NO_ID, 'id');
  // Once more, now that nobody else changes the book.
  const [row] = await entryById(tx.q, { id });
  if (!row) throw notFound('id');
  return { book, ...row };
}

/** One entry, for who can see its book. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function getAddressBookEntry(ctx: Context, id: string): Promise<AddressBookEntry> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  const [row] = await entryById(q, { id });
  await addressBookFor(q, principal.accountId, row?.entry.bookId ?? NO_ID, 'id');
  if (!row) throw notFound('id');
  return seenIn(await companyOf(q, principal), row);
}

type Choice = 'ALL' | 'TAGGED';

function chosen(choice: Choice) {
  return and(
    eq(addressBookEntries.bookId, sql.placeholder('bookId')),
    isNull(devices.removedAt),
    choice === 'TAGGED' ? jsonHas(addressBookEntries.tags, sql.placeholder('tag')) : undefined,
  );
}

const entryRows = preparedVariants('address_book_entries', (q, choice: Choice) =>
  q
    .select({ entry: addressBookEntries, device: devices })
    .from(addressBookEntries)
    .innerJoin(devices, eq(devices.id, addressBookEntries.deviceId))
    .where(
      and(
        chosen(choice),
        sql`(${addressBookEntries.createdAt}, ${addressBookEntries.id}) > (${sql.placeholder('at')}, ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(asc(addressBookEntries.createdAt), asc(addressBookEntries.id))
    .limit(sql.placeholder('limit')),
);

const entryCount = preparedVariants('count_address_book_entries', (q, choice: Choice) =>
  q
    .select({ rows: count() })
    .from(addressBookEntries)
    .innerJoin(devices, eq(devices.id, addressBookEntries.deviceId))
    .where(chosen(choice)),
);

/**
 * The entries of an address book, oldest first, those with exactly this tag where one is named; devices that were
 * removed are left out. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function addressBookEntriesOf(
  ctx: Context,
  bookId: string,
  { tag, ...page }: PageArgs & { tag?: string | null | undefined },
): Promise<Page<AddressBookEntry>> {
  const principal = authorize(ctx, 'READ', 'account');
  // No tag has such characters, and PostgreSQL takes no parameter that has.
  if (tag && UNFIT.test(tag)) throw new Denial('BAD_USER_INPUT', { argument: 'tag' });
  const q = ctx.db.read;
  await addressBookFor(q, principal.accountId, bookId, 'id');
  const limit = pageSize(page) + 1;
  const [at, id] = keyAfter(LIST, page, [0, ''] as const) ?? [0, ''];
  const companyId = await companyOf(q, principal);
  const choice: [Choice] = [typeof tag === 'string' ? 'TAGGED' : 'ALL'];
  const args = { bookId, tag: tag?.normalize('NFC').trim() ?? '' };
  const rows = await entryRows(q, choice, { ...args, at, id, limit });
  return pageOf(
    LIST,
    page,
    rows.map((row) => seenIn(companyId, row)),
    (row) => [row.createdAt, row.id],
    async () => (await entryCount(q, choice, args))[0]?.rows ?? 0,
  );
}

const tagsIn = prepared('address_book_tags', (q) =>
  q
    .select({ tags: addressBookEntries.tags })
    .from(addressBookEntries)
    .where(eq(addressBookEntries.bookId, sql.placeholder('bookId'))),
);

/** Every tag in use in the book, each once, sorted. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function addressBookTags(ctx: Context, bookId: string): Promise<string[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  await addressBookFor(ctx.db.read, accountId, bookId, 'id');
  const rows = await tagsIn(ctx.db.read, { bookId });
  return [...new Set(rows.flatMap(({ tags }) => tags))].sort();
}
