import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { acceptInvitation, cancelInvitation, inviteDevice } from '../../../server/domain/invitations.ts';
import { requestSessionPermissions } from '../../../server/domain/permission-requests.ts';
import { requestSession } from '../../../server/domain/session-requests.ts';
import { getSession } from '../../../server/domain/sessions.ts';
import { closeAfterTest } from '../../../server/testing/resources.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';
import { startProxy } from '../../testing/proxy.ts';
import { twoPeople } from '../../testing/two-people.ts';

/** Ben somewhere in the dashboard, and Ada at the other side, without a browser. */
async function benAt(app: DashboardApp, path: string, prepare: (seen: Visit) => Promise<unknown> = async () => {}) {
  const people = await twoPeople(app);
  const seen = await visit(app);
  await prepare(seen);
  await signInOn(seen, people.ben.person, path);
  await seen.page.getByRole('heading', { level: 1 }).first().waitFor();
  const invite = () =>
    inviteDevice(people.ada.device.ctx, { recipient: people.ben.device.device.address, origin: 'OWN_ID' });
  return { ...people, seen, page: seen.page, invite };
}

test('INV-09 asked for in one browser, let in from the other with the permissions chosen there; withdrawn, it vanishes', async () => {
  const app = await dashboardApp();
  const { ada, page: host, seen, namespace } = await benAt(app, '/contacts');
  const asking = await visit(app);
  await signInOn(asking, ada.person);
  const guest = asking.page;
  await guest.getByLabel('Which device: ID or alias').fill(`workshop@${namespace}`);
  await guest.getByRole('button', { name: 'Ask to be let in' }).click();
  const card = host.getByRole('article', { name: 'Somebody asks to be let in to Workshop' });
  await card.waitFor();
  const asked = guest.getByRole('article', { name: 'Request to Workshop' });
  await asked.getByRole('button', { name: 'Withdraw' }).click();
  await card.waitFor({ state: 'detached' });
  await asked.getByRole('status').getByText('Withdrawn').waitFor();

  await guest.getByLabel('Which device: ID or alias').fill(`workshop@${namespace}`);
  await guest.getByRole('button', { name: 'Ask to be let in' }).click();
  await card.getByLabel('Permission profile').selectOption('Screen sharing');
  await card.getByRole('button', { name: 'Single permissions' }).click();
  await card.getByLabel('Keyboard and mouse', { exact: true }).check();
  await card.getByRole('button', { name: 'Accept' }).click();
  await host.waitForURL(/\/sessions\/ses_/);
  await asked.getByRole('status').getByText('Let in').waitFor();
  const { permissions } = await getSession(ada.person.ctx, new URL(host.url()).pathname.slice('/sessions/'.length));
  expect(permissions).toEqual(['AUDIO', 'INPUT', 'WHITEBOARD', 'USER_POINTER']);
  expect([...seen.wrong, ...asking.wrong]).toEqual([]);
});

test('INV-13 several wait one above the other; a key leads there and back, they can be put aside, and no focus is lost when one goes', async () => {
  const app = await dashboardApp();
  const { ada, seen, page, invite } = await benAt(app, '/');
  const note = page.getByLabel('Note to the recipient');
  await note.focus();
  const first = await invite();
  await invite();
  const corner = page.getByRole('region', { name: 'Waiting for your answer' });
  await corner.getByText('2 wait for your answer').waitFor();
  const cards = corner.getByRole('article', { name: 'You are invited' });
  await cards.nth(1).waitFor();
  await note.and(page.locator(':focus')).waitFor();

  await page.keyboard.press('Alt+i');
  await cards.first().and(page.locator(':focus')).waitFor();
  await cancelInvitation(ada.device.ctx, { id: first.id });
  await corner.getByText('1 waits for your answer').waitFor();
  await cards.first().and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Alt+i');
  await note.and(page.locator(':focus')).waitFor();

  await corner.getByRole('button', { name: /1 waits for your answer/ }).click();
  await cards.first().waitFor({ state: 'detached' });
  await invite();
  await cards.nth(1).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-29 the guest side’s wish for more permissions is answered from any page', async () => {
  const app = await dashboardApp();
  const { ada, ben, seen, page } = await benAt(app, '/contacts');
  const { id } = await inviteDevice(ben.device.ctx, { recipient: ada.device.device.address, origin: 'OWN_ID' });
  const { sessionId } = await acceptInvitation(ada.device.ctx, { id, revision: 1 });
  await requestSessionPermissions(ada.device.ctx, { sessionId: sessionId ?? '', permissions: ['VPN'] });
  const card = page.getByRole('article', { name: 'More permissions are asked for' });
  await card.getByText('VPN', { exact: true }).waitFor();
  await card.getByRole('button', { name: 'Grant' }).click();
  await card.waitFor({ state: 'detached' });
  expect((await getSession(ada.device.ctx, sessionId ?? '')).permissions).toContain('VPN');
  expect(seen.wrong).toEqual([]);
});

test('INV-13 two tabs of the same person stay in step', async () => {
  const app = await dashboardApp();
  const { seen, page, invite } = await benAt(app, '/');
  const other = await page.context().newPage();
  await other.goto('/contacts');
  await other.getByRole('heading', { level: 1 }).waitFor();
  await invite();
  for (const tab of [page, other]) await tab.getByRole('article', { name: 'You are invited' }).waitFor();
  await other.getByRole('button', { name: 'Connect' }).click();
  await other.waitForURL(/\/sessions\/ses_/);
  await page.getByRole('article', { name: 'You are invited' }).waitFor({ state: 'detached' });
  await page.getByRole('article', { name: 'Session with Reception' }).waitFor();
  await other.getByRole('button', { name: 'End the session' }).click();
  await page.getByRole('article', { name: 'Session with Reception' }).waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('API-01 a lost connection is told; what was missed meanwhile arrives with it, and nobody reloads', async () => {
  const proxy = await startProxy(0);
  closeAfterTest(() => proxy.close());
  const url = `http://127.0.0.1:${proxy.port}`;
  const app = await dashboardApp({ PUBLIC_URL: url });
  const target = Number(new URL(app.url).port);
  proxy.target = target;
  const people = await twoPeople(app);
  const seen = await visit({ url });
  const { page } = seen;
  await signInOn(seen, people.ben.person);
  await page.getByRole('heading', { name: 'Under way' }).waitFor();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  // Nothing listens there.
  proxy.target = 9;
  proxy.cut();
  await page.getByRole('status').getByText('The connection is lost. What you see may be out of date.').waitFor();
  const recipient = people.ben.device.device.address;
  await inviteDevice(people.ada.device.ctx, { recipient, origin: 'OWN_ID' });
  const gone = await inviteDevice(people.ada.device.ctx, { recipient, origin: 'OWN_ID' });
  await cancelInvitation(people.ada.device.ctx, { id: gone.id });
  expect(await page.getByRole('article', { name: 'You are invited' }).count()).toBe(0);

  proxy.target = target;
  await page.getByText('1 waits for your answer').waitFor();
  await page.getByText('The connection is lost. What you see may be out of date.').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  // The browser itself writes of every try that fails.
  expect(seen.wrong.filter((text) => !/WebSocket connection to|Failed to load resource: net::/.test(text))).toEqual([]);
});

test('API-01 what could not be asked for want of a connection is asked again by itself', async () => {
  const app = await dashboardApp();
  const failing = new Set(['query Incoming', 'query UnderWay']);
  const failed = new Set<string>();
  const { promise: bothFailed, resolve: enough } = Promise.withResolvers<void>();
  const { seen, page, invite } = await benAt(app, '/', ({ page: fresh }) =>
    fresh.route('**/graphql', async (route) => {
      const query = [...failing].find((name) => route.request().postData()?.includes(name));
      if (!query) return route.continue();
      await route.abort('connectionreset');
      if (failed.add(query).size === failing.size) enough();
    }),
  );
  await page.getByRole('alert').getByRole('heading', { name: 'That did not work' }).waitFor();
  await bothFailed;
  failing.clear();
  await invite();
  await page.getByRole('article', { name: 'You are invited' }).waitFor();
  await page.getByRole('heading', { name: 'Under way' }).waitFor();
  expect(seen.wrong.length).toBeGreaterThanOrEqual(2);
  expect(new Set(seen.wrong)).toEqual(new Set(['Failed to load resource: net::ERR_CONNECTION_RESET']));
});

test('INV-13 the browser tells it outside of the page, where the person asked for that by a button', async () => {
  const app = await dashboardApp();
  const { seen, page, invite, ada } = await benAt(app, '/', ({ page: fresh }) =>
    fresh.addInitScript(() => {
      const shown: { title: string; closed: boolean }[] = [];
      class Recorded {
        static permission = 'default';
        static async requestPermission(): Promise<string> {
          Recorded.permission = 'granted';
          return Recorded.permission;
        }
        readonly #entry: { title: string; closed: boolean };
        constructor(title: string) {
          this.#entry = { title, closed: false };
          shown.push(this.#entry);
        }
        close(): void {
          this.#entry.closed = true;
        }
      }
      Object.assign(window, { Notification: Recorded, shown });
      document.hasFocus = () => false;
    }),
  );
  const shown = () => page.evaluate(() => (window as unknown as { shown: object[] }).shown);
  const { id } = await invite();
  await page.getByRole('article', { name: 'You are invited' }).waitFor();
  expect(await shown()).toEqual([]);
  await page.getByRole('button', { name: 'Notify me outside this page too' }).click();
  await page.getByRole('button', { name: 'Notify me outside this page too' }).waitFor({ state: 'detached' });
  await cancelInvitation(ada.device.ctx, { id });
  await page.getByRole('alert').getByText('The invitation from Reception waits no more.').waitFor();
  const second = await invite();
  await page
    .getByRole('alert')
    .getByText(/Reception invites you to connect/)
    .waitFor();
  expect(await shown()).toEqual([{ title: 'Reception invites you to connect.', closed: false }]);
  await cancelInvitation(ada.device.ctx, { id: second.id });
  await page.getByRole('alert').getByText('The invitation from Reception waits no more.').waitFor();
  expect(await shown()).toEqual([{ title: 'Reception invites you to connect.', closed: true }]);
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en', 'Accept'],
  ['dark', 'fr', 'Accepter'],
] as const)(
  'what waits for an answer is accessible in the %s theme and in %s',
  async (colorScheme, language, accept) => {
    const app = await dashboardApp();
    const { ada, ben } = await twoPeople(app);
    await updateAccount(ben.person.ctx, { language });
    await inviteDevice(ada.device.ctx, { recipient: ben.device.device.address, origin: 'OWN_ID' });
    await requestSession(ada.device.ctx, { address: ben.device.device.address });
    const seen = await visit(app, { colorScheme, locale: language, viewport: { width: 360, height: 740 } });
    await signInOn(seen, ben.person, '/contacts');
    await seen.page.getByRole('button', { name: accept, exact: true }).waitFor();
    await seen.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await accessibilityProblems(seen.page)).toEqual([]);
    expect(seen.wrong).toEqual([]);
  },
);
