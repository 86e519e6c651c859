import { expect, test } from 'vitest';
import { raiseAlert } from '../../../server/domain/alert-changes.ts';
import { reportSnapshot } from '../../../server/domain/backups.ts';
import { createDeviceGroup } from '../../../server/domain/device-groups.ts';
import { assignPolicy } from '../../../server/domain/policy-assignments.ts';
import { createPolicy, updatePolicy } from '../../../server/domain/policy-changes.ts';
import { settingsSchemaOf } from '../../../server/domain/policy-settings/services.ts';
import type { Setting } from '../../../server/domain/policy-settings/setting.ts';
import { activateService } from '../../../server/domain/service-activation.ts';
import { companyWith, giveLicence, givePolicy, report } from '../../../server/testing/services.ts';
import { accessibilityProblems } from '../../testing/accessible.ts';
import { dashboardApp, signInOn, type Visit, visit } from '../../testing/dashboard.ts';
import { SERVICES, servicePath } from '../app/services.ts';

/** A company in which each page has something to show, and the addresses of those pages with what is on them last. */
async function everything() {
  const app = await dashboardApp();
  const company = await companyWith(app, 'MONITORING');
  const { admin, companyId, managed, activate } = company;
  await giveLicence(app, company, 'BACKUP');
  const backupPolicy = await givePolicy(app, companyId, 'BACKUP', 'Documents');
  const till = await managed({ name: 'Till', accountId: admin.account.id });
  const laptop = await managed({ name: 'Laptop' });
  const spare = await managed({ name: 'Spare' });
  await createDeviceGroup(admin.ctx, { name: 'Counters' });
  await activate(admin, till, laptop, spare);
  await report(till, 'MONITORING', 'INSTALLING', 'ACTIVE');
  await report(spare, 'MONITORING', 'INSTALLING', 'FAILED');
  const values = { cpuPercent: 80, volumes: [{ mount: '/' }] };
  const policy = await createPolicy(admin.ctx, { name: 'Strict', settings: { service: 'MONITORING', values } });
  await updatePolicy(admin.ctx, {
    id: policy.id,
    expectedVersion: 1,
    settings: { service: 'MONITORING', values: { ...values, cpuPercent: 70, processes: ['till'] } },
  });
  await assignPolicy(admin.ctx, { policyId: policy.id, targetIds: [laptop.device.id] });
  const on = { service: 'BACKUP', policyId: backupPolicy, deviceIds: [till.device.id] } as const;
  const [backup] = await activateService(admin.ctx, on);
  await report(till, 'BACKUP', 'INSTALLING', 'ACTIVE');
  const taken = { takenAt: app.clock.now(), files: 10, bytes: 2_000_000, addedBytes: 1_000 };
  await reportSnapshot(till.ctx, { reference: '5f3a0c9e', ...taken, verified: true });
  for (const severity of ['CRITICAL', 'WARNING'] as const) {
    await raiseAlert(till.ctx, {
      ...{ service: 'MONITORING', subject: severity === 'CRITICAL' ? 'CPU_LOAD' : 'DISK_SPACE:/', severity },
      ...{ kind: 'ALERT', message: 'Seuil dépassé.', measurements: [{ name: 'percent', value: 97, unit: '%' }] },
    });
  }
  const policyPath = `/services/monitoring/policies/${policy.id}`;
  const { en, fr } = settingsSchemaOf('MONITORING')['services']?.label ?? { en: '', fr: '' };
  const lastLabel = `^(${en}|${fr})$`;
  const pages: Readonly<Record<string, string>> = {
    '/services': 'Till|Monitoring|Surveillance',
    '/services/monitoring/overview': 'Spare',
    '/services/monitoring/activate': 'Spare',
    '/services/monitoring/policies': 'Strict',
    '/services/monitoring/policies/new': lastLabel,
    [`${policyPath}/settings`]: lastLabel,
    [`${policyPath}/assignments`]: 'Laptop',
    [`${policyPath}/assign`]: 'Spare',
    [`${policyPath}/versions`]: '70.%',
    '/services/web-monitoring/overview': 'operator|licence',
    '/services/backup/snapshots': 'Till',
    [`/services/backup/snapshots/${backup?.activationId}`]: '5f3a0c9e',
    '/alerts': 'Till',
    '/services/monitoring/alerts': 'Till',
  };
  return { app, admin, pages };
}

/** What opens on top of a page: where, and what is pressed for it, in either language. */
const OVERLAYS: readonly { readonly on: RegExp; readonly press: readonly RegExp[] }[] = [
  {
    on: /\/monitoring\/overview$/,
    press: [/^Actions (for|pour) Till$/, /^(What holds on it|Ce qui y est en vigueur)$/],
  },
  { on: /\/monitoring\/overview$/, press: [/^Actions (for|pour) Till$/, /^(Deactivate|Désactiver)$/] },
  { on: /policies\/pol_[\w-]+\/versions$/, press: [/^(Restore|Rétablir la) version 1$/] },
  { on: /policies\/pol_[\w-]+\/settings$/, press: [/^(Rename|Renommer)$/] },
  { on: /snapshots\/sva_/, press: [/^(Restore from|Restaurer depuis)/] },
  { on: /snapshots\/sva_/, press: [/^(Pass on|Transmettre)/] },
  { on: /^\/alerts$/, press: [/^(High processor load|Charge élevée du processeur)/] },
];

async function frenchSpoken({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Français' }).click();
  await page.locator('html[lang="fr"]').waitFor();
}

test.each([
  { colorScheme: 'light', locale: 'en-GB', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', locale: 'fr-FR', viewport: { width: 360, height: 780 } },
] as const)(
  'API-08 every page of the services is for everybody: axe finds no fault, $colorScheme in $locale, $viewport.width pixels wide',
  async (look) => {
    const { app, admin, pages } = await everything();
    // What is just appearing has not its colours yet.
    const seen = await visit(app, { ...look, reducedMotion: 'reduce' });
    const { page } = seen;
    await signInOn(seen, admin);
    if (look.locale === 'fr-FR') await frenchSpoken(seen);
    for (const [path, shown] of Object.entries(pages)) {
      await page.goto(path);
      await page.getByRole('main').getByText(new RegExp(shown)).first().waitFor();
      expect(await accessibilityProblems(page), `${path} ${look.locale}`).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
      for (const { press } of OVERLAYS.filter(({ on }) => on.test(path))) {
        for (const name of press)
          await page.getByRole('button', { name }).or(page.getByRole('menuitem', { name })).first().click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button').first().waitFor();
        await dialog.getByRole('status').waitFor({ state: 'detached' });
        await page.getByRole('menu').waitFor({ state: 'detached' });
        expect(await accessibilityProblems(page), `${path} ${press.at(-1)}`).toEqual([]);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
    }
    expect(seen.wrong).toEqual([]);
  },
  240_000,
);

/** Every English sentence that the server has for the form of a service, where French says something else. */
function englishOf(settings: Readonly<Record<string, Setting>>): string[] {
  return Object.values(settings).flatMap((setting) => [
    ...[setting.label, setting.description].filter(({ en, fr }) => en !== fr).map(({ en }) => en),
    ...('options' in setting ? englishOf(setting.options as never) : []),
    ...('fields' in setting ? englishOf(setting.fields) : []),
  ]);
}

test('API-08 a French page holds no English sentence of the server: forms, what is wrong, why a device cannot, alerts', async () => {
  const { app, admin } = await everything();
  const seen = await visit(app);
  const { page } = seen;
  await signInOn(seen, admin);
  await frenchSpoken(seen);
  const english = async (sentences: readonly string[]): Promise<string[]> => {
    const lines = (await page.getByRole('main').innerText()).split('\n').map((line) => line.trim());
    return sentences.filter((sentence) => lines.some((line) => line === sentence || line.includes(` ${sentence}`)));
  };
  for (const service of SERVICES) {
    const settings = settingsSchemaOf(service);
    await page.goto(`${servicePath(service)}/policies/new`);
    for (const { label } of Object.values(settings)) {
      const part = page.getByRole('region', { name: label.fr, exact: true });
      await part.getByRole('checkbox', { name: label.fr, exact: true }).first().check();
      const add = part.getByRole('button', { name: /^Ajouter/ });
      if ((await add.count()) > 0) await add.click();
    }
    expect(await english(englishOf(settings)), service).toEqual([]);
    expect(await english(['default', 'required', 'at most', 'each once', 'seconds', 'days'])).toEqual([]);
  }
  // Of the last form, the address of a check is missing: so is its name.
  await page.getByRole('textbox', { name: 'Nom', exact: true }).first().fill('Boutique');
  await page.getByRole('button', { name: 'Créer la stratégie' }).click();
  await page.getByRole('alert').filter({ hasText: 'réglages sont inutilisables' }).waitFor();
  expect(await english(['This is required.', 'required'])).toEqual([]);
  await page.goto('/alerts');
  await page.getByText('Charge élevée du processeur (97 %)').waitFor();
  expect(await english(['High processor load (97 %)', 'Open', 'Critical'])).toEqual([]);
  expect(seen.wrong).toEqual([]);
});
