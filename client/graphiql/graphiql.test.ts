import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { streamOf } from '../../server/domain/event-log.ts';
import { currentCursor } from '../../server/domain/event-stream.ts';
import { inviteDevice } from '../../server/domain/invitations.ts';
import { testApp } from '../../server/testing/app.ts';
import { buildAccount, buildDevice, PASSWORD, setDevice } from '../../server/testing/builders.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { accessibilityProblems } from '../testing/accessible.ts';
import { startBrowser } from '../testing/browser.ts';
import { EXAMPLES } from './examples.ts';

/** The address of every test server's pages, which the browser is told where to find; of a kind that it trusts without TLS. */
const BECKON = 'http://beckon.localhost';

/** Below the test's own, so that a failure says what was waited for. */
const PAGE_TIMEOUT_MS = 30_000;

/** A server with two devices, and a page of a browser that notes whatever goes wrong in it. */
async function openPage(colorScheme: 'light' | 'dark' = 'light') {
  const app = await testApp({ PUBLIC_URL: BECKON });
  const port = await app.listen();
  const browser = await startBrowser({ 'beckon.localhost': `127.0.0.1:${port}` });
  closeAfterTest(() => browser.close());
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 2000 } });
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    // A refusal by the Content-Security-Policy is told here too.
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(data:|http:\/\/beckon\.localhost\/)/.test(request.url())) wrong.push(`asked for ${request.url()}`);
  });
  const [host, guest] = [await buildDevice(app), await buildDevice(app)];
  return { app, page, wrong, host, guest };
}

/** The response pane, once it holds `text`. Monaco writes blanks as non-breaking ones. */
async function response(page: Page, text: string): Promise<string> {
  const pane = page.locator('.result-window .view-lines');
  await pane.filter({ hasText: text }).waitFor();
  return (await pane.innerText()).replaceAll('\u00a0', ' ');
}

const run = (page: Page) => page.click('.graphiql-execute-button');

test('API-06 on a phone the answer stands below the operation, and the documentation in place of both', async () => {
  const { page, wrong, guest } = await openPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${BECKON}/graphiql#${new URLSearchParams({ token: guest.credential, example: 'Viewer' })}`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  const boxOf = (selector: string) => page.locator(selector).boundingBox();
  const [operation, answer] = [await boxOf('.graphiql-editors'), await boxOf('.graphiql-response')];
  expect(answer?.y).toBeGreaterThanOrEqual((operation?.y ?? 0) + (operation?.height ?? 0));
  expect(answer?.width).toBeGreaterThan(250);
  await page.getByRole('button', { name: 'Documentation' }).first().click();
  await page.getByText('Root Types').waitFor();
  expect((await boxOf('.graphiql-plugin'))?.width).toBeGreaterThan(300);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(wrong).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  'API-06 all that GraphiQL says can be read in its %s theme',
  async (colorScheme) => {
    const { page, wrong, guest } = await openPage(colorScheme);
    await page.goto(`${BECKON}/graphiql#${new URLSearchParams({ token: guest.credential, example: 'Viewer' })}`);
    await page.locator('.graphiql-query-editor .view-line').filter({ hasText: 'Who am I' }).waitFor();
    // Its roles are GraphiQL's own business.
    const pale = (await accessibilityProblems(page)).filter((problem) => problem.startsWith('color-contrast'));
    expect(pale).toEqual([]);
    expect(wrong).toEqual([]);
  },
);

test('API-06 a ready link opens GraphiQL on its example, and the subscription of it runs', async () => {
  const { app, page, wrong, host, guest } = await openPage();
  const after = await currentCursor(guest.ctx, streamOf.device(guest.device.id));
  const link = new URLSearchParams({ token: guest.credential, example: 'DeviceEvents' });
  link.set('variables', JSON.stringify({ after }));
  await page.goto(`${BECKON}/graphiql#${link}`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  await run(page);
  await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });

  const shown = await response(page, 'InvitationEvent');
  expect(shown).toContain('"invitationChange": "CREATED"');
  expect(shown).toContain('"status": "PENDING"');
  expect(shown).toContain('"cost"');
  expect(wrong).toEqual([]);
  expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('API-06 the schema is there to be browsed, and a query is answered', async () => {
  const { page, wrong, guest } = await openPage('dark');
  const [answered] = await Promise.all([
    page.waitForResponse((answer) => answer.request().postData()?.includes('IntrospectionQuery') ?? false),
    page.goto(`${BECKON}/graphiql#token=${guest.credential}&example=Viewer`),
  ]);
  const introspection = (await answered.json()) as { data?: unknown; errors?: unknown };
  expect(introspection.errors).toBeUndefined();
  expect(introspection).toHaveProperty('data.__schema');

  await page.waitForSelector('.graphiql-query-editor .view-line');
  await run(page);
  const shown = await response(page, guest.device.id);
  expect(shown).not.toContain('"errors"');
  expect(shown).toMatch(/"cost": \{\s+"requested": \d+,\s+"limit": 1000\s+\}/);
  expect(wrong).toEqual([]);
});

test('API-06 the first visit finds every example in a tab; a token stays in this tab of the browser only', async () => {
  const { page, guest } = await openPage();
  await page.goto(`${BECKON}/graphiql#token=${guest.credential}`);
  const tabs = page.locator('.graphiql-tab-button');
  await tabs.first().waitFor();
  expect(await tabs.allInnerTexts()).toEqual(EXAMPLES.map(({ name }) => name));

  const headers = page.locator('.graphiql-editor-tool .view-lines').filter({ hasText: guest.credential });
  await headers.waitFor();
  expect(page.url()).toBe(`${BECKON}/graphiql`);
  await tabs.nth(1).click();
  await headers.waitFor();
  await page.reload();
  await headers.waitFor();
  // GraphiQL writes it a moment later.
  const stored = await page.waitForFunction(
    () => JSON.stringify(localStorage).includes('AccountEvents') && JSON.stringify(localStorage),
  );
  expect(await stored.jsonValue()).not.toContain(guest.credential);
});

test('API-06 the cookie of signing in is enough for queries and subscriptions', async () => {
  const { app, page, wrong, host, guest } = await openPage();
  const { account, ctx } = await buildAccount(app);
  await setDevice(app, guest, { accountId: account.id });
  const signIn = new URLSearchParams({ example: 'SignIn' });
  signIn.set('variables', JSON.stringify({ input: { email: account.email, password: PASSWORD } }));
  await page.goto(`${BECKON}/graphiql#${signIn}`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  await run(page);
  await response(page, account.email);

  const after = await currentCursor(ctx, streamOf.account(account.id));
  const events = new URLSearchParams({ example: 'AccountEvents', variables: JSON.stringify({ after }) });
  await page.goto('about:blank');
  await page.goto(`${BECKON}/graphiql#${events}`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  await run(page);
  await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  expect(await response(page, 'InvitationEvent')).toContain('"invitationChange": "CREATED"');
  expect(wrong).toEqual([]);
});

test.each(['/graphiql', '/graphiql/'])(
  'API-06 nothing of %s is inline, and its policy names no other host',
  async (path) => {
    const app = await testApp({ PUBLIC_URL: BECKON });
    const port = await app.listen();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]* src="\/)|<style| on\w+=|https?:\/\//);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy.match(/\b\w+:\/\/[^ ;]+/g)).toEqual(['ws://beckon.localhost']);
  },
);
