import { expect, test } from 'vitest';
import { secondFactors } from '../../../server/db/tables/second-factors.ts';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { raiseAlert } from '../../../server/domain/alert-changes.ts';
import { findCompany, updateCompany } from '../../../server/domain/companies.ts';
import { enrolDevice } from '../../../server/domain/enrolment.ts';
import { createEnrolmentCode } from '../../../server/domain/enrolment-codes.ts';
import { resumeLicence, suspendLicence } from '../../../server/domain/licence-changes.ts';
import { memberOf } from '../../../server/domain/members.ts';
import { DAY_MS } from '../../../server/domain/rate-limits.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  setDevice,
  type TestAccount,
  type TestDevice,
} from '../../../server/testing/builders.ts';
import { companyWith, giveLicence, report } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

/** As setting up an app leaves it, but for the sign-ins that it ends. */
async function giveSecondFactor(app: DashboardApp, { account }: TestAccount): Promise<void> {
  const now = app.clock.now();
  await app.services.db.write(async ({ q }) => {
    await q.insert(secondFactors).values({
      ...{ accountId: account.id, secret: 'JBSWY3DPEHPK3PXP', createdAt: now, confirmedAt: now },
    });
  });
}

/** A device that joined the company by a code, as devices do. */
async function enrolled(app: DashboardApp, admin: TestAccount): Promise<TestDevice> {
  const device = await buildDevice(app);
  const { code } = await createEnrolmentCode(admin.ctx, { label: 'Test' });
  await enrolDevice(device.ctx, { code });
  return device;
}

test('LIC-11 who has no company makes one; what is taken is refused at its field, and the page follows by itself', async () => {
  const app = await dashboardApp();
  const { namespace } = await buildCompany(app);
  const lone = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, lone, '/company');
  await page.getByText(`signed in with this address (${lone.account.email})`).waitFor();
  await page.getByLabel('Name of the company').fill('Northwind');
  await page.getByLabel('Namespace').fill(namespace);
  await page.getByText(`A device can then be reached as reception@${namespace}.`).waitFor();
  await page.getByRole('button', { name: 'Make the company' }).click();
  await page.locator('[id$="-error"]').waitFor();
  await page.getByLabel('Namespace').fill('North-Wind');
  await page.getByText('A device can then be reached as reception@north-wind.').waitFor();
  await page.getByRole('button', { name: 'Make the company' }).click();
  await page.getByRole('heading', { name: 'Northwind', level: 1 }).waitFor();
  await page.getByText('Namespace @north-wind').waitFor();
  await page.getByText('No device yet.').waitFor();
  expect(await memberOf(app.services.db.read, lone.account.id)).toMatchObject({ administrator: true });
  expect(seen.wrong).toEqual([]);
});

test('LIC-12 the overview says what needs somebody, and hears of what happens meanwhile', async () => {
  const app = await dashboardApp();
  const { admin, activate, licenceId, companyId } = await companyWith(app, 'MONITORING', 2);
  const till = await setDevice(app, await enrolled(app, admin), { online: true });
  const office = await enrolled(app, admin);
  await activate(admin, till, office);
  await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
  const now = app.clock.now();
  await giveLicence(app, { companyId, admin }, 'BACKUP', { expiresAt: now + 12 * DAY_MS });
  await giveLicence(app, { companyId, admin }, 'WEB_MONITORING', { expiresAt: now - 1 });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/company');
  const attention = page.getByRole('list', { name: 'Needs attention' }).getByRole('listitem');
  await attention.filter({ hasText: 'All seats of Monitoring are taken.' }).waitFor();
  await attention.filter({ hasText: 'The licence for Backup expires in 11 days.' }).waitFor();
  await attention.filter({ hasText: 'The licence for Web monitoring has expired' }).waitFor();
  await page.getByText('2 of 2 seats taken').waitFor();
  await page.getByText('1 online').waitFor();
  await page.getByText('1 offline').waitFor();

  await report(office, 'MONITORING', 'INSTALLING', 'FAILED');
  await attention.filter({ hasText: 'Monitoring could not be installed on 1 device.' }).waitFor();
  await raiseAlert(till.ctx, {
    ...{ service: 'MONITORING', subject: 'CPU_LOAD', severity: 'CRITICAL', kind: 'ALERT', message: 'Above 90 %.' },
  });
  await attention.filter({ hasText: '1 critical alert is open.' }).waitFor();
  await createEnrolmentCode(admin.ctx, { label: 'Lyon' });
  await attention.filter({ hasText: 'The enrolment code “Lyon” was never used' }).waitFor();
  await suspendLicence(app.as({ kind: 'operator' }), { id: licenceId });
  await attention.filter({ hasText: 'The licence for Monitoring is suspended' }).waitFor();
  await attention.filter({ hasText: 'could not be installed' }).getByRole('link', { name: 'See' }).click();
  await page.getByRole('heading', { name: 'Monitoring', level: 1 }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('LIC-12 LIC-13 licences say product, edition, seats, term and holder; what lapses says what still goes on, at once', async () => {
  const app = await dashboardApp();
  const { admin, companyId, licenceId } = await companyWith(app, 'MONITORING');
  await giveLicence(app, { companyId, admin }, 'BACKUP', { edition: 'BUSINESS', seats: 5, seatsUsed: 5 });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin, '/company/licences');
  const row = (...texts: string[]) =>
    texts.reduce((rows, hasText) => rows.filter({ hasText }), page.getByRole('row')).waitFor();
  const { name } = admin.account;
  await row('Monitoring', 'Premium edition', '0 of 10 seats taken', 'until', 'Active', name);
  await row('Backup', 'Business edition', '5 of 5 seats taken', 'Active', name);
  await suspendLicence(app.as({ kind: 'operator' }), { id: licenceId });
  await row('Monitoring', 'Suspended', 'What runs goes on.');
  await resumeLicence(app.as({ kind: 'operator' }), { id: licenceId });
  await row('Monitoring', 'Active');
  expect(seen.wrong).toEqual([]);
});

test('the company is renamed, for everybody at once; a second factor is required by who has one; the last administrator stays', async () => {
  const app = await dashboardApp();
  const { companyId, admin: ada } = await buildCompany(app);
  const claire = await buildAccount(app);
  await addMember(app, companyId, claire, 'USER');
  const [seen, hers] = [await visit(app), await visit(app)];
  const { page } = seen;
  await signInOn(hers, claire, '/company');
  await signInOn(seen, ada, '/company/settings');
  await page.getByRole('textbox', { name: 'Name' }).fill('Northwind');
  await page.getByRole('button', { name: 'Save' }).click();
  await hers.page.getByRole('heading', { name: 'Northwind', level: 1 }).waitFor();

  await page.getByRole('switch').click({ force: true });
  const dialog = page.getByRole('dialog', { name: 'Require a second factor of every member?' });
  await dialog.getByText('2 members have none').waitFor();
  await dialog.getByRole('button', { name: 'Require it' }).click();
  await dialog.getByRole('alert').getByRole('link', { name: 'Set up your own' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await giveSecondFactor(app, ada);
  await page.getByRole('switch').click({ force: true });
  await dialog.getByRole('button', { name: 'Require it' }).click();
  await page.getByRole('switch', { checked: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  expect(await findCompany(app.services.db.read, companyId)).toMatchObject({ requireSecondFactor: true });
  await page.getByRole('switch').click({ force: true });
  await page.getByRole('switch', { checked: false }).waitFor();

  await page.getByRole('button', { name: 'Leave the company' }).click();
  await page.getByRole('dialog').getByText('Appoint another first').waitFor();
  await page.getByText('Close', { exact: true }).click();
  expect(await memberOf(app.services.db.read, ada.account.id)).toMatchObject({ administrator: true });
  expect(seen.wrong).toEqual([]);
});

test('PER-13 a member leaves: told what ends with it, and on the page that makes a company at once', async () => {
  const app = await dashboardApp();
  const { companyId, admin: ada } = await buildCompany(app);
  await updateCompany(ada.ctx, { name: 'Northwind' });
  const claire = await buildAccount(app);
  await addMember(app, companyId, claire, 'USER');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, claire, '/company/settings');
  await page.getByRole('button', { name: 'Leave the company' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave Northwind?' });
  await dialog.getByText('You are signed in on no device of the company.').waitFor();
  expect(await page.getByRole('switch').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Leave the company' }).click();
  await page.getByRole('heading', { name: 'Your company' }).waitFor();
  expect(await memberOf(app.services.db.read, claire.account.id)).toBeNull();
  expect(seen.wrong).toEqual([]);
});

test.each([
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
] as const)(
  'everybody can use the pages of the company: $colorScheme, $language',
  async ({ colorScheme, language }) => {
    const app = await dashboardApp();
    const { admin, companyId, activate } = await companyWith(app, 'MONITORING', 2);
    await activate(admin, await enrolled(app, admin));
    await giveLicence(app, { companyId, admin }, 'BACKUP', { suspendedAt: app.clock.now() });
    await updateAccount(admin.ctx, { language });
    const seen = await visit(app, { colorScheme });
    const { page } = seen;
    await signInOn(seen, admin, '/company');
    await page.getByText(/1 of 2 seats|1 sur 2/).waitFor();
    await page.getByText(/1 offline|1 hors ligne/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto('/company/licences');
    await page.getByText(/Suspended|Suspendue/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto('/company/settings');
    await page.getByRole('switch').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto('/company/webhooks');
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();

    const lone = await visit(app, { colorScheme, locale: language });
    await signInOn(lone, await buildAccount(app, { language }), '/company');
    await lone.page.locator('form').waitFor();
    expect(await accessibilityProblems(lone.page)).toEqual([]);
    expect([...seen.wrong, ...lone.wrong]).toEqual([]);
  },
);
