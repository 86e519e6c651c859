import { expect, test } from 'vitest';
import { PASSWORD_LENGTH as SERVER } from '../../../server/domain/passwords.ts';
import { estimatePassword, PASSWORD_LENGTH } from './password-strength.ts';

test('LIC-05 the bounds are those of the server, in characters as it counts them', () => {
  expect(PASSWORD_LENGTH).toEqual(SERVER);
  const { min, max } = PASSWORD_LENGTH;
  expect(estimatePassword('é'.normalize('NFD').repeat(min - 1))).toEqual({ strength: 'SHORT', length: min - 1 });
  expect(estimatePassword('violet 🚜 rows'.slice(0, 14)).strength).not.toBe('SHORT');
  expect(estimatePassword('👩'.repeat(max)).strength).not.toBe('LONG');
  expect(estimatePassword('👩'.repeat(max + 1)).strength).toBe('LONG');
});

test.each([
  ['aaaaaaaaaaaaaaaa', 'WEAK'],
  ['abcabcabcabcabc', 'WEAK'],
  ['123456789012', 'WEAK'],
  ['qwertyuiopasdf', 'WEAK'],
  ['Ada.Byron.2026', 'WEAK'],
  ['horse stable', 'FAIR'],
  ['seven violet tractors', 'STRONG'],
  ['t7#Kw9!pZq2$', 'GOOD'],
])('%s is %s', (password, strength) => {
  expect(estimatePassword(password, ['Ada Byron', 'ada.byron@example.test']).strength).toBe(strength);
});
