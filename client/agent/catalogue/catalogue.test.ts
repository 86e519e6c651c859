import { describe, expect, it } from 'vitest';
import { entriesOf, typographyFaults } from '../../testing/catalogue.ts';
import { EN, FR } from './catalogue.ts';

const { formats: _en, language: _english, ...english } = EN;
const { formats: _fr, language: _french, ...french } = FR;
const EN_ENTRIES = entriesOf(english);
const FR_ENTRIES = entriesOf(french);

/** Words that French has too, and what is typed or named alike in both languages. */
const ALIKE = [
  'placeholders.code',
  'placeholders.number',
  'placeholders.script',
  'placeholders.status',
  'placeholders.url',
  'commands.status.alias',
  'commands.status.client',
  'live.greeting.alias',
  'events.invitation.title',
  'events.session.title',
  'problems.kinds.invitation',
  'services.all',
  'services.scanners.ClamAV',
  'checks.assets.machine',
];

describe('API-08 what the agent says', () => {
  it('is said in French in words of its own, but for a few', () => {
    expect(FR_ENTRIES.map(({ path }) => path)).toEqual(EN_ENTRIES.map(({ path }) => path));
    const same = FR_ENTRIES.filter(({ text }, at) => text === EN_ENTRIES[at]?.text).map(({ path }) => path);
    expect(same.sort()).toEqual([...ALIKE].sort());
  });

  it.each([
    ['English', EN_ENTRIES],
    ['French', FR_ENTRIES],
  ])('leaves nothing out that a sentence is given, in %s', (_, entries) => {
    const lacking = entries.flatMap(({ path, text, given }) => {
      const missing = given.filter((value) => !text.includes(String(value)));
      return missing.length > 0 ? [`${path}: ${text}`] : [];
    });
    expect(lacking).toEqual([]);
    expect(entries.filter(({ given }) => given.length > 0).length).toBeGreaterThan(100);
  });

  it('has the typography of French', () => {
    const faults = FR_ENTRIES.flatMap(({ path, text }) => typographyFaults(text).map((fault) => `${path}: ${fault}`));
    expect(faults).toEqual([]);
    expect(typographyFaults("Quoi ? C'est « ça »; oui: non")).toHaveLength(5);
  });
});
