import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { createWebhook } from '../../../server/domain/webhook-changes.ts';
import { buildAccount } from '../../../server/testing/builders.ts';
import { receiver } from '../../../server/testing/receivers.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('API-04 a webhook is made, its secret shown once, tested, paused, and what arrives shows without a reload', async () => {
  const app = await dashboardApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const ada = await buildAccount(app);
  const target = await receiver();
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/account/webhooks');

  await page.getByText('No webhook yet').waitFor();
  await page.getByRole('button', { name: 'New webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByLabel('Address').fill('ftp://example.test');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('https', { exact: false }).first().waitFor();
  await dialog.getByLabel('Address').fill(target.url);
  await dialog.getByLabel('Only these').check();
  await dialog.getByLabel('Your account').check();
  await dialog.getByLabel('More exactly').fill('invitation.ACCEPTED');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const secret = await dialog.locator('pre').first().textContent();
  expect(secret).toMatch(/^bkn_\w+_/);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByText('account.*').waitFor();
  await page.getByRole('link', { name: target.url }).click();
  await page.getByText('invitation.ACCEPTED').waitFor();
  await page.getByText(secret ?? '').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Send a test' }).click();
  const rows = page.getByRole('table').getByRole('row');
  await rows.filter({ hasText: 'ping' }).filter({ hasText: 'Delivered' }).filter({ hasText: 'HTTP 204' }).waitFor();

  // The other side, and a receiver that fails: nobody presses reload.
  target.answer = { status: 503 };
  await updateAccount(ada.ctx, { name: 'Ada Byron' });
  const failed = rows.filter({ hasText: 'account.UPDATED' });
  await failed.filter({ hasText: 'HTTP 503' }).filter({ hasText: 'On its way' }).waitFor();

  target.answer = { status: 200 };
  await failed.getByRole('button', { name: 'Deliver account.UPDATED again' }).click();
  await page.getByRole('menuitem', { name: 'Send again' }).click();
  await rows.filter({ hasText: 'account.UPDATED' }).filter({ hasText: 'Delivered' }).waitFor();

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Nothing is delivered', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No webhook yet').waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en-GB'],
  ['dark', 'fr-FR'],
] as const)('everybody can use the pages of webhooks, %s, %s', async (colorScheme, locale) => {
  const app = await dashboardApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const language = locale === 'fr-FR' ? 'fr' : 'en';
  const ada = await buildAccount(app, { language });
  const target = await receiver();
  await createWebhook(ada.ctx, { url: target.url, events: ['*'] });
  const seen = await visit(app, { colorScheme, locale });
  const { page } = seen;
  await signInOn(seen, ada, '/account/webhooks');
  await page.getByRole('link', { name: target.url }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: language === 'fr' ? 'Nouveau webhook' : 'New webhook' }).click();
  await page.getByLabel(language === 'fr' ? 'Seulement ceux-ci' : 'Only these').check();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: target.url }).click();
  await updateAccount(ada.ctx, { name: 'Ada Byron' });
  await page.getByRole('row').filter({ hasText: 'account.UPDATED' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
