import { describe, expect, it } from 'vitest';
import type { Service } from '../db/tables/roles.ts';
import { alertTitle } from './alert-titles.ts';

const titles = (service: Service, subject: string, ...measurements: { name: string; value: number }[]) =>
  (['en', 'fr'] as const).map((language) => alertTitle(language, { service, subject, measurements }));

describe('API-08 an alert in the words of its reader', () => {
  it('names what it is about, which one, and what was measured', () => {
    expect(titles('MONITORING', 'CPU_LOAD', { name: 'percent', value: 97.54 })).toEqual([
      'High processor load (97.5 %)',
      'Charge élevée du processeur (97,5 %)',
    ]);
    expect(titles('MONITORING', 'DISK_SPACE:C:\\', { name: 'freePercent', value: 4 })).toEqual([
      'Little free space on C:\\ (4 %)',
      'Peu d’espace libre sur C:\\ (4 %)',
    ]);
    expect(titles('PATCH_MANAGEMENT', 'UPDATES_PENDING', { name: 'updates', value: 1200 })).toEqual([
      'Updates are pending (1,200)',
      'Des mises à jour sont en attente (1\u202f200)',
    ]);
  });

  it('leaves out what the device did not measure, and says nothing of subjects that it does not know', () => {
    expect(titles('MONITORING', 'MEMORY_USE')).toEqual(['High use of memory', 'Utilisation élevée de la mémoire']);
    expect(titles('BACKUP', 'CPU_LOAD')).toEqual([null, null]);
    expect(titles('MONITORING', 'constructor')).toEqual([null, null]);
    expect(titles('ASSET_MANAGEMENT', 'FAN')).toEqual([null, null]);
  });
});
