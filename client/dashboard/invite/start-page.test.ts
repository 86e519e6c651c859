import { expect, test } from 'vitest';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { enrolDevice } from '../../../server/domain/enrolment.ts';
import { addFavourite } from '../../../server/domain/favourites.ts';
import { invitationsOf } from '../../../server/domain/invitation-history.ts';
import { acceptInvitation, inviteDevice } from '../../../server/domain/invitations.ts';
import { endSession } from '../../../server/domain/sessions.ts';
import { buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { mailsTo } from '../../../server/testing/people.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';
import { twoPeople } from '../../testing/two-people.ts';
import english from '../words/en/invite.ts';
import french from '../words/fr/invite.ts';

/** Ada at the start page. */
async function adaAtStart(app: DashboardApp) {
  const people = await twoPeople(app);
  const seen = await visit(app);
  await signInOn(seen, people.ada.person);
  await seen.page.getByRole('heading', { name: 'Your devices' }).waitFor();
  return { ...people, seen, page: seen.page };
}

test('INV-10 an own device shows its ID to copy; it is renamed, gets an alias (a colleague’s is refused at the field), and is removed', async () => {
  const app = await dashboardApp();
  const { ada, seen, page, namespace } = await adaAtStart(app);
  const card = page.getByRole('article', { name: 'Reception' });
  const digits = ada.device.device.address;
  await card.getByText(digits.replace(/\B(?=(\d{3})+$)/g, ' '), { exact: true }).waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await card.getByRole('button', { name: 'Copy the ID of Reception' }).click();
  await card.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(digits);

  await card.getByRole('button', { name: 'More for Reception' }).click();
  await page.getByRole('menuitem', { name: 'Rename …' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Front desk');
  await page.keyboard.press('Enter');
  const renamed = page.getByRole('article', { name: 'Front desk' });
  await renamed.getByRole('button', { name: 'More for Front desk' }).click();
  await page.getByRole('menuitem', { name: 'Alias …' }).click();
  const alias = page.getByRole('dialog').getByRole('textbox', { name: 'Alias' });
  expect(await alias.inputValue()).toBe('reception');
  await alias.fill('workshop');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Another device has this alias.').waitFor();
  await alias.fill('front');
  await page.keyboard.press('Enter');
  await renamed.getByText(`front@${namespace}`, { exact: true }).waitFor();

  await renamed.getByText(/^[\d ]+$/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Invite directly …' }).click();
  await page.getByLabel('Who: ID or alias').and(page.locator(':focus')).waitFor();

  await renamed.getByRole('button', { name: 'More for Front desk' }).click();
  await page.getByRole('menuitem', { name: 'Remove …' }).click();
  await page.getByRole('dialog', { name: 'Remove Front desk?' }).getByRole('button', { name: 'Remove' }).click();
  await page.getByText('You are not signed in on any device yet').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-11 INV-04 INV-24 what cannot be invited is said at its field: the own device, nobody, a side that is too old, all that is locked', async () => {
  const app = await dashboardApp();
  const { ada, ben, seen, page, namespace } = await adaAtStart(app);
  const recipient = page.getByLabel('Who: ID or alias');
  const invite = page.getByRole('button', { name: 'Invite', exact: true });
  const refused = async (address: string, message: RegExp): Promise<void> => {
    await recipient.fill(address);
    await invite.click();
    await page.getByRole('region', { name: 'Invite to your device' }).getByText(message).waitFor();
    expect(await recipient.getAttribute('aria-invalid')).toBe('true');
  };
  await refused(`reception@${namespace}`, /This is the same device/);
  await refused('100 000 000', /No device has this ID or alias/);
  await refused('Workshop', /Add the namespace/);
  await setDevice(app, ben.device, { clientVersion: '6.9.9' });
  await refused(`WORKSHOP@${namespace}`, /need version 7 or later; the invited device has 6\.9\.9/);
  await setDevice(app, ben.device, { clientVersion: '7.0' });

  // Behind the back of the page, so that it offers what the server then refuses.
  await page.getByRole('button', { name: 'Single permissions' }).click();
  await page.getByLabel('VPN').check();
  await page.getByLabel('TCP tunnels').check();
  const locks = (['VPN', 'TCP_TUNNEL', 'PRIVACY_MODE'] as const).map((permission) => ({ permission, allowed: false }));
  await setDevice(app, ada.device, { locks });
  await invite.click();
  await page
    .getByRole('alert')
    .getByText('Locked by the device’s settings: TCP tunnel, virtual private network. Nothing was changed.')
    .waitFor();
  expect(seen.wrong).toEqual([]);
});

test('INV-24 INV-08 locked permissions are shown and not to be changed; a favourite is offered while one types, and kept as where it began', async () => {
  const app = await dashboardApp();
  const { ada, ben, seen, page } = await adaAtStart(app);
  await setDevice(app, ada.device, { locks: [{ permission: 'AUDIO', allowed: false }] });
  await addFavourite(ada.person.ctx, { address: ben.device.device.address });
  await page.reload();
  await page.getByRole('button', { name: 'Single permissions' }).click();
  const audio = page.getByLabel(/Hear the device’s sound/);
  await audio.waitFor();
  expect(await audio.isDisabled()).toBe(true);
  expect(await audio.isChecked()).toBe(false);

  const recipient = page.getByLabel('Who: ID or alias');
  await recipient.pressSequentially('work');
  await page.getByRole('option', { name: /Favourite Workshop/ }).waitFor();
  await recipient.press('ArrowDown');
  await recipient.press('Enter');
  expect(await recipient.inputValue()).toBe(ben.device.device.address);
  await recipient.press('Enter');
  await page.getByRole('article', { name: 'Invitation to Workshop' }).waitFor();
  const sent = await invitationsOf(ada.person.ctx, { kind: 'ACCOUNT', accountId: ada.person.account.id }, {});
  expect(sent?.rows).toMatchObject([{ origin: 'FAVORITES' }]);
  expect(seen.wrong).toEqual([]);
});

test('INV-27 whom there was a session with is invited again from its page', async () => {
  const app = await dashboardApp();
  const { ada, ben, seen, page } = await adaAtStart(app);
  const first = await inviteDevice(ada.device.ctx, { recipient: ben.device.device.address, origin: 'OWN_ID' });
  const { sessionId } = await acceptInvitation(ben.device.ctx, { id: first.id, revision: 1 });
  await endSession(ben.device.ctx, { id: sessionId ?? '' });
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole('link', { name: 'Invite again' }).click();
  const recipient = page.getByLabel('Who: ID or alias');
  await recipient.and(page.locator(':focus')).waitFor();
  expect(await recipient.inputValue()).toBe(ben.device.device.address);
  await recipient.press('Enter');
  // The first invitation to the same device may still stand there with its outcome.
  await page
    .getByRole('status')
    .getByText(/^workshop@.+ is invited, for two minutes\. See how it stands$/)
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const sent = await invitationsOf(ada.person.ctx, { kind: 'ACCOUNT', accountId: ada.person.account.id }, {});
  expect(sent?.rows).toMatchObject([{ origin: 'RECENT_SESSIONS' }, { id: first.id }]);
  expect(new URL(page.url()).search).toBe('');
  expect(seen.wrong).toEqual([]);
});

test('INV-05 INV-06 INV-07 an invitation by e-mail is read in both languages, opened in one’s own mail program, and sent by the server only when told to', async () => {
  const app = await dashboardApp();
  const { seen, page, namespace } = await adaAtStart(app);
  await page.getByRole('button', { name: 'Invite to Reception by e-mail' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite to Reception by e-mail' });
  const mail = dialog.getByRole('region', { name: 'The e-mail' });
  await mail.getByText(`reception@${namespace}`).waitFor();
  await mail.getByText(app.url).waitFor();
  await dialog.getByLabel('Français').check();
  await mail.getByText(/Bonjour/).waitFor();
  const link = dialog.getByRole('link', { name: 'Open in your mail program' });
  const mailto = new URL((await link.getAttribute('href')) ?? '');
  expect(mailto.protocol).toBe('mailto:');
  expect(mailto.searchParams.get('body')).toContain(`reception@${namespace}`);
  expect(mailto.searchParams.get('body')).toContain('Bonjour');
  expect(await mailsTo(app, 'guest@example.test')).toEqual([]);

  await dialog.getByLabel('Recipient’s e-mail address').fill('guest@example.test');
  await dialog.getByRole('button', { name: 'Send by the server' }).click();
  await dialog.getByRole('status').getByText('On its way to guest@example.test.').waitFor();
  const [sent] = await mailsTo(app, 'guest@example.test');
  expect(sent?.body).toContain('Bonjour');
  expect(seen.wrong).toEqual([]);
});

test('INV-09 who comes with an ID finds where to type it on the first screen of a phone, and what is typed stays when it is turned', async () => {
  const app = await dashboardApp();
  const { ada } = await twoPeople(app);
  const seen = await visit(app, { viewport: { width: 360, height: 740 } });
  const { page } = seen;
  await signInOn(seen, ada.person);
  const connect = page.getByRole('region', { name: 'Connect to a device' });
  const submit = connect.getByRole('button', { name: 'Ask to be let in' });
  await submit.waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  const { y = 0, height = 0 } = (await submit.boundingBox()) ?? {};
  expect(y + height).toBeLessThan(740);
  await connect.getByLabel('ID or alias').fill('123 456 789');
  const order = async () =>
    (await page.getByRole('heading', { level: 2 }).allInnerTexts()).indexOf('Connect to a device');
  expect(await order()).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('heading', { level: 2 }).last().filter({ hasText: 'Connect to a device' }).waitFor();
  expect(await connect.getByLabel('ID or alias').inputValue()).toBe('123 456 789');
  expect(seen.wrong).toEqual([]);
});

test('PRE-03 who has no device yet is taught how to get one, with a code that makes it theirs; it appears by itself', async () => {
  const app = await dashboardApp();
  const { admin } = await buildCompany(app);
  const seen = await visit(app, { viewport: { width: 360, height: 740 } });
  await signInOn(seen, admin);
  await seen.page.getByRole('button', { name: 'Make an enrolment code' }).click();
  const command = await seen.page.getByText(/npm run agent -- --server/).textContent();
  const [, server, code] = /--server (\S+) enrol --code (\S+)$/.exec(command ?? '') ?? [];
  expect(server).toBe(app.url);
  expect(await seen.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  const device = await buildDevice(app, { name: 'First one' });
  await enrolDevice(device.ctx, { code: code ?? '' });
  await seen.page.getByRole('article', { name: 'First one' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en', 'Invite to your device', 'Single permissions'],
  ['dark', 'fr', 'Inviter sur votre appareil', 'Autorisations une à une'],
] as const)('the start page is accessible in the %s theme and in %s', async (colorScheme, language, form, single) => {
  const app = await dashboardApp();
  const { ada, ben } = await twoPeople(app);
  await updateAccount(ada.person.ctx, { language });
  await inviteDevice(ada.device.ctx, { recipient: ben.device.device.address, origin: 'OWN_ID' });
  const seen = await visit(app, { colorScheme, locale: language });
  await signInOn(seen, ada.person);
  await seen.page.getByRole('region', { name: form }).waitFor();
  await seen.page.getByRole('button', { name: single }).click();
  await seen.page.getByLabel('VPN').waitFor();
  expect(await accessibilityProblems(seen.page)).toEqual([]);
  await seen.page
    .getByRole('article', { name: 'Reception' })
    .getByText(/^\d{1,3}( \d{3})+$/)
    .click({ button: 'right' });
  await seen.page.getByRole('menu').waitFor();
  expect(await accessibilityProblems(seen.page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});

test.each([
  ['light', 'en', english],
  ['dark', 'fr', french],
] as const)(
  'the dialogs of the start page are accessible in the %s theme and in %s',
  async (colorScheme, language, words) => {
    const app = await dashboardApp();
    const { ada, ben } = await twoPeople(app);
    await updateAccount(ada.person.ctx, { language });
    await inviteDevice(ada.device.ctx, { recipient: ben.device.device.address, origin: 'OWN_ID' });
    const seen = await visit(app, { colorScheme, locale: language, reducedMotion: 'reduce' });
    const { page } = seen;
    await signInOn(seen, ada.person);
    const dialog = page.getByRole('dialog');
    const judge = async (what: string): Promise<void> => {
      await dialog.getByRole('textbox').or(dialog.getByText(words.edit.removeText)).first().waitFor();
      expect(await accessibilityProblems(page), what).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    await page.getByRole('button', { name: words.sent.modify }).click();
    await judge('modify');
    const id = page.getByRole('article', { name: 'Reception' }).getByText(/^\d{1,3}( \d{3})+$/);
    for (const what of ['mail', 'rename', 'alias', 'remove'] as const) {
      await id.click({ button: 'right' });
      await page.getByRole('menuitem', { name: words.menu[what] }).click();
      await judge(what);
    }
    expect(seen.wrong).toEqual([]);
  },
);
