import { describe, expect, it } from 'vitest';
import {
  hashesUnderWay,
  hashPassword,
  MOST_HASHES_AT_ONCE,
  PASSWORD_LENGTH,
  passwordMatches,
  passwordOf,
  typedPassword,
} from './passwords.ts';
import { Refusal } from './refusals.ts';

const ANA = { email: 'ana.lindqvist@example.test', name: 'Ana Lindqvist', company: 'Northwind' };

function codeOf(password: string): string | null {
  try {
    passwordOf(password, ['password'], ANA);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.path).toEqual(['password']);
    return error.code;
  }
}

describe('which passwords are taken', () => {
  it('LIC-05 a password has 12 to 128 characters, in threes around each bound', () => {
    const of = (length: number) => 'kÖ7wz%Qm1#xv'.repeat(20).slice(0, length);
    const { min, max } = PASSWORD_LENGTH;
    expect([of(0), of(min - 1), of(min), of(min + 1)].map(codeOf)).toEqual(['REQUIRED', 'TOO_SHORT', null, null]);
    expect([of(max - 1), of(max), of(max + 1)].map(codeOf)).toEqual([null, null, 'TOO_LONG']);
  });

  it('characters are counted as people see them, not as UTF-16 counts them', () => {
    expect(codeOf('🌵🐙🌶🦉🍉🎻🚲🧭🪁🦔🐝')).toBe('TOO_SHORT');
    expect(codeOf('🌵🐙🌶🦉🍉🎻🚲🧭🪁🦔🐝🪗')).toBe(null);
  });

  it.each([
    'password1234',
    'Password2026!',
    'P@ssw0rd1234',
    'motdepasse123',
    'azertyuiop123',
    'qwertyuiopas',
    '123456789012',
    '098765432109',
    'abcdefghijkl',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1q2w3e4r5t6y',
    'iloveyouforever',
    'correct horse battery staple',
    'BeckonBeckon1',
    'Beckon-2026-!!',
    'lindqvist1984',
    'Ana.Lindqvist1',
    'northwind2026',
    'Novembre2026!!',
    // The longer ones among the 3,000 that are used most.
    'leavemealone',
    'mailcreated5240',
    'polniypizdec0211',
    'sojdlg123aljg',
  ])('the guessable password %s is refused', (password) => {
    expect(codeOf(password)).toBe('PASSWORD_TOO_COMMON');
  });

  it.each([
    'seven violet tractors hum',
    'kzw-pqor-twx-19',
    'la pluie mange les toits',
    '48 chevaux de labour',
    'Ana mange des figues',
  ])('the password %s is taken', (password) => {
    expect(codeOf(password)).toBe(null);
  });

  it('nothing is trimmed, and halves of characters are refused', () => {
    expect(passwordOf('  blanks count here ', [], ANA)).toBe('  blanks count here ');
    expect(codeOf('twelve or more \ud800')).toBe('INVALID_CHARACTERS');
    expect(codeOf('twelve or more \0')).toBe('INVALID_CHARACTERS');
  });
});

describe('how passwords are kept', () => {
  it('the hash is Argon2id with 19456 KiB, two passes and one lane', async () => {
    expect(await hashPassword('seven violet tractors hum')).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/,
    );
  });

  it('a password matches however its accents were typed', async () => {
    const hash = await hashPassword(passwordOf('la fenêtre ouverte', [], ANA));
    expect(await passwordMatches(hash, typedPassword('la fene\u0302tre ouverte'))).toBe(true);
    expect(await passwordMatches(hash, typedPassword('la fenetre ouverte'))).toBe(false);
  });

  it('where there is no account, no password matches', async () => {
    expect(await passwordMatches(null, 'seven violet tractors hum')).toBe(false);
  });

  it('four run at once, comparisons among them, and the others wait for their turn; all come out', async () => {
    const hash = await hashPassword('seven violet tractors hum');
    await passwordMatches(hash, 'warm');
    const started = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? hashPassword(`password ${i}`) : passwordMatches(hash, `password ${i}`),
    );
    const seen: { running: number; waiting: number }[] = [];
    // The comparisons take a turn to get there.
    await Promise.resolve();
    seen.push(hashesUnderWay());
    await Promise.all(started.map((one) => one.then(() => seen.push(hashesUnderWay()))));
    const outcomes = await Promise.all(started);
    expect(MOST_HASHES_AT_ONCE).toBe(4);
    expect(seen[0]).toEqual({ running: 4, waiting: 8 });
    expect(Math.max(...seen.map(({ running }) => running))).toBe(4);
    expect(outcomes.filter((outcome) => typeof outcome === 'string')).toHaveLength(6);
    expect(outcomes.filter((outcome) => outcome === false)).toHaveLength(6);
    expect(hashesUnderWay()).toEqual({ running: 0, waiting: 0 });
  });

  it('what else there is to do goes on meanwhile', async () => {
    let turns = 0;
    let done = false;
    const turn = (): void => {
      turns += 1;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(Array.from({ length: 8 }, (_, i) => hashPassword(`password ${i}`)));
    done = true;
    // On the event loop, each hash would be one turn at most.
    expect(turns).toBeGreaterThan(80);
  });

  it('one that fails makes place for the next', async () => {
    const broken = Array.from({ length: MOST_HASHES_AT_ONCE + 1 }, () => passwordMatches('no hash', 'password'));
    for (const outcome of await Promise.allSettled(broken)) expect(outcome.status).toBe('rejected');
    expect(hashesUnderWay()).toEqual({ running: 0, waiting: 0 });
    await hashPassword('seven violet tractors hum');
  });
});
