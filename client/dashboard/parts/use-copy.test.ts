import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';
import { twoPeople } from '../../testing/two-people.ts';
import common from '../words/en/common.ts';

/** Ada’s start page, in a browser that `changed` was run in before. */
async function startPage(changed: () => void): Promise<{ page: Page; digits: string }> {
  const app = await dashboardApp();
  const { ada } = await twoPeople(app);
  const seen = await visit(app);
  await seen.page.addInitScript(changed);
  await signInOn(seen, ada.person);
  return { page: seen.page, digits: ada.device.device.address };
}

/** As a page has it that came by plain http, from another machine. */
const withoutClipboard = () => Object.defineProperty(navigator, 'clipboard', { value: undefined });

const copyOn = (page: Page) => page.getByRole('button', { name: 'Copy the ID of Reception' });

test('INV-10 an ID is copied from a page that came by plain http, too', async () => {
  const { page, digits } = await startPage(withoutClipboard);
  await copyOn(page).click();
  await page.getByRole('button', { name: common.copied }).first().waitFor();
  const field = page.getByRole('textbox').first();
  await field.focus();
  await page.keyboard.press('Control+V');
  expect((await field.inputValue()).replaceAll(' ', '')).toBe(digits);
});

test('what the browser does not let the page copy is said, and nothing says that it was copied', async () => {
  const { page } = await startPage(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await copyOn(page).click();
  await page.getByText(common.notCopied).waitFor();
  expect(await copyOn(page).isVisible()).toBe(true);
});
