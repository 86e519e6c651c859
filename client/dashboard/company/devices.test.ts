import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { createDeviceGroup, listDeviceGroups } from '../../../server/domain/device-groups.ts';
import { listDevices } from '../../../server/domain/device-list.ts';
import { enrolDevice } from '../../../server/domain/enrolment.ts';
import { createEnrolmentCode, listEnrolmentCodes } from '../../../server/domain/enrolment-codes.ts';
import { assignPolicy } from '../../../server/domain/policy-assignments.ts';
import { addMember, buildAccount, buildCompany, buildDevice } from '../../../server/testing/builders.ts';
import { companyWith } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('SVC-09 a device group is made, filled, renamed, emptied and deleted; the policies that it has are named', async () => {
  const app = await dashboardApp();
  const { admin, companyId, managed, policyId } = await companyWith(app, 'MONITORING');
  const [till] = [await managed({ name: 'Till' }), await managed({ name: 'Office PC' })];
  const grouped = async (groupId: string) =>
    (await listDevices(admin.ctx, companyId, { groupId }, {})).rows.map(({ name }) => name);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/company/groups');
  await page.getByText('No group yet').waitFor();
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
  const [group] = (await listDeviceGroups(admin.ctx, companyId, {})).rows;
  const groupId = group?.id ?? '';

  await page.getByRole('button', { name: 'Add devices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add devices to “Shop”' });
  await dialog.getByLabel('Search by name, alias or ID').fill('till');
  await dialog.getByRole('checkbox', { name: 'Office PC' }).waitFor({ state: 'detached' });
  await dialog.getByRole('checkbox', { name: 'Till' }).check();
  await dialog.getByRole('button', { name: 'Add 1 device' }).click();
  await page.getByRole('link', { name: 'Till' }).waitFor();
  await page.getByText('1 device', { exact: true }).waitFor();
  expect(await grouped(groupId)).toEqual(['Till']);
  await assignPolicy(admin.ctx, { policyId, targetIds: [groupId] });
  await page.getByRole('link', { name: 'Monitoring: Standard' }).waitFor();

  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop floor');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Shop floor', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Take Till out of the group' }).click();
  await page.getByText('No device is in this group').waitFor();
  expect(await grouped(groupId)).toEqual([]);

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('It is empty.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No group yet').waitFor();
  expect(till?.device.companyId).toBe(companyId);
  expect(seen.wrong).toEqual([]);
});

test('PRE-03 a code is shown once, with the command for the device, which enrols itself by it; the list counts its uses', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await buildCompany(app);
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  await addMember(app, companyId, claire, 'USER');
  await createDeviceGroup(admin.ctx, { name: 'Shop' });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/company/enrolment');
  await page.getByRole('button', { name: 'New code' }).click();
  const dialog = page.getByRole('dialog', { name: 'New code' });
  await dialog.getByLabel('What it is for').fill('Tills of Lyon');
  await dialog.getByLabel('How many devices may use it').fill('1');
  await dialog.getByLabel('How long it can be used').selectOption('90 days');
  await dialog.getByLabel('Assign the devices to').selectOption('Claire Martin');
  await dialog.getByLabel('Put the devices into the group').selectOption('Shop');
  await dialog.getByRole('button', { name: 'Make the code' }).click();
  const command = await dialog.getByText(/^npm run agent -- --server/).innerText();
  const code = /^npm run agent -- --server (\S+) enrol --code ((?:[2-9A-Z]{4}-){5}[2-9A-Z]{4})$/.exec(command);
  expect(code?.[1]).toBe(app.url);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: /^Tills of Lyon/ });
  await row.filter({ hasText: '0 of 1' }).waitFor();
  await row.filter({ hasText: 'Claire Martin · Shop' }).waitFor();
  await page.getByText(code?.[2] ?? '').waitFor({ state: 'detached' });

  const till = await buildDevice(app);
  expect(await enrolDevice(till.ctx, { code: code?.[2] ?? '' })).toMatchObject({ accountId: claire.account.id });
  await row.filter({ hasText: '1 of 1' }).filter({ hasText: 'Used up' }).waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  expect(seen.wrong).toEqual([]);
});

test('PRE-03 a member makes codes for nobody else, and revokes their own only', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await buildCompany(app);
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  await addMember(app, companyId, claire, 'USER');
  await createEnrolmentCode(admin.ctx, { label: 'The administrator’s' });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, claire, '/company/enrolment');
  await page.getByText('The administrator’s').waitFor();
  await page.getByRole('button', { name: 'New code' }).click();
  const dialog = page.getByRole('dialog', { name: 'New code' });
  await dialog
    .getByLabel('Assign the devices to')
    .locator('option', { hasText: 'Myself' })
    .waitFor({ state: 'attached' });
  expect(await dialog.getByLabel('Assign the devices to').locator('option').allInnerTexts()).toEqual([
    'Nobody',
    'Myself',
  ]);
  expect(await dialog.getByLabel('Put the devices into the group').count()).toBe(0);
  await dialog.getByLabel('What it is for').fill('My laptop');
  await dialog.getByRole('button', { name: 'Make the code' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke the code “My laptop”' }).click();
  expect(await page.getByRole('button', { name: /Revoke the code “The/ }).count()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page
    .getByRole('row', { name: /^My laptop/ })
    .filter({ hasText: 'Revoked' })
    .waitFor();
  const { rows } = await listEnrolmentCodes(admin.ctx, companyId, {});
  expect(rows.map(({ label, revokedAt }) => [label, revokedAt !== null])).toEqual([
    ['My laptop', true],
    ['The administrator’s', false],
  ]);
  expect(seen.wrong).toEqual([]);
});

test.each([
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
] as const)(
  'everybody can use the pages of groups and codes: $colorScheme, $language',
  async ({ colorScheme, language }) => {
    const app = await dashboardApp();
    const { admin, managed } = await companyWith(app, 'MONITORING');
    await managed({ name: 'Till' });
    const { id } = await createDeviceGroup(admin.ctx, { name: 'Shop' });
    await createEnrolmentCode(admin.ctx, { label: 'Lyon' });
    await updateAccount(admin.ctx, { language });
    const seen = await visit(app, { colorScheme });
    const { page } = seen;
    await signInOn(seen, admin, '/company/groups');
    await page.getByRole('link', { name: 'Shop' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`/company/groups/${id}`);
    await page.getByRole('button', { name: /Add devices|Ajouter/ }).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Till' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto('/company/enrolment');
    await page.getByText('Lyon', { exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /New code|Nouveau code/ }).click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('Laptops');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /Make the code|Créer le code/ }).click();
    await page
      .getByRole('dialog')
      .getByText(/^npm run agent -- --server/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(seen.wrong).toEqual([]);
  },
);
