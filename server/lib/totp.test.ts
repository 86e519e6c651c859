import { expect, it } from 'vitest';
import { base32, newTotpSecret, totpCode, totpStepAt, totpStepsOf, totpUri } from './totp.ts';

/** The secret of both RFCs' test vectors. */
const SECRET = base32(Buffer.from('12345678901234567890'));

it('RFC 4226, appendix D: the codes of the first ten counters', () => {
  expect(Array.from({ length: 10 }, (_, counter) => totpCode(SECRET, counter))).toEqual(
    '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '),
  );
});

it.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %i s the code is the end of %s', (seconds, code) => {
  expect(totpCode(SECRET, totpStepAt(seconds * 1000))).toBe(code.slice(-6));
});

it('a code is that of its own step, also one step before and after, and no further', () => {
  const step = totpStepAt(Date.UTC(2026, 0, 1));
  const code = totpCode(SECRET, step);
  const from = (step - 1) * 30_000;
  const to = (step + 2) * 30_000;
  expect([from - 1, from, to - 1, to].map((now) => totpStepsOf(SECRET, code, now))).toEqual([[], [step], [step], []]);
  expect(totpStepsOf(SECRET, `${code} `, from)).toEqual([]);
  expect(totpStepsOf(SECRET, '', from)).toEqual([]);
});

it('RFC 4648, 10: base32', () => {
  expect(base32(Buffer.from('fooba'))).toBe('MZXW6YTB');
});

it('secrets have 160 bits, and are new each time', () => {
  const secrets = Array.from({ length: 100 }, newTotpSecret);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(new Set(secrets).size).toBe(100);
});

it('the address for apps names issuer and account, whatever letters they have', () => {
  const uri = totpUri(SECRET, 'Beckon', 'ana+é&x=1@example.test');
  const { protocol, host, pathname, searchParams } = new URL(uri);
  expect([protocol, host]).toEqual(['otpauth:', 'totp']);
  expect(decodeURIComponent(pathname)).toBe('/Beckon:ana+é&x=1@example.test');
  expect(Object.fromEntries(searchParams)).toEqual({ secret: SECRET, issuer: 'Beckon' });
});
