import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SERVICES, type Service } from '../../db/tables/roles.ts';
import { Refusal } from '../refusals.ts';
import { POLICY_SETTINGS, settingDifferences, settingsOf, settingsSchemaOf } from './services.ts';
import { defaultsOf } from './setting.ts';
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
      { path: 'checks.0.timeoutSeconds', code: 'OUT_OF_RANGE', min: 1, limit: 30, unit: 's' },
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
      { path: 'approved.2', code: 'INVALID_CHARACTERS' },
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
      { path: 'cpuPercnt', code: 'UNKNOWN_SETTING' },
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
