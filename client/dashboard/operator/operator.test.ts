import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { issueLicences } from '../../../server/domain/licence-issuing.ts';
import { ensureOperator, rotateOperatorToken } from '../../../server/domain/operator.ts';
import { mailsTo } from '../../../server/testing/people.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, type Visit, visit } from '../../testing/dashboard.ts';

/** Opens the console as the operator does. */
async function openConsole(app: DashboardApp, { page }: Visit): Promise<void> {
  const token = (await ensureOperator(app.services)) ?? (await rotateOperatorToken(app.services));
  await page.goto('/operator');
  await page.locator('input[type="password"]').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Licences', level: 1 }).waitFor();
}

test('a server that nobody has an account on says where to begin, and its console takes no other token', async () => {
  const app = await dashboardApp();
  const seen = await visit(app);
  const { page } = seen;
  await page.goto('/');
  await page.getByText('Nobody has an account here yet').waitFor();
  await page.getByRole('link', { name: 'Operator’s console' }).click();
  await page.getByRole('textbox', { name: 'Operator’s token' }).fill('bkn_opr_nothing');
  await page.keyboard.press('Enter');
  await page.getByText('This is not the operator’s token', { exact: false }).waitFor();
  await openConsole(app, seen);
  await page.reload();
  await page.getByRole('heading', { name: 'Licences', level: 1 }).waitFor();
  expect(await page.evaluate(() => JSON.stringify(window.localStorage))).not.toContain('bkn_');
  // Replaced on the server: what this tab has is worthless.
  await rotateOperatorToken(app.services);
  await page.reload();
  await page.getByText('or not any more', { exact: false }).waitFor();
  expect(await page.evaluate(() => JSON.stringify(window.sessionStorage))).not.toContain('bkn_');
  expect(seen.wrong.filter((line) => !line.includes('401'))).toEqual([]);
});

test('LIC-01 LIC-02 LIC-12 licences are issued, mailed again, revoked, suspended, resumed and renewed in the console', async () => {
  const app = await dashboardApp();
  const seen = await visit(app);
  const { page } = seen;
  await openConsole(app, seen);
  await page.getByText('No licence yet').waitFor();
  await page.getByRole('button', { name: 'Issue licences' }).click();
  const dialog = page.getByRole('dialog', { name: 'Issue licences for one purchase' });
  await dialog.getByLabel('Purchase address').fill('it@north.example.test');
  await dialog.getByLabel('Devices').fill('25');
  await dialog.getByRole('button', { name: 'Another licence' }).click();
  const second = dialog.getByRole('group', { name: 'Licence 2' });
  // A purchase seldom has the same product twice.
  expect(await second.getByLabel('Product').inputValue()).toBe('ASSET_MANAGEMENT');
  await second.getByLabel('Product').selectOption('Backup');
  await second.getByLabel('Edition').selectOption('Business (one holder)');
  await second.getByText('Until a day').click();
  await second.getByLabel('Last day').fill('2001-12-31');
  await dialog.getByRole('button', { name: 'Issue 2 licences' }).click();
  await second.getByText('This is past, or too far ahead. Choose another time.').waitFor();
  const nextYear = new Date().getUTCFullYear() + 1;
  await second.getByLabel('Last day').fill(`${nextYear}-12-31`);
  await dialog.getByRole('button', { name: 'Issue 2 licences' }).click();
  await page.getByText('2 licences are issued.', { exact: false }).waitFor();
  expect(await mailsTo(app, 'it@north.example.test')).toHaveLength(2);

  const rows = page.getByRole('table', { name: 'Licences' }).getByRole('row');
  const backup = rows.filter({ hasText: 'Backup · Business' });
  await backup.filter({ hasText: 'Not activated' }).filter({ hasText: '0 of 10' }).waitFor();
  await rows.filter({ hasText: 'Monitoring · Corporate' }).filter({ hasText: '0 of 25' }).waitFor();
  const act = async (name: string): Promise<void> => {
    await backup.getByRole('button', { name: 'What to do with the licence for Backup' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Send a new link');
  await page.getByText('A new activation link is on its way', { exact: false }).waitFor();
  expect(await mailsTo(app, 'it@north.example.test')).toHaveLength(3);
  await act('Revoke the link');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke the link' }).click();
  await backup.filter({ hasText: 'link revoked' }).waitFor();
  await act('Suspend');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await backup.filter({ hasText: 'Suspended' }).waitFor();
  await act('Resume');
  await backup.filter({ hasText: 'Not activated' }).waitFor();
  await act('Renew');
  await page.getByRole('dialog').getByLabel('Months').last().fill('6');
  await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click();
  await page.getByText('The licence ends on', { exact: false }).waitFor();
  await backup.filter({ hasText: String(nextYear + 1) }).waitFor();

  // By filters, which stand in the address.
  await page.getByLabel('Product').selectOption('Monitoring');
  await backup.waitFor({ state: 'detached' });
  await page.reload();
  await rows.filter({ hasText: 'Monitoring · Corporate' }).waitFor();
  await page.getByLabel('Purchase address').fill('nobody@example.test');
  await page.getByText('No licence of that kind').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await backup.waitFor();
  await act('What was done to it');
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  await page.getByText('A licence for Backup was issued to it@north.example.test.').waitFor();
  await page.getByText('The operator of the server suspended the licence for Backup.').waitFor();
  expect(await page.getByText('A licence for Monitoring', { exact: false }).count()).toBe(0);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByText('A licence for Monitoring was issued', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByText('records checked: unbroken', { exact: false }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as JSON Lines' }).click(),
  ]);
  expect((await readFile(await download.path(), 'utf8')).trim().split('\n')).toHaveLength(7);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('textbox', { name: 'Operator’s token' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en-GB'],
  ['dark', 'fr-FR'],
] as const)('everybody can use the operator’s console, %s, %s', async (colorScheme, locale) => {
  const app = await dashboardApp();
  const bought = { product: 'MONITORING', edition: 'CORPORATE', seats: 5, months: 12 } as const;
  await issueLicences(app.as({ kind: 'operator' }), { purchaseEmail: 'it@north.example.test', licences: [bought] });
  const seen = await visit(app, { colorScheme, locale });
  const { page } = seen;
  await page.goto('/operator');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await openConsole(app, seen);
  await page.getByText('it@north.example.test', { exact: false }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /^(Issue licences|Émettre des licences)$/ }).click();
  await page.getByRole('dialog').getByRole('group').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('/operator/audit');
  await page.getByText('it@north.example.test', { exact: false }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
