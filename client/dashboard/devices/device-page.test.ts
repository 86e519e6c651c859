import { expect, test } from 'vitest';
import { raiseAlert } from '../../../server/domain/alert-changes.ts';
import { addDevicesToGroup, createDeviceGroup } from '../../../server/domain/device-groups.ts';
import { getDevice } from '../../../server/domain/devices.ts';
import { reportInventory } from '../../../server/domain/inventories.ts';
import { acceptInvitation, inviteDevice } from '../../../server/domain/invitations.ts';
import { assignPolicy } from '../../../server/domain/policy-assignments.ts';
import { createPolicy } from '../../../server/domain/policy-changes.ts';

import { addMember, buildAccount, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { denialOf } from '../../../server/testing/refusals.ts';
import { companyWith, report } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

const INVENTORY = {
  hardware: {
    hostName: 'TILL-01',
    manufacturer: 'Lenovo',
    model: 'M70q',
    serialNumber: 'PF3A9K2L',
    virtual: false,
    operatingSystem: 'Windows 11 Pro',
    kernel: '10.0.26100',
    architecture: 'x64',
    processor: 'Intel i5',
    cores: 12,
    memoryBytes: 16 * 1024 ** 3,
    disks: [{ name: 'Samsung PM9A1', kind: 'SSD', bytes: 512e9, serialNumber: 'S64ANX0T' }],
    networks: [{ name: 'Ethernet', mac: '00:1a:2b:3c:4d:5e', addresses: ['192.0.2.20'] }],
  },
  packages: Array.from({ length: 300 }, (_, i) => `package-${String(i).padStart(3, '0')}\t1.${i}`).join('\n'),
  packageSource: 'winget',
};

/** A company with a till that Monitoring is active on, and a colleague who it may be assigned to. */
async function till(app: DashboardApp) {
  const company = await companyWith(app, 'MONITORING');
  const colleague = await buildAccount(app, { name: 'Bea Colleague' });
  await addMember(app, company.companyId, colleague, 'USER');
  const values = { companyId: company.companyId, enrolledAt: app.clock.now() };
  const device = await setDevice(app, await buildDevice(app, { name: 'Till' }), values);
  return { ...company, colleague, device, path: `/devices/${device.device.id}` };
}

test('PRE-02 a device is renamed, gets an alias, a person and a group, and is removed when its end was explained', async () => {
  const app = await dashboardApp();
  const { admin, colleague, device, path, namespace, activate } = await till(app);
  await activate(admin, device);
  await createDeviceGroup(admin.ctx, { name: 'Branches' });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, path);
  await page.getByRole('button', { name: 'Rename the device' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Till at the door');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Till at the door' }).waitFor();
  await page.getByRole('button', { name: 'Change the alias' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('door');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: `Copy door@${namespace}` })
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  const assigning = page.getByRole('dialog', { name: 'Assign Till at the door' });
  await assigning.getByRole('searchbox').fill('bea');
  await assigning.getByRole('radio', { name: 'Bea Colleague' }).check();
  await assigning.getByRole('button', { name: 'Assign' }).click();
  await assigning.waitFor({ state: 'hidden' });
  await page.getByText(colleague.account.email).waitFor();
  expect((await getDevice(admin.ctx, device.device.id)).accountId).toBe(colleague.account.id);

  await page.getByRole('button', { name: 'Add to a group' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add to a group' }).click();
  await page.getByRole('button', { name: 'Take it out of Branches' }).click();
  await page.getByText('In no group.', { exact: false }).waitFor();

  await page.getByRole('button', { name: 'Remove the device' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove Till at the door for good?' });
  await removing.getByText('Its ID is never given again', { exact: false }).waitFor();
  await removing.getByText('1 service is taken off it', { exact: false }).waitFor();
  await removing.getByRole('button', { name: 'Remove the device' }).click();
  await page.waitForURL('**/devices');
  await page.getByText('No devices yet').waitFor();
  await denialOf(getDevice(admin.ctx, device.device.id), 'NOT_FOUND');
  await page.goto(path);
  await page.getByRole('heading', { name: 'This device is not there' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('PER-08a whoever assigns a device to somebody else is told first whose Backup that retires', async () => {
  const app = await dashboardApp();
  const company = await companyWith(app, 'BACKUP');
  const owner = await buildAccount(app, { name: 'Olivia Owner' });
  await addMember(app, company.companyId, owner, 'USER');
  const device = await company.managed({ accountId: owner.account.id });
  await company.activate(owner, device);
  await report(device, 'BACKUP', 'INSTALLING', 'ACTIVE');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, company.admin, `/devices/${device.device.id}`);
  await page.getByRole('button', { name: 'Assign to somebody else' }).click();
  const dialog = page.getByRole('dialog');
  const warning = dialog.getByText('The Backup on it belongs to Olivia Owner and is retired', { exact: false });
  expect(await warning.count()).toBe(0);
  await dialog.getByRole('radio', { name: 'Nobody' }).check();
  await warning.waitFor();
  await dialog.getByRole('button', { name: 'Take it away' }).click();
  await page.getByText('Nobody. Assign it', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Services' }).click();
  await page.getByRole('region', { name: 'Backup' }).getByText('Retired').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-24 INV-25 profiles and locks of a device are edited by who may, and shown with their reason to others', async () => {
  const app = await dashboardApp();
  const { admin, colleague, device, path } = await till(app);
  const [theirs, mine] = [await visit(app), await visit(app)];
  const { page } = mine;
  await signInOn(mine, admin, `${path}/access`);
  const profile = (name: string) => page.getByRole('article', { name, exact: true });
  await profile('Full access').getByRole('switch').click();
  await page.getByRole('button', { name: 'Add a profile' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name of the profile').fill('Hotline');
  await form.getByRole('checkbox', { name: 'Keyboard and mouse', exact: true }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await profile('Hotline').getByText('Keyboard and mouse').waitFor();

  const vpn = page.getByRole('group', { name: 'VPN' });
  await vpn.getByLabel('Never').check();
  await page.getByRole('group', { name: 'Hear the device’s sound' }).getByLabel('Always').check();
  // The button is held while it saves, too: the answer tells that it has.
  await Promise.all([
    page.waitForResponse((answer) => answer.request().postData()?.includes('updateDeviceSettings') ?? false),
    page.getByRole('button', { name: 'Save the locks' }).click(),
  ]);
  const { locks } = await getDevice(admin.ctx, device.device.id);
  expect(locks).toEqual([
    { permission: 'AUDIO', allowed: true },
    { permission: 'VPN', allowed: false },
  ]);
  await profile('Hotline').getByRole('button', { name: 'Edit “Hotline”' }).click();
  await form.getByRole('checkbox', { name: 'VPN', disabled: true, checked: false }).waitFor();
  await page.keyboard.press('Escape');

  // A colleague sees all of it, and why it is not theirs to change; changes arrive without a reload.
  await signInOn(theirs, colleague, `${path}/access`);
  await theirs.page.getByText('Administrators of the company set them.', { exact: false }).waitFor();
  await theirs.page.getByText('VPN: Never').waitFor();
  expect(await theirs.page.getByRole('switch', { name: 'Can be chosen: Full access' }).isDisabled()).toBe(true);
  expect(await theirs.page.getByRole('switch', { name: 'Can be chosen: Full access' }).isChecked()).toBe(false);
  await profile('Hotline').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await profile('Hotline').waitFor({ state: 'detached' });
  await theirs.page.getByRole('article', { name: 'Hotline' }).waitFor({ state: 'detached' });
  expect([...mine.wrong, ...theirs.wrong]).toEqual([]);
});

test('SVC-08 SVC-09 the services of a device with their state, what holds there, where from, and what contradicts it', async () => {
  const app = await dashboardApp();
  const { admin, device, path, activate } = await till(app);
  await activate(admin, device);
  const groups = [];
  for (const [name, cpuPercent] of [
    ['Branches', 70],
    ['Night', 80],
  ] as const) {
    const group = await createDeviceGroup(admin.ctx, { name });
    await addDevicesToGroup(admin.ctx, { id: group.id, deviceIds: [device.device.id] });
    const settings = { service: 'MONITORING', values: { cpuPercent } } as const;
    const policy = await createPolicy(admin.ctx, { name: `Policy of ${name}`, settings });
    await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [group.id] });
    groups.push(group);
  }
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, `${path}/services`);
  const monitoring = page.getByRole('region', { name: 'Monitoring' });
  await monitoring.getByText('it installs when the device comes back', { exact: false }).waitFor();
  await report(device, 'MONITORING', 'INSTALLING', 'FAILED');
  await monitoring.getByText('No space left on the disk.').waitFor();
  await activate(admin, device);
  await report(device, 'MONITORING', 'INSTALLING', 'ACTIVE');
  await monitoring.getByText('The device does not yet work by what its policies say.').waitFor();

  await monitoring.getByRole('button', { name: 'What holds, and why' }).click();
  const setting = monitoring.getByRole('row').filter({ hasText: 'Policy of Night' });
  await setting.getByText('80').waitFor();
  await setting.getByText('Night', { exact: false }).first().waitFor();
  await setting.getByText('Branches', { exact: false }).waitFor();
  const missing = page.getByRole('region', { name: 'Not on this device' });
  const way = missing.getByRole('link', { name: 'Activate Patch management' });
  expect(await way.getAttribute('href')).toBe(`/services/patch-management/activate?device=${device.device.id}`);
  expect(seen.wrong).toEqual([]);
});

test('SVC-10 an alert of a device appears on its page as it is raised, and is acknowledged there', async () => {
  const app = await dashboardApp();
  const { admin, device, path, activate, managed } = await till(app);
  const other = await managed();
  await activate(admin, device, other);
  for (const one of [device, other]) await report(one, 'MONITORING', 'INSTALLING', 'ACTIVE');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, `${path}/alerts`);
  await page
    .getByText('No alert', { exact: false })
    .or(page.getByText('Nothing', { exact: false }))
    .first()
    .waitFor();
  const alert = { service: 'MONITORING', subject: 'CPU_LOAD', severity: 'CRITICAL', kind: 'ALERT' } as const;
  await raiseAlert(other.ctx, { ...alert, message: 'Another device.', measurements: [] });
  await raiseAlert(device.ctx, { ...alert, message: 'Above 90 %.', measurements: [] });
  const rows = page.getByRole('table').getByRole('row');
  await rows.nth(1).waitFor();
  expect(await rows.count()).toBe(2);
  await rows.nth(1).getByRole('button', { name: 'Acknowledge', exact: false }).click();
  await rows.nth(1).waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('SVC-07 the inventory of a device: what it is made of, and its packages, searched as one types', async () => {
  const app = await dashboardApp();
  const company = await companyWith(app, 'ASSET_MANAGEMENT');
  const device = await company.managed();
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, company.admin, `/devices/${device.device.id}/inventory`);
  await page.getByText('activate that service on the device', { exact: false }).waitFor();
  await company.activate(company.admin, device);
  await page.getByText('what it finds appears here at once', { exact: false }).waitFor();
  await report(device, 'ASSET_MANAGEMENT', 'INSTALLING', 'ACTIVE');
  await reportInventory(device.ctx, { takenAt: app.clock.now(), ...INVENTORY });
  await page.getByText('Intel i5 · 12 cores').waitFor();
  await page.getByText('16 GB').waitFor();
  await page.getByRole('row').filter({ hasText: 'Samsung PM9A1' }).getByText('512 GB').waitFor();
  await page.getByRole('row').filter({ hasText: 'Ethernet' }).getByText('192.0.2.20').waitFor();
  const packages = page.getByRole('table', { name: 'Installed packages' }).getByRole('row');
  await packages.filter({ hasText: 'package-000' }).waitFor();
  // Three hundred of them, of which those in sight are in the document.
  expect(await packages.count()).toBeLessThan(60);
  await page.getByRole('searchbox', { name: 'Search packages' }).fill('package-29');
  await page.getByText('10 found').waitFor();
  await packages.filter({ hasText: 'package-290' }).waitFor();
  await packages.filter({ hasText: 'package-001' }).waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('INV-28 the sessions and invitations of a device are for whoever it is assigned to', async () => {
  const app = await dashboardApp();
  const { admin, colleague, device, path } = await till(app);
  await setDevice(app, device, { accountId: colleague.account.id });
  const guest = await setDevice(app, await buildDevice(app), { alias: 'desk@elsewhere' });
  const [theirs, mine] = [await visit(app), await visit(app)];
  await signInOn(mine, colleague, path);
  await mine.page.getByRole('link', { name: 'Sessions and invitations' }).click();
  await mine.page.getByText('No sessions yet').waitFor();
  const { id } = await inviteDevice(device.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const invitations = mine.page.getByRole('table', { name: 'Invitations' }).getByRole('row');
  await invitations.filter({ hasText: 'desk@elsewhere' }).getByText('Waits for an answer').waitFor();
  await acceptInvitation(guest.ctx, { id, revision: 1 });
  await invitations.filter({ hasText: 'desk@elsewhere' }).getByText('Accepted').waitFor();
  const sessions = mine.page.getByRole('table', { name: 'Sessions' }).getByRole('row');
  await sessions.filter({ hasText: 'desk@elsewhere' }).getByText('was worked on').waitFor();

  await signInOn(theirs, admin, path);
  await theirs.page.getByRole('link', { name: 'Inventory' }).waitFor();
  expect(await theirs.page.getByRole('link', { name: 'Sessions and invitations' }).count()).toBe(0);
  await theirs.page.goto(`${path}/history`);
  await theirs.page.getByText('Whoever the device is assigned to sees', { exact: false }).waitFor();
  expect([...mine.wrong, ...theirs.wrong]).toEqual([]);
});

test.each([
  ['light', 'en-GB'],
  ['dark', 'fr-FR'],
] as const)('everybody can use the pages of a device, %s, %s', async (colorScheme, locale) => {
  const app = await dashboardApp();
  const { companyId, admin, activate, path, device } = await till(app);
  const language = locale === 'fr-FR' ? 'fr' : 'en';
  const person = await buildAccount(app, { language });
  await addMember(app, companyId, person, 'COMPANY_ADMINISTRATOR');
  await setDevice(app, device, { accountId: person.account.id });
  await addDevicesToGroup(admin.ctx, {
    id: (await createDeviceGroup(admin.ctx, { name: 'Branches' })).id,
    deviceIds: [device.device.id],
  });
  await activate(admin, device);
  const seen = await visit(app, { colorScheme, locale, reducedMotion: 'reduce' });
  const { page } = seen;
  await signInOn(seen, person, path);
  const present = async (what: string): Promise<void> => {
    await page.getByRole('heading', { level: 1, includeHidden: true }).waitFor();
    await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
    expect(await accessibilityProblems(page), what).toEqual([]);
  };
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name }).click();
    await page.getByRole('dialog').getByRole('button').nth(1).waitFor();
    await present(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await present('overview');
  await press(language === 'fr' ? 'Attribuer à quelqu’un d’autre' : 'Assign to somebody else');
  await press(language === 'fr' ? 'Supprimer l’appareil' : 'Remove the device');
  for (const tab of ['services', 'alerts', 'inventory', 'history', 'access']) {
    await page.locator(`a[href="${path}/${tab}"]`).click();
    await page.locator(`a[href="${path}/${tab}"][aria-current]`).waitFor();
    await present(tab);
  }
  await press(language === 'fr' ? 'Ajouter un profil' : 'Add a profile');
  expect(seen.wrong).toEqual([]);
});
