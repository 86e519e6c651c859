import { hash, verify } from '@node-rs/argon2';
import { COMMON_PASSWORDS, COMMON_WORDS } from './common-passwords.ts';
import { Refusal } from './refusals.ts';

/** Argon2id as OWASP's storage sheet and ASVS appendix C ask for it; these are also what PHC strings record. */
export const ARGON2 = {
  /** KiB. */
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
  /** Bytes. */
  outputLen: 32,
} as const;

/** Hashes at once in this process: each takes 19 MiB and a thread of the pool for some 20 ms; the rest queue. */
export const MOST_HASHES_AT_ONCE = 4;

/** In Unicode code points after normalisation (ASVS 6.2.1 asks for 8 and for at least 64 to be allowed). */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** Where fewer letters than this are left of a password without its guessable words, the words were all of it. */
const LEAST_LETTERS = 4;

/** Words shorter than this are parts of too many others to be looked for. */
const LEAST_WORD = 3;

/** What an account's owner is known by: a password must not be made of it. */
export interface KnownWords {
  readonly email: string;
  readonly name?: string | undefined;
  readonly company?: string | undefined;
}

/**
 * The password in Unicode normal form KC, as it is hashed: nothing is trimmed or cut off, and no kind of character is
 * asked for (ASVS 6.2).
 * @throws Refusal InvalidInput REQUIRED, TOO_SHORT, TOO_LONG, INVALID_CHARACTERS or PASSWORD_TOO_COMMON at `path`.
 */
export function passwordOf(written: string, path: readonly string[], known: KnownWords): string {
  const password = written.normalize('NFKC');
  const length = [...password].length;
  if (length === 0) throw new Refusal('InvalidInput', 'REQUIRED', path);
  if (/[\p{Cs}\0]/u.test(password)) throw new Refusal('InvalidInput', 'INVALID_CHARACTERS', path);
  const { min, max } = PASSWORD_LENGTH;
  if (length < min) throw new Refusal('InvalidInput', 'TOO_SHORT', path, { limit: min });
  if (length > max) throw new Refusal('InvalidInput', 'TOO_LONG', path, { limit: max });
  if (isCommon(password, known)) throw new Refusal('InvalidInput', 'PASSWORD_TOO_COMMON', path);
  return password;
}

/** A password as somebody typed it to prove who they are: only brought into the form that was hashed. */
export function typedPassword(written: string): string {
  return written.normalize('NFKC');
}

/** Argon2id with a random salt of 16 bytes, as a PHC string. Waits for its turn. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, ARGON2));
}

/**
 * Whether the password is the one that was hashed. Where there is no hash (`null`: no such account) it does the same
 * work and answers no, so that the time it takes tells nothing (ASVS 6.3.8).
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  // Made in any case, so that the first unknown address after a start is no exception.
  const nobodys = await dummyHash();
  const against = passwordHash ?? nobodys;
  const matches = await inTurn(() => verify(against, password));
  return matches && passwordHash !== null;
}

let dummy: Promise<string> | null = null;

/** The hash of a password that nobody has, with the parameters of the real ones; made once. */
function dummyHash(): Promise<string> {
  dummy ??= hashPassword(crypto.randomUUID());
  return dummy;
}

// Both belong to the process and not to an app: what they ration is this machine's memory and its threads.
let running = 0;
const queue: (() => void)[] = [];

/** How many passwords are being hashed or compared now, and how many wait for their turn. */
export function hashesUnderWay(): { running: number; waiting: number } {
  return { running, waiting: queue.length };
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_HASHES_AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place passes on to whoever waits longest.
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

function isCommon(password: string, known: KnownWords): boolean {
  const plain = fold(password);
  const read = unleet(plain);
  const joined = plain.replace(/[\s-]/g, '');
  if ([plain, joined, read].some((text) => COMMON_PASSWORDS.has(text))) return true;
  if (isRepetition(plain) || isRun(plain)) return true;
  const words = guessableWords(known);
  return [plain, read].some((text) => isMadeOf(text, words));
}

/** Lower case, without accents: `É` and `e` are one letter to whoever guesses. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const LEET: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

function unleet(text: string): string {
  return text.replace(/[@431!0$57]/g, (character) => LEET[character] ?? character);
}

/** `aaaaaaaaaaaa`, `abcabcabcabc`: a piece of at most four characters again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,4}?)\1+.{0,3}$/su.test(text) && new Set(text).size <= 4;
}

/** What fingers and alphabets run along; also read backwards. */
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
];

/** `123456789012`, `abcdefghijkl`, `poiuytrewqlk`: at most two runs of neighbours. */
function isRun(text: string): boolean {
  let pieces = 1;
  for (let i = 1; i < text.length; i++) {
    const pair = text.slice(i - 1, i + 1);
    const back = `${pair[1]}${pair[0]}`;
    if (!RUNS.some((run) => run.includes(pair) || run.includes(back))) pieces += 1;
  }
  return pieces <= 2;
}

function guessableWords({ email, name, company }: KnownWords): string[] {
  const own = `${email} ${name ?? ''} ${company ?? ''}`;
  const words = fold(own)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => [...word].length >= LEAST_WORD);
  // Longer words first, so that `passwords` does not leave an `s` behind.
  return [...COMMON_WORDS, ...words].sort((a, b) => b.length - a.length);
}

/** Whether it has guessable words and, without them, digits and signs, next to nothing else. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  let rest = text;
  for (const word of words) rest = rest.replaceAll(word, ' ');
  if (rest === text) return false;
  return (rest.match(/\p{L}/gu) ?? []).length < LEAST_LETTERS;
}
