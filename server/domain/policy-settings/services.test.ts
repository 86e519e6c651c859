import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SERVICES, type Service } from '../../db/tables/roles.ts';
import { Refusal } from '../refusals.ts';
import { boundsInWords } from './bounds.ts';
import { POLICY_SETTINGS, settingDifferences, settingsOf, settingsSchemaOf } from './services.ts';
import { defaultsOf, type Options, type Setting } from './setting.ts';
import type { SettingProblem } from './validation.ts';

function problemsOf(service: Service, given: Record<string, unknown>): readonly Partial<SettingProblem>[] {
  try {
    settingsOf(service, given);
  } catch (error) {
    expect(error).toMatchObject({ type: 'SettingsRefused', code: 'SETTINGS_INVALID', path: ['settings'] });
    return (error as Refusal).details['problems'] as SettingProblem[];
  }
  return [];
}

/** Every setting, field of entries and option of every service, with what it is called by programs. */
function* described(service: Service): Generator<[name: string, words: Pick<Setting, 'label' | 'description'>]> {
  const all = Object.entries<Setting>(settingsSchemaOf(service)).flatMap(([name, setting]): [string, Setting][] => {
    const fields = setting.kind === 'LIST' ? Object.entries(setting.fields) : [];
    return [[name, setting], ...fields.map(([field, of]): [string, Setting] => [`${name}.${field}`, of])];
  });
  for (const [name, setting] of all) {
    yield [name, setting];
    if (!('options' in setting)) continue;
    for (const [value, option] of Object.entries<Options[string]>(setting.options)) yield [`${name} ${value}`, option];
  }
}

describe('API-08 settings of policies in both languages', () => {
  it.each(SERVICES)(
    '%s: each setting, field and option has a label and a sentence in either, and they differ',
    (service) => {
      for (const [name, { label, description }] of described(service)) {
        expect(label.en, name).toMatch(/^\p{Lu}[^.]{2,40}$/u);
        expect(label.fr, name).toMatch(/^\p{L}[^.]{2,40}$/u);
        expect(label.fr, name).not.toBe(label.en);
        for (const sentence of [description.en, description.fr]) {
          expect(sentence, name).toMatch(/^\p{Lu}.*\.$/u);
          // People read it in a form, where names and marks of the API mean nothing.
          expect(sentence, name).not.toContain('`');
        }
        expect(description.fr, name).not.toBe(description.en);
        // No line may begin with a sign that French writes after a space.
        expect(`${label.fr} ${description.fr}`, name).not.toMatch(/« | [»;:!?]/);
      }
    },
  );

  it('bounds are told in words, with units, labels of options and of fields', () => {
    const { MONITORING, PATCH_MANAGEMENT, WEB_MONITORING, ENDPOINT_PROTECTION } = POLICY_SETTINGS;
    const both = (setting: Setting) => [boundsInWords(setting, 'en'), boundsInWords(setting, 'fr')];
    expect(both(MONITORING.samplingSeconds)).toEqual([
      '10 to 3600 seconds; default 60',
      'de 10 à 3600 secondes ; par défaut : 60',
    ]);
    expect(both(MONITORING.cpuWatched)).toEqual(['default yes', 'par défaut : oui']);
    expect(both(PATCH_MANAGEMENT.categories)).toEqual([
      'each once; default Security, Critical',
      'sans doublon ; par défaut : Sécurité, Critiques',
    ]);
    expect(both(WEB_MONITORING.checks)).toEqual([
      'at most 50, each Name once; default none',
      '50 au plus, sans doublon (Nom) ; par défaut : rien',
    ]);
    expect(both(WEB_MONITORING.checks.fields.expectedStatus)).toEqual([
      '200 to 599; default 200',
      'de 200 à 599 ; par défaut : 200',
    ]);
    expect(both(ENDPOINT_PROTECTION.scanStart)).toEqual([
      'HH:MM, in the device’s own time zone; default “12:00”',
      'HH:MM, dans le fuseau horaire de l’appareil ; par défaut : « 12:00 »',
    ]);
    expect(both(ENDPOINT_PROTECTION.folders)[1]).toMatch(
      /^de 1 à 100, sans doublon : un chemin absolu .* ; par défaut : ~$/,
    );
  });
});

describe('SVC-09 settings of policies', () => {
  it.each(SERVICES)('%s: its defaults are within its own bounds', (service) => {
    const defaults = defaultsOf(settingsSchemaOf(service)) as Record<string, unknown>;
    expect(settingsOf(service, defaults)).toEqual(defaults);
  });

  it('every setting that is wrong is told, with its path, bounds and unit', () => {
    expect(
      problemsOf('WEB_MONITORING', {
        checks: [
          { name: 'Shop', url: 'https://shop.example', timeoutSeconds: 31 },
          { name: 'shop', url: 'ftp://shop.example' },
          { url: 'https://user:secret@shop.example', intervalSeconds: 59, expectedStatus: 200.5 },
        ],
        failuresBeforeAlert: 0,
      }),
    ).toMatchObject([
      {
        ...{ path: 'checks.0.timeoutSeconds', code: 'OUT_OF_RANGE', min: 1, limit: 30, unit: 's' },
        label: { en: 'Checks 1 › Longest answer', fr: 'Vérifications 1 › Délai de réponse' },
      },
      { path: 'checks.1.url', code: 'INVALID_URL' },
      { path: 'checks.2.name', code: 'REQUIRED' },
      { path: 'checks.2.url', code: 'INVALID_URL' },
      { path: 'checks.2.intervalSeconds', code: 'OUT_OF_RANGE', min: 60, limit: 86_400 },
      { path: 'checks.2.expectedStatus', code: 'OUT_OF_RANGE' },
      { path: 'checks.1.name', code: 'DUPLICATE' },
      { path: 'failuresBeforeAlert', code: 'OUT_OF_RANGE', min: 1, limit: 10, unit: 'attempts' },
    ]);
    expect(
      problemsOf('PATCH_MANAGEMENT', {
        windows: [{ start: '24:00', weekdays: ['SUNDAY'] }],
        approved: ['curl', ' curl ', 'a\u0000b', 'x'.repeat(201)],
        reboot: 'SOMETIMES',
      }),
    ).toMatchObject([
      {
        path: 'approved.2',
        code: 'INVALID_CHARACTERS',
        label: { en: 'Approved packages 3', fr: 'Paquets approuvés 3' },
      },
      { path: 'approved.3', code: 'TOO_LONG', limit: 200 },
      { path: 'approved.1', code: 'DUPLICATE' },
      { path: 'windows.0.start', code: 'INVALID_TIME_OF_DAY' },
      { path: 'reboot', code: 'OUT_OF_RANGE' },
    ]);
    expect(problemsOf('ENDPOINT_PROTECTION', { folders: [], exclusions: Array(201).fill('*.iso') })).toMatchObject([
      { path: 'folders', code: 'REQUIRED' },
      { path: 'exclusions', code: 'TOO_MANY', limit: 200 },
    ]);
    expect(problemsOf('BACKUP', { sets: [{ name: 'Books', folders: ['Documents'] }] })).toMatchObject([
      { path: 'sets.0.folders.0', code: 'INVALID_PATH' },
    ]);
    expect(problemsOf('MONITORING', { cpuPercnt: 3, __proto__: { cpuPercent: 3 } })).toMatchObject([
      { path: 'cpuPercnt', code: 'UNKNOWN_SETTING', label: { en: 'cpuPercnt', fr: 'cpuPercnt' } },
    ]);
  });

  it('null leaves a setting open; entries are kept with all their fields, choices in one order', () => {
    expect(settingsOf('MONITORING', { cpuPercent: null, memoryPercent: 80, volumes: [{ mount: ' D:\\ ' }] })).toEqual({
      memoryPercent: 80,
      volumes: [{ mount: 'D:\\', freePercent: 10 }],
    });
    expect(settingsOf('PATCH_MANAGEMENT', { categories: ['DRIVER', 'SECURITY', 'DRIVER'] })).toEqual({
      categories: ['SECURITY', 'DRIVER'],
    });
  });

  it('whatever is sent, what is accepted is accepted again and unchanged', () => {
    const keys = SERVICES.flatMap((service) => Object.keys(POLICY_SETTINGS[service]));
    const anything = fc.oneof(fc.integer({ min: -2, max: 400 }), fc.string(), fc.boolean(), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.constantFrom(...SERVICES),
        fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 4 }),
        (service, given) => {
          try {
            const kept = settingsOf(service, given);
            expect(settingsOf(service, kept)).toEqual(kept);
            expect(settingDifferences(service, kept, settingsOf(service, kept))).toEqual([]);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        },
      ),
    );
  });

  it('differences of two versions: set, changed, left open', () => {
    expect(
      settingDifferences(
        'MONITORING',
        { cpuPercent: 80, cpuMinutes: 5, processes: [] },
        { cpuPercent: 90, processes: [], diskFreePercent: 5 },
      ),
    ).toEqual([
      { setting: 'cpuPercent', before: 80, after: 90 },
      { setting: 'cpuMinutes', before: 5, after: undefined },
      { setting: 'diskFreePercent', before: undefined, after: 5 },
    ]);
  });
});
