import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createApiToken } from '../../../server/domain/api-tokens.ts';
import { updateDevice, updateDeviceSettings } from '../../../server/domain/device-changes.ts';
import { reportDiscovery } from '../../../server/domain/discovery.ts';
import { addFavourite } from '../../../server/domain/favourites.ts';
import { leaveCompany } from '../../../server/domain/member-changes.ts';
import { ensureOperator } from '../../../server/domain/operator.ts';
import { openPresence } from '../../../server/domain/presence.ts';
import { type TestApp, testApp } from '../../../server/testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { signedIn } from '../../../server/testing/people.ts';
import { closeAfterTest } from '../../../server/testing/resources.ts';
import { createBeckonClient } from '../../api/client.ts';
import { AccountCursor, AccountEvents } from '../../api/operations/events.ts';
import { IssueLicences, Licences } from '../../api/operations/licences.ts';
import { CompanySettings } from '../company/settings/operations.ts';
import { Discovered } from '../contacts/operations.ts';
import { OwnDevices } from '../devices/operations.ts';
import { RenameOwnDevice } from '../invite/device-operations.ts';
import { Incoming } from '../invite/incoming-operations.ts';
import { exchanges } from './cache.ts';
import { ViewerAtHomeQuery } from './operations.ts';

// As browsers run it: urql would warn of all that the typed documents leave open.
beforeAll(() => void vi.stubEnv('NODE_ENV', 'production'));
afterAll(() => void vi.unstubAllEnvs());

/** Values in the order in which they came, for one who waits for each. */
class Queue<Value> {
  readonly #values: Value[] = [];
  #came = Promise.withResolvers<void>();

  readonly add = (value: Value): void => {
    this.#values.push(value);
    this.#came.resolve();
  };

  async next(): Promise<Value> {
    while (this.#values.length === 0) await this.#came.promise;
    const [value] = this.#values.splice(0, 1) as [Value];
    if (this.#values.length === 0) this.#came = Promise.withResolvers<void>();
    return value;
  }
}

/** A client of the dashboard, whose answers to some queries are held back: each is let go by the function that `road` gives. */
async function clientOn(app: TestApp, token: string, ...slow: readonly string[]) {
  const road = new Queue<() => void>();
  let asked = 0;
  const client = createBeckonClient({
    url: `http://127.0.0.1:${await app.listen()}`,
    token,
    exchanges,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (!slow.some((name) => String(init?.body).includes(`"operationName":"${name}"`))) return response;
      asked += 1;
      await new Promise<void>((letGo) => road.add(letGo));
      return response;
    },
  });
  closeAfterTest(() => client.close());
  return {
    client,
    road,
    asked: () => asked,
    /** What a page shows of a query, whenever it changes. */
    shown<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables) {
      const answers = new Queue<Data>();
      const { unsubscribe } = client.urql
        .query(document, variables, { requestPolicy: 'cache-and-network' })
        .subscribe(({ data, stale }) => {
          if (data && !stale) answers.add(data);
        });
      closeAfterTest(unsubscribe);
      return answers;
    },
  };
}

/** A person with a device, beside another one; the person's client follows the account's events, as the pages do. */
async function neighbours(slow: string) {
  const app = await testApp();
  const person = await buildAccount(app);
  const desk = await setDevice(app, await buildDevice(app), { accountId: person.account.id, discovery: true });
  const till = await setDevice(app, await buildDevice(app), { discovery: true });
  const { ctx } = await signedIn(app, person);
  const { secret } = await createApiToken(ctx, { name: 'Dashboard', scopes: ['READ', 'DEVICES'] });
  const on = await clientOn(app, secret, slow);
  const { viewer } = await on.client.query(AccountCursor, {});
  const events = new Queue<string>();
  const { unsubscribe } = on.client.urql
    .subscription(AccountEvents, { after: viewer.account?.eventCursor ?? null })
    .subscribe(({ data }) => events.add(data?.accountEvents?.__typename ?? ''));
  closeAfterTest(unsubscribe);
  const inSight = () => {
    const answers = on.shown(Discovered, {});
    const seen = async () => (await answers.next()).viewer.account?.discovered?.nodes.map(({ peer }) => peer.address);
    /** As `seen`, as soon as it is anything. */
    const found = async () => {
      let last = await seen();
      while (last?.length === 0) last = await seen();
      return last;
    };
    return { seen, found };
  };
  return { app, person, desk, till, events, inSight, ...on };
}

test('INV-26 what is seen while the first answer is on its way is asked for after it', async () => {
  const { desk, till, events, inSight, road } = await neighbours('Discovered');
  const { seen, found } = inSight();
  const letGo = await road.next();
  await reportDiscovery(desk.ctx, { addresses: [till.device.address] });
  await events.next();
  letGo();
  expect(await seen()).toEqual([]);
  (await road.next())();
  expect(await found()).toEqual([till.device.address]);
});

test('INV-26 what is seen while a list is read anew for another event is asked for after that', async () => {
  const { app, person, desk, till, events, inSight, road } = await neighbours('Discovered');
  await setDevice(app, desk, { discovery: false });
  const { seen, found } = inSight();
  (await road.next())();
  expect(await seen()).toEqual([]);
  await updateDeviceSettings(person.ctx, { deviceId: desk.device.id, discovery: true });
  await events.next();
  const letGo = await road.next();
  await reportDiscovery(desk.ctx, { addresses: [till.device.address] });
  await events.next();
  letGo();
  (await road.next())();
  expect(await found()).toEqual([till.device.address]);
});

test('INV-26 one event after the other is asked for, however long another query takes', async () => {
  const { app, person, desk, till, events, inSight, shown, road } = await neighbours('OwnDevices');
  await setDevice(app, desk, { discovery: false });
  shown(OwnDevices, {});
  const letGo = await road.next();
  const { seen, found } = inSight();
  expect(await seen()).toEqual([]);
  await updateDeviceSettings(person.ctx, { deviceId: desk.device.id, discovery: true });
  await events.next();
  expect(await seen()).toEqual([]);
  await reportDiscovery(desk.ctx, { addresses: [till.device.address] });
  await events.next();
  expect(await found()).toEqual([till.device.address]);
  letGo();
});

test('PRE-02 an answer that was read before a device came online does not show it offline', async () => {
  const { desk, events, shown, road } = await neighbours('OwnDevices');
  const answers = shown(OwnDevices, {});
  const letGo = await road.next();
  await openPresence(desk.ctx, desk.device.id);
  await events.next();
  letGo();
  expect((await answers.next()).viewer.account?.devices.nodes).toMatchObject([{ online: false }]);
  (await road.next())();
  expect((await answers.next()).viewer.account?.devices.nodes).toMatchObject([{ online: true }]);
});

test('an answer to a mutation that arrives after what has happened since does not put that back', async () => {
  const { person, desk, events, shown, road, client } = await neighbours('RenameOwnDevice');
  const deviceId = desk.device.id;
  const answers = shown(OwnDevices, {});
  const named = async (name: string): Promise<void> => {
    while ((await answers.next()).viewer.account?.devices.nodes[0]?.name !== name);
  };
  const renaming = client.mutate(RenameOwnDevice, { input: { deviceId, name: 'First' } });
  const letGo = await road.next();
  await events.next();
  await named('First');
  await updateDevice(person.ctx, { deviceId, name: 'Second' });
  await events.next();
  await named('Second');
  letGo();
  await renaming;
  const { data } = await client.urql.query(OwnDevices, {}, { requestPolicy: 'cache-first' }).toPromise();
  expect(data?.viewer.account?.devices.nodes).toMatchObject([{ name: 'Second' }]);
});

test('an event that a query has nothing to do with is no reason to ask it again', async () => {
  const { person, till, events, shown, road, asked, client } = await neighbours('OwnDevices');
  const answers = shown(OwnDevices, {});
  const letGo = await road.next();
  await addFavourite(person.ctx, { address: till.device.address });
  await events.next();
  letGo();
  await answers.next();
  await client.query(AccountCursor, {});
  expect(asked()).toBe(1);
});

test('nothing asks again for what nobody shows any more', async () => {
  const { desk, till, events, road, asked, client } = await neighbours('Discovered');
  const { unsubscribe } = client.urql.query(Discovered, {}).subscribe(() => {});
  const letGo = await road.next();
  await reportDiscovery(desk.ctx, { addresses: [till.device.address] });
  await events.next();
  unsubscribe();
  letGo();
  await client.query(AccountCursor, {});
  expect(asked()).toBe(1);
});

test('PER-13 who leaves a company is shown so, although what had been asked before is answered in between', async () => {
  const app = await testApp();
  const { companyId } = await buildCompany(app);
  const person = await buildAccount(app);
  await addMember(app, companyId, person, 'USER');
  const { ctx } = await signedIn(app, person);
  const { secret } = await createApiToken(ctx, { name: 'Dashboard', scopes: ['READ'] });
  const { client, shown, road } = await clientOn(app, secret, 'ViewerAtHome', 'Incoming', 'CompanySettings');
  const home = shown(ViewerAtHomeQuery, {});
  (await road.next())();
  const { account } = (await home.next()).viewer;
  const events = new Queue<string>();
  const { unsubscribe } = client.urql
    .subscription(AccountEvents, { after: account?.eventCursor ?? null })
    .subscribe(({ data }) => events.add(data?.accountEvents?.__typename ?? ''));
  closeAfterTest(unsubscribe);
  shown(Incoming, {});
  const letIncomingGo = await road.next();
  shown(CompanySettings, { administrator: false });
  const letSettingsGo = await road.next();
  await leaveCompany(ctx);
  await events.next();
  const letHomeGo = await road.next();
  letSettingsGo();
  // They are asked for once more, and not answered here.
  await road.next();
  letIncomingGo();
  letHomeGo();
  (await road.next())();
  expect((await home.next()).viewer.account?.company).toBeNull();
});

test('LIC-01 a list that was on its way when somebody added to it here is asked for again, although no event tells of it', async () => {
  const app = await testApp();
  const token = (await ensureOperator(app.services)) ?? '';
  const { client, shown, road } = await clientOn(app, token, 'Licences');
  const answers = shown(Licences, {});
  const letGo = await road.next();
  const licence = { product: 'MONITORING', edition: 'BUSINESS', seats: 1, months: 1 } as const;
  await client.mutate(IssueLicences, { input: { purchaseEmail: 'ana@example.test', licences: [licence] } });
  letGo();
  (await road.next())();
  expect((await answers.next()).licences.nodes).toEqual([]);
  expect((await answers.next()).licences.nodes).toHaveLength(1);
});
