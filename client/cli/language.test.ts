import { describe, expect, it } from 'vitest';
import { formatsOf } from './formats.ts';
import { languageFrom } from './language.ts';

describe('API-08 the language of a command line', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
    [{ LANG: 'FR' }, 'fr'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANGUAGE: 'fr:en' }, 'fr'],
    [{ LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'fr_CA', LANG: 'en_GB' }, 'fr'],
  ] as const)('in the environment %j it is %s', (environment, language) => {
    expect(languageFrom(['run'], environment)).toBe(language);
  });

  it('is what --language names, before the environment and wherever it stands', () => {
    const french = { LANG: 'fr_FR.UTF-8' };
    expect(languageFrom(['--language', 'en', 'run'], french)).toBe('en');
    expect(languageFrom(['run', '--language=en'], french)).toBe('en');
    expect(languageFrom(['run', '--language', 'fr'], {})).toBe('fr');
    expect(languageFrom(['--language', 'de'], french)).toBe('fr');
    expect(languageFrom(['--language'], french)).toBe('fr');
  });
});

describe('API-08 numbers, sizes and days', () => {
  const english = formatsOf('en');
  const french = formatsOf('fr');

  it('are written as each language writes them', () => {
    expect([english.number(12_345.6), french.number(12_345.6)]).toEqual(['12,345.6', '12\u202f345,6']);
    expect([english.percent(93.4), french.percent(93.4)]).toEqual(['93.4 %', '93,4\u00a0%']);
    expect([english.bytes(1536), french.bytes(1536)]).toEqual(['1.5 KiB', '1,5\u00a0Kio']);
    expect([english.day('2027-01-02T00:00:00Z'), french.day('2027-01-02T00:00:00Z')]).toEqual([
      '2027-01-02',
      '02/01/2027',
    ]);
  });

  it('have the plural of each language: French has one for nothing, too', () => {
    expect([0, 1, 2].map((n) => english.count(n, 'file', 'files'))).toEqual(['0 files', '1 file', '2 files']);
    expect([0, 1, 2].map((n) => french.count(n, 'fichier', 'fichiers'))).toEqual([
      '0 fichier',
      '1 fichier',
      '2 fichiers',
    ]);
  });
});
