import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { addressBookEntries } from '../db/tables/contacts.ts';
import { devices } from '../db/tables/devices.ts';
import { newId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import {
  addAddressBookEntry,
  addressBookEntriesOf,
  addressBookTags,
  getAddressBookEntry,
  MOST_ENTRIES,
  removeAddressBookEntry,
  updateAddressBookEntry,
} from './address-book-entries.ts';
import { createAddressBook, removeAddressBook } from './address-books.ts';
import { groupDigits } from './addresses.ts';
import { inviteDevice } from './invitations.ts';

async function oneBook() {
  const app = await testApp();
  const person = await buildAccount(app);
  const { id: bookId } = await createAddressBook(person.ctx, { name: 'Customers' });
  const add = async (tags: string[] = [], label: string | null = null) => {
    app.clock.advance(1);
    const { address } = (await buildDevice(app)).device;
    return addAddressBookEntry(person.ctx, { bookId, address, label, tags });
  };
  const idsOf = async (tag?: string) =>
    (await addressBookEntriesOf(person.ctx, bookId, { tag })).rows.map(({ id }) => id);
  return { app, person, bookId, add, idsOf };
}

describe('entries', () => {
  it('INV-27 an entry is added by address, relabelled, tagged anew and removed', async () => {
    const { app, person, bookId, idsOf } = await oneBook();
    const device = await buildDevice(app);
    const entry = await addAddressBookEntry(person.ctx, {
      bookId,
      address: groupDigits(device.device.address),
      label: ' Reception ',
      tags: ['Paris', 'till', 'Paris'],
    });
    expect(entry).toMatchObject({ deviceId: device.device.id, label: 'Reception', tags: ['Paris', 'till'] });
    expect(await getAddressBookEntry(person.ctx, entry.id)).toEqual(entry);
    const relabelled = await updateAddressBookEntry(person.ctx, { id: entry.id, label: 'Desk' });
    expect(relabelled).toEqual({ ...entry, label: 'Desk' });
    expect(await updateAddressBookEntry(person.ctx, { id: entry.id, tags: [] })).toEqual({ ...relabelled, tags: [] });
    expect(await updateAddressBookEntry(person.ctx, { id: entry.id, label: null })).toMatchObject({ label: null });
    await removeAddressBookEntry(person.ctx, { id: entry.id });
    expect(await idsOf()).toEqual([]);
    await denialOf(removeAddressBookEntry(person.ctx, { id: entry.id }), 'NOT_FOUND');
  });

  it('INV-27 entries are filtered by a whole tag, whatever characters it has', async () => {
    const { person, bookId, add, idsOf } = await oneBook();
    const both = await add(['Paris', 'a"b\\c%_\'']);
    const paris = await add(['Paris']);
    const other = await add(['Par', 'Paris 2', 'paris']);
    expect(await idsOf('Paris')).toEqual([both.id, paris.id]);
    expect(await idsOf(' Paris ')).toEqual([both.id, paris.id]);
    expect(await idsOf('a"b\\c%_\'')).toEqual([both.id]);
    expect(await idsOf('%')).toEqual([]);
    expect(await idsOf('')).toEqual([]);
    expect(await idsOf()).toEqual([both.id, paris.id, other.id]);
    expect(await (await addressBookEntriesOf(person.ctx, bookId, { tag: 'Paris' })).count()).toBe(2);
    expect(await addressBookTags(person.ctx, bookId)).toEqual(['Par', 'Paris', 'Paris 2', 'a"b\\c%_\'', 'paris']);
    await denialOf(addressBookEntriesOf(person.ctx, bookId, { tag: 'a\u0000' }), 'BAD_USER_INPUT');
  });

  it('INV-27 pages give every entry once, oldest first', async () => {
    const { person, bookId, add, idsOf } = await oneBook();
    const ids = [(await add()).id, (await add()).id, (await add()).id];
    expect(await idsOf()).toEqual(ids);
    const first = await addressBookEntriesOf(person.ctx, bookId, { first: 2 });
    const [, last] = first.rows;
    if (!last) throw new Error('too few');
    const second = await addressBookEntriesOf(person.ctx, bookId, { first: 2, after: first.cursorOf(last) });
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids);
    expect([first.hasNext, second.hasNext, await second.count()]).toEqual([true, false, 3]);
  });

  it('INV-27 a device is in a book once, and in as many books as wanted', async () => {
    const { app, person, bookId } = await oneBook();
    const { address } = (await buildDevice(app)).device;
    await addAddressBookEntry(person.ctx, { bookId, address });
    await refusalOf(addAddressBookEntry(person.ctx, { bookId, address }), 'ALREADY_LISTED');
    const other = await createAddressBook(person.ctx, { name: 'Other' });
    await addAddressBookEntry(person.ctx, { bookId: other.id, address });
    const third = await createAddressBook(person.ctx, { name: 'Third' });
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => addAddressBookEntry(person.ctx, { bookId: third.id, address })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('INV-27 an invitation can be started from an entry, whose device may be of any company', async () => {
    const { app, person, bookId } = await oneBook();
    const own = await setDevice(app, await buildDevice(app), { accountId: person.account.id });
    const other = await buildDevice(app);
    const tile = await addAddressBookEntry(person.ctx, { bookId, address: other.device.address });
    expect(tile).toMatchObject({ origin: 'ADDRESS_BOOK', name: null, online: null });
    const input = { deviceId: own.device.id, recipient: other.device.address, origin: tile.origin };
    expect(await inviteDevice(person.ctx, input)).toMatchObject({ origin: 'ADDRESS_BOOK' });
  });

  it('INV-27 a removed device is left out, and deleting the book takes its entries along', async () => {
    const { app, person, bookId, add, idsOf } = await oneBook();
    const [gone, kept] = [await add(), await add()];
    await app.services.db.write(async ({ q }) => {
      await q.update(devices).set({ removedAt: app.clock.now() }).where(eq(devices.id, gone.deviceId));
    });
    expect(await idsOf()).toEqual([kept.id]);
    await removeAddressBook(person.ctx, { id: bookId });
    await denialOf(getAddressBookEntry(person.ctx, kept.id), 'NOT_FOUND');
    await denialOf(addressBookEntriesOf(person.ctx, bookId, {}), 'NOT_FOUND');
  });
});

describe('bounds', () => {
  it.each([
    [{ label: 'x'.repeat(101) }, 'TOO_LONG', ['label']],
    [{ label: 'a\nb' }, 'INVALID_CHARACTERS', ['label']],
    [{ tags: Array.from({ length: 11 }, (_, i) => `tag ${i}`) }, 'TOO_MANY', ['tags']],
    [{ tags: ['fine', ''] }, 'REQUIRED', ['tags', '1']],
    [{ tags: ['x'.repeat(41)] }, 'TOO_LONG', ['tags', '0']],
    [{ tags: ['\ud800'] }, 'INVALID_CHARACTERS', ['tags', '0']],
  ] as const)('%j is refused as %s', async (values, code, path) => {
    const { app, person, bookId, add } = await oneBook();
    const { address } = (await buildDevice(app)).device;
    expect((await refusalOf(addAddressBookEntry(person.ctx, { bookId, address, ...values }), code)).path).toEqual(path);
    const { id } = await add();
    expect((await refusalOf(updateAddressBookEntry(person.ctx, { id, ...values }), code)).path).toEqual(path);
  });

  it('ten tags of forty characters are fine', async () => {
    const { add } = await oneBook();
    const tags = Array.from({ length: 10 }, (_, i) => `${i}`.padEnd(40, 'é'));
    expect((await add(tags, 'x'.repeat(100))).tags).toEqual(tags);
  });

  it('an address book has at most 1,000 entries', async () => {
    const { app, person, bookId } = await oneBook();
    const template = (await buildDevice(app)).device;
    const rows = Array.from({ length: MOST_ENTRIES }, (_, i) => ({
      ...template,
      id: newId('Device'),
      address: String(2_000_000_000 + i),
      credentialHash: `hash ${i}`,
    }));
    await app.services.db.write(async ({ q }) => {
      for (let i = 0; i < rows.length; i += 250) {
        const some = rows.slice(i, i + 250);
        await q.insert(devices).values(some);
        await q.insert(addressBookEntries).values(
          some.map(({ id }, j) => ({
            id: newId('AddressBookEntry'),
            bookId,
            deviceId: id,
            tags: [],
            createdAt: i + j,
          })),
        );
      }
    });
    const refusal = await refusalOf(addAddressBookEntry(person.ctx, { bookId, address: template.address }), 'TOO_MANY');
    expect(refusal.details).toEqual({ limit: MOST_ENTRIES });
    const [oldest] = (await addressBookEntriesOf(person.ctx, bookId, { first: 1 })).rows;
    await removeAddressBookEntry(person.ctx, { id: oldest?.id ?? '' });
    await addAddressBookEntry(person.ctx, { bookId, address: template.address });
  });
});

describe('who may what', () => {
  it('INV-27 in a shared book every member reads, its owner and administrators edit, and others find nothing', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const outsider = (await buildCompany(app)).admin;
    const [owner, colleague] = [await buildAccount(app), await buildAccount(app)];
    await addMember(app, companyId, owner, 'USER');
    await addMember(app, companyId, colleague, 'USER');
    const { id: bookId } = await createAddressBook(owner.ctx, { name: 'Tills', shared: true });
    const till = await setDevice(app, await buildDevice(app, { name: 'Till 1' }), { companyId });
    const entry = await addAddressBookEntry(owner.ctx, { bookId, address: till.device.address, tags: ['shop'] });
    for (const { ctx } of [owner, admin, colleague]) {
      expect((await addressBookEntriesOf(ctx, bookId, {})).rows).toMatchObject([{ name: 'Till 1', online: false }]);
      expect(await getAddressBookEntry(ctx, entry.id)).toEqual(entry);
      expect(await addressBookTags(ctx, bookId)).toEqual(['shop']);
    }
    const { address } = (await buildDevice(app)).device;
    const edits = (ctx: typeof owner.ctx) => [
      () => addAddressBookEntry(ctx, { bookId, address }),
      () => updateAddressBookEntry(ctx, { id: entry.id, label: 'Mine' }),
      () => removeAddressBookEntry(ctx, { id: entry.id }),
    ];
    for (const edit of edits(colleague.ctx)) await denialOf(edit(), 'FORBIDDEN');
    for (const edit of edits(outsider.ctx)) await denialOf(edit(), 'NOT_FOUND');
    for (const read of [
      () => getAddressBookEntry(outsider.ctx, entry.id),
      () => addressBookEntriesOf(outsider.ctx, bookId, {}),
      () => addressBookTags(outsider.ctx, bookId),
    ]) {
      await denialOf(read(), 'NOT_FOUND');
    }
    await updateAddressBookEntry(admin.ctx, { id: entry.id, label: 'Till' });
    expect(await getAddressBookEntry(colleague.ctx, entry.id)).toMatchObject({ label: 'Till' });
  });

  it('an API token needs the scope CONTACTS to edit, and READ to read', async () => {
    const { app, person, bookId } = await oneBook();
    const token = (scope: string) =>
      app.as({ ...person.principal, via: { kind: 'token', id: newId('ApiToken'), scopes: [scope] } });
    await denialOf(createAddressBook(token('READ'), { name: 'More' }), 'FORBIDDEN');
    await denialOf(addressBookEntriesOf(token('CONTACTS'), bookId, {}), 'FORBIDDEN');
    expect((await addressBookEntriesOf(token('READ'), bookId, {})).rows).toEqual([]);
    await createAddressBook(token('CONTACTS'), { name: 'More' });
  });
});
