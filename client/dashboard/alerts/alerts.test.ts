import { expect, test } from 'vitest';
import { type RaiseAlertInput, raiseAlert, resolveAlert } from '../../../server/domain/alert-changes.ts';
import { assignDevice } from '../../../server/domain/device-changes.ts';
import { addMember, buildAccount, type TestDevice } from '../../../server/testing/builders.ts';
import { buildMember, companyWith, report } from '../../../server/testing/services.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

/** A company whose devices run Monitoring. */
async function company() {
  const app = await dashboardApp();
  const made = await companyWith(app, 'MONITORING');
  const [till, laptop] = [await made.managed({ name: 'Till' }), await made.managed({ name: 'Laptop' })];
  await made.activate(made.admin, till, laptop);
  for (const device of [till, laptop]) await report(device, 'MONITORING', 'INSTALLING', 'ACTIVE');
  const raise = (device: TestDevice, input: Partial<RaiseAlertInput> = {}) =>
    raiseAlert(device.ctx, {
      ...{ service: 'MONITORING', subject: 'CPU_LOAD', severity: 'CRITICAL', kind: 'ALERT' },
      message: 'The processors are busy to 97 %.',
      measurements: [{ name: 'percent', value: 97, unit: '%' }],
      ...input,
    });
  return { ...made, app, till, laptop, raise };
}

test('SVC-10 PER-04 alerts come live; one or several are acknowledged, and everybody who looks sees by whom; what is over goes by itself', async () => {
  const { app, admin, till, laptop, raise } = await company();
  const [seen, colleague] = [await visit(app), await visit(app)];
  const { page } = seen;
  await signInOn(seen, admin, '/alerts');
  await page.getByText('Nothing is open').waitFor();
  await signInOn(colleague, admin, '/services/monitoring/alerts');
  await colleague.page.getByLabel('State', { exact: true }).selectOption({ label: 'Acknowledged' });
  await colleague.page.getByText('No alert matches').waitFor();

  await raise(till);
  await raise(laptop);
  await raise(laptop, { subject: 'DISK_SPACE:/home', severity: 'WARNING', measurements: [] });
  const list = page.getByRole('table', { name: 'Alerts and threats' });
  const rowOf = (device: string, text: string) =>
    list.getByRole('row').filter({ hasText: device }).filter({ hasText: text });
  await rowOf('Till', 'High processor load (97 %)').waitFor();
  await page.getByText('3 alerts and threats').waitFor();
  await page.getByText('3 raised in 30 days – critical: 2, warnings: 1, information: 0.').waitFor();
  await raise(till);
  await rowOf('Till', '2 times').waitFor();

  await rowOf('Till', 'High processor load')
    .getByRole('button', { name: /^Acknowledge/ })
    .click();
  await rowOf('Till', 'High processor load').waitFor({ state: 'detached' });
  await colleague.page.getByText(`by ${admin.account.name}`).waitFor();
  await page.getByRole('checkbox', { name: 'Select all 2 open ones shown' }).check();
  await page.getByRole('button', { name: 'Acknowledge 2 selected' }).click();
  await page.getByText('Nothing is open').waitFor();

  await page.getByLabel('State', { exact: true }).selectOption({ label: 'Acknowledged' });
  await rowOf('Laptop', 'Little free space on /home').waitFor();
  await page.getByLabel('Severity', { exact: true }).selectOption({ label: 'Critical' });
  await rowOf('Laptop', 'Little free space on /home').waitFor({ state: 'detached' });
  await resolveAlert(till.ctx, { service: 'MONITORING', subject: 'CPU_LOAD' });
  await rowOf('Till', 'High processor load').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('severity')).toBe('CRITICAL');

  await rowOf('Laptop', 'High processor load').getByRole('button').first().click();
  const details = page.getByRole('dialog', { name: 'Alert' });
  await details.getByRole('row', { name: 'Measured share 97 %' }).waitFor();
  await details.getByText(`Acknowledged by ${admin.account.name}`).waitFor();
  await details.getByText('The processors are busy to 97 %.').waitFor();
  await resolveAlert(laptop.ctx, { service: 'MONITORING', subject: 'CPU_LOAD' });
  await details.getByText('Over', { exact: true }).waitFor();
  expect([...seen.wrong, ...colleague.wrong]).toEqual([]);
});

test('PER-05 PER-06 who handles own alerts sees those of devices assigned to them, live; without any permission it is said why there are none', async () => {
  const { app, companyId, admin, till, laptop, raise } = await company();
  const own = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'HANDLE_OWN_ALERTS' }]);
  await assignDevice(admin.ctx, { deviceId: till.device.id, accountId: own.account.id });
  await raise(laptop);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, own, '/alerts');
  await page.getByText('Of Monitoring you see and acknowledge those of devices that are assigned to you.').waitFor();
  await page.getByText('Nothing is open').waitFor();
  await raise(till);
  const row = page.getByRole('row').filter({ hasText: 'Till' });
  await row.getByRole('button', { name: /^Acknowledge/ }).click();
  await page.getByText('1 alert acknowledged').waitFor();
  await page.getByText('Nothing is open').waitFor();
  await page.goto('/services/backup/alerts');
  await page.getByText('Your roles show you no alerts').waitFor();

  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const other = await visit(app);
  await signInOn(other, user, '/alerts');
  await other.page.getByText('Your roles show you no alerts').waitFor();
  expect(await other.page.getByRole('table').count()).toBe(0);
  expect([...seen.wrong, ...other.wrong]).toEqual([]);
});

test('SVC-10 the history of alerts is a chart, a sentence and a table that say the same', async () => {
  const { app, admin, till, raise } = await company();
  await raise(till);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/alerts');
  await page.getByText('1 raised in 30 days').waitFor();
  await page.locator('.recharts-bar-rectangle').first().waitFor({ state: 'attached' });
  await page.getByRole('switch', { name: 'As a table' }).click();
  const table = page.getByRole('table', { name: 'Alerts over time' });
  await table.getByRole('row').nth(1).waitFor();
  expect(await table.getByRole('row').count()).toBe(31);
  expect(await table.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual(['1', '0', '0']);
  await page.getByLabel('Span of time').selectOption({ label: '7 days' });
  await page.getByText('1 raised in 7 days').waitFor();
  expect(await table.getByRole('row').count()).toBe(8);
  expect(seen.wrong).toEqual([]);
});
