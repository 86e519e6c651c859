import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Service } from '../../../../server/db/tables/roles.ts';
import { addDevicesToGroup, createDeviceGroup } from '../../../../server/domain/device-groups.ts';
import { getPolicy, listPolicies } from '../../../../server/domain/policies.ts';
import { assignPolicy } from '../../../../server/domain/policy-assignments.ts';
import { createPolicy, updatePolicy } from '../../../../server/domain/policy-changes.ts';
import { settingsSchemaOf } from '../../../../server/domain/policy-settings/services.ts';
import type { Setting } from '../../../../server/domain/policy-settings/setting.ts';
import { buildCompany } from '../../../../server/testing/builders.ts';
import { buildMember, companyWith } from '../../../../server/testing/services.ts';
import { dashboardApp, signInOn, visit } from '../../../testing/dashboard.ts';
import { servicePath } from '../../app/services.ts';

/** The part of a form that one setting has; ticked where it is to be set. */
async function setting(page: Page, service: Service, name: string): Promise<{ part: Locator; label: string }> {
  const label = (settingsSchemaOf(service)[name] as Setting).label.en;
  const part = page.getByRole('region', { name: label, exact: true });
  const box = part.getByRole('checkbox', { name: label, exact: true }).first();
  if (!(await box.isChecked())) await box.check();
  return { part, label };
}

interface FormCase {
  /** Fills in something that is refused, and says how it is refused, at the field. */
  readonly wrong: (page: Page) => Promise<Locator>;
  /** Mends it. */
  readonly right: (page: Page) => Promise<void>;
  readonly settings: Readonly<Record<string, unknown>>;
}

const FORMS: Readonly<Record<Service, FormCase>> = {
  MONITORING: {
    wrong: async (page) => {
      const { part, label } = await setting(page, 'MONITORING', 'cpuPercent');
      await part.getByRole('textbox', { name: label }).fill('101');
      const volumes = await setting(page, 'MONITORING', 'volumes');
      await volumes.part.getByRole('button', { name: `Add: ${volumes.label}` }).click();
      await volumes.part.getByLabel('Mount point').fill('D:');
      return part.getByText('This takes a whole number from 1 to 100 %.');
    },
    right: async (page) => {
      const { part, label } = await setting(page, 'MONITORING', 'cpuPercent');
      await part.getByRole('textbox', { name: label }).fill('85');
      const volumes = await setting(page, 'MONITORING', 'volumes');
      await volumes.part.getByLabel('Mount point').fill('D:\\');
    },
    settings: { cpuPercent: 85, volumes: [{ mount: 'D:\\', freePercent: 10 }] },
  },
  ASSET_MANAGEMENT: {
    wrong: async (page) => {
      const { part, label } = await setting(page, 'ASSET_MANAGEMENT', 'scanHours');
      await part.getByRole('textbox', { name: label }).fill('721');
      return part.getByText('This takes a whole number from 1 to 720 hours.');
    },
    right: async (page) => {
      const { part, label } = await setting(page, 'ASSET_MANAGEMENT', 'scanHours');
      await part.getByRole('textbox', { name: label }).fill('48');
      const inventories = await setting(page, 'ASSET_MANAGEMENT', 'inventories');
      await inventories.part.getByRole('checkbox', { name: 'Hardware' }).uncheck();
      await inventories.part.getByRole('checkbox', { name: 'Network' }).check();
    },
    settings: { scanHours: 48, inventories: ['OPERATING_SYSTEM', 'SOFTWARE', 'NETWORK'] },
  },
  PATCH_MANAGEMENT: {
    wrong: async (page) => {
      const windows = await setting(page, 'PATCH_MANAGEMENT', 'windows');
      await windows.part.getByRole('button', { name: `Add: ${windows.label}` }).click();
      await windows.part.getByRole('textbox', { name: 'Length' }).fill('5');
      const approved = await setting(page, 'PATCH_MANAGEMENT', 'approved');
      await approved.part.getByRole('textbox').fill('curl\nopenssl\ncurl');
      return approved.part.getByText(/^Line 3: /);
    },
    right: async (page) => {
      const windows = await setting(page, 'PATCH_MANAGEMENT', 'windows');
      await windows.part.getByRole('textbox', { name: 'Length' }).fill('30');
      await windows.part.getByRole('checkbox', { name: 'Monday' }).uncheck();
      const approved = await setting(page, 'PATCH_MANAGEMENT', 'approved');
      await approved.part.getByRole('textbox').fill('curl\nopenssl');
    },
    settings: {
      approved: ['curl', 'openssl'],
      windows: [
        {
          weekdays: ['TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'],
          start: '02:00',
          minutes: 30,
        },
      ],
    },
  },
  ENDPOINT_PROTECTION: {
    wrong: async (page) => {
      const { part } = await setting(page, 'ENDPOINT_PROTECTION', 'folders');
      await part.getByRole('textbox').fill('/srv\nDocuments');
      return part.getByText(/^Line 2: /);
    },
    right: async (page) => {
      const { part } = await setting(page, 'ENDPOINT_PROTECTION', 'folders');
      await part.getByRole('textbox').fill('/srv\n~/Documents');
      const onThreat = await setting(page, 'ENDPOINT_PROTECTION', 'onThreat');
      await onThreat.part.getByRole('radio').nth(1).check();
      const start = await setting(page, 'ENDPOINT_PROTECTION', 'scanStart');
      await start.part.getByLabel(start.label, { exact: true }).last().fill('23:30');
    },
    settings: { folders: ['/srv', '~/Documents'], onThreat: 'REPORT', scanStart: '23:30' },
  },
  BACKUP: {
    wrong: async (page) => {
      const { part, label } = await setting(page, 'BACKUP', 'sets');
      await part.getByRole('button', { name: `Add: ${label}` }).click();
      await part.getByLabel('Folders').fill('/home');
      return part.getByText('This is required.');
    },
    right: async (page) => {
      const { part } = await setting(page, 'BACKUP', 'sets');
      await part.getByLabel('Name').fill('Homes');
    },
    settings: { sets: [{ name: 'Homes', folders: ['/home'], exclusions: [] }] },
  },
  WEB_MONITORING: {
    wrong: async (page) => {
      const { part, label } = await setting(page, 'WEB_MONITORING', 'checks');
      await part.getByRole('button', { name: `Add: ${label}` }).click();
      await part.getByLabel('Name').fill('Shop');
      await part.getByLabel('Address').fill('ftp://shop.example');
      return part.getByText(/http/).last();
    },
    right: async (page) => {
      const { part } = await setting(page, 'WEB_MONITORING', 'checks');
      await part.getByLabel('Address').fill('https://shop.example');
    },
    settings: { checks: [expect.objectContaining({ name: 'Shop', url: 'https://shop.example', expectedStatus: 200 })] },
  },
};

test.each(Object.entries(FORMS) as [Service, FormCase][])(
  'SVC-09 the form of %s is made of what the server says: it refuses at the field, and saves what is ticked and nothing else',
  async (service, { wrong, right, settings }) => {
    const app = await dashboardApp();
    const { companyId, admin } = await buildCompany(app);
    const seen = await visit(app);
    const { page } = seen;
    await signInOn(seen, admin, `${servicePath(service)}/policies/new`);
    for (const { label } of Object.values(settingsSchemaOf(service))) {
      await page.getByRole('region', { name: label.en, exact: true }).waitFor();
    }
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Counters');
    const refused = await wrong(page);
    await page.getByRole('button', { name: 'Create policy' }).click();
    await refused.waitFor();
    await page.getByRole('alert').filter({ hasText: 'cannot be used' }).waitFor();
    expect((await listPolicies(admin.ctx, companyId, {})).rows).toEqual([]);
    await right(page);
    await page.getByRole('button', { name: 'Create policy' }).click();
    await page.getByRole('heading', { name: 'Counters', level: 1 }).waitFor();
    const { rows } = await listPolicies(admin.ctx, companyId, { service });
    expect(rows).toMatchObject([{ name: 'Counters', version: 1 }]);
    expect(rows[0]?.settings).toEqual(settings);
    expect(seen.wrong).toEqual([]);
  },
);

test('SVC-09 API-03 a policy is edited after who would change was told; its versions are compared, and an older one is restored', async () => {
  const app = await dashboardApp();
  const { companyId, admin, managed } = await companyWith(app, 'MONITORING');
  const till = await managed({ name: 'Till' });
  const settings = { service: 'MONITORING', values: { cpuPercent: 80 } } as const;
  const { id } = await createPolicy(admin.ctx, { name: 'Counters', settings });
  await assignPolicy(admin.ctx, { policyId: id, targetIds: [till.device.id] });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, `/services/monitoring/policies/${id}/settings`);
  const { part, label } = await setting(page, 'MONITORING', 'cpuPercent');
  await part.getByRole('textbox', { name: label }).fill('90');
  await page.getByText('1 setting changed').waitFor();
  // The default, now said by the policy: on the till something else holds than before.
  await page.getByRole('button', { name: 'Review and save' }).click();
  const impact = page.getByRole('dialog', { name: 'Who changes if Counters says this' });
  await impact.getByText('What holds changes on 1 device:').waitFor();
  await impact.getByText('Till – Processor load').waitFor();
  await impact.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByText('Version 2 is in force').waitFor();

  await page.getByRole('link', { name: /^Versions/ }).click();
  const differences = page.getByRole('table', { name: 'From version 1 to version 2' });
  await differences.getByRole('row', { name: 'Processor load 80 % 90 %' }).waitFor();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  const back = page.getByRole('dialog', { name: 'Back to version 1 of Counters' });
  await back.getByText('Till – Processor load').waitFor();
  await back.getByRole('button', { name: 'Restore as version 3' }).click();
  await page.getByRole('button', { name: 'Restore version 2' }).waitFor();
  expect(await getPolicy(admin.ctx, id)).toMatchObject({ version: 3, settings: { cpuPercent: 80 } });
  await page.getByLabel('To version', { exact: true }).selectOption('1');
  await page.getByLabel('From version', { exact: true }).selectOption('3');
  await page.getByText('They say the same.').waitFor();

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('It is assigned to 1 device or group.').waitFor();
  await page.getByRole('link', { name: 'See where' }).click();
  await page.getByRole('button', { name: 'Take away from Till' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
  await page.getByText('It is assigned to nothing').waitFor();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('STANDARD');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByText('This name is in use already.').waitFor();
  await page.getByRole('dialog').getByLabel('Name').fill('Tills');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Tills', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Tills was removed').waitFor();
  expect((await listPolicies(admin.ctx, companyId, { service: 'MONITORING' })).rows.map(({ name }) => name)).toEqual([
    'Standard',
  ]);
  expect(seen.wrong).toEqual([]);
});

test('SVC-09 what somebody else has saved meanwhile is shown beside one’s own, and neither is lost', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await companyWith(app, 'MONITORING');
  const colleague = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'MANAGE_POLICIES' }]);
  const save = (expectedVersion: number, values: Record<string, unknown>) =>
    updatePolicy(colleague.ctx, { id, expectedVersion, settings: { service: 'MONITORING', values } });
  const { id } = await createPolicy(admin.ctx, {
    name: 'Counters',
    settings: { service: 'MONITORING', values: { cpuPercent: 80 } },
  });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, `/services/monitoring/policies/${id}/settings`);
  const { part, label } = await setting(page, 'MONITORING', 'cpuPercent');
  const field = part.getByRole('textbox', { name: label });
  const memory = settingsSchemaOf('MONITORING')['memoryPercent']?.label.en;
  // Who has changed nothing follows at once.
  await save(1, { cpuPercent: 70 });
  await page.getByText('Version 2, written').waitFor();
  await part.locator('input[value="70"]').waitFor();
  await field.fill('75');
  await save(2, { cpuPercent: 70, memoryPercent: 60 });
  const conflict = page.getByRole('alert').filter({ hasText: 'has saved version 3 meanwhile' });
  await conflict.getByRole('row', { name: 'Processor load 70 % 70 % 75 %' }).waitFor();
  await conflict.getByRole('row', { name: `${memory} left open 60 % left open` }).waitFor();
  expect(await page.getByRole('button', { name: 'Review and save' }).isDisabled()).toBe(true);
  await conflict.getByRole('button', { name: 'Put mine on top of theirs' }).click();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save as version 4' }).click();
  await page.getByText('Version 4 is in force').waitFor();
  expect(await getPolicy(admin.ctx, id)).toMatchObject({ settings: { cpuPercent: 75, memoryPercent: 60 } });
  expect(seen.wrong).toEqual([]);
});

test('PER-02 PER-03 SVC-09 who may only assign sees what a policy says and cannot change it; an assignment is previewed for each device and group', async () => {
  const app = await dashboardApp();
  const { companyId, admin, managed, policyId } = await companyWith(app, 'MONITORING');
  const assigner = await buildMember(app, companyId, [{ service: 'MONITORING', permission: 'ASSIGN_POLICIES' }]);
  const [till, laptop] = [await managed({ name: 'Till' }), await managed({ name: 'Laptop' })];
  const group = await createDeviceGroup(admin.ctx, { name: 'Counters' });
  await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [laptop.device.id] });
  await assignPolicy(admin.ctx, { policyId, targetIds: [till.device.id] });
  const settings = { service: 'MONITORING', values: { cpuPercent: 80 } } as const;
  const { id } = await createPolicy(admin.ctx, { name: 'Strict', settings });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, assigner, '/services/monitoring/policies');
  await page.getByRole('link', { name: 'Strict' }).click();
  await page.getByRole('row', { name: 'Processor load 80 %' }).waitFor();
  expect(await page.getByRole('button', { name: 'Review and save' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Rename' }).count()).toBe(0);

  await page.getByRole('link', { name: 'Assignments' }).click();
  await page.getByRole('link', { name: 'Assign', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Counters' }).check();
  await page.getByRole('checkbox', { name: 'Till' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  const preview = page.getByRole('table', { name: 'What would become of each' });
  await preview.getByRole('row', { name: 'Counters Gets the policy.' }).waitFor();
  await preview.getByRole('row', { name: 'Till Gets it in place of Standard.' }).waitFor();
  await page.getByRole('button', { name: 'Assign to 2' }).click();
  const list = page.getByRole('table', { name: 'What Strict is assigned to' });
  await list.getByRole('row').filter({ hasText: 'Counters' }).getByText('Group').waitFor();
  await list.getByRole('row').filter({ hasText: 'Till' }).waitFor();
  expect(await getPolicy(admin.ctx, id)).toMatchObject({ version: 1 });
  expect(seen.wrong).toEqual([]);
});
