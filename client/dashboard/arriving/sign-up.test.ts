import { expect, test } from 'vitest';
import { findAccountByEmail } from '../../../server/domain/accounts.ts';
import { EULA_VERSION } from '../../../server/domain/eula.ts';
import { issueLicences } from '../../../server/domain/licence-issuing.ts';
import { getLicence } from '../../../server/domain/licences.ts';
import { buildAccount } from '../../../server/testing/builders.ts';
import { mailsTo, STRONG_PASSWORD, signUpAs, tokenIn } from '../../../server/testing/people.ts';
import { dashboardApp, visit } from '../../testing/dashboard.ts';

const BUYER = 'it@north.example.test';

test('LIC-01 LIC-05 … LIC-10 way B, from the purchase to the pop-up, in a browser', async () => {
  const app = await dashboardApp();
  const operator = app.as({ kind: 'operator' });
  const bought = { product: 'MONITORING', edition: 'CORPORATE', seats: 10, months: 12 } as const;
  const [licence] = await issueLicences(operator, { purchaseEmail: BUYER, licences: [bought] });
  const token = tokenIn((await mailsTo(app, BUYER))[0]);
  const seen = await visit(app);
  const { page } = seen;

  // The mail leads to the offer, and its token is gone from the address bar before anything is shown.
  await page.goto(`/activate?token=${token}`);
  await page.getByRole('heading', { name: 'Activate your licence' }).waitFor();
  expect(page.url()).toBe(`${app.url}/activate`);
  await page.getByText('10 devices', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Create an account' }).click();

  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByLabel('E-mail address').fill(BUYER);
  await page.getByLabel('Your name').fill('Infra North');
  await page.getByRole('textbox', { name: 'Password' }).fill('short');
  await page.getByText('7 more characters').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill('password1234');
  await page.getByText('Easy to guess').waitFor();
  await page.getByRole('region', { name: 'Licence agreement' }).getByText('No warranty', { exact: false }).waitFor();
  await page.getByLabel(`I have read the licence agreement (version ${EULA_VERSION})`, { exact: false }).check();
  await page.getByText('Your browser has proved', { exact: false }).waitFor();
  // The server has the last word on passwords.
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page
    .getByText('too easy to guess', { exact: false })
    .or(page.getByText('common', { exact: false }))
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(STRONG_PASSWORD);
  await page.getByText('Very good').waitFor();
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();

  const account = await findAccountByEmail(app.services.db.read, BUYER);
  expect(account).toMatchObject({ name: 'Infra North', eulaVersion: EULA_VERSION, verifiedAt: null });
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByText('A new mail is on its way', { exact: false }).waitFor();

  // The one link verifies the account and carries the activation on. It is opened in another tab, which knows nothing.
  const [newest] = (await mailsTo(app, BUYER)).filter(({ subject }) => subject.includes('Confirm'));
  const tab = await page.context().newPage();
  await tab.goto(`/verify?token=${tokenIn(newest)}`);
  await tab.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
  expect(tab.url()).toBe(`${app.url}/verify`);
  await tab.getByText('Monitoring').waitFor();
  await tab.getByRole('button', { name: 'Sign in and activate' }).click();
  expect(await tab.getByLabel('E-mail address').inputValue()).toBe(BUYER);
  await tab.getByRole('textbox', { name: 'Password' }).fill(STRONG_PASSWORD);
  await tab.keyboard.press('Enter');

  // The step “Activate” asks for the company that there is not yet.
  await tab.getByRole('heading', { name: 'Activate your licence' }).waitFor();
  await tab.getByLabel('Name of the company').fill('Nördliche Züge');
  await tab.getByLabel('Namespace').focus();
  expect(await tab.getByLabel('Namespace').inputValue()).toBe('nordliche-zuge');
  await tab.getByLabel('Namespace').fill('n');
  await tab.getByRole('button', { name: 'Activate', exact: true }).click();
  await tab.getByText('2 to 15', { exact: false }).waitFor();
  await tab.getByLabel('Namespace').fill('north');
  await tab.getByRole('button', { name: 'Activate', exact: true }).click();
  const popup = tab.getByRole('dialog', { name: 'Your licence is active' });
  await popup.getByText('Monitoring can be put on your devices now').waitFor();
  expect(await getLicence(operator, licence?.id ?? '')).toMatchObject({ holderId: account?.id });
  await tab.getByRole('banner').getByText('Nördliche Züge').waitFor();
  expect(await popup.getByRole('link', { name: 'Enrol a device' }).getAttribute('href')).toBe('/company/enrolment');
  await popup.getByRole('link', { name: 'Put the service on it' }).click();
  await tab.waitForURL('**/services/monitoring');
  await popup.waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});

test('LIC-06 an address that has an account is answered alike, and a refused activation link is dropped', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await page.goto('/activate?token=bkn_lnk_nothing');
  await page.getByRole('heading', { name: 'cannot be activated by this link', exact: false }).waitFor();
  await page.goto('/sign-up?next=%2Factivate');
  await page.getByLabel('E-mail address').fill(ada.account.email);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('textbox', { name: 'Password' }).fill(STRONG_PASSWORD);
  await page.getByLabel('I have read', { exact: false }).check();
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('alert').getByText('not valid', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  expect((await mailsTo(app, ada.account.email)).map(({ subject }) => subject)).toEqual([
    'You already have a Beckon account',
  ]);
  expect(seen.wrong).toEqual([]);
});

test('LIC-09 opening the verification link twice is harmless; a spent or unknown one leads to a new one in place', async () => {
  const app = await dashboardApp();
  const email = 'ana@example.test';
  await signUpAs(app, { email });
  const first = tokenIn((await mailsTo(app, email))[0]);
  const seen = await visit(app, { locale: 'fr-FR' });
  const { page } = seen;

  await page.goto('/verify?token=bkn_lnk_nothing');
  await page.getByRole('heading', { name: 'Ce lien ne fonctionne pas' }).waitFor();
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByRole('button', { name: 'Envoyer un nouveau lien' }).click();
  await page.getByText('Un nouveau message est en route', { exact: false }).waitFor();
  await page.goto(`/verify?token=${first}`);
  await page.getByText('a déjà servi', { exact: false }).waitFor();
  const second = tokenIn((await mailsTo(app, email))[0]);
  expect(second).not.toBe(first);
  await page.goto(`/verify?token=${second}`);
  await page.getByText(`${email} est confirmée.`).waitFor();
  await page.reload();
  await page.getByText('avait déjà été confirmée', { exact: false }).waitFor();
  expect(
    await page.evaluate(() => [window.location.href, JSON.stringify(window.localStorage)].join(' ')),
  ).not.toContain('bkn_lnk');
  expect(seen.wrong).toEqual([]);
});
