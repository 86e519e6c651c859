import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../client/testing/browser.ts';
import { createApp, openServices } from '../server/app.ts';
import { demoConfig } from '../server/config.ts';
import { ADA, DEMO_PASSWORD, loadCompany } from '../server/demo/company.ts';
import { MovingClock } from '../server/demo/moving-clock.ts';
import { createLog } from '../server/log.ts';
import { freePort } from '../server/testing/free-port.ts';

/**
 * `npm run screenshots [name …]`: a picture of every page of the dashboard with the demo's company in it, light and dark, to
 * docs/screenshots. `docs/dashboard.md` shows them.
 */

const FOLDER = join(import.meta.dirname, '..', 'docs', 'screenshots');
const SIZE = { width: 1280, height: 800 };
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** The pages before one is signed in, by the names of their pictures. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  'forgot-password': '/forgot-password',
  operator: '/operator',
};

const INSIDE: Readonly<Record<string, string>> = {
  invite: '/',
  sessions: '/sessions',
  contacts: '/contacts/favourites',
  'address-books': '/contacts/books',
  devices: '/devices',
  services: '/services',
  monitoring: '/services/monitoring/overview',
  policies: '/services/monitoring/policies',
  backup: '/services/backup/overview',
  alerts: '/alerts',
  company: '/company',
  members: '/company/members',
  roles: '/company/roles',
  licences: '/company/licences',
  groups: '/company/groups',
  enrolment: '/company/enrolment',
  audit: '/company/audit',
  webhooks: '/company/webhooks',
  profile: '/account/profile',
  security: '/account/security',
  tokens: '/account/tokens',
};

const asked = process.argv.slice(2);
const wanted = (pages: Readonly<Record<string, string>>) =>
  Object.entries(pages).filter(([name]) => asked.length === 0 || asked.includes(name));

const { url, close } = await serveDemo();
const browser = await startBrowser();
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ baseURL: url, colorScheme, viewport: SIZE, locale: 'en-GB' });
    const page = await context.newPage();
    for (const [name, path] of wanted(OUTSIDE)) await picture(page, path, `${name}-${colorScheme}`);
    await page.goto('/sign-in');
    await page.fill('input[type="email"]', ADA.email);
    await page.fill('input[type="password"]', DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
    for (const [name, path] of wanted(INSIDE)) await picture(page, path, `${name}-${colorScheme}`);
    await context.close();
  }
} finally {
  await browser.close();
  await close();
}

async function picture(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 82, animations: 'disabled' });
  console.log(`${name}  ${path}`);
}

/** The demo's company on a server of its own, without the devices that act by themselves. */
async function serveDemo(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-screenshots-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { DATA_DIR: folder, PORT: String(port), PUBLIC_URL: url, SQLITE_SYNCHRONOUS: 'OFF', LOG_LEVEL: 'error' };
  const config = demoConfig(env);
  const log = createLog(config);
  const clock = new MovingClock(MONTH_MS);
  const past = await openServices({ config, log, clock });
  await loadCompany(past, clock);
  await past.db.close();
  const app = await createApp({ config, log });
  await app.listen();
  return {
    url,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
