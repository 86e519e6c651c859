import { randomBytes } from 'node:crypto';
import { type Challenge, createChallenge, type Payload, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { lte } from 'drizzle-orm';
import { spentCaptchas } from '../db/tables/captcha.ts';
import { hashSecret } from '../lib/secrets.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { authorizeVisitor } from './principal.ts';
import { MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { initialiseSetting, readSetting } from './settings.ts';

/** A challenge can be answered for this long. */
export const CAPTCHA_TTL_MS = 10 * MINUTE_MS;

/**
 * The work: this many iterations of PBKDF2-SHA-256 for each guess (ALTCHA's own example), and a number of guesses
 * between a fifth of CAPTCHA_GUESSES and all. Measured on one core with its default: 40 to 200 ms in Node; checking the
 * answer takes one HMAC.
 */
const ITERATIONS_PER_GUESS = 5_000;

/** Longest solution that is looked at, in characters: a real one has some 800. */
const SOLUTION_LENGTH = 4_000;

export interface CaptchaChallenge {
  /** An ALTCHA challenge as JSON. */
  challenge: string;
  /** In milliseconds since 1970. */
  expiresAt: number;
}

/**
 * A proof of work to be done before signing up (LIC-05): no third party, no picture, no personal data. Nothing is
 * stored until it was solved.
 */
export async function createCaptcha(ctx: Context): Promise<CaptchaChallenge> {
  authorizeVisitor(ctx);
  const expiresAt = ctx.clock.now() + CAPTCHA_TTL_MS;
  const most = ctx.config.CAPTCHA_GUESSES;
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ITERATIONS_PER_GUESS,
    counter: randomInt(most, Math.ceil(most / 5)),
    deriveKey,
    // In `data`, which is signed like the rest: altcha-lib judges its own `expiresAt` by the system's clock.
    data: { expiresAt },
    ...(await signingSecrets(ctx)),
  });
  return { challenge: JSON.stringify(challenge), expiresAt };
}

/** A solution that is right, and yet to be spent. */
export interface SolvedCaptcha {
  readonly signature: string;
  readonly expiresAt: number;
}

/**
 * Checks a solution (base64 of ALTCHA's payload), outside of any transaction; `spendCaptcha` judges its time.
 * @throws Refusal CaptchaRefused CAPTCHA_FAILED at `path`.
 */
export async function checkCaptcha(ctx: Context, solution: string, path: readonly string[]): Promise<SolvedCaptcha> {
  const payload = parsePayload(solution);
  if (!payload) throw new Refusal('CaptchaRefused', 'CAPTCHA_FAILED', path);
  const { verified } = await verifySolution({
    challenge: payload.challenge,
    solution: payload.solution,
    deriveKey,
    ...(await signingSecrets(ctx)),
  });
  const { signature, parameters } = payload.challenge;
  const expiresAt = parameters.data?.['expiresAt'];
  if (!verified || signature === undefined || typeof expiresAt !== 'number') {
    throw new Refusal('CaptchaRefused', 'CAPTCHA_FAILED', path);
  }
  return { signature, expiresAt };
}

/**
 * Uses the solution up, in the transaction of what it was solved for; each is accepted once.
 * @throws Refusal CaptchaRefused CAPTCHA_SPENT or CAPTCHA_EXPIRED at `path`.
 */
export async function spendCaptcha(tx: Change, solved: SolvedCaptcha, path: readonly string[]): Promise<void> {
  if (solved.expiresAt <= tx.now) throw new Refusal('CaptchaRefused', 'CAPTCHA_EXPIRED', path);
  const spent = await tx.q
    .insert(spentCaptchas)
    .values(solved)
    .onConflictDoNothing()
    .returning({ signature: spentCaptchas.signature });
  if (spent.length === 0) throw new Refusal('CaptchaRefused', 'CAPTCHA_SPENT', path);
}

/** Deletes spent solutions that have expired anyway. May be repeated. */
export async function forgetCaptchas(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(spentCaptchas).where(lte(spentCaptchas.expiresAt, ctx.clock.now()));
  });
}

/** The payload where it has the form of one; what it says is not to be trusted yet. */
function parsePayload(solution: string): (Payload & { challenge: Challenge }) | null {
  if (solution.length === 0 || solution.length > SOLUTION_LENGTH) return null;
  let payload: unknown;
  try {
    payload = JSON.parse(Buffer.from(solution, 'base64').toString('utf8'));
  } catch {
    return null;
  }
  const { challenge, solution: answer } = (payload ?? {}) as Partial<Payload>;
  const wellFormed = typeof challenge?.signature === 'string' && isObject(challenge.parameters) && isObject(answer);
  return wellFormed ? (payload as Payload & { challenge: Challenge }) : null;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Made once for the whole installation, when first needed, and shared by its nodes. */
async function signingSecrets(ctx: Context): Promise<{ hmacSignatureSecret: string; hmacKeySignatureSecret: string }> {
  let secret = await readSetting(ctx.db.read, 'captcha_secret');
  if (secret === null) {
    const fresh = randomBytes(32).toString('base64url');
    secret = await ctx.db.write(async ({ q }) => {
      if (await initialiseSetting(q, 'captcha_secret', fresh)) return fresh;
      return (await readSetting(q, 'captcha_secret')) ?? fresh;
    });
  }
  return { hmacSignatureSecret: secret, hmacKeySignatureSecret: hashSecret(`key ${secret}`) };
}
