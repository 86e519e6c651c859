/** In characters, as the server asks for them: the least and the most. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

export type Strength = 'SHORT' | 'LONG' | 'WEAK' | 'FAIR' | 'GOOD' | 'STRONG';

/** From how many bits of guessing on, by rough estimate, a password counts as fair, good and strong. */
const LEAST_BITS = { FAIR: 45, GOOD: 65, STRONG: 90 } as const;

/** Shorter words are parts of too many others. */
const LEAST_WORD = 3;

/** What each kind of character lets one choose from. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{Nd}/u, 10],
  [/[^\p{L}\p{Nd}]/u, 33],
  [/[^\0-\x7f]/u, 60],
];

/** What fingers and alphabets run along. */
const RUNS = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
];

export interface Estimate {
  readonly strength: Strength;
  /** Characters, as the server counts them. */
  readonly length: number;
}

/**
 * How hard a password is to guess, roughly and at once, while it is typed. The server has the last word: it refuses the
 * common ones as well.
 * @param known What the owner is known by, such as name and address: it does not count.
 */
export function estimatePassword(text: string, known: readonly string[] = []): Estimate {
  const password = text.normalize('NFKC');
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) return { strength: 'SHORT', length };
  if (length > PASSWORD_LENGTH.max) return { strength: 'LONG', length };
  const rest = withoutWords(password, ['beckon', ...known]);
  const choices = KINDS.reduce((sum, [kind, count]) => sum + (kind.test(rest) ? count : 0), 0);
  const bits = surprises(rest) * Math.log2(Math.max(choices, 2));
  const strength = (['STRONG', 'GOOD', 'FAIR'] as const).find((level) => bits >= LEAST_BITS[level]) ?? 'WEAK';
  return { strength, length };
}

function withoutWords(password: string, known: readonly string[]): string {
  const words = known
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= LEAST_WORD);
  return words.reduce((rest, word) => rest.replaceAll(new RegExp(word, 'giu'), ''), password);
}

/** How many characters are neither a repetition of what stands before them, nor what follows it on a keyboard. */
function surprises(text: string): number {
  const characters = [...text.toLowerCase()];
  const seen = new Map<string, number>();
  let count = 0;
  characters.forEach((character, at) => {
    const before = characters[at - 1] ?? '';
    const pair = before + character;
    const expected =
      character === before ||
      RUNS.some((run) => run.includes(pair) || run.includes(character + before)) ||
      (before !== '' && seen.has(pair));
    if (at > 0) seen.set(pair, at);
    count += expected ? 0.25 : 1;
  });
  return count;
}
