import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { companies } from '../../../server/db/tables/companies.ts';
import { createDeviceGroup } from '../../../server/domain/device-groups.ts';
import { listDevices } from '../../../server/domain/device-list.ts';
import { openPresence } from '../../../server/domain/presence.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestDevice,
} from '../../../server/testing/builders.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

/** A company with devices of these names. */
async function companyOf(app: DashboardApp, names: readonly string[]) {
  const company = await buildCompany(app);
  const devices: TestDevice[] = [];
  for (const [at, name] of names.entries()) {
    const values = { companyId: company.companyId, enrolledAt: app.clock.now() + at };
    devices.push(await setDevice(app, await buildDevice(app, { name }), values));
  }
  await app.services.db.write(async ({ q }) => {
    await q.update(companies).set({ deviceCount: names.length });
  });
  return { ...company, devices };
}

/** Turns the wheel until that device is on the screen: the list grows while one scrolls. */
async function scrollDownTo(page: Page, name: string): Promise<void> {
  const row = page.getByRole('link', { name });
  const scroll = async () => {
    await page.mouse.wheel(0, 10_000);
    return await row.isVisible();
  };
  await expect.poll(scroll, { timeout: 30_000 }).toBe(true);
}

test('PRE-02 the devices of a company are searched as one types, filtered and ordered; the address keeps it', async () => {
  const app = await dashboardApp();
  const { admin, devices } = await companyOf(app, ['Desk', 'Scanner', 'Till 1', 'Till 2']);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/devices');
  const rows = page.getByRole('table', { name: 'Devices' }).getByRole('row');
  await rows.filter({ hasText: 'Till 2' }).waitFor();
  expect(await rows.allInnerTexts()).toHaveLength(5);

  await page.getByRole('searchbox', { name: 'Search' }).pressSequentially('till');
  await rows.filter({ hasText: 'Desk' }).waitFor({ state: 'detached' });
  // Slowly typed it is several searches, one after the other.
  await page.waitForURL((url) => url.search === '?search=till');
  await page.getByLabel('Order').selectOption('Last added first');
  await page.locator('[aria-rowindex="2"]').filter({ hasText: 'Till 2' }).waitFor();
  await page.reload();
  await page.locator('[aria-rowindex="2"]').filter({ hasText: 'Till 2' }).waitFor();
  expect(await rows.count()).toBe(3);

  // A device that comes online says so in its row, and leaves the list of those that are not.
  const [, , till] = devices;
  await openPresence(till?.ctx ?? admin.ctx, till?.device.id ?? '');
  await rows.filter({ hasText: 'Till 1' }).getByText('Online').waitFor();
  await page.getByLabel('Presence').selectOption('Offline');
  await rows.filter({ hasText: 'Till 1' }).waitFor({ state: 'detached' });
  const [, , , other] = devices;
  await openPresence(other?.ctx ?? admin.ctx, other?.device.id ?? '');
  await page.getByText('No device matches.').waitFor();
  await page.getByRole('button', { name: 'Show all devices' }).click();
  await rows.filter({ hasText: 'Scanner' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('PRE-02 chosen devices stay chosen while one scrolls, and are put into a group together', async () => {
  const app = await dashboardApp();
  const names = Array.from({ length: 120 }, (_, i) => `Till ${String(i).padStart(3, '0')}`);
  const { admin, companyId } = await companyOf(app, names);
  await createDeviceGroup(admin.ctx, { name: 'Office' });
  const seen = await visit(app, { viewport: { width: 1280, height: 720 } });
  const { page } = seen;
  await signInOn(seen, admin, '/devices');
  await page.getByRole('checkbox', { name: 'Choose Till 001' }).check();
  await page.getByRole('checkbox', { name: 'Choose Till 003' }).check();
  // The focus is not lost with the row that has it, and goes on from there by the arrow keys.
  await scrollDownTo(page, 'Till 119');
  await page.keyboard.press('ArrowDown');
  const next = page.getByRole('checkbox', { name: 'Choose Till 004' });
  await next.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Space');

  const chosen = page.getByRole('region', { name: 'Chosen devices' });
  await chosen.getByText('3 devices chosen').waitFor();
  await chosen.getByRole('button', { name: 'Add to a group' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add 3 devices to a group' });
  await dialog.getByLabel('Group', { exact: true }).selectOption('A new group …');
  await dialog.getByLabel('Name of the new group').fill('Branches');
  await dialog.getByRole('button', { name: 'Add to a group' }).click();
  await page.getByText('3 devices are in the group now.').waitFor();
  await chosen.waitFor({ state: 'detached' });
  await page.locator('[role="row"]').filter({ hasText: 'Till 003' }).getByText('Branches').waitFor();
  await page.getByLabel('Group', { exact: true }).selectOption('Branches');
  await page.locator('[role="row"]').filter({ hasText: 'Till 000' }).waitFor({ state: 'detached' });
  const groupId = new URL(page.url()).searchParams.get('group');
  const { rows } = await listDevices(admin.ctx, companyId, { groupId }, {});
  expect(rows.map(({ name }) => name)).toEqual(['Till 001', 'Till 003', 'Till 004']);
  expect(seen.wrong).toEqual([]);
});

test('a page begins at its top, and a list that is gone back to is where it was left', async () => {
  const app = await dashboardApp();
  const names = Array.from({ length: 200 }, (_, i) => `Till ${String(i).padStart(3, '0')}`);
  const { admin } = await companyOf(app, names);
  const seen = await visit(app, { viewport: { width: 1280, height: 600 } });
  const { page } = seen;
  await signInOn(seen, admin, '/devices');
  await page.getByRole('link', { name: 'Till 000' }).waitFor();
  await scrollDownTo(page, 'Till 199');
  const row = page.getByRole('link', { name: 'Till 189' });
  // Also waits until nothing is scrolled any more.
  await row.hover();
  const left = await row.boundingBox();
  await row.click();
  await page.getByRole('heading', { level: 1, name: 'Till 189' }).waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await page.goBack();
  await row.waitFor();
  const found = await row.boundingBox();
  expect(Math.abs((found?.y ?? 0) - (left?.y ?? 0))).toBeLessThan(60);
  expect(seen.wrong).toEqual([]);
});

test('PER-10 who may not put devices into groups chooses none; without a company one sees one’s own', async () => {
  const app = await dashboardApp();
  const { companyId } = await companyOf(app, ['Desk']);
  const [member, loner] = [await buildAccount(app), await buildAccount(app)];
  await addMember(app, companyId, member, 'USER');
  await setDevice(app, await buildDevice(app, { name: 'Laptop' }), { accountId: loner.account.id });
  const [theirs, alone] = [await visit(app), await visit(app)];
  await signInOn(theirs, member, '/devices');
  await theirs.page.getByRole('link', { name: 'Desk' }).waitFor();
  expect(await theirs.page.getByRole('checkbox').count()).toBe(0);
  expect(await theirs.page.getByRole('link', { name: 'Add devices' }).count()).toBe(0);
  await signInOn(alone, loner, '/devices');
  // A click anywhere in the row opens the device.
  await alone.page.getByRole('row').filter({ hasText: 'Laptop' }).getByText('Windows').click();
  await alone.page.getByRole('heading', { level: 1, name: 'Laptop' }).waitFor();
  expect([...theirs.wrong, ...alone.wrong]).toEqual([]);
});

test.each([
  ['light', 'en-GB', 'Choose all 30 devices that are loaded', 'Add to a group'],
  ['dark', 'fr-FR', 'Sélectionner les 30 appareils chargés', 'Ajouter à un groupe'],
] as const)('everybody can use the list of devices, %s, %s', async (colorScheme, locale, all, group) => {
  const app = await dashboardApp();
  const company = await companyOf(
    app,
    Array.from({ length: 30 }, (_, i) => `Till ${i}`),
  );
  const admin = await buildAccount(app, { language: locale === 'fr-FR' ? 'fr' : 'en' });
  await addMember(app, company.companyId, admin, 'COMPANY_ADMINISTRATOR');
  const seen = await visit(app, { colorScheme, locale, reducedMotion: 'reduce' });
  const { page } = seen;
  await signInOn(seen, admin, '/devices');
  await page.getByRole('checkbox', { name: all }).check();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: group }).click();
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // On a phone rows are cards.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  expect(seen.wrong).toEqual([]);
});
