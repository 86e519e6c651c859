import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { findDevice } from '../../../server/domain/devices.ts';
import { leaveCompany } from '../../../server/domain/member-changes.ts';
import { memberOf } from '../../../server/domain/members.ts';
import { assignRole } from '../../../server/domain/role-assignments.ts';
import { createRole } from '../../../server/domain/role-changes.ts';
import { addMember, buildAccount, buildCompany } from '../../../server/testing/builders.ts';
import { mailsTo } from '../../../server/testing/people.ts';
import { companyWith, giveLicence, report } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

/** A company whose administrator is Ada, and Claire, who holds the role User only. */
async function adaAndClaire(app: DashboardApp) {
  const { companyId, admin: ada } = await buildCompany(app);
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  const claireId = await addMember(app, companyId, claire, 'USER');
  return { companyId, ada, claire, claireId };
}

test('PER-11 PER-12 who may not is let in by a role made for it: her open pages change, nobody reloads them', async () => {
  const app = await dashboardApp();
  const { ada, claire, claireId, companyId } = await adaAndClaire(app);
  await giveLicence(app, { companyId, admin: ada }, 'PATCH_MANAGEMENT');
  const [hers, his] = [await visit(app), await visit(app)];
  await signInOn(hers, claire, `/company/members/${claireId}`);
  await hers.page.getByRole('button', { name: 'No: Manage policies, Patch management.' }).waitFor();
  const service = await hers.page.context().newPage();
  await service.goto('/services/patch-management/overview');
  await service.getByText('0 of 10 seats taken').waitFor();
  expect(await service.getByRole('link', { name: 'Activate service' }).count()).toBe(0);

  const { page } = his;
  await signInOn(his, ada, '/company/roles');
  await page.getByRole('link', { name: 'New role' }).click();
  await page.getByLabel('Name of the role').fill('Patching');
  await page.getByRole('checkbox', { name: 'Patch management: Manage policies' }).check();
  await page.getByRole('button', { name: 'Create the role' }).click();
  await page.getByRole('link', { name: 'Patching' }).waitFor();
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await page.getByRole('checkbox', { name: 'Patching' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give Claire Martin the role “Patching”?' });
  await dialog.getByText('Claire Martin will be able to:').waitFor();
  await dialog.getByText('Patch management: Manage policies, Assign policies').waitFor();
  await hers.page.getByRole('button', { name: 'No: Manage policies, Patch management.' }).waitFor();
  await dialog.getByRole('button', { name: 'Give the role' }).click();

  await service.getByRole('link', { name: 'Activate service' }).waitFor();
  await hers.page.getByRole('button', { name: 'Yes: Manage policies, Patch management.' }).waitFor();
  await hers.page.getByRole('button', { name: 'No: Manage policies, Backup.' }).waitFor();
  await page.getByRole('checkbox', { name: 'Patching', checked: true }).waitFor();
  expect([...hers.wrong, ...his.wrong]).toEqual([]);
});

test('PER-14 why she may not: the rule, the roles that would allow it, and the way to give one', async () => {
  const app = await dashboardApp();
  const { ada, claireId } = await adaAndClaire(app);
  await createRole(ada.ctx, {
    name: 'Night watch',
    grants: [{ service: 'MONITORING', permission: 'HANDLE_ALL_ALERTS' }],
  });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, `/company/members/${claireId}`);
  await page.getByRole('button', { name: 'No: Handle own alerts, Monitoring.' }).click();
  const why = page.getByRole('dialog', { name: 'Claire Martin – Monitoring: Handle own alerts' });
  await why.getByText('The built-in role User grants nothing of any service.').waitFor();
  const offered = why.getByRole('list', { name: 'These roles would allow it' }).getByRole('listitem');
  expect(await offered.allInnerTexts()).toEqual([
    expect.stringContaining('Night watch'),
    expect.stringContaining('Company administrator'),
  ]);
  await why.getByRole('button', { name: 'Give “Night watch”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give the role' }).click();
  await page.getByRole('button', { name: 'Yes: Handle own alerts, Monitoring.' }).click();
  await why.getByText('A role of the member grants it.').waitFor();
  await why.getByRole('link', { name: 'Night watch' }).waitFor();
  await why.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'No: Assign policies, Backup.' }).click();
  await page.getByRole('note').getByText('Only the account that a device is assigned to').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('PER-13 the last administrator keeps their role: the dialog says why and what to do, and has no button for it', async () => {
  const app = await dashboardApp();
  const { ada } = await adaAndClaire(app);
  const adaId = (await memberOf(app.services.db.read, ada.account.id))?.id ?? '';
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, `/company/members/${adaId}`);
  await page.getByRole('button', { name: 'Take administration away' }).click();
  const refused = page.getByRole('dialog').getByRole('alert');
  await refused.getByText('A company keeps at least one administrator. Appoint another first.').waitFor();
  expect(await page.getByRole('dialog').getByRole('button').allInnerTexts()).toEqual(['', 'Close']);
  await page.getByText('Close', { exact: true }).click();

  await page.getByRole('link', { name: 'Members' }).first().click();
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await page.getByText('Claire Martin becomes a company administrator').waitFor();
  await page.getByRole('button', { name: 'Give the role' }).click();
  await page.getByRole('button', { name: 'Take administration away' }).waitFor();
  // Now there are two, and one of them may go.
  await leaveCompany(ada.ctx);
  await page.getByRole('navigation').getByRole('link', { name: 'Company' }).waitFor();
  expect(await memberOf(app.services.db.read, ada.account.id)).toBeNull();
  expect(seen.wrong).toEqual([]);
});

test('PER-08a who removes a member is told what ends with it: devices, and Backups that nobody reaches any more', async () => {
  const app = await dashboardApp();
  const { admin: ada, companyId, managed, activate } = await companyWith(app, 'BACKUP');
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  const claireId = await addMember(app, companyId, claire, 'USER');
  const device = await managed({ accountId: claire.account.id });
  await activate(claire, device);
  await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, `/company/members/${claireId}`);
  await page.getByRole('button', { name: 'Remove from the company' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Claire Martin from the company?' });
  await dialog.getByText('They are signed out of 1 device of the company.').waitFor();
  await dialog.getByText('1 Backup that is assigned to them is retired').waitFor();
  expect(await findDevice(app.services.db.read, device.device.id)).toMatchObject({ accountId: claire.account.id });
  await dialog.getByRole('button', { name: 'Remove from the company' }).click();
  await page.waitForURL('/company/members');
  await page.getByText('1 member', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Claire Martin' }).waitFor({ state: 'detached' });
  expect(await memberOf(app.services.db.read, claire.account.id)).toBeNull();
  expect(seen.wrong).toEqual([]);
});

test('PER-13 a colleague is invited with several roles; the invitation is listed until it is revoked', async () => {
  const app = await dashboardApp();
  const { ada } = await adaAndClaire(app);
  await createRole(ada.ctx, { name: 'Patching', grants: [] });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/members');
  await page.getByRole('button', { name: 'Invite a colleague' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a colleague' });
  await dialog.getByLabel('E-mail address').fill(ada.account.email);
  await dialog.getByRole('checkbox', { name: 'Patching' }).check();
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  // Refused at the field: she is one already.
  await dialog.locator('[id$="-error"]').waitFor();
  await dialog.getByLabel('E-mail address').fill('cleo@example.test');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  const row = page
    .getByRole('table', { name: 'Invited, not yet here' })
    .getByRole('row', { name: /cleo@example.test/ });
  await row.waitFor();
  expect(await row.getByRole('cell').nth(1).innerText()).toMatch(/User\s+Patching|Patching\s+User/);
  expect(await mailsTo(app, 'cleo@example.test')).toHaveLength(1);
  await row.getByRole('button', { name: 'Revoke the invitation of cleo@example.test' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('table', { name: 'Invited, not yet here' }).waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('members are found by name, and the search stands in the address', async () => {
  const app = await dashboardApp();
  const { ada, companyId } = await adaAndClaire(app);
  for (let n = 0; n < 60; n++) await addMember(app, companyId, await buildAccount(app), 'USER');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/members');
  await page.getByText('62 members').waitFor();
  await page.getByLabel('Search by name or e-mail address').fill('martin');
  await page.getByText('1 member', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await page.getByRole('heading', { name: 'Claire Martin', level: 1 }).waitFor();
  await page.goBack();
  await page.getByText('1 member', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('search')).toBe('martin');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('62 members').waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
] as const)('everybody can use the pages of members: $colorScheme, $language', async ({ colorScheme, language }) => {
  const app = await dashboardApp();
  const { ada, claireId } = await adaAndClaire(app);
  await updateAccount(ada.ctx, { language });
  const { id: roleId } = await createRole(ada.ctx, { name: 'Patching', grants: [] });
  await assignRole(ada.ctx, { memberId: claireId, roleId });
  const seen = await visit(app, { colorScheme });
  const { page } = seen;
  await signInOn(seen, ada, '/company/members');
  await page.getByRole('link', { name: 'Claire Martin' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /colleague|collègue/ }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await page
    .getByRole('button', { name: /^(No|Non)\W*: .*Backup|^(No|Non)\W*: .*Sauvegarde/ })
    .first()
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page
    .getByRole('button', { name: /^(No|Non)/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
