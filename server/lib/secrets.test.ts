import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { equalSecrets, hashSecret, newSecret, SECRET_PREFIXES, seal, unseal } from './secrets.ts';

const KINDS = Object.keys(SECRET_PREFIXES) as (keyof typeof SECRET_PREFIXES)[];

it.each(KINDS)('ASVS 7.2.3 a new %s is its prefix and 256 random bits, and another one each time', (kind) => {
  const secrets = Array.from({ length: 100 }, () => newSecret(kind));
  for (const secret of secrets) {
    expect(secret.startsWith(SECRET_PREFIXES[kind])).toBe(true);
    expect(Buffer.from(secret.slice(SECRET_PREFIXES[kind].length), 'base64url')).toHaveLength(32);
  }
  expect(new Set(secrets).size).toBe(100);
});

it('prefixes tell the kinds apart, so that a leaked secret can be recognised', () => {
  const prefixes = Object.values(SECRET_PREFIXES);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  for (const prefix of prefixes) expect(prefix).toMatch(/^bkn_[a-z]{3}_$/);
});

it('what is stored of a secret is its SHA-256', () => {
  expect(hashSecret('bkn_pat_x')).toBe(createHash('sha256').update('bkn_pat_x').digest('base64url'));
});

it('secrets are equal where every character is', () => {
  expect(equalSecrets('abc', 'abc')).toBe(true);
  for (const other of ['abd', 'ab', 'abcd', '', 'ABC', 'äbc']) expect(equalSecrets('abc', other)).toBe(false);
});

it('what was sealed opens with the same passphrase only, and unaltered only', () => {
  const sealed = seal('a passphrase', 'é 🌵');
  expect(unseal('a passphrase', sealed)).toBe('é 🌵');
  expect(seal('a passphrase', 'é 🌵')).not.toBe(sealed);
  expect(() => unseal('another one', sealed)).toThrow();
  const bytes = Buffer.from(sealed, 'base64url');
  for (const at of [0, 12, 28, bytes.length - 1]) {
    const altered = Buffer.from(bytes);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    expect(() => unseal('a passphrase', altered.toString('base64url'))).toThrow();
  }
});
