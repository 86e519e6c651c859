import { expect, test } from 'vitest';
import { buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';

/** JavaScript, compressed as it is sent, that a first visit may cost before its page is usable: a goal of the project. */
const MOST_SCRIPT_BYTES = 200_000;
/** What counts as good is 0.1 (web.dev, Cumulative Layout Shift); here nothing that is there moves at all. */
const MOST_SHIFT = 0.01;

/** Opens an address with an empty cache; bytes of scripts by their names, and how far things moved. */
async function firstLoad({ page }: Visit, path: string): Promise<{ scripts: [string, number][]; shift: number }> {
  const scripts: [string, number][] = [];
  const sizes: Promise<void>[] = [];
  const note = async (response: import('playwright-core').Response): Promise<void> => {
    if (!response.url().endsWith('.js')) return;
    scripts.push([response.url(), Number((await response.allHeaders())['content-length'])]);
  };
  page.on('response', (response) => void sizes.push(note(response)));
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await Promise.all(sizes);
  return { scripts, shift: await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift) };
}

test.each(['/sign-in', '/'])(
  'the first load of %s costs at most 200 kB of JavaScript, and nothing moves',
  async (path) => {
    const app = await dashboardApp();
    const seen = await visit(app);
    if (path !== '/sign-in') {
      const { admin, companyId } = await buildCompany(app);
      for (let count = 0; count < 2; count += 1) {
        await setDevice(app, await buildDevice(app), { accountId: admin.account.id, companyId });
      }
      await signInOn(seen, admin);
      await seen.page.getByRole('heading', { level: 1 }).waitFor();
      // As the next morning: the cookie is there, the cache is not.
      await (await seen.page.context().newCDPSession(seen.page)).send('Network.clearBrowserCache');
    }
    const { scripts, shift } = await firstLoad(seen, path);
    const bytes = scripts.reduce((sum, [, size]) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(2);
    expect(bytes, JSON.stringify(scripts)).toBeLessThan(MOST_SCRIPT_BYTES);
    expect(shift).toBeLessThan(MOST_SHIFT);
    expect(seen.wrong).toEqual([]);
  },
);

test('there is text before any script has run, and a word for who has none', async () => {
  const app = await dashboardApp();
  const html = await (await fetch(`${app.url}/`, { headers: { accept: 'text/html' } })).text();
  expect(html).toMatch(/<p[^>]*role="status"[^>]*>Beckon/);
  expect(html).toContain('<noscript>');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
});
