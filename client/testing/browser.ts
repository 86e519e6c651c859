import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Linux distributions and macOS put a Chromium or Chrome of their own. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Starts a real Chromium for a test: an installed one, else the one that comes from npm (Linux only). Whoever starts it
 * closes it. Without the sandbox, because tests also run as root and in containers; it opens nothing but our own pages.
 * @param hosts host names to reach elsewhere, as `{ 'beckon.localhost': '127.0.0.1:4000' }`; any other host is not found.
 */
export async function startBrowser(hosts: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  const executablePath = installed ?? (await (await import('@sparticuz/chromium')).default.executablePath());
  const rules = [
    ...Object.entries(hosts).map(([name, to]) => `MAP ${name} ${to}`),
    'MAP * ~NOTFOUND',
    'EXCLUDE 127.0.0.1',
  ];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', `--host-resolver-rules=${rules.join(', ')}`],
  });
}
