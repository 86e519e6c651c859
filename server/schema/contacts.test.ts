import { expect, it } from 'vitest';
import { addFavourite, removeFavourite } from '../domain/favourites.ts';
import { acceptInvitation, inviteDevice } from '../domain/invitations.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice } from '../testing/builders.ts';
import { dataOf } from '../testing/operations.ts';

/** A person signed in on a device, and a device beside it; both take part in Discovery. */
async function neighbours(app: TestApp) {
  const person = await buildAccount(app);
  const values = { discovery: true };
  const own = await setDevice(app, await buildDevice(app), { ...values, accountId: person.account.id });
  const other = await setDevice(app, await buildDevice(app), { ...values, alias: 'desk@acme' });
  return { person, own, other };
}

it('INV-26 an invitation can be started from a tile of each of the four lists, with what the tile tells', async () => {
  const app = await testApp();
  const { person, own, other } = await neighbours(app);
  const { address } = other.device;
  const { id } = await inviteDevice(own.ctx, { recipient: address, origin: 'OWN_ID' });
  await acceptInvitation(other.ctx, { id, revision: 1 });
  await dataOf(own.ctx, 'mutation ($a: String!) { reportDiscovery(input: { addresses: [$a] }) { __typename } }', {
    a: address,
  });
  await dataOf(person.ctx, 'mutation ($a: String!) { addFavourite(input: { address: $a }) { __typename } }', {
    a: address,
  });
  const { createAddressBook } = await dataOf(
    person.ctx,
    `mutation { createAddressBook(input: { name: "Shop" }) {
      ... on CreateAddressBookPayload { addressBook { id viewerOwns viewerCanEdit shared } }
    } }`,
  );
  expect(createAddressBook.addressBook).toMatchObject({ viewerOwns: true, viewerCanEdit: true, shared: false });
  const { addAddressBookEntry } = await dataOf(
    person.ctx,
    `mutation ($book: ID!) { addAddressBookEntry(input: { bookId: $book, address: "Desk@acme", tags: ["till"] }) {
      ... on AddAddressBookEntryPayload { entry { id tags } }
    } }`,
    { book: createAddressBook.addressBook.id },
  );
  const { node } = await dataOf(
    person.ctx,
    `query ($id: ID!) { node(id: $id) { ... on Account {
      favourites { totalCount nodes { ...Tile addedAt } }
      recentSessions { nodes { ...Tile startedAt session { endedAt } } }
      discovered { nodes { ...Tile seenAt } }
      addressBooks { nodes { name tags entries(tag: "till") { nodes { ...Tile id } } } }
    } } }
    fragment Tile on Contact { __typename peer { address addressGrouped alias } origin label name online isFavourite }`,
    { id: person.account.id },
  );
  const [book] = node.addressBooks.nodes;
  expect(book).toMatchObject({ name: 'Shop', tags: ['till'] });
  const tiles = [node.favourites, node.recentSessions, node.discovered, book.entries].map(({ nodes }) => nodes[0]);
  expect(tiles.map((tile) => tile.__typename)).toEqual([
    'Favourite',
    'RecentSession',
    'DiscoveredDevice',
    'AddressBookEntry',
  ]);
  expect(tiles[3].id).toBe(addAddressBookEntry.entry.id);
  for (const tile of tiles) {
    expect(tile).toMatchObject({
      peer: { address, alias: 'desk@acme' },
      label: null,
      name: null,
      online: null,
      isFavourite: true,
    });
    const { inviteDevice: invited } = await dataOf(
      person.ctx,
      `mutation ($input: InviteDeviceInput!) { inviteDevice(input: $input) {
        __typename ... on InviteDevicePayload { invitation { origin recipient { address } } }
      } }`,
      { input: { deviceId: own.device.id, recipient: tile.peer.address, origin: tile.origin } },
    );
    expect(invited.invitation).toEqual({ origin: tile.origin, recipient: { address } });
  }
  for (const ref of [createAddressBook.addressBook.id, addAddressBookEntry.entry.id]) {
    expect((await dataOf(person.ctx, 'query ($id: ID!) { node(id: $id) { id } }', { id: ref })).node.id).toBe(ref);
    const stranger = await buildAccount(app);
    expect((await dataOf(stranger.ctx, 'query ($id: ID!) { node(id: $id) { id } }', { id: ref })).node).toBeNull();
  }
});

it('INV-26 what cannot be done is refused in the language of the request', async () => {
  const app = await testApp();
  const device = await buildDevice(app);
  const french = app.as(device.principal, { language: 'fr' });
  const { reportDiscovery } = await dataOf(
    french,
    `mutation { reportDiscovery(input: { addresses: [] }) { __typename ... on UserError { code message path } } }`,
  );
  expect(reportDiscovery).toEqual({
    __typename: 'DiscoveryOff',
    code: 'DISCOVERY_OFF',
    message: 'L’appareil ne participe pas à la découverte. Activez-la d’abord dans ses paramètres.',
    path: [],
  });
});

it('INV-26 each tile says whether the device is a favourite of whoever looks, and of nobody else', async () => {
  const app = await testApp();
  const { person, own, other } = await neighbours(app);
  const colleague = await buildAccount(app);
  const third = await setDevice(app, await buildDevice(app), { discovery: true });
  const addresses = [other.device.address, third.device.address];
  const report = 'mutation ($a: [String!]!) { reportDiscovery(input: { addresses: $a }) { ...Tiles } }';
  const tiles = 'fragment Tiles on ReportDiscoveryPayload { discovered { peer { address } isFavourite } }';
  const seen = async () => {
    const { viewer } = await dataOf(
      person.ctx,
      '{ viewer { account { discovered { nodes { peer { address } isFavourite } } } } }',
    );
    const { nodes } = viewer.account.discovered as { nodes: { peer: { address: string }; isFavourite: boolean }[] };
    return new Map(nodes.map(({ peer, isFavourite }) => [peer.address, isFavourite]));
  };
  await addFavourite(person.ctx, { address: other.device.address });
  await addFavourite(colleague.ctx, { address: third.device.address });
  const { reportDiscovery } = await dataOf(own.ctx, `${report} ${tiles}`, { a: addresses });
  expect(reportDiscovery.discovered.map((tile: { isFavourite: boolean }) => tile.isFavourite)).toEqual([false, false]);
  expect(await seen()).toEqual(
    new Map([
      [other.device.address, true],
      [third.device.address, false],
    ]),
  );
  await removeFavourite(person.ctx, { address: other.device.address });
  expect([...(await seen()).values()]).toEqual([false, false]);
});
