import { expect, test } from 'vitest';
import { authSessions } from '../../../server/db/tables/auth-sessions.ts';
import { buildAccount, buildCompany } from '../../../server/testing/builders.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';

test('who is not signed in is asked to, and goes on to where they were on the way to', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  await seen.page.goto('/devices?search=till');
  await seen.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(seen.page.url()).searchParams.get('next')).toBe('/devices?search=till');
  await seen.page.getByLabel('E-mail address').fill(ada.account.email);
  await seen.page.locator('input[type="password"]').fill('wrong, all of it');
  await seen.page.getByRole('button', { name: 'Sign in' }).click();
  await seen.page.getByRole('alert').waitFor();
  await signInOn(seen, ada, '/account/profile');
  await seen.page.getByRole('navigation').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('who comes back with a sign-in that has ended is asked to sign in, and no error is shown', async () => {
  const app = await dashboardApp();
  const ada = await buildAccount(app);
  const seen = await visit(app);
  await signInOn(seen, ada, '/account/profile');
  await seen.page.goto('about:blank');
  await app.services.db.write(async ({ q }) => {
    await q.delete(authSessions);
  });
  await seen.page.goto('/account/profile');
  await seen.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(seen.wrong.filter((line) => !line.includes('401'))).toEqual([]);
});

test('each entry of the menu stands in a line of its own, and the link to the mails of development mode covers none', async () => {
  const app = await dashboardApp({ NODE_ENV: 'development' });
  const { admin } = await buildCompany(app);
  const seen = await visit(app, { viewport: { width: 1280, height: 560 } });
  await signInOn(seen, admin, '/company/settings');
  const menu = seen.page.getByRole('navigation', { name: 'Pages' });
  const boxOf = (role: 'link' | 'button', name: string) => menu.getByRole(role, { name }).boundingBox();
  const [alerts, services] = [await boxOf('link', 'Alerts'), await boxOf('button', 'Remote Management')];
  expect(services?.height).toBe(alerts?.height);
  const mails = await boxOf('link', 'Development mode');
  const covered = await menu.locator('a:not([target]), button').evaluateAll(
    (entries, [top, bottom]) =>
      entries.filter((entry) => {
        const box = entry.getBoundingClientRect();
        return box.top < bottom && box.bottom > top;
      }).length,
    [mails?.y ?? 0, (mails?.y ?? 0) + (mails?.height ?? 0)] as const,
  );
  expect(covered).toBe(0);
  expect(seen.wrong).toEqual([]);
});
