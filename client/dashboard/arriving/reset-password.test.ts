import { expect, test } from 'vitest';
import { buildAccount } from '../../../server/testing/builders.ts';
import { mailsTo, STRONG_PASSWORD, tokenIn } from '../../../server/testing/people.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('a forgotten password: the same answer for everybody, a link that works once, and the other browsers signed out', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const elsewhere = await visit(app);
  await signInOn(elsewhere, ada, '/account/profile');
  const seen = await visit(app);
  const { page } = seen;
  const ask = async (email: string): Promise<void> => {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText(`If there is an account for ${email}`, { exact: false }).waitFor();
  };
  await ask('nobody@example.test');
  await ask(ada.account.email);
  expect(await mailsTo(app, 'nobody@example.test')).toEqual([]);
  const token = tokenIn((await mailsTo(app, ada.account.email))[0]);

  await page.goto(`/reset-password?token=${token}`);
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  expect(page.url()).toBe(`${app.url}/reset-password`);
  await page.getByRole('textbox', { name: 'New password' }).fill('passwordpassword');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page
    .getByText('common', { exact: false })
    .or(page.getByText('guess', { exact: false }))
    .first()
    .waitFor();
  // A reload keeps the token, which is in this tab alone.
  await page.reload();
  await page.getByRole('textbox', { name: 'New password' }).fill(STRONG_PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('heading', { name: 'The password is set' }).waitFor();
  await elsewhere.page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(ada.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(STRONG_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();

  await page.goto(`/reset-password?token=${token}`);
  await page.getByRole('textbox', { name: 'New password' }).fill(STRONG_PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The link was used already', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Have a new link sent' }).waitFor();
  expect([...seen.wrong, ...elsewhere.wrong.filter((line) => !line.includes('401'))]).toEqual([]);
});
