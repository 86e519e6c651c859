import { describe, expect, it } from 'vitest';
import { entriesOf, typographyFaults } from '../../testing/catalogue.ts';
import { EN, FR } from './catalogue.ts';

const { formats: _en, language: _english, ...english } = EN;
const { formats: _fr, language: _french, ...french } = FR;
const EN_ENTRIES = entriesOf(english);
const FR_ENTRIES = entriesOf(french);

/** Words that French has too. */
const ALIKE = ['help.placeholders.id', 'help.placeholders.licence', 'help.placeholders.url'];

describe('API-08 what the operator’s command line says', () => {
  it('is said in French in words of its own, but for a few', () => {
    expect(FR_ENTRIES.map(({ path }) => path)).toEqual(EN_ENTRIES.map(({ path }) => path));
    const same = FR_ENTRIES.filter(({ text }, at) => text === EN_ENTRIES[at]?.text).map(({ path }) => path);
    expect(same).toEqual(ALIKE);
  });

  it('leaves nothing out that a sentence is given', () => {
    const lacking = [...EN_ENTRIES, ...FR_ENTRIES].flatMap(({ path, text, given }) => {
      const missing = given.filter((value) => !text.includes(String(value)));
      return missing.length > 0 ? [`${path}: ${text}`] : [];
    });
    expect(lacking).toEqual([]);
  });

  it('has the typography of French', () => {
    const faults = FR_ENTRIES.flatMap(({ path, text }) => typographyFaults(text).map((fault) => `${path}: ${fault}`));
    expect(faults).toEqual([]);
  });
});
