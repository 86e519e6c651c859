import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { members } from '../db/tables/companies.ts';
import { addressBooks } from '../db/tables/contacts.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { addAddressBookEntry } from './address-book-entries.ts';
import {
  addressBooksOf,
  createAddressBook,
  getAddressBook,
  MOST_ADDRESS_BOOKS,
  removeAddressBook,
  updateAddressBook,
} from './address-books.ts';
import { streamOf } from './event-log.ts';

const listOf = async (who: TestAccount) =>
  (await addressBooksOf(who.ctx, who.account.id, {}))?.rows.map(({ name }) => name);

async function company(app: TestApp) {
  const { companyId, admin } = await buildCompany(app);
  const [owner, colleague] = [await buildAccount(app), await buildAccount(app)];
  await addMember(app, companyId, owner, 'USER');
  await addMember(app, companyId, colleague, 'USER');
  return { companyId, admin, owner, colleague };
}

describe('personal address books', () => {
  it('INV-27 a person has several, renames and deletes them; nobody else knows of them, no administrator either', async () => {
    const app = await testApp();
    const { companyId, admin, owner, colleague } = await company(app);
    const stream = await listenTo(owner.ctx, streamOf.account(owner.account.id));
    const head = await listenTo(admin.ctx, streamOf.company(companyId));
    const family = await createAddressBook(owner.ctx, { name: '  Family ' });
    app.clock.advance(1);
    await createAddressBook(owner.ctx, { name: 'Shop' });
    expect(await listOf(owner)).toEqual(['Family', 'Shop']);
    await updateAddressBook(owner.ctx, { id: family.id, name: 'Friends' });
    await updateAddressBook(owner.ctx, { id: family.id, name: 'Friends' });
    await removeAddressBook(owner.ctx, { id: family.id });
    expect(await listOf(owner)).toEqual(['Shop']);
    expect(await stream.changes(4)).toEqual([
      'addressBook CREATED',
      'addressBook CREATED',
      'addressBook UPDATED',
      'addressBook REMOVED',
    ]);
    const shop = (await addressBooksOf(owner.ctx, owner.account.id, {}))?.rows[0]?.id ?? '';
    for (const { ctx } of [admin, colleague, await buildAccount(app)]) {
      await denialOf(getAddressBook(ctx, shop), 'NOT_FOUND');
      await denialOf(updateAddressBook(ctx, { id: shop, name: 'Mine' }), 'NOT_FOUND');
      await denialOf(removeAddressBook(ctx, { id: shop }), 'NOT_FOUND');
    }
    expect(await listOf(admin)).toEqual([]);
    // The company heard of none of it: the first that it hears is the sharing.
    await updateAddressBook(owner.ctx, { id: shop, shared: true });
    expect(await head.next()).toMatchObject({ change: 'UPDATED', subject: shop, after: { shared: true } });
  });

  it('INV-27 address books belong to people: a device has none, and nobody lists another’s', async () => {
    const app = await testApp();
    const { admin, owner } = await company(app);
    const device = await setDevice(app, await buildDevice(app), { accountId: owner.account.id });
    await createAddressBook(owner.ctx, { name: 'Shop' });
    await denialOf(createAddressBook(device.ctx, { name: 'Shop' }), 'FORBIDDEN');
    expect(await addressBooksOf(device.ctx, owner.account.id, {})).toBeNull();
    expect(await addressBooksOf(admin.ctx, owner.account.id, {})).toBeNull();
  });

  it.each([
    ['', 'REQUIRED'],
    [' \t', 'REQUIRED'],
    ['x'.repeat(101), 'TOO_LONG'],
    ['a\u0000b', 'INVALID_CHARACTERS'],
  ] as const)('the name %j is refused as %s', async (name, code) => {
    const app = await testApp();
    const person = await buildAccount(app);
    expect((await refusalOf(createAddressBook(person.ctx, { name }), code)).path).toEqual(['name']);
  });

  it('an account has at most 100, and two added at once are no way around it', async () => {
    const app = await testApp();
    const person = await buildAccount(app);
    await app.services.db.write(async ({ q }) => {
      await q.insert(addressBooks).values(
        Array.from({ length: MOST_ADDRESS_BOOKS - 1 }, (_, i) => ({
          id: newId('AddressBook'),
          ownerId: person.account.id,
          name: `Book ${i}`,
          createdAt: i,
        })),
      );
    });
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((i) => createAddressBook(person.ctx, { name: `New ${i}` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refusalOf(createAddressBook(person.ctx, { name: 'One more' }), 'TOO_MANY');
    expect(await (await addressBooksOf(person.ctx, person.account.id, {}))?.count()).toBe(MOST_ADDRESS_BOOKS);
  });
});

describe('shared address books', () => {
  it('INV-27 every member reads a shared one; its owner and the administrators change it; others find nothing', async () => {
    const app = await testApp();
    const { admin, owner, colleague } = await company(app);
    const outsider = (await buildCompany(app)).admin;
    const book = await createAddressBook(owner.ctx, { name: 'Tills', shared: true });
    for (const [who, mayEdit] of [
      [owner, true],
      [admin, true],
      [colleague, false],
    ] as const) {
      expect(await getAddressBook(who.ctx, book.id)).toMatchObject({ name: 'Tills', shared: true, mayEdit });
      expect(await listOf(who)).toEqual(['Tills']);
    }
    await denialOf(updateAddressBook(colleague.ctx, { id: book.id, name: 'Mine' }), 'FORBIDDEN');
    await denialOf(removeAddressBook(colleague.ctx, { id: book.id }), 'FORBIDDEN');
    await denialOf(getAddressBook(outsider.ctx, book.id), 'NOT_FOUND');
    await denialOf(updateAddressBook(outsider.ctx, { id: book.id, name: 'Mine' }), 'NOT_FOUND');
    expect(await listOf(outsider)).toEqual([]);
    expect(await updateAddressBook(admin.ctx, { id: book.id, name: 'All tills' })).toMatchObject({ name: 'All tills' });
    await removeAddressBook(admin.ctx, { id: book.id });
    await denialOf(getAddressBook(owner.ctx, book.id), 'NOT_FOUND');
  });

  it('INV-27 its owner takes it back, an administrator does not', async () => {
    const app = await testApp();
    const { admin, owner, colleague } = await company(app);
    const { id } = await createAddressBook(owner.ctx, { name: 'Tills', shared: true });
    await denialOf(updateAddressBook(admin.ctx, { id, shared: false }), 'FORBIDDEN');
    expect(await updateAddressBook(owner.ctx, { id, shared: false })).toMatchObject({ shared: false, companyId: null });
    await denialOf(getAddressBook(colleague.ctx, id), 'NOT_FOUND');
    await denialOf(getAddressBook(admin.ctx, id), 'NOT_FOUND');
  });

  it('INV-27 sharing takes a company', async () => {
    const app = await testApp();
    const loner = await buildAccount(app);
    const refusal = await refusalOf(createAddressBook(loner.ctx, { name: 'Tills', shared: true }), 'NO_COMPANY');
    expect(refusal.path).toEqual(['shared']);
    const { id } = await createAddressBook(loner.ctx, { name: 'Tills' });
    await refusalOf(updateAddressBook(loner.ctx, { id, shared: true }), 'NO_COMPANY');
  });

  it('INV-27 who leaves the company takes the address book along, and a new company does not see it', async () => {
    const app = await testApp();
    const { owner, colleague, admin } = await company(app);
    const { id } = await createAddressBook(owner.ctx, { name: 'Tills', shared: true });
    await addAddressBookEntry(owner.ctx, { bookId: id, address: (await buildDevice(app)).device.address });
    await app.services.db.write(async ({ q }) => {
      await q.delete(members).where(eq(members.accountId, owner.account.id));
    });
    for (const { ctx } of [colleague, admin]) await denialOf(getAddressBook(ctx, id), 'NOT_FOUND');
    expect(await listOf(colleague)).toEqual([]);
    expect(await getAddressBook(owner.ctx, id)).toMatchObject({ shared: false, mayEdit: true });
    const next = await buildCompany(app);
    await addMember(app, next.companyId, owner, 'USER');
    await denialOf(getAddressBook(next.admin.ctx, id), 'NOT_FOUND');
    expect(await updateAddressBook(owner.ctx, { id, shared: true })).toMatchObject({ companyId: next.companyId });
    expect(await getAddressBook(next.admin.ctx, id)).toMatchObject({ shared: true, mayEdit: true });
  });

  it('INV-27 the list has one’s own and the shared ones, each once, in pages too', async () => {
    const app = await testApp();
    const { admin, owner, colleague } = await company(app);
    const names: string[] = [];
    for (const [who, name, shared] of [
      [owner, 'a', true],
      [colleague, 'b', false],
      [admin, 'c', true],
      [colleague, 'd', true],
      [owner, 'e', false],
    ] as const) {
      await createAddressBook(who.ctx, { name, shared });
      if (name !== 'e') names.push(name);
      app.clock.advance(1);
    }
    const walked: string[] = [];
    let after: string | null = null;
    for (;;) {
      const found: Awaited<ReturnType<typeof addressBooksOf>> = await addressBooksOf(
        colleague.ctx,
        colleague.account.id,
        { first: 1, after },
      );
      const [row] = found?.rows ?? [];
      if (!found || !row) break;
      expect(await found.count()).toBe(4);
      walked.push(row.name);
      if (!found.hasNext) break;
      after = found.cursorOf(row);
    }
    expect(walked).toEqual(names);
  });
});
