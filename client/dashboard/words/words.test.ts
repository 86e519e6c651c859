import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const catalogues = globSync('en/*.ts', { cwd: import.meta.dirname }).map((path) => path.slice('en/'.length));

/** The sentences of a catalogue, by their keys. */
async function sentences(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const collect = (words: object, prefix: string): void => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'string') found.set(`${prefix}${key}`, value);
      else collect(value as object, `${prefix}${key}.`);
    }
  };
  collect(((await import(join(import.meta.dirname, path))) as { default: object }).default, '');
  return found;
}

test.each(catalogues)('API-08 no line of %s ends before a sign that French writes after a space', async (name) => {
  for (const [key, text] of await sentences(`fr/${name}`)) expect(text, key).not.toMatch(/« | [»;:!?]/);
});

/** What is the same word in both languages: names, abbreviations, and words that French has taken over. */
const SAME =
  /^(Beckon|English|Français|Remote Management|Windows|macOS|Linux|Android|iOS|VPN|Webhooks?|HTTP \{\{status\}\}|Business|Premium|Corporate|Host|Contacts|Sessions?|Installation|Pages|Menu|Actions|Licences?|Description|Alias|Note|Message|Notes?|Action|Type|Version(?: \{\{version\}\})?|Date|Service|Services|Audio|Client|Secret|URL|CPU|RAM|ID|Code|Codes|Date|Total|Base|Options?|Permissions?|Instant|Invitations?|Occurrences|Critique|Minutes?|Secondes?|Configuration|Administration|\W+|\d+|\{\{\w+\}\})$/;

test.each(catalogues)(
  'API-08 each sentence of %s is there in both languages, with the same values in it',
  async (name) => {
    const [english, french] = [await sentences(`en/${name}`), await sentences(`fr/${name}`)];
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, value]) => value).sort();
    for (const [key, text] of english) {
      const other = french.get(key) ?? '';
      expect(values(other), key).toEqual(values(text));
      expect(other.trim(), key).not.toBe('');
      if (!SAME.test(text)) expect(other, `${name} ${key} is English in both`).not.toBe(text);
    }
  },
);
