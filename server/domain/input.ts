import { Refusal } from './refusals.ts';

/** Lengths in Unicode code points, of what people write. */
export const LENGTHS = {
  name: { min: 1, max: 100 },
  label: { min: 1, max: 100 },
  note: { min: 0, max: 500 },
  tag: { min: 1, max: 40 },
  /** RFC 5321: 254 octets is the longest address that a mail server takes. */
  email: { min: 1, max: 254 },
} as const;

/** Control characters, and halves of surrogate pairs: nobody writes them, and they break logs, mails and PostgreSQL. */
export const UNFIT = /[\p{Cc}\p{Cs}]/u;

/**
 * A text of one line: trimmed, in Unicode normal form C.
 * @throws Refusal InvalidInput REQUIRED, TOO_SHORT, TOO_LONG or INVALID_CHARACTERS at `path`.
 */
export function lineOf(value: string, path: readonly string[], { min, max }: { min: number; max: number }): string {
  const text = value.normalize('NFC').trim();
  if (UNFIT.test(text)) throw new Refusal('InvalidInput', 'INVALID_CHARACTERS', path);
  return within(text, path, min, max);
}

/** As `lineOf`, but line breaks and tabs are welcome. */
export function proseOf(value: string, path: readonly string[], { min, max }: { min: number; max: number }): string {
  const text = value.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (UNFIT.test(text.replace(/[\n\t]/g, ''))) throw new Refusal('InvalidInput', 'INVALID_CHARACTERS', path);
  return within(text, path, min, max);
}

function within(text: string, path: readonly string[], min: number, max: number): string {
  const length = [...text].length;
  if (length === 0 && min > 0) throw new Refusal('InvalidInput', 'REQUIRED', path);
  if (length < min) throw new Refusal('InvalidInput', 'TOO_SHORT', path, { limit: min });
  if (length > max) throw new Refusal('InvalidInput', 'TOO_LONG', path, { limit: max });
  return text;
}

/** As HTML's input type=email judges it, and no more: only a mail that arrives proves an address. */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** @throws Refusal InvalidInput INVALID_EMAIL at `path`. */
export function emailOf(value: string, path: readonly string[]): string {
  const email = lineOf(value, path, LENGTHS.email);
  if (!EMAIL.test(email)) throw new Refusal('InvalidInput', 'INVALID_EMAIL', path);
  return email;
}

/**
 * Makes sure that just one of the fields is given.
 * @throws Refusal InvalidInput CONTRADICTION at the last one that is given, or at the first one where none is.
 */
export function requireOne(fields: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(fields);
  const given = names.filter((name) => fields[name] !== null && fields[name] !== undefined);
  if (given.length === 1) return;
  throw new Refusal('InvalidInput', 'CONTRADICTION', [given.at(-1) ?? (names[0] as string)], { oneOf: names });
}

/** A whole number within bounds. @throws Refusal InvalidInput OUT_OF_RANGE at `path`. */
export function countOf(value: number, path: readonly string[], { min, max }: { min: number; max: number }): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Refusal('InvalidInput', 'OUT_OF_RANGE', path, { min, limit: max });
  }
  return value;
}
