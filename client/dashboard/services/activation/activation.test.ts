import { expect, test } from 'vitest';
import { addDevicesToGroup, createDeviceGroup } from '../../../../server/domain/device-groups.ts';
import { listPolicies } from '../../../../server/domain/policies.ts';
import { assignPolicy, listPolicyAssignments } from '../../../../server/domain/policy-assignments.ts';
import { createPolicy } from '../../../../server/domain/policy-changes.ts';
import { assignRole } from '../../../../server/domain/role-assignments.ts';
import { createRole } from '../../../../server/domain/role-changes.ts';
import { addMember, buildAccount, buildCompany } from '../../../../server/testing/builders.ts';
import { companyWith, giveLicence, report } from '../../../../server/testing/services.ts';
import { dashboardApp, signInOn, visit } from '../../../testing/dashboard.ts';

/** A company with a licence for Monitoring and three devices, of which one cannot take it. */
async function company() {
  const app = await dashboardApp();
  const made = await companyWith(app, 'MONITORING');
  const till = await made.managed({ name: 'Till' });
  const laptop = await made.managed({ name: 'Laptop' });
  const helper = await made.managed({ name: 'Helper', clientKind: 'QUICK_SUPPORT' });
  return { ...made, app, till, laptop, helper };
}

test('SVC-01 … SVC-08 PRE-05 the article from step 3 on: a service is put on devices and each tells live how it goes; a device that cannot take it is named and why', async () => {
  const { app, admin, till, laptop } = await company();
  const [seen, colleague] = [await visit(app), await visit(app)];
  const { page } = seen;
  await signInOn(colleague, admin, '/services/monitoring/overview');
  await colleague.page.getByText('The service is on no device yet').waitFor();

  await signInOn(seen, admin, '/services');
  await page.getByRole('main').getByRole('link', { name: 'Monitoring', exact: true }).click();
  await page.getByText('The service is on no device yet').waitFor();
  await page.getByRole('link', { name: 'Activate service' }).click();
  for (const name of ['Till', 'Laptop', 'Helper']) await page.getByRole('checkbox', { name }).check();
  await page.getByText('3 devices chosen').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();

  const preview = page.getByRole('table', { name: 'What would happen' });
  await preview.getByRole('row', { name: 'Till Ready: it gets the service.' }).waitFor();
  await preview.getByRole('row', { name: /Helper The device runs a quick-support module/ }).waitFor();
  await page.getByRole('button', { name: 'Continue with 2 devices' }).click();

  const activate = page.getByRole('button', { name: 'Activate on 2 devices' });
  expect(await activate.isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'Standard' }).check();
  await activate.click();

  const going = page.getByRole('table', { name: 'How the installation goes' });
  const rowOf = (name: string) => going.getByRole('row').filter({ hasText: name });
  await rowOf('Till').getByText('Offline: installs it when it is back.').waitFor();
  await rowOf('Laptop').getByText('Pending', { exact: true }).waitFor();
  await report(till, 'MONITORING', 'INSTALLING');
  await rowOf('Till').getByText('Installing').waitFor();
  await report(till, 'MONITORING', 'ACTIVE');
  await rowOf('Till').getByText('Active').waitFor();
  await report(laptop, 'MONITORING', 'INSTALLING', 'FAILED');
  await rowOf('Laptop').getByText('No space left on the disk.').waitFor();

  // Whoever had the overview open all the time has seen both come, without a reload.
  const list = colleague.page.getByRole('table', { name: 'Devices with Monitoring' });
  await list.getByRole('row').filter({ hasText: 'Till' }).getByText('Active').waitFor();
  await list.getByRole('row').filter({ hasText: 'Laptop' }).getByText('Failed').waitFor();
  await colleague.page.getByRole('link', { name: 'Activate service' }).waitFor();
  await colleague.page.getByText('1 of 10 seats taken').waitFor();
  expect([...seen.wrong, ...colleague.wrong]).toEqual([]);
});

test('SVC-04 SVC-08 the overview: filtered by state, what failed is tried again, what runs is taken off and frees its seat', async () => {
  const { app, admin, activate, till, laptop } = await company();
  await activate(admin, till, laptop);
  await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
  await report(laptop, 'MONITORING', 'INSTALLING', 'FAILED');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/services/monitoring/overview');
  const rows = page.getByRole('table', { name: 'Devices with Monitoring' }).getByRole('row');
  await page.getByText('Failed · 1').click();
  await rows.filter({ hasText: 'Till' }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Laptop' }).waitFor();

  await page.getByRole('button', { name: 'Actions for Laptop' }).click();
  await page.getByRole('menuitem', { name: 'Activate again' }).click();
  await page.getByText('1 device chosen').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('row', { name: 'Laptop Ready: it gets the service.' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('radio', { name: 'Standard' }).check();
  await page.getByRole('button', { name: 'Activate on 1 device' }).click();
  await page.getByRole('link', { name: 'To the overview' }).click();
  await page.getByText('2 of 10 seats taken').waitFor();

  await page.getByRole('button', { name: 'Actions for Till' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const question = page.getByRole('dialog', { name: 'Deactivate Monitoring on Till?' });
  await question.getByText('Its seat is free at once.').waitFor();
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('1 of 10 seats taken').waitFor();
  await rows.filter({ hasText: 'Till' }).waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('SVC-04 devices are found by their group, and the policy is made on the way', async () => {
  const { app, admin, companyId, laptop } = await company();
  const group = await createDeviceGroup(admin.ctx, { name: 'Counters' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [laptop.device.id] });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/services/monitoring/activate');
  await page.getByRole('checkbox', { name: 'Till' }).waitFor();
  await page.getByLabel('Group').selectOption({ label: 'Counters' });
  await page.getByRole('checkbox', { name: 'Till' }).waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: 'Laptop' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('row', { name: 'Laptop Ready: it gets the service.' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'New policy' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Counters');
  await page.getByRole('button', { name: 'Create policy' }).click();
  await page.getByRole('radio', { name: 'Counters' }).waitFor();
  expect(await page.getByRole('radio', { name: 'Counters' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Activate on 1 device' }).click();
  await page.getByText('Activated on 1 device.').waitFor();
  const { rows } = await listPolicies(admin.ctx, companyId, { service: 'MONITORING' });
  const { id } = rows.find(({ name }) => name === 'Counters') ?? { id: '' };
  expect((await listPolicyAssignments(admin.ctx, id, {})).rows).toMatchObject([{ targetId: laptop.device.id }]);
  expect(seen.wrong).toEqual([]);
});

test('SVC-09 what holds on a device is told setting by setting, with the policy and the group that it comes from', async () => {
  const { app, admin, activate, till } = await company();
  await activate(admin, till);
  const group = await createDeviceGroup(admin.ctx, { name: 'Counters' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [till.device.id] });
  const settings = { service: 'MONITORING', values: { cpuPercent: 77 } } as const;
  const policy = await createPolicy(admin.ctx, { name: 'Strict', settings });
  await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [group.id] });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/services/monitoring/overview');
  await page.getByRole('button', { name: 'Actions for Till' }).click();
  await page.getByRole('menuitem', { name: 'What holds on it' }).click();
  const drawer = page.getByRole('dialog', { name: 'Monitoring on Till' });
  await drawer.getByRole('row', { name: 'Processor load 77 % Strict by the group Counters' }).waitFor();
  await drawer.getByRole('row', { name: 'Sampling interval 60 seconds Default' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('SVC-02 LIC-11 LIC-12 a service that was not bought says how to get it and offers no activation; a bought one says so at once', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await buildCompany(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/services');
  await page.getByText('No service was bought yet').waitFor();
  expect(await page.getByText('Activate service').count()).toBe(0);
  await page.getByRole('main').getByRole('link', { name: 'Backup', exact: true }).click();
  await page.getByText('The service is on no device yet').waitFor();
  await page.getByText('Licences are issued by whoever runs this server.').waitFor();
  await page.goto('/services/backup/activate');
  await page.getByRole('main').getByText('Licences are issued by whoever runs this server.').waitFor();
  expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);

  await giveLicence(app, { companyId, admin }, 'MONITORING');
  await giveLicence(app, { companyId, admin }, 'BACKUP', { suspendedAt: app.clock.now() });
  await page.goto('/services');
  await page.getByRole('region', { name: 'Backup' }).getByText('The licence is suspended.').waitFor();
  await page.getByRole('region', { name: 'Monitoring' }).getByText('0 of 10 seats taken').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('PER-10 PER-11 a member with the role User finds no way to activate and reads why; a role given meanwhile opens it, without a reload', async () => {
  const { app, companyId, admin } = await company();
  const user = await buildAccount(app);
  const memberId = await addMember(app, companyId, user, 'USER');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, user, '/services/monitoring/policies');
  await page.getByText('Policies are shown to who may assign them').waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('None of your roles lets you put this service on devices.').waitFor();
  expect(await page.getByRole('link', { name: 'Activate service' }).count()).toBe(0);

  const grants = [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }] as const;
  const role = await createRole(admin.ctx, { name: 'Remote Management', grants });
  await assignRole(admin.ctx, { memberId, roleId: role.id });
  await page.getByRole('link', { name: 'Activate service' }).waitFor();
  await page.getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('link', { name: 'Standard' }).waitFor();
  expect(seen.wrong).toEqual([]);
});
