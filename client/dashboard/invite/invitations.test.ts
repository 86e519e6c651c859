import { expect, test } from 'vitest';
import { inviteDevice, modifyInvitation } from '../../../server/domain/invitations.ts';
import { systemClock } from '../../../server/lib/clock.ts';
import { type DashboardApp, dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';
import { twoPeople } from '../../testing/two-people.ts';

/** What the owner of the product demands: invited here, seen there, in ms. */
const MOST_UNTIL_SEEN_MS = 1_000;

/** Ada and Ben, each at the start page in a browser of their own. */
async function twoBrowsers(app: DashboardApp) {
  const people = await twoPeople(app);
  const here = await visit(app);
  const there = await visit(app);
  await signInOn(here, people.ada.person);
  await signInOn(there, people.ben.person);
  for (const { page } of [here, there]) await page.getByRole('heading', { name: 'Under way' }).waitFor();
  return { ...people, here, there };
}

const popUp = ({ page }: Visit) => page.getByRole('article', { name: 'You are invited' });

test('INV-13 INV-16 INV-21 INV-23 INV-28 invited in one browser, seen in the other within a second; modified, accepted, permissions changed, ended', async () => {
  const app = await dashboardApp();
  const { ada, ben, here, there } = await twoBrowsers(app);
  await here.page.getByLabel('Who: ID or alias').fill(ben.device.device.address.replace(/(\d{3})$/, ' $1 '));
  await here.page.getByLabel('Note to the recipient').fill('The printer again');
  await here.page.getByRole('button', { name: 'Invite', exact: true }).click();
  const clickedAt = performance.now();
  await popUp(there).waitFor();
  expect(performance.now() - clickedAt).toBeLessThan(MOST_UNTIL_SEEN_MS);

  const card = popUp(there);
  await card.getByText('Reception', { exact: true }).waitFor();
  await card.getByText('The printer again').waitFor();
  await card.getByText('All but Privacy mode, TCP tunnels and VPN').waitFor();
  await expect(card.getByRole('timer').textContent()).resolves.toMatch(/^(2:00|1:5\d)$/);
  await there.page
    .getByRole('alert')
    .getByText(/Reception invites you to connect\. The printer again/)
    .waitFor();

  const sent = here.page.getByRole('article', { name: 'Invitation to Workshop' });
  await sent.getByRole('timer').waitFor();
  await sent.getByRole('button', { name: 'Modify …' }).click();
  const dialog = here.page.getByRole('dialog', { name: 'Modify the invitation to Workshop' });
  await dialog.getByRole('button', { name: 'Single permissions' }).click();
  await dialog.getByLabel('VPN').check();
  await dialog.getByLabel('File manager').uncheck();
  await dialog.getByRole('button', { name: 'Offer this' }).click();
  await card.getByText(/New: VPN\. Not any more: File manager\./).waitFor();
  await card.getByText('All but File manager, Privacy mode and TCP tunnels').waitFor();
  await sent.getByText('Modified once').waitFor();

  await card.getByRole('button', { name: 'Connect' }).click();
  await there.page.waitForURL(/\/sessions\/ses_/);
  await there.page.getByRole('heading', { name: 'Session with Reception' }).waitFor();
  await sent.getByRole('status').getByText('Accepted').waitFor();
  await sent.getByRole('link', { name: 'Open the session' }).click();
  await here.page.getByRole('heading', { name: 'Session with Workshop' }).waitFor();

  const may = there.page.getByRole('region', { name: 'What you may do' });
  await may.getByText('VPN – you may', { exact: true }).waitFor();
  await here.page.getByRole('switch', { name: 'VPN' }).click();
  await may.getByText('VPN – you may not', { exact: true }).waitFor();
  await here.page.getByRole('button', { name: 'End the session' }).click();
  for (const { page } of [here, there]) {
    await page
      .getByRole('status')
      .getByText(/^Ended by the host side after .+ changed once\.$/)
      .waitFor();
    await page.getByText('Taken away: VPN').waitFor();
  }
  expect([...here.wrong, ...there.wrong]).toEqual([]);
  expect(ada.device.device.name).toBe('Reception');
});

test('INV-17 an invitation that is taken back vanishes at the recipient’s; INV-15 one that is rejected says so to the inviter', async () => {
  const app = await dashboardApp();
  const { ada, ben, here, there } = await twoBrowsers(app);
  const recipient = ben.device.device.address;
  await inviteDevice(ada.device.ctx, { recipient, origin: 'OWN_ID' });
  await popUp(there).waitFor();
  const sent = here.page.getByRole('article', { name: 'Invitation to Workshop' });
  await sent.getByRole('button', { name: 'Take back' }).click();
  await popUp(there).waitFor({ state: 'detached' });
  await there.page.getByRole('alert').getByText('The invitation from Reception waits no more.').waitFor();
  await sent.getByRole('status').getByText('Taken back').waitFor();

  await inviteDevice(ada.device.ctx, { recipient, origin: 'OWN_ID' });
  await popUp(there).getByRole('button', { name: 'Reject' }).click();
  await popUp(there).waitFor({ state: 'detached' });
  await sent.getByRole('status').getByText('Rejected').waitFor();
  expect([...here.wrong, ...there.wrong]).toEqual([]);
});

test('INV-16 what is modified in the moment of Connect is not accepted, but explained and shown', async () => {
  const app = await dashboardApp();
  const { ada, ben, there } = await twoBrowsers(app);
  const { id } = await inviteDevice(ada.device.ctx, { recipient: ben.device.device.address, origin: 'OWN_ID' });
  await popUp(there).waitFor();
  let modified = false;
  await there.page.route('**/graphql', async (route) => {
    if (!modified && route.request().postData()?.includes('AcceptInvitation')) {
      modified = true;
      await modifyInvitation(ada.device.ctx, { id, revoke: ['AUDIO'] });
    }
    await route.continue();
  });
  await popUp(there).getByRole('button', { name: 'Connect' }).click();
  await popUp(there)
    .getByText('The invitation was modified since you saw it. Look at it again, then decide.')
    .waitFor();
  await popUp(there)
    .getByText(/All but Hear the device’s sound, /)
    .waitFor();
  expect(new URL(there.page.url()).pathname).toBe('/');
  await popUp(there).getByRole('button', { name: 'Connect' }).click();
  await there.page.waitForURL(/\/sessions\/ses_/);
  expect(there.wrong).toEqual([]);
});

test('INV-19 at 0:00 the pop-up is gone, and the inviter is told that it has expired', async () => {
  const app = await dashboardApp();
  const { ada, ben, here, there } = await twoBrowsers(app);
  // Sent nearly two minutes ago, so that nobody has to wait for them.
  const clock = { ...systemClock, now: () => Date.now() - 115_000 };
  await inviteDevice({ ...ada.device.ctx, clock }, { recipient: ben.device.device.address, origin: 'OWN_ID' });
  const sent = here.page.getByRole('article', { name: 'Invitation to Workshop' });
  // At once, because each second is shown for no longer than that.
  const counting = [popUp(there), sent].map((side) => side.getByRole('timer').getByText(/^0:0[1-3]$/));
  await Promise.all(counting.map((timer) => timer.waitFor()));
  await popUp(there).waitFor({ state: 'detached' });
  await sent.getByRole('status').getByText('0:00 – expired').waitFor();
  expect(await sent.getByRole('button').count()).toBe(0);
  expect([...here.wrong, ...there.wrong]).toEqual([]);
});
