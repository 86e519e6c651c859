import { expect, test } from 'vitest';
import { addAddressBookEntry } from '../../../server/domain/address-book-entries.ts';
import { createAddressBook } from '../../../server/domain/address-books.ts';
import { setDeviceAlias } from '../../../server/domain/device-changes.ts';
import { getDevice } from '../../../server/domain/devices.ts';
import { reportDiscovery } from '../../../server/domain/discovery.ts';
import { streamOf } from '../../../server/domain/event-log.ts';
import { addFavourite } from '../../../server/domain/favourites.ts';
import { acceptInvitation, getInvitation, inviteDevice } from '../../../server/domain/invitations.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { listenTo } from '../../../server/testing/events.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

/** A person of a company signed in on a device, and a device of the company beside it: both take part in Discovery. */
async function neighbours(app: DashboardApp, language: 'en' | 'fr' = 'en') {
  const { companyId, namespace, admin } = await buildCompany(app);
  const person = await buildAccount(app, { language });
  await addMember(app, companyId, person, 'USER');
  const of = { companyId, enrolledAt: app.clock.now(), discovery: true };
  const desk = await setDevice(app, await buildDevice(app, { name: 'Desk' }), { ...of, accountId: person.account.id });
  const till = await setDevice(app, await buildDevice(app, { name: 'Till' }), { ...of, alias: `till@${namespace}` });
  return { companyId, namespace, admin, person, desk, till };
}

/** The neighbour is in all four lists: as a favourite, by a session, in sight, and in an address book. */
async function known(app: DashboardApp, language: 'en' | 'fr' = 'en') {
  const people = await neighbours(app, language);
  const { person, desk, till } = people;
  const { address } = till.device;
  const { id } = await inviteDevice(desk.ctx, { recipient: address, origin: 'OWN_ID' });
  await acceptInvitation(till.ctx, { id, revision: 1 });
  await reportDiscovery(desk.ctx, { addresses: [address] });
  await addFavourite(person.ctx, { address });
  const book = await createAddressBook(person.ctx, { name: 'Shops' });
  await addAddressBookEntry(person.ctx, { bookId: book.id, address, label: 'Till of Mrs Lagarde', tags: ['south'] });
  return { ...people, book };
}

test('INV-26 INV-27 an invitation is started from a tile of each list, and says at once what became of it', async () => {
  const app = await dashboardApp();
  const { person, till } = await known(app);
  const inbox = await listenTo(till.ctx, streamOf.device(till.device.id));
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, person, '/contacts/favourites');
  const lists = [
    ['Favourites', 'Till', 'FAVORITES'],
    ['Recent sessions', 'Till', 'RECENT_SESSIONS'],
    ['Discovery', 'Till', 'DISCOVERY'],
    ['Address books', 'Till of Mrs Lagarde', 'ADDRESS_BOOK'],
  ] as const;
  for (const [tab, name, origin] of lists) {
    await page.getByRole('link', { name: tab }).click();
    await page.getByRole('button', { name: `Invite ${name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Invite ${name} to your device` });
    await dialog.getByLabel('Permission profile').selectOption('Screen sharing');
    await dialog.getByLabel('Note to the recipient').fill('A word');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByRole('timer').waitFor();
    const event = await inbox.next();
    const invitation = await getInvitation(till.ctx, 'subject' in event ? event.subject : '');
    expect(invitation).toMatchObject({ origin, note: 'A word', profileName: 'Screen sharing' });
    await acceptInvitation(till.ctx, { id: invitation.id, revision: 1 });
    await dialog.getByText('Accepted').waitFor();
    await inbox.changes(2);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  expect(seen.wrong).toEqual([]);
});

test('INV-26 the menu of a tile opens by a right-click and by the keyboard, and marks, keeps and finds the device', async () => {
  const app = await dashboardApp();
  const { person, till } = await known(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, person, '/contacts/recent');
  const tile = page.getByRole('list', { name: 'Recent sessions' }).getByRole('listitem').filter({ hasText: 'Till' });
  await tile.getByText('Last session', { exact: false }).or(tile.getByText('In a session, begun')).waitFor();
  const star = tile.getByRole('button', { name: 'Favourite: Till' });
  expect(await star.getAttribute('aria-pressed')).toBe('true');

  await tile.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Take off the favourites' }).click();
  await tile.locator('[aria-pressed="false"]').waitFor();
  await star.click();
  await tile.locator('[aria-pressed="true"]').waitFor();

  await tile.getByRole('button', { name: 'Invite Till' }).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Add to an address book …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add “Till” to an address book' });
  await dialog.getByRole('combobox', { name: 'Address book' }).selectOption('A new address book …');
  await dialog.getByLabel('Name of the address book').fill('Night shift');
  await dialog.getByLabel('Name in the address book').fill('Night till');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByText('“Night till” is in').or(page.getByText('“Till” is in “Night shift” now.')).waitFor();
  await page.getByRole('link', { name: 'Address books' }).click();
  await page.getByRole('link', { name: 'Night shift' }).click();
  await page.getByRole('heading', { name: 'Night till' }).waitFor();

  // A device of the company has a page of its own, one click away.
  await page.getByRole('button', { name: 'More for Night till' }).click();
  await page.getByRole('menuitem', { name: 'Open the device' }).click();
  await page.waitForURL(`**/devices/${till.device.id}`);
  await page.getByRole('heading', { level: 1, name: 'Till' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-11 INV-26 a favourite is added by its ID or alias; what is no address is said at the field', async () => {
  const app = await dashboardApp();
  const { person, admin, till, namespace } = await neighbours(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, person, '/contacts');
  await page.waitForURL('**/contacts/favourites');
  await page.getByText('No favourites yet').waitFor();
  const address = page.getByRole('textbox', { name: 'ID or alias' });
  await address.fill('123 456 789');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]').waitFor();
  await address.fill(till.device.address.replace(/^(\d{3})/, '$1 '));
  await page.keyboard.press('Enter');
  const tile = page.getByRole('listitem').filter({ hasText: 'Till' });
  await tile.getByText('Offline').waitFor();
  await address.and(page.locator(':placeholder-shown')).waitFor();
  // Somebody else gives it another alias meanwhile: it shows without a reload.
  await setDeviceAlias(admin.ctx, { deviceId: till.device.id, alias: `cash@${namespace}` });
  await tile.getByText(`cash@${namespace}`).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-26 Discovery says that it is off and how to switch it on; what a device sees then appears at once', async () => {
  const app = await dashboardApp();
  const { person, desk, till } = await neighbours(app);
  await setDevice(app, desk, { discovery: false });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, person, '/contacts/discovery');
  await page.getByText('Discovery is off on all your devices').waitFor();
  await page.getByRole('switch', { name: 'Desk' }).click();
  await page.getByText('Nothing in sight').waitFor();
  await reportDiscovery(desk.ctx, { addresses: [till.device.address] });
  await page.getByRole('heading', { name: 'Till' }).waitFor();
  await page.getByRole('switch', { name: 'Desk' }).click();
  await page.getByText('Discovery is off on all your devices').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('a switch that is turned again while it saves is saved again afterwards, so that what it shows is what is', async () => {
  const app = await dashboardApp();
  const { person, desk } = await neighbours(app);
  const seen = await visit(app);
  const { page } = seen;
  const happened: string[] = [];
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('mutation SwitchDiscovery')) return route.continue();
    happened.push('asked');
    const response = await route.fetch();
    await released;
    happened.push('answered');
    await route.fulfill({ response });
  });
  await signInOn(seen, person, '/contacts/discovery');
  const own = page.getByRole('switch', { name: 'Desk' });
  await own.click();
  await own.click();
  // What was asked for before this has been seen by now.
  await page.evaluate(() => fetch('/healthz'));
  expect(happened).toEqual(['asked']);
  await Promise.all([
    page.waitForResponse((answer) => answer.request().postData()?.includes('"discovery":true') ?? false),
    release(),
  ]);
  await page.getByRole('switch', { name: 'Desk', checked: true }).waitFor();
  expect(happened).toEqual(['asked', 'answered', 'asked', 'answered']);
  expect((await getDevice(person.ctx, desk.device.id)).discovery).toBe(true);
  expect(seen.wrong).toEqual([]);
});

test('INV-27 an address book is made, filled, tagged, shared, and seen by a colleague who may not change it', async () => {
  const app = await dashboardApp();
  const { companyId, person, till } = await neighbours(app);
  const other = await buildDevice(app);
  const colleague = await buildAccount(app);
  await addMember(app, companyId, colleague, 'USER');
  const [mine, theirs] = [await visit(app), await visit(app)];
  await signInOn(mine, person, '/contacts/books');
  const { page } = mine;
  await page.getByText('No address books yet').waitFor();
  await page.getByRole('button', { name: 'New address book' }).click();
  await page.getByRole('dialog').getByLabel('Name of the address book').fill('Shops');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Shops' }).waitFor();
  await page.getByText('No entries yet').waitFor();

  const form = page.getByRole('dialog', { name: 'Add an entry to “Shops”' });
  for (const [device, label, tags] of [
    [till, 'Till of Mrs Lagarde', ['till', 'south']],
    [other, 'Scanner', ['south']],
  ] as const) {
    await page.getByRole('button', { name: 'Add an entry' }).click();
    await form.getByLabel('ID or alias').fill(device.device.address);
    await form.getByLabel('Name in the address book').fill(label);
    for (const tag of tags) {
      // What other entries have is offered, what they have not is typed.
      const offered = form.getByRole('button', { name: tag, exact: true });
      if (tag === 'south' && device === other) await offered.click();
      else {
        await form.getByLabel('Tags', { exact: true }).fill(tag);
        await page.keyboard.press('Enter');
      }
    }
    await form.getByRole('button', { name: 'Add an entry' }).click();
    await page.getByRole('heading', { name: label }).waitFor();
    await form.waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'till', exact: true }).click();
  await page.getByRole('heading', { name: 'Scanner' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('tag')).toBe('till');
  await page.getByRole('heading', { name: 'Till of Mrs Lagarde' }).waitFor();

  // The colleague sees it as soon as it is shared, and nothing that would change it.
  await signInOn(theirs, colleague, '/contacts/books');
  await theirs.page.getByText('No address books yet').waitFor();
  await page.getByRole('button', { name: 'Rename or share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change “Shops”' });
  await dialog.getByLabel('Name of the address book').fill('Shops of the south');
  await dialog.getByRole('switch', { name: 'Share it with the company' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await theirs.page.getByRole('heading', { name: 'Shops of the south' }).waitFor();
  await theirs.page.getByText('Read only').waitFor();
  await theirs.page.getByRole('heading', { name: 'Scanner' }).waitFor();
  expect(await theirs.page.getByRole('button', { name: 'Add an entry' }).count()).toBe(0);
  await theirs.page.getByRole('button', { name: 'More for Scanner' }).click();
  await theirs.page.getByRole('menuitem', { name: 'Copy the ID' }).waitFor();
  expect(await theirs.page.getByRole('menuitem', { name: 'Take out of the address book' }).count()).toBe(0);

  await page.getByRole('button', { name: 'till', exact: true }).click();
  await page.getByRole('button', { name: 'More for Scanner' }).click();
  await page.getByRole('menuitem', { name: 'Take out of the address book' }).click();
  await theirs.page.getByRole('heading', { name: 'Scanner' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await theirs.page
    .getByText('This address book is not there any more')
    .or(theirs.page.getByText('No address books yet'))
    .waitFor();
  expect([...mine.wrong, ...theirs.wrong]).toEqual([]);
});

test.each([
  ['light', 'en-GB', 'Add an entry', 'New address book', 'Invite Till'],
  ['dark', 'fr-FR', 'Ajouter une entrée', 'Nouveau carnet d’adresses', 'Inviter Till'],
] as const)('everybody can use the contacts, %s, %s', async (colorScheme, locale, addEntry, newBook, invite) => {
  const app = await dashboardApp();
  const { person, book } = await known(app, locale === 'fr-FR' ? 'fr' : 'en');
  const seen = await visit(app, { colorScheme, locale, reducedMotion: 'reduce' });
  const { page } = seen;
  await signInOn(seen, person, '/contacts/favourites');
  for (const path of ['favourites', 'recent', 'discovery', `books/${book.id}`]) {
    await page.goto(`/contacts/${path}`);
    await page.getByRole('heading', { level: path.startsWith('books') ? 3 : 2, name: 'Till' }).waitFor();
    expect(await accessibilityProblems(page), path).toEqual([]);
  }
  for (const button of [addEntry, newBook, invite]) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    expect(await accessibilityProblems(page), button).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  expect(seen.wrong).toEqual([]);
});
