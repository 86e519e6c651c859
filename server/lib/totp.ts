import { createHmac, randomBytes } from 'node:crypto';
import { equalSecrets } from './secrets.ts';

/**
 * Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, the one combination that every
 * app takes.
 */

const STEP_MS = 30_000;
const DIGITS = 6;

/** 160 bits, as RFC 4226, 4 recommends. */
const SECRET_BYTES = 20;

/** A code is also taken one step before and after its own: clocks differ, and people are slow (RFC 6238, 5.2). */
const STEPS_AROUND = 1;

/** A new secret, in base32. */
export function newTotpSecret(): string {
  return base32(randomBytes(SECRET_BYTES));
}

/** The number of the step that an instant is in. */
export function totpStepAt(now: number): number {
  return Math.floor(now / STEP_MS);
}

/** The code of a step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const at = mac.readUInt8(mac.length - 1) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The steps around an instant that a code is that of, the earliest first; hardly ever more than one. */
export function totpStepsOf(secret: string, code: string, now: number): number[] {
  const present = totpStepAt(now);
  const steps = Array.from({ length: 2 * STEPS_AROUND + 1 }, (_, i) => present - STEPS_AROUND + i);
  return steps.filter((step) => equalSecrets(totpCode(secret, step), code));
}

/** What authenticator apps read from a QR code. */
export function totpUri(secret: string, issuer: string, account: string): string {
  const label = [issuer, account].map(encodeURIComponent).join(':');
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648) of whole groups of five bytes, so without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => ALPHABET.charAt(Number.parseInt(five, 2)));
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
