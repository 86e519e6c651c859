import { type Challenge, type Payload, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/**
 * Does the work that a captcha asks for, in Node and in browsers (there in a secure context: https or localhost,
 * because it needs WebCrypto). Takes some tenths of a second.
 * @param challenge The `challenge` of the query `captcha`.
 * @returns What `signUp` takes as `captcha`; the server accepts it once.
 */
export async function solveCaptcha(challenge: string): Promise<string> {
  const asked = JSON.parse(challenge) as Challenge;
  const solution = await solveChallenge({ challenge: asked, deriveKey });
  if (!solution) throw new Error('the captcha was not solved in time');
  const payload: Payload = { challenge: asked, solution };
  // Its characters are all ASCII, so that btoa can take it.
  return btoa(JSON.stringify(payload));
}
