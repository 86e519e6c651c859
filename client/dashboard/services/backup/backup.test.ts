import { expect, test } from 'vitest';
import { reportSnapshot } from '../../../../server/domain/backups.ts';
import { listRestoresToRun, reportRestore } from '../../../../server/domain/restores.ts';
import { addMember, buildAccount } from '../../../../server/testing/builders.ts';
import { companyWith, report } from '../../../../server/testing/services.ts';
import { dashboardApp, signInOn, visit } from '../../../testing/dashboard.ts';

/** Ben, a plain User, to whom a laptop is assigned, in a company with a licence and a policy for Backup. */
async function company() {
  const app = await dashboardApp();
  const made = await companyWith(app, 'BACKUP');
  const ben = await buildAccount(app, { name: 'Ben' });
  await addMember(app, made.companyId, ben, 'USER');
  const laptop = await made.managed({ name: 'Laptop', accountId: ben.account.id });
  await made.managed({ name: 'Till' });
  const snapshot = (reference: string, more: object = {}) =>
    reportSnapshot(laptop.ctx, {
      ...{ reference, takenAt: Date.UTC(2026, 10, 20, 20), files: 1200, bytes: 3_400_000_000, addedBytes: 45_000_000 },
      ...more,
    });
  return { ...made, app, ben, laptop, snapshot };
}

test('PER-07 Backup is refused to the administrator, who reads the rule, and put on the device by the account that it is assigned to', async () => {
  const { app, admin, ben, laptop } = await company();
  const [seen, own] = [await visit(app), await visit(app)];
  await signInOn(seen, admin, '/services/backup/activate');
  await seen.page.getByText('Backup can only be put on devices that are assigned to you').waitFor();
  await seen.page.getByText('No device is assigned to you').waitFor();
  expect(await seen.page.getByRole('checkbox').count()).toBe(0);

  const { page } = own;
  await signInOn(own, ben, '/services/backup/overview');
  await page.getByRole('link', { name: 'Activate service' }).click();
  await page.getByRole('checkbox', { name: 'Laptop' }).check();
  expect(await page.getByRole('checkbox', { name: 'Till' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('row', { name: 'Laptop Ready: it gets the service.' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  // He has no role for it: whose device it is chooses among Backup's policies all the same.
  await page.getByRole('radio', { name: 'Standard' }).check();
  await page.getByRole('button', { name: 'Activate on 1 device' }).click();
  await page.getByText('Activated on 1 device.').waitFor();
  await report(laptop, 'BACKUP', 'INSTALLING', 'ACTIVE');
  await page.getByRole('row').filter({ hasText: 'Laptop' }).getByText('Active', { exact: true }).waitFor();
  expect([...seen.wrong, ...own.wrong]).toEqual([]);
});

test('SVC-11 PER-07 PER-08 snapshots arrive live and are restored by their account alone, which follows and cancels; others read the rule', async () => {
  const { app, admin, ben, laptop, activate, snapshot } = await company();
  const [outcome] = await activate(ben, laptop);
  await report(laptop, 'BACKUP', 'INSTALLING', 'ACTIVE');
  const address = `/services/backup/snapshots/${outcome?.activationId}`;
  const [seen, other] = [await visit(app), await visit(app)];
  await signInOn(other, admin, '/services/backup/snapshots');
  await other.page.getByText('Only Ben can see and restore them.').waitFor();
  await other.page.goto(address);
  await other.page.getByText('Only Ben can see and restore these snapshots').waitFor();
  expect(await other.page.getByRole('button', { name: /Restore/ }).count()).toBe(0);

  const { page } = seen;
  await signInOn(seen, ben, '/services/backup/snapshots');
  await page.getByRole('link', { name: 'Snapshots of Laptop' }).first().click();
  await page.getByText('There is no snapshot yet').waitFor();
  await snapshot('first');
  const row = page.getByRole('row').filter({ hasText: 'first' });
  await row.getByText('3.4 GB').waitFor();
  await row.getByText('Not yet').waitFor();
  await snapshot('first', { verified: true });
  await row.getByText('Undamaged').waitFor();

  await row.getByRole('button', { name: /^Restore from/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The device is offline: it begins when it is back.').waitFor();
  await dialog.getByRole('radio', { name: 'Some files and folders' }).check();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await dialog.getByText('Name at least one file or folder.').waitFor();
  await dialog.getByLabel('Files and folders', { exact: true }).fill('/home/ben/letters');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await row.getByText('Waiting for the device').waitFor();
  await row.getByText('/home/ben/letters').waitFor();
  await row.getByRole('button', { name: 'Cancel the restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the restore' }).click();
  await row.getByText('Cancelled').waitFor();

  await row.getByRole('button', { name: /^Restore from/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await row.getByText('Waiting for the device').waitFor();
  const [request] = await listRestoresToRun(laptop.ctx);
  await reportRestore(laptop.ctx, { id: request?.id ?? '', state: 'RUNNING' });
  await row.getByText('Restoring').waitFor();
  await reportRestore(laptop.ctx, { id: request?.id ?? '', state: 'DONE', restoredFiles: 1200 });
  await row.getByText('Restored').waitFor();
  expect([...seen.wrong, ...other.wrong]).toEqual([]);
});

test('PER-08a a Backup is passed on with its snapshots by its account alone, which sees none of it any more', async () => {
  const { app, admin, ben, laptop, activate, snapshot } = await company();
  const [outcome] = await activate(ben, laptop);
  await report(laptop, 'BACKUP', 'INSTALLING', 'ACTIVE');
  await snapshot('first');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ben, `/services/backup/snapshots/${outcome?.activationId}`);
  await page.getByRole('row').filter({ hasText: 'first' }).waitFor();
  await page.getByRole('button', { name: 'Pass on …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pass on the Backup of Laptop' });
  await dialog.getByText('You see none of it any more.').waitFor();
  await dialog.getByLabel('To').selectOption({ label: `${admin.account.name} – ${admin.account.email}` });
  await dialog.getByRole('button', { name: 'Pass on', exact: true }).click();
  await page.getByText(`Only ${admin.account.name} can see and restore these snapshots`).waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'first' }).count()).toBe(0);

  // The device is Ben's still: what is restored would land with him, and the page says so.
  const heir = await visit(app);
  await signInOn(heir, admin, `/services/backup/snapshots/${outcome?.activationId}`);
  await heir.page.getByRole('row').filter({ hasText: 'first' }).waitFor();
  await heir.page.getByText('The device is assigned to somebody else').waitFor();
  expect(await heir.page.getByRole('button', { name: /^Restore from/ }).count()).toBe(0);
  expect([...seen.wrong, ...heir.wrong]).toEqual([]);
});
