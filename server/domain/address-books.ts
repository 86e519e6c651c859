import { and, asc, count, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { members } from '../db/tables/companies.ts';
import { type AddressBook as AddressBookRow, addressBooks } from '../db/tables/contacts.ts';
import { newId } from '../lib/ids.ts';
import { lockAdditions } from './accounts.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { memberOf } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

const LIST = 'address-books';

/** Most address books that one account owns (decided). */
export const MOST_ADDRESS_BOOKS = 100;

/**
 * An address book as one account sees it. `shared` holds while the owner belongs to the company that it was shared
 * with: who leaves takes the book along, and their colleagues lose sight of it.
 */
export interface AddressBook extends AddressBookRow {
  /** Whether the account may change it: the owner, and the company's administrators where it is shared. */
  readonly mayEdit: boolean;
}

/**
 * Starts an address book of the calling account (INV-27), shared with its company at once where wanted.
 * Event: addressBook CREATED.
 * @throws Refusal InvalidInput: a name out of bounds, NO_COMPANY to share with, TOO_MANY books.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function createAddressBook(
  ctx: Context,
  input: Repeatable & { name: string; shared?: boolean | null | undefined },
): Promise<AddressBook> {
  const { accountId } = authorize(ctx, 'CONTACTS', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  return change(ctx, 'createAddressBook', input, async (tx) => {
    await lockAdditions(tx.q, accountId);
    const [owned] = await tx.q.select({ count: count() }).from(addressBooks).where(eq(addressBooks.ownerId, accountId));
    if ((owned?.count ?? 0) >= MOST_ADDRESS_BOOKS) {
      throw new Refusal('InvalidInput', 'TOO_MANY', [], { limit: MOST_ADDRESS_BOOKS });
    }
    const shared = input.shared ?? false;
    const row: AddressBookRow = {
      id: newId('AddressBook'),
      ownerId: accountId,
      companyId: shared ? await companyToShareWith(tx.q, accountId) : null,
      shared,
      name,
      createdAt: tx.now,
    };
    await tx.q.insert(addressBooks).values(row);
    emitAddressBook(tx, 'CREATED', row, { after: { name, shared } });
    return { ...row, mayEdit: true };
  });
}

/**
 * Renames an address book; its owner may share it with their company too, or take it back. Event: addressBook UPDATED.
 * @throws Refusal InvalidInput. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function updateAddressBook(
  ctx: Context,
  input: Repeatable & { id: string; name?: string | null | undefined; shared?: boolean | null | undefined },
): Promise<AddressBook> {
  const { accountId } = authorize(ctx, 'CONTACTS', 'account');
  const name = typeof input.name === 'string' ? lineOf(input.name, ['name'], LENGTHS.name) : null;
  return change(ctx, 'updateAddressBook', input, async (tx) => {
    const before = await addressBookToChange(tx, accountId, input.id, 'id');
    const sharing = typeof input.shared === 'boolean' && input.shared !== before.shared;
    if (sharing && before.ownerId !== accountId) throw new Denial('FORBIDDEN', { allowed: 'owner' });
    const shared = sharing ? !before.shared : before.shared;
    const after: AddressBook = {
      ...before,
      name: name ?? before.name,
      shared,
      companyId: shared ? (before.companyId ?? (await companyToShareWith(tx.q, accountId))) : null,
    };
    if (after.name === before.name && !sharing) return before;
    await tx.q
      .update(addressBooks)
      .set({ name: after.name, shared: after.shared, companyId: after.companyId })
      .where(eq(addressBooks.id, before.id));
    // Colleagues hear too that it is not shared with them any more.
    emitAddressBook(tx, 'UPDATED', shared ? after : before, {
      before: { name: before.name, shared: before.shared },
      after: { name: after.name, shared },
    });
    return after;
  });
}

/**
 * Deletes an address book with all its entries. Event: addressBook REMOVED.
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function removeAddressBook(ctx: Context, input: Repeatable & { id: string }): Promise<{ id: string }> {
  const { accountId } = authorize(ctx, 'CONTACTS', 'account');
  return change(ctx, 'removeAddressBook', input, async (tx) => {
    const book = await addressBookToChange(tx, accountId, input.id, 'id');
    await tx.q.delete(addressBooks).where(eq(addressBooks.id, book.id));
    emitAddressBook(tx, 'REMOVED', book, { before: { name: book.name, shared: book.shared } });
    return { id: book.id };
  });
}

/** @throws Refusal InvalidInput NO_COMPANY. */
async function companyToShareWith(q: Queries, accountId: string): Promise<string> {
  const member = await memberOf(q, accountId);
  if (!member) throw new Refusal('InvalidInput', 'NO_COMPANY', ['shared']);
  return member.companyId;
}

/** Announces a change of an address book, or of its entries: to its owner, and where it is shared, to the company. */
export function emitAddressBook(
  tx: Change,
  what: string,
  book: Pick<AddressBookRow, 'id' | 'ownerId' | 'companyId' | 'shared'>,
  facts: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): void {
  const streams = [streamOf.account(book.ownerId)];
  if (book.shared && book.companyId) streams.push(streamOf.company(book.companyId));
  tx.emit({ concept: 'addressBook', change: what, subject: book.id, ...facts, streams });
}

/** Books with the membership of their owner in the company that they were shared with: null where it ended. */
const withSharing = (q: Queries) =>
  q
    .select({ book: addressBooks, ownerMemberId: members.id })
    .from(addressBooks)
    .leftJoin(members, and(eq(members.accountId, addressBooks.ownerId), eq(members.companyId, addressBooks.companyId)));

const byId = prepared('address_book_by_id', (q) => withSharing(q).where(eq(addressBooks.id, sql.placeholder('id'))));

type Membership = { readonly companyId: string; readonly administrator: boolean } | null;

function seenBy(
  { book, ownerMemberId }: { book: AddressBookRow; ownerMemberId: string | null },
  accountId: string,
  member: Membership,
): AddressBook {
  const shared = book.shared && ownerMemberId !== null;
  const administrator = member?.administrator === true && member.companyId === book.companyId;
  const companyId = shared ? book.companyId : null;
  return { ...book, shared, companyId, mayEdit: book.ownerId === accountId || (shared && administrator) };
}

/** The address book, for its owner and, where it is shared, for members of the company. @throws Denial NOT_FOUND. */
export async function addressBookFor(
  q: Queries,
  accountId: string,
  id: string,
  argument: string,
): Promise<AddressBook> {
  const [row] = await byId(q, { id });
  const member = await memberOf(q, accountId);
  if (!row) throw notFound(argument);
  const book = seenBy(row, accountId, member);
  const colleague = book.shared && member?.companyId === book.companyId;
  if (book.ownerId !== accountId && !colleague) throw notFound(argument);
  return book;
}

/**
 * As `addressBookFor`, for who may change it. Nobody else does until the transaction ends: two changes of one
 * book come one after the other. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function addressBookToChange(
  tx: Change,
  accountId: string,
  id: string,
  argument: string,
): Promise<AddressBook> {
  await locked(tx.q.select({ id: addressBooks.id }).from(addressBooks).where(eq(addressBooks.id, id)), addressBooks);
  const book = await addressBookFor(tx.q, accountId, id, argument);
  if (!book.mayEdit) throw new Denial('FORBIDDEN', { allowed: 'owner, COMPANY_ADMINISTRATOR' });
  return book;
}

/** One address book. @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND. */
export async function getAddressBook(ctx: Context, id: string): Promise<AddressBook> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return addressBookFor(ctx.db.read, accountId, id, 'id');
}

const visible = or(
  eq(addressBooks.ownerId, sql.placeholder('accountId')),
  and(eq(addressBooks.companyId, sql.placeholder('companyId')), eq(addressBooks.shared, true), isNotNull(members.id)),
);

const bookRows = prepared('address_books_of', (q) =>
  withSharing(q)
    .where(
      and(
        visible,
        sql`(${addressBooks.createdAt}, ${addressBooks.id}) > (${sql.placeholder('at')}, ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(asc(addressBooks.createdAt), asc(addressBooks.id))
    .limit(sql.placeholder('limit')),
);

const bookCount = prepared('count_address_books_of', (q) =>
  q
    .select({ rows: count() })
    .from(addressBooks)
    .leftJoin(members, and(eq(members.accountId, addressBooks.ownerId), eq(members.companyId, addressBooks.companyId)))
    .where(visible),
);

/**
 * The address books that the account can use, oldest first: its own, and those shared within its company.
 * Null where the account is not the caller. @throws Denial UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function addressBooksOf(
  ctx: Context,
  accountId: string,
  page: PageArgs,
): Promise<Page<AddressBook> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (principal.kind !== 'account' || principal.accountId !== accountId) return null;
  const q = ctx.db.read;
  const limit = pageSize(page) + 1;
  const [at, id] = keyAfter(LIST, page, [0, ''] as const) ?? [0, ''];
  const member = await memberOf(q, accountId);
  const args = { accountId, companyId: member?.companyId ?? '' };
  const rows = await bookRows(q, { ...args, at, id, limit });
  return pageOf(
    LIST,
    page,
    rows.map((row) => seenBy(row, accountId, member)),
    (row) => [row.createdAt, row.id],
    async () => (await bookCount(q, args))[0]?.rows ?? 0,
  );
}
