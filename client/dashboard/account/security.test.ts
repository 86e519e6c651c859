import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { updateCompany } from '../../../server/domain/companies.ts';
import { totpCode, totpStepAt } from '../../../server/lib/totp.ts';
import { addMember, buildAccount, buildCompany, PASSWORD } from '../../../server/testing/builders.ts';
import { STRONG_PASSWORD, signedIn } from '../../../server/testing/people.ts';
import { dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';

/** What the authenticator app shows, so many steps from now: each code is taken once. */
const codeOf = (secret: string, steps = 0): string => totpCode(secret, totpStepAt(Date.now()) + steps);

/** Sets an app up in the dialog or card that is open: its key, the code that is spent, and the recovery codes. */
async function setUpOn({ page }: Visit): Promise<{ secret: string; used: string; codes: string[] }> {
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: 'QR code', exact: false }).waitFor();
  const key = await page.getByText('Enter this key', { exact: false }).locator('.beckon-code').textContent();
  const secret = (key ?? '').replaceAll(' ', '');
  const used = codeOf(secret);
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill(used);
  await page.keyboard.press('Enter');
  return { secret, used, codes: await codesOn({ page }) };
}

/** The recovery codes that are shown now. */
async function codesOn({ page }: Pick<Visit, 'page'>): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Recovery codes' });
  await list.waitFor();
  return list.getByRole('listitem').allTextContents();
}

test('a second factor is set up, signs in in two steps, and is turned off again by a recovery code', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/account/security');
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const { secret, used, codes } = await setUpOn(seen);
  expect(codes).toHaveLength(10);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain(codes.join('\n'));
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes left').waitFor();

  // Another browser: the password is no longer enough, and neither is a code that was used.
  const elsewhere = await visit(app);
  await elsewhere.page.goto('/sign-in?next=%2Faccount%2Fsecurity');
  await elsewhere.page.getByLabel('E-mail address').fill(ada.account.email);
  await elsewhere.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await elsewhere.page.keyboard.press('Enter');
  await elsewhere.page.getByRole('heading', { name: 'Second step' }).waitFor();
  await elsewhere.page.getByLabel('Code').fill(used);
  await elsewhere.page.keyboard.press('Enter');
  await elsewhere.page.getByText('This code is wrong', { exact: false }).waitFor();
  await elsewhere.page.getByLabel('Code').fill(codes[0] ?? '');
  await elsewhere.page.keyboard.press('Enter');
  await elsewhere.page.getByText('You have 9 recovery codes left').waitFor();
  await elsewhere.page.getByRole('heading', { name: 'Sign-in and security' }).waitFor();
  // Pushed to the first one, and to nobody else.
  await page.getByText('9 recovery codes left').waitFor();
  await page.getByRole('list', { name: 'Sign-ins' }).getByRole('listitem').nth(1).waitFor();

  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret, 1));
  await page.getByRole('button', { name: 'Make new codes' }).click();
  const fresh = await codesOn(seen);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes left').waitFor();
  await page.getByRole('button', { name: 'Turn it off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('textbox', { name: 'Code' }).fill(fresh[0] ?? '');
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByText('Whoever gets hold of your password', { exact: false }).waitFor();
  expect([...seen.wrong, ...elsewhere.wrong]).toEqual([]);
});

test('who lacks the second factor that the company requires sets it up first, at once where they are', async () => {
  const app = await dashboardApp();
  const { companyId, admin } = await buildCompany(app);
  const ben = await buildAccount(app);
  await addMember(app, companyId, ben, 'USER');
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ben, '/account/profile');
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  const { page: other } = await setUpAndRequire(app, admin);
  await page.getByRole('heading', { name: 'Your company asks for a second factor' }).waitFor();
  const { codes } = await setUpOn(seen);
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await other.close();
  expect(seen.wrong.filter((line) => !line.includes('403'))).toEqual([]);
});

/** The administrator sets an app up as a person does, and then requires it of everybody. */
async function setUpAndRequire(
  app: Awaited<ReturnType<typeof dashboardApp>>,
  admin: Awaited<ReturnType<typeof buildCompany>>['admin'],
): Promise<Visit> {
  const seen = await visit(app);
  await signInOn(seen, admin, '/account/security');
  await seen.page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await setUpOn(seen);
  await updateCompany(admin.ctx, { requireSecondFactor: true });
  return seen;
}

test('the password is changed, sign-ins are told apart and ended, one and all others', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/account/security');
  const list = page.getByRole('list', { name: 'Sign-ins' }).getByRole('listitem');
  await list.filter({ hasText: 'Chrome on Linux' }).filter({ hasText: 'This one' }).waitFor();

  // A sign-in elsewhere shows by itself, and is ended.
  const other = await visit(app);
  await signInOn(other, ada, '/account/profile');
  await list.nth(1).waitFor();
  await list.nth(1).getByRole('button', { name: 'End the sign-in of Chrome on Linux' }).click();
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await list.nth(1).waitFor({ state: 'detached' });

  await signedIn(app, ada);
  await signedIn(app, ada);
  await list.nth(2).waitFor();
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
  await page.getByText('2 sign-ins have ended.').waitFor();
  await list.nth(1).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Change the password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Present password').fill('not the one that it is');
  await dialog.getByRole('textbox', { name: 'New password' }).fill(STRONG_PASSWORD);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await dialog.getByText('E-mail address or password is wrong.').waitFor();
  await dialog.getByLabel('Present password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('Your other sign-ins have ended.', { exact: false }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  await page.reload();
  await list.filter({ hasText: 'This one' }).waitFor();
  // The one that was ended asked once more with its cookie, which it has no more.
  expect([...seen.wrong, ...other.wrong.filter((line) => !line.includes('401'))]).toEqual([]);
});
