import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { acceptInvitation, inviteDevice } from '../../../server/domain/invitations.ts';
import { requestSessionPermissions } from '../../../server/domain/permission-requests.ts';
import { changeSessionPermissions, endSession, getSession } from '../../../server/domain/sessions.ts';
import { setDevice, type TestDevice } from '../../../server/testing/builders.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';
import { twoPeople } from '../../testing/two-people.ts';

async function startSession(host: TestDevice, guest: TestDevice): Promise<string> {
  const { id } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
  const { sessionId } = await acceptInvitation(guest.ctx, { id, revision: 1 });
  if (!sessionId) throw new Error('no session has started');
  return sessionId;
}

test('INV-23 INV-24 INV-29 in two browsers: more is asked for and granted, refused, taken away; what is locked stays; and the timeline tells it', async () => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  const host = await setDevice(app, ada.device, { locks: [{ permission: 'PRIVACY_MODE', allowed: false }] });
  const id = await startSession(host, ben.device);
  const here = await visit(app);
  const there = await visit(app);
  await signInOn(here, ada.person, `/sessions/${id}`);
  await signInOn(there, ben.person, `/sessions/${id}`);
  const locked = here.page.getByRole('switch', { name: 'Privacy mode' });
  await locked.waitFor();
  expect(await locked.isDisabled()).toBe(true);
  await here.page.getByText('held off by the device').waitFor();

  const ask = there.page.getByRole('region', { name: 'Ask for more' });
  await ask.getByLabel('VPN').check();
  await ask.getByRole('button', { name: 'Ask for these' }).click();
  await there.page
    .getByRole('status')
    .getByText(/the host side has not answered yet/)
    .waitFor();
  const wish = here.page.getByRole('alert').filter({ hasText: 'Workshop asks for more:' });
  await wish.getByRole('button', { name: 'Grant' }).click();
  const may = there.page.getByRole('region', { name: 'What you may do' });
  await may.getByText('VPN – you may', { exact: true }).waitFor();
  await wish.waitFor({ state: 'detached' });
  await here.page.getByRole('switch', { name: 'VPN' }).and(here.page.locator(':checked')).waitFor();

  await ask.getByLabel('TCP tunnels').check();
  await ask.getByRole('button', { name: 'Ask for these' }).click();
  await wish.getByRole('button', { name: 'Refuse' }).click();
  await there.page.getByText('What Workshop asked for was refused').waitFor();
  await here.page.getByRole('switch', { name: 'File manager' }).click();
  await may.getByText('File manager – you may not', { exact: true }).waitFor();

  // The guest side ends it, and nobody is asked twice.
  await there.page.getByRole('button', { name: 'End the session' }).click();
  for (const { page } of [here, there]) {
    const timeline = page.getByRole('region', { name: 'What happened' });
    await timeline.getByText('Ended by the guest side').waitFor();
    expect(await timeline.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^StartedAll but Privacy mode, TCP tunnels and VPN/),
      expect.stringMatching(/^Workshop asked for moreVPN/),
      expect.stringMatching(/^What Workshop asked for was grantedVPN/),
      expect.stringMatching(/^Workshop asked for moreTCP tunnels/),
      expect.stringMatching(/^What Workshop asked for was refusedTCP tunnels/),
      expect.stringMatching(/^Permissions changedTaken away: File manager/),
      expect.stringMatching(/^EndedEnded by the guest side/),
    ]);
  }
  expect([...here.wrong, ...there.wrong]).toEqual([]);
});

test('INV-24 a switch goes back where the server refuses it, and says why', async () => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  const id = await startSession(ada.device, ben.device);
  const seen = await visit(app);
  await signInOn(seen, ada.person, `/sessions/${id}`);
  const vpn = seen.page.getByRole('switch', { name: 'VPN' });
  await vpn.waitFor();
  // Behind the back of the page.
  await setDevice(app, ada.device, { locks: [{ permission: 'VPN', allowed: false }] });
  await vpn.click();
  await seen.page
    .getByRole('alert')
    .getByText(/^Locked by the device’s settings: /)
    .waitFor();
  await seen.page.getByRole('switch', { name: 'VPN', checked: false }).waitFor();
  expect((await getSession(ada.person.ctx, id)).permissions).not.toContain('VPN');
  expect(seen.wrong).toEqual([]);
});

test('INV-28 sessions that run come first, the history is filtered by side and state, and both change as one looks on', async () => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  for (let count = 0; count < 3; count += 1) {
    await endSession(ada.device.ctx, { id: await startSession(ada.device, ben.device) });
  }
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada.person, '/sessions');
  const rows = page.getByRole('table').getByRole('row').filter({ hasText: 'Workshop' });
  await rows.nth(2).waitFor();
  await page.getByText('No session runs at present.').waitFor();

  const id = await startSession(ben.device, ada.device);
  const running = page.getByRole('article', { name: 'Session with Workshop' });
  await running.getByRole('timer').waitFor();
  await rows.nth(3).waitFor();
  await page.getByLabel('Side').selectOption('On other devices');
  await rows.nth(1).waitFor({ state: 'detached' });
  expect(await rows.allTextContents()).toEqual([expect.stringContaining('You work there from Reception')]);
  await page.getByLabel('State').selectOption('Ended');
  await page.getByText('No session matches').waitFor();
  expect(new URL(page.url()).search).toBe('?side=GUEST&state=ended');

  await running.getByRole('button', { name: 'End the session with Workshop' }).click();
  await running.waitFor({ state: 'detached' });
  await rows
    .first()
    .getByRole('link', { name: /Workshop/ })
    .click();
  await page
    .getByRole('status')
    .getByText(/Ended by the guest side after .+ never changed\./)
    .waitFor();
  expect(new URL(page.url()).pathname).toBe(`/sessions/${id}`);
  expect(seen.wrong).toEqual([]);
});

test('INV-15 the session of others is not there', async () => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  const id = await startSession(ada.device, ben.device);
  const others = await twoPeople(app);
  const seen = await visit(app);
  await signInOn(seen, others.ada.person, `/sessions/${id}`);
  await seen.page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en', 'What the guest may do', 'What you may do'],
  ['dark', 'fr', 'Ce que l’invité peut faire', 'Ce que vous pouvez faire'],
] as const)('sessions are accessible in the %s theme and in %s', async (colorScheme, language, hosting, visiting) => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  const host = await setDevice(app, ada.device, { locks: [{ permission: 'VPN', allowed: false }] });
  const id = await startSession(host, ben.device);
  await changeSessionPermissions(host.ctx, { id, revoke: ['PRINT'] });
  await requestSessionPermissions(ben.device.ctx, { sessionId: id, permissions: ['PRINT'] });
  for (const [person, title] of [
    [ada.person, hosting],
    [ben.person, visiting],
  ] as const) {
    await updateAccount(person.ctx, { language });
    const seen = await visit(app, { colorScheme, locale: language });
    await signInOn(seen, person, `/sessions/${id}`);
    await seen.page.getByRole('region', { name: title }).waitFor();
    expect(await accessibilityProblems(seen.page)).toEqual([]);
    await seen.page.goto('/sessions');
    await seen.page.getByRole('table').waitFor();
    expect(await accessibilityProblems(seen.page)).toEqual([]);
    expect(seen.wrong).toEqual([]);
  }
});
