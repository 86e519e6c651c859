import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createApp } from '../../server/app.ts';
import { systemClock } from '../../server/lib/clock.ts';
import { ROOT } from '../../server/lib/root.ts';
import { contextOf, type RunningApp, testConfig } from '../../server/testing/app.ts';
import { PASSWORD, type TestAccount } from '../../server/testing/builders.ts';
import { freshDatabase } from '../../server/testing/database.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { testLog } from '../../server/testing/log.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { startBrowser } from './browser.ts';

/** Below the test's own, so that a failure says what was waited for. */
const PAGE_TIMEOUT_MS = 30_000;

export interface DashboardApp extends RunningApp {
  /** Where the dashboard stands, without a slash at its end. */
  readonly url: string;
}

if (!existsSync(join(ROOT, 'dist/dashboard/index.html')))
  throw new Error('the dashboard is not built: npm test does it');

/** A server that listens, on a clock that goes: pages count down by the real one. */
export async function dashboardApp(env: Record<string, string> = {}): Promise<DashboardApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = testLog();
  const config = testConfig(await freshDatabase(), { PORT: String(port), PUBLIC_URL: url, ...env });
  const app = await createApp({ config, log, clock: systemClock });
  closeAfterTest(() => app.close());
  await app.listen();
  return {
    ...app,
    url,
    log,
    config,
    clock: systemClock,
    as: (principal, request) => contextOf(app.services, principal, request),
  };
}

export interface Visit {
  readonly page: Page;
  /** What went wrong in the page, and every request to another host. Empty at the end of each test. */
  readonly wrong: string[];
}

let browser: Promise<Browser> | null = null;

/** A page in a browser profile of its own; several of them are several people. */
export async function visit(app: { url: string }, options: BrowserContextOptions = {}): Promise<Visit> {
  // One browser serves the tests of a worker: starting it takes longer than most of them.
  browser ??= startBrowser().then((started) => {
    process.once('exit', () => void started.close());
    return started;
  });
  const context = await (await browser).newContext({ baseURL: app.url, locale: 'en-GB', ...options });
  closeAfterTest(() => context.close());
  context.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    // A refusal by the Content-Security-Policy is told here too.
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${app.url}/`) && !/^(data|blob):/.test(request.url())) {
      wrong.push(`asked for ${request.url()}`);
    }
  });
  return { page, wrong };
}

/** Signs in by the form, and waits for the page behind it. */
export async function signInOn({ page }: Visit, who: TestAccount, path = '/'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await page.fill('input[name="email"], input[type="email"]', who.account.email);
  const password = await page.waitForSelector('input[type="password"]');
  await password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === path);
  // The address changes first: until the page does, what is typed goes into the form, and its heading is the one there.
  await password.waitForElementState('hidden');
}
