import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { buildSchema, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { events } from '../../../server/db/tables/events.ts';
import { updateAccount } from '../../../server/domain/accounts.ts';
import { updateCompany } from '../../../server/domain/companies.ts';
import { createDeviceGroup } from '../../../server/domain/device-groups.ts';
import { streamOf } from '../../../server/domain/event-log.ts';
import { inviteDevice } from '../../../server/domain/invitations.ts';
import { createPolicy, updatePolicy } from '../../../server/domain/policy-changes.ts';
import { assignRole } from '../../../server/domain/role-assignments.ts';
import { createRole, updateRole } from '../../../server/domain/role-changes.ts';
import { addMember, buildAccount, buildCompany, buildDevice, setDevice } from '../../../server/testing/builders.ts';
import { giveLicence } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { type DashboardApp, dashboardApp, signInOn, visit } from '../../testing/dashboard.ts';
import english from '../words/en/audit.ts';
import { CHANGES } from './audit/changes.ts';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A company in which something has happened. */
async function eventful(app: DashboardApp) {
  const { companyId, admin: ada } = await buildCompany(app);
  await updateAccount(ada.ctx, { name: 'Ada' });
  const claire = await buildAccount(app, { name: 'Claire Martin' });
  const claireId = await addMember(app, companyId, claire, 'USER');
  await updateCompany(ada.ctx, { name: 'Northwind' });
  const { id: roleId } = await createRole(ada.ctx, { name: 'Patching', grants: [] });
  await assignRole(ada.ctx, { memberId: claireId, roleId });
  await updateRole(ada.ctx, { id: roleId, grants: [{ service: 'BACKUP', permission: 'HANDLE_OWN_ALERTS' }] });
  return { companyId, ada, claire };
}

test('API-04 the log tells who did what in sentences; each opens before and after, and from where', async () => {
  const app = await dashboardApp();
  const { ada } = await eventful(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/audit');
  const sentences = page.getByRole('table', { name: 'Audit log' }).getByRole('button', { expanded: false });
  await page.getByText('Ada changed the role “Patching”.').waitFor();
  expect(await sentences.allInnerTexts()).toEqual([
    'Ada changed the role “Patching”.',
    'Ada changed the roles of Claire Martin.',
    'Ada made the role “Patching”.',
    'Ada changed the settings of the company.',
  ]);
  await page.getByRole('button', { name: 'Ada changed the roles of Claire Martin.' }).click();
  await page.getByRole('row', { name: /^Roles User (User, Patching|Patching, User)$/ }).waitFor();
  await page.getByText('192.0.2.1').waitFor();
  await page.getByRole('button', { name: 'Ada changed the role “Patching”.' }).click();
  await page.getByRole('row', { name: 'Permissions nothing Backup: Handle own alerts' }).waitFor();
  expect(seen.wrong).toEqual([]);
});

test('API-04 what is filtered, and which way it is read, stands in the address', async () => {
  const app = await dashboardApp();
  const { ada } = await eventful(app);
  const seen = await visit(app);
  const { page } = seen;
  const sentences = page.getByRole('table', { name: 'Audit log' }).getByRole('button', { expanded: false });
  await signInOn(seen, ada, '/company/audit');
  await page.getByText('Ada changed the role “Patching”.').waitFor();
  await page.getByLabel('About').selectOption('Roles');
  await page.getByLabel('What happened').selectOption('… made the role “…”.');
  await page.getByText('Ada changed the role “Patching”.').waitFor({ state: 'detached' });
  expect(await sentences.allInnerTexts()).toEqual(['Ada made the role “Patching”.']);
  await page.reload();
  await page.getByText('Ada made the role “Patching”.').waitFor();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ concept: 'role', change: 'CREATED' });

  await page.getByRole('button', { name: 'Ada made the role' }).click();
  await page.getByRole('button', { name: 'Only what happened to this' }).click();
  await page.getByLabel('About').selectOption('Everything');
  await page.getByLabel('Order').selectOption('Oldest first');
  await page.locator('[aria-rowindex="3"]').filter({ hasText: 'Ada changed the role “Patching”.' }).waitFor();
  expect((await sentences.allInnerTexts()).at(-1)).toBe('Ada changed the role “Patching”.');
  await page.getByRole('button', { name: 'Only what happened to one thing' }).click();
  await page.getByText('Ada changed the settings of the company.').waitFor();
  await page.getByLabel('Who', { exact: true }).selectOption('Claire Martin');
  await page.getByText('Nothing of that kind has happened').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByText('Ada changed the settings of the company.').waitFor();
  await page.getByLabel('Until before').fill('2020-01-01T00:00');
  await page.getByLabel('Until before').blur();
  await page.getByText('Nothing of that kind has happened').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('API-04 the log is read to its end, however long it is; what happens meanwhile moves nothing until one asks', async () => {
  const app = await dashboardApp();
  const { companyId, ada } = await eventful(app);
  for (let n = 1; n <= 230; n++) await createDeviceGroup(ada.ctx, { name: `Group ${n}` });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/audit');
  await page.getByText('Ada made the group “Group 230”.').waitFor();
  await createDeviceGroup(ada.ctx, { name: 'Something new' });
  await page.getByText('More has happened since.').waitFor();
  expect(await page.getByText('Something new').count()).toBe(0);
  await page.getByRole('button', { name: 'Show it' }).click();
  await page.getByText('Ada made the group “Something new”.').waitFor();
  const first = page.getByText('Ada changed the settings of the company.');
  while ((await first.count()) === 0) {
    await page.keyboard.press('End');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await first.waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(60);

  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByText('235 records checked: unbroken.').waitFor();
  const record = and(eq(events.stream, streamOf.company(companyId)), eq(events.number, 101));
  await app.services.db.write(async ({ q }) => {
    await q
      .update(events)
      .set({ after: { name: 'Nothing to see here' } })
      .where(record);
  });
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByRole('alert').getByText('Broken at record 101.').waitFor();
  expect(seen.wrong).toEqual([]);
});

test('API-04 what is listed is downloaded as JSON Lines, by the cookie of who is signed in', async () => {
  const app = await dashboardApp();
  const { ada } = await eventful(app);
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/audit');
  await page.getByLabel('About').selectOption('Roles');
  await page.waitForURL((url) => url.searchParams.get('concept') === 'role');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as JSON Lines' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line).change)).toEqual(['CREATED', 'UPDATED']);
  expect(seen.wrong).toEqual([]);
});

test('API-04 API-08 the parts of a record and their values stand in the reader’s words, not in those of the API', async () => {
  const app = await dashboardApp();
  const { companyId, admin: ada } = await buildCompany(app);
  await updateAccount(ada.ctx, { language: 'fr' });
  const till = await setDevice(app, await buildDevice(app), { companyId });
  const { device: guest } = await buildDevice(app);
  await inviteDevice(till.ctx, { recipient: guest.address, origin: 'OWN_ID' });
  const seen = await visit(app);
  await signInOn(seen, ada, '/company/audit');
  await seen.page.getByRole('button', { name: 'a envoyé une invitation à une session.' }).click();
  const changed = seen.page.getByRole('table', { name: 'Ce qui a changé' });
  await changed.getByRole('row', { name: 'Statut rien En attente' }).waitFor();
  expect(await changed.getByRole('rowheader').allInnerTexts()).not.toContainEqual(expect.stringMatching(/[a-z][A-Z]/));
  expect(seen.wrong).toEqual([]);
});

test('API-04 API-08 SVC-09 the settings of a policy stand in the words of its form, those that changed alone; one that the form has not keeps its name', async () => {
  const app = await dashboardApp();
  const company = await buildCompany(app);
  const ada = company.admin;
  await updateAccount(ada.ctx, { language: 'fr' });
  await giveLicence(app, company, 'MONITORING');
  const settings = (cpuPercent: number) => ({
    service: 'MONITORING' as const,
    values: { cpuPercent, memoryWatched: false, processes: ['nginx'] },
  });
  const { id } = await createPolicy(ada.ctx, { name: 'Bureau', settings: settings(80) });
  await updatePolicy(ada.ctx, { id, expectedVersion: 1, settings: settings(95) });
  const created = and(eq(events.concept, 'policy'), eq(events.change, 'CREATED'));
  await app.services.db.write(async ({ q }) => {
    await q
      .update(events)
      .set({ after: { service: 'MONITORING', settings: { ...settings(80).values, fanSpeed: 3 } } })
      .where(created);
  });
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, ada, '/company/audit');
  const rows = page.getByRole('table', { name: 'Ce qui a changé' }).getByRole('row');
  const sentence = (words: RegExp) => page.getByRole('button', { name: words });
  await sentence(/a modifié la stratégie/).click();
  await rows.filter({ hasText: 'Charge du processeur' }).waitFor();
  expect((await rows.allInnerTexts()).map(oneLine)).toEqual([
    'Élément Avant Après',
    'Version 1 2',
    'Charge du processeur 80 % 95 %',
  ]);
  await sentence(/a modifié la stratégie/).click();
  await sentence(/a créé la stratégie/).click();
  for (const name of ['Surveiller la mémoire rien Non', 'Processus rien nginx', 'fanSpeed rien 3']) {
    await page.getByRole('row', { name, exact: true }).waitFor();
  }
  expect(seen.wrong).toEqual([]);
});

test('API-04 who is no administrator finds no audit log', async () => {
  const app = await dashboardApp();
  const { claire } = await eventful(app);
  const seen = await visit(app);
  await signInOn(seen, claire, '/company/audit');
  await seen.page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(await seen.page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  expect(seen.wrong).toEqual([]);
});

test('API-04 there is a sentence for each change that the server tells of', () => {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '..', '..', '..', 'schema.graphql'), 'utf8'));
  const told = (name: string): string[] => {
    const type = schema.getType(name);
    return isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  };
  const enums = {
    licence: 'LicenceChange',
    service: 'ServiceChange',
    policy: 'PolicyChange',
    restore: 'RestoreChange',
    invitation: 'InvitationChange',
    sessionRequest: 'SessionRequestChange',
    session: 'SessionChange',
  } as const;
  for (const [concept, name] of Object.entries(enums)) {
    expect(told(name).length, name).toBeGreaterThan(2);
    expect(CHANGES[concept as keyof typeof enums], name).toEqual(expect.arrayContaining(told(name)));
  }
  const sentences = Object.fromEntries(
    Object.entries(english.change).map(([concept, changes]) => [concept, Object.keys(changes).sort()]),
  );
  const listed = Object.fromEntries(
    Object.entries(CHANGES).map(([concept, changes]) => [concept, [...changes].sort()]),
  );
  expect(sentences).toEqual(listed);
});

test.each([
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
] as const)('everybody can use the audit log: $colorScheme, $language', async ({ colorScheme, language }) => {
  const app = await dashboardApp();
  const { ada } = await eventful(app);
  await updateAccount(ada.ctx, { language });
  const seen = await visit(app, { colorScheme });
  const { page } = seen;
  await signInOn(seen, ada, '/company/audit');
  await page.getByRole('button', { name: /Check|Vérifier/ }).click();
  await page
    .getByRole('status')
    .getByText(/unbroken|intacte/)
    .waitFor();
  await page.getByRole('table').getByRole('button', { expanded: false }).first().click();
  await page.getByRole('table').getByRole('table').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
