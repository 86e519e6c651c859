import { expect, test } from 'vitest';
import { activateLicence } from '../../../server/domain/licence-activation.ts';
import { suspendLicence } from '../../../server/domain/licence-changes.ts';
import { issueLicences } from '../../../server/domain/licence-issuing.ts';
import { resendLicenceLink } from '../../../server/domain/licence-links.ts';
import { verifyEmail } from '../../../server/domain/sign-up.ts';
import { addMember, buildAccount, buildCompany } from '../../../server/testing/builders.ts';
import { mailsTo, STRONG_PASSWORD, signUpAs, tokenIn } from '../../../server/testing/people.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

const BUYER = 'it@north.example.test';

/** A licence that was bought, and the token in its mail. */
async function buy(app: DashboardApp, product: 'MONITORING' | 'BACKUP' = 'MONITORING') {
  const bought = { product, edition: 'CORPORATE', seats: 10, months: 12 } as const;
  const operator = app.as({ kind: 'operator' });
  const [licence] = await issueLicences(operator, { purchaseEmail: BUYER, licences: [bought] });
  return { id: licence?.id ?? '', token: tokenIn((await mailsTo(app, BUYER))[0]), operator };
}

test('LIC-02 LIC-03 LIC-04 way A: signed in by the way, the personal account warned, each licence by itself', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app, { name: 'Ada Byron', email: 'ada.byron@gmail.example' });
  const { companyId } = await buildCompany(app);
  await addMember(app, companyId, ada, 'COMPANY_ADMINISTRATOR');
  const first = await buy(app);
  await buy(app, 'BACKUP');
  const seen = await visit(app);
  const { page } = seen;
  await page.goto(`/activate?token=${first.token}`);
  await page.getByRole('link', { name: 'Sign in and activate' }).click();
  await page.getByText('Sign in to go on.').waitFor();
  await page.getByLabel('E-mail address').fill(ada.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  await page.getByText('This looks like a personal account').waitFor();
  await page.getByText('The licence will belong to Company', { exact: false }).waitFor();
  expect(await page.getByLabel('Name of the company').count()).toBe(0);
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  const popup = page.getByRole('dialog', { name: 'Your licence is active' });
  await popup.getByText('Monitoring', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await popup.waitFor({ state: 'detached' });
  expect(page.url()).toBe(`${app.url}/`);

  // The link opened again says that there is nothing left to do.
  await page.goto(`/activate?token=${first.token}`);
  await page.getByRole('heading', { name: 'This licence is active' }).waitFor();
  await page.getByRole('link', { name: 'Go to Monitoring' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('LIC-10 each link that cannot be used says why, as far as it may, and leads on', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await buildCompany(app);
  const colleague = await buildAccount(app);
  await addMember(app, companyId, colleague, 'USER');
  const { admin: stranger } = await buildCompany(app);
  const used = await buy(app);
  await activateLicence(admin.ctx, { token: used.token });
  const suspended = await buy(app);
  await suspendLicence(suspended.operator, { id: suspended.id });
  const replaced = await buy(app);
  await resendLicenceLink(replaced.operator, { id: replaced.id });

  const seen = await visit(app);
  const { page } = seen;
  for (const { token } of [used, suspended, replaced]) {
    await page.goto(`/activate?token=${token}`);
    await page.getByText('If you activated it, sign in to see it.', { exact: false }).waitFor();
  }
  await signInOn(seen, colleague, '/activate');
  await page.goto(`/activate?token=${used.token}`);
  await page.getByText('Somebody in your company has activated it already', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'See the licences' }).waitFor();
  await page.goto(`/activate?token=${suspended.token}`);
  await page.getByText('This licence is suspended', { exact: false }).waitFor();
  await page.goto(`/activate?token=${replaced.token}`);
  await page.getByText('it was replaced', { exact: false }).waitFor();

  // Another account finds nothing out, and can be exchanged for the right one.
  await page.getByRole('button', { name: 'Use another account' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signInOn(seen, stranger, '/activate');
  await page.goto(`/activate?token=${used.token}`);
  await page.getByText('somebody else has activated the licence', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'To the start page' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('LIC-09 an offer that waits stands on the start page; before the address is confirmed nothing else is shown', async () => {
  const app = await dashboardApp();
  const { token } = await buy(app);
  await signUpAs(app, { email: BUYER, name: 'Infra', activationToken: token });
  const seen = await visit(app);
  const { page } = seen;
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(BUYER);
  await page.getByRole('textbox', { name: 'Password' }).fill(STRONG_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor();
  await page.getByRole('button', { name: 'I have opened the link' }).click();
  await page.getByText('not confirmed yet', { exact: false }).waitFor();
  await page.goto(`/activate?token=${token}`);
  await page.getByText('Confirm your address first').waitFor();

  await page.goto('/');
  // Else the page finds it confirmed already, and asks nothing.
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor();
  const [mail] = (await mailsTo(app, BUYER)).filter(({ subject }) => subject.includes('Confirm'));
  await verifyEmail(app.as({ kind: 'anonymous' }), { token: tokenIn(mail) });
  await page.getByRole('button', { name: 'I have opened the link' }).click();
  const banner = page.getByRole('alert').filter({ hasText: 'A licence waits to be activated' });
  await banner.getByRole('link', { name: 'Activate' }).click();
  await page.getByLabel('Name of the company').waitFor();
  await page.goto('/activate');
  await page
    .getByRole('heading', { name: 'Activate your licence' })
    .or(page.getByRole('heading', { name: 'These licences wait for you' }))
    .first()
    .waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en-GB'],
  ['dark', 'fr-FR'],
] as const)('everybody can use the pages of arriving, %s, %s', async (colorScheme, locale) => {
  const app = await dashboardApp();
  const { token } = await buy(app);
  const language = locale === 'fr-FR' ? 'fr' : 'en';
  const ada = await buildAccount(app, { language });
  const seen = await visit(app, { colorScheme, locale });
  const { page } = seen;
  const paths = [
    '/sign-in',
    `/activate?token=${token}`,
    '/sign-up?next=%2Factivate',
    '/verify?token=bkn_lnk_x',
    '/forgot-password',
    '/reset-password?token=bkn_lnk_x',
    '/join?token=bkn_lnk_x',
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status').filter({ hasText: /…$/ }).waitFor({ state: 'detached' });
    expect(await accessibilityProblems(page), path).toEqual([]);
  }
  await signInOn(seen, ada, '/activate');
  await page.getByLabel(language === 'fr' ? 'Espace de noms' : 'Namespace').fill('north');
  await page.getByLabel(language === 'fr' ? 'Nom de l’entreprise' : 'Name of the company').fill('North');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: language === 'fr' ? 'Activer' : 'Activate', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
