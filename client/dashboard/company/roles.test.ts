import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { assignRole } from '../../../server/domain/role-assignments.ts';
import { createRole, updateRole } from '../../../server/domain/role-changes.ts';
import { findRole } from '../../../server/domain/roles.ts';
import { addMember, buildAccount, buildCompany } from '../../../server/testing/builders.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

const ALL_MONITORING_ALERTS = { service: 'MONITORING', permission: 'HANDLE_ALL_ALERTS' } as const;

/** A company with a role that Claire holds. */
async function nightWatch(app: DashboardApp) {
  const { companyId, admin: ada } = await buildCompany(app);
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  const claireId = await addMember(app, companyId, claire, 'USER');
  const { id: roleId } = await createRole(ada.ctx, { name: 'Night watch', grants: [ALL_MONITORING_ALERTS] });
  await assignRole(ada.ctx, { memberId: claireId, roleId });
  return { ada, claire, claireId, roleId };
}

test('PER-02 PER-04 what a permission implies is ticked and fixed beside it, with the reason; other services stay', async () => {
  const app = await dashboardApp();
  const { admin } = await buildCompany(app);
  const { id } = await createRole(admin.ctx, { name: 'Patching', grants: [] });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, `/company/roles/${id}`);
  const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
  const assign = box('Patch management: Assign policies');
  await box('Patch management: Manage policies').check();
  expect([await assign.isChecked(), await assign.isDisabled()]).toEqual([true, true]);
  await page.getByText('comes with “Manage policies”').waitFor();
  await box('Monitoring: Handle all alerts').check();
  expect(await box('Monitoring: Handle own alerts').isDisabled()).toBe(true);
  expect(await box('Backup: Assign policies').isChecked()).toBe(false);
  await box('Patch management: Manage policies').uncheck();
  expect([await assign.isChecked(), await assign.isDisabled()]).toEqual([false, false]);
  await assign.check();
  expect(await box('Patch management: Manage policies').isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Roles', level: 1 }).waitFor();
  expect((await findRole(app.services.db.read, id))?.grants).toEqual([
    ALL_MONITORING_ALERTS,
    { service: 'PATCH_MANAGEMENT', permission: 'ASSIGN_POLICIES' },
  ]);
  expect(seen.wrong).toEqual([]);
});

test('API-03 before a role is saved or deleted, it is said for whom what would change; then nothing else has changed', async () => {
  const app = await dashboardApp();
  const { ada, roleId } = await nightWatch(app);
  const seen = await visit(app);
  const { page } = seen;
  const grants = async () => (await findRole(app.services.db.read, roleId))?.grants;
  await signInOn(seen, ada, `/company/roles/${roleId}`);
  await page.getByRole('checkbox', { name: 'Monitoring: Handle all alerts', exact: true }).uncheck();
  await page.getByRole('checkbox', { name: 'Backup: Handle own alerts' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  const saving = page.getByRole('dialog', { name: 'Save the role “Night watch”?' });
  await saving.getByText('It takes effect at once, for 1 member:').waitFor();
  await saving.getByText('Claire Martin will be able to:').waitFor();
  await saving.getByText('Backup: Handle own alerts').waitFor();
  await saving.getByText('Claire Martin will not be able to do this any more:').waitFor();
  expect(await grants()).toEqual([ALL_MONITORING_ALERTS]);
  await saving.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Night watch' }).click();
  expect(await grants()).toEqual([{ service: 'BACKUP', permission: 'HANDLE_OWN_ALERTS' }]);

  await page.getByRole('button', { name: 'Delete the role' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete the role “Night watch”?' });
  await deleting.getByText('Claire Martin will not be able to do this any more:').waitFor();
  await deleting.getByLabel('The role that the member who holds it gets instead').selectOption('Company administrator');
  await deleting.getByText('Claire Martin becomes a company administrator').waitFor();
  await deleting.getByLabel('The role that the member who holds it gets instead').selectOption('User');
  await deleting.getByText('Claire Martin will not be able to do this any more:').waitFor();
  await deleting.getByRole('button', { name: 'Delete the role' }).click();
  await page.getByRole('heading', { name: 'Roles', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Night watch' }).waitFor({ state: 'detached' });
  expect(await findRole(app.services.db.read, roleId)).toBeNull();
  expect(seen.wrong).toEqual([]);
});

test('who edits a role that somebody else changes meanwhile is told, and loses nothing unasked', async () => {
  const app = await dashboardApp();
  const { ada, roleId } = await nightWatch(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, `/company/roles/${roleId}`);
  const mine = page.getByRole('checkbox', { name: 'Backup: Handle own alerts' });
  const theirs = page.getByRole('checkbox', { name: 'Web monitoring: Assign policies' });
  await mine.check();
  await updateRole(ada.ctx, { id: roleId, grants: [{ service: 'WEB_MONITORING', permission: 'ASSIGN_POLICIES' }] });
  await page.getByText('Somebody has changed this role while you were editing it.').waitFor();
  expect([await mine.isChecked(), await theirs.isChecked()]).toEqual([true, false]);
  await page.getByRole('button', { name: 'Show theirs' }).click();
  await page.getByText('Somebody has changed this role').waitFor({ state: 'detached' });
  expect([await mine.isChecked(), await theirs.isChecked()]).toEqual([false, true]);
  expect(seen.wrong).toEqual([]);
});

test('PER-10 PER-13 built-in roles are only read, and who is no administrator only reads all of them', async () => {
  const app = await dashboardApp();
  const { claire, roleId } = await nightWatch(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, claire, '/company/roles');
  await page.getByRole('link', { name: 'User' }).click();
  await page.getByText('may do nothing with any service').waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await page.goto(`/company/roles/${roleId}`);
  await page.getByRole('row', { name: /^Monitoring.*No.*No.*Yes.*Implied/ }).waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(0);
  expect(await page.getByRole('button', { name: /Save|Delete/ }).count()).toBe(0);
  await page.goto('/company/roles/new');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
] as const)('everybody can use the pages of roles: $colorScheme, $language', async ({ colorScheme, language }) => {
  const app = await dashboardApp();
  const { ada } = await nightWatch(app);
  await updateAccount(ada.ctx, { language });
  const seen = await visit(app, { colorScheme });
  const { page } = seen;
  await signInOn(seen, ada, '/company/roles');
  await page.getByRole('link', { name: 'Night watch' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'Night watch' }).click();
  await page.getByRole('checkbox').first().check();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /^(Save|Enregistrer)$/ }).click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
