import { expect, test } from 'vitest';
import { listApiTokens } from '../../../server/domain/api-tokens.ts';
import { authenticate } from '../../../server/domain/authenticate.ts';
import { buildAccount } from '../../../server/testing/builders.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('API-05 a token is made with scopes and an end, shown once, seen in use, and revoked', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/account/tokens');
  await page.getByText('No token yet').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New token' });
  await dialog.getByLabel('Name').fill('Backup script');
  await dialog.getByLabel('Read', { exact: true }).uncheck();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog
    .getByText('required', { exact: false })
    .or(dialog.getByText('missing', { exact: false }))
    .first()
    .waitFor();
  await dialog.getByLabel('Read', { exact: true }).check();
  await dialog.getByLabel('Devices', { exact: true }).check();
  await dialog.getByLabel('Expires').selectOption('Never');
  await dialog.getByText('A token that never expires', { exact: false }).waitFor();
  await dialog.getByLabel('Expires').selectOption('In 30 days');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const secret = (await dialog.locator('pre').textContent()) ?? '';
  expect(secret).toMatch(/^bkn_pat_/);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const row = page.getByRole('listitem').filter({ hasText: 'Backup script' });
  await row.getByText('never used', { exact: false }).waitFor();
  await page.getByText(secret).waitFor({ state: 'detached' });
  const [token] = await listApiTokens(ada.ctx);
  expect(token).toMatchObject({ scopes: ['READ', 'DEVICES'] });
  expect(Math.round(((token?.expiresAt ?? 0) - Date.now()) / 86_400_000)).toBe(30);

  await authenticate(app.services, { bearer: secret });
  await page.reload();
  await row
    .getByText('second', { exact: false })
    .or(row.getByText('now', { exact: false }))
    .first()
    .waitFor();
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No token yet').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('API-08 name, language and the mails about alerts are changed, and hold after a reload', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/account/profile');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Byron');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  await Promise.all([
    page.waitForResponse((answer) => answer.request().postData()?.includes('mutation SetAlertMails') ?? false),
    page.getByLabel('Mails about alerts').selectOption('Of devices that I am signed in on'),
  ]);
  await page.getByLabel('Language', { exact: true }).last().selectOption('Français');
  await page.getByRole('heading', { name: 'Profil' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Profil' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Nom', exact: true }).inputValue()).toBe('Ada Byron');
  expect(await page.getByLabel('E-mails sur les alertes').inputValue()).toBe('OWN');
  await page.getByRole('button', { name: 'Votre compte : Ada Byron' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en'],
  ['dark', 'fr'],
] as const)('everybody can use the pages of the account, %s, %s', async (colorScheme, language) => {
  const app = await dashboardApp();
  const ada = await buildAccount(app, { language });
  const seen = await visit(app, { colorScheme, locale: language });
  const { page } = seen;
  await signInOn(seen, ada, '/account');
  await page.waitForURL('**/account/profile');
  for (const path of ['profile', 'security', 'tokens']) {
    await page.goto(`/account/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await accessibilityProblems(page), path).toEqual([]);
  }
  await page.getByRole('button', { name: language === 'fr' ? 'Nouveau jeton' : 'New token' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
