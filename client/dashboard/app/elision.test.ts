import { expect, test } from 'vitest';
import { elided } from './elision.ts';

test.each([
  ['Alias de Accounting', 'Alias d’Accounting'],
  ['L’invitation de Éloïse n’est plus en attente.', 'L’invitation d’Éloïse n’est plus en attente.'],
  ['Ce que Ada peut faire', 'Ce qu’Ada peut faire'],
  ['De Ada à Benoît', 'D’Ada à Benoît'],
  ['Alias de Till 1', 'Alias de Till 1'],
  ['Retirer de « Atelier »', 'Retirer de « Atelier »'],
  ['La grande entreprise et ce code unique', 'La grande entreprise et ce code unique'],
])('API-08 French runs into a name that begins with a vowel: %s', (written, read) => {
  expect(elided(written)).toBe(read);
});
