import { expect, test } from 'vitest';
import { getOwnCompany } from '../../../server/domain/companies.ts';
import { inviteMember, revokeMemberInvitation } from '../../../server/domain/member-invitations.ts';
import { buildAccount, buildCompany } from '../../../server/testing/builders.ts';
import { mailsTo, tokenIn } from '../../../server/testing/people.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('a colleague joins by the mailed link: signed in by the way, and only with the address that was invited', async () => {
  const app = await dashboardApp();
  const { admin, companyId } = await buildCompany(app);
  const ben = await buildAccount(app, { name: 'Ben', email: 'ben@example.test' });
  const other = await buildAccount(app, { email: 'other@example.test' });
  await inviteMember(admin.ctx, { email: 'ben@example.test', role: 'USER' });
  const token = tokenIn((await mailsTo(app, 'ben@example.test'))[0]);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, other, '/account/profile');
  await page.goto(`/join?token=${token}`);
  expect(page.url()).toBe(`${app.url}/join`);
  await page
    .getByText('The invitation is for ben@example.test, and you are signed in as other@example.test.')
    .waitFor();
  await page.getByRole('button', { name: 'Sign in as ben@example.test' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('ben@example.test');
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Welcome to Company', { exact: false }).waitFor();
  await page.getByRole('navigation').getByText('Company', { exact: true }).waitFor();
  expect((await getOwnCompany(ben.ctx))?.company.id).toBe(companyId);
  await page.goto(`/join?token=${token}`);
  await page.getByText('You are a member of Company', { exact: false }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('an invitation that cannot be accepted says why, and whom to ask', async () => {
  const app = await dashboardApp();
  const { admin } = await buildCompany(app);
  const { admin: taken } = await buildCompany(app);
  const invite = async (email: string) => {
    const { id } = await inviteMember(admin.ctx, { email, role: 'USER' });
    return { id, token: tokenIn((await mailsTo(app, email))[0]) };
  };
  const revoked = await invite('gone@example.test');
  await revokeMemberInvitation(admin.ctx, { id: revoked.id });
  const open = await invite(taken.account.email);
  const seen = await visit(app);
  const { page } = seen;
  await page.goto('/join?token=bkn_lnk_x');
  await page.getByText('There is no such invitation', { exact: false }).waitFor();
  await page.goto(`/join?token=${revoked.token}`);
  await page.getByText(`Ask ${admin.account.name} to invite you again.`, { exact: false }).waitFor();
  await page.goto(`/join?token=${open.token}`);
  await page.getByText(`${admin.account.name} invites you to join`, { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByText('Use the address that the invitation was sent to', { exact: false }).waitFor();
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(taken.account.email);
  await signInOn(seen, taken, '/join');
  await page.getByText('an account belongs to one company', { exact: false }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('who signed up without the link finds the invitation to their address on the start page, and joins', async () => {
  const app = await dashboardApp();
  const { admin, companyId } = await buildCompany(app);
  await inviteMember(admin.ctx, { email: 'cleo@example.test', role: 'USER' });
  const cleo = await buildAccount(app, { email: 'cleo@example.test' });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, cleo);
  const banner = page.getByRole('alert').filter({ hasText: `${admin.account.name} invites you to join` });
  await banner.getByRole('link', { name: 'Join' }).click();
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Welcome to Company', { exact: false }).waitFor();
  expect((await getOwnCompany(cleo.ctx))?.company.id).toBe(companyId);
  await banner.waitFor({ state: 'detached' });
  expect(seen.wrong).toEqual([]);
});
