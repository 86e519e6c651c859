import { authenticate } from '../domain/authenticate.ts';
import type { Context } from '../domain/context.ts';
import type { Refusal } from '../domain/refusals.ts';
import { confirmSecondFactor, setUpSecondFactor } from '../domain/second-factor.ts';
import { completeSignIn, signIn } from '../domain/sign-in.ts';
import { totpCode, totpStepAt } from '../lib/totp.ts';
import type { TestApp } from './app.ts';
import { PASSWORD, type TestAccount } from './builders.ts';
import { signedIn } from './people.ts';
import { refusalOf } from './refusals.ts';

const ANYBODY = { kind: 'anonymous' } as const;

/** One step of authenticator apps, in milliseconds. */
export const STEP_MS = 30_000;

/** The code that an app shows so many steps from now. */
export function codeOf(app: TestApp, secret: string, steps = 0): string {
  return totpCode(secret, totpStepAt(app.clock.now()) + steps);
}

/** Six digits that are none of the codes around now. */
export function wrongCodeFor(app: TestApp, secret: string): string {
  const right = [-1, 0, 1].map((steps) => codeOf(app, secret, steps));
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '';
}

export interface WithSecondFactor {
  /** What the app knows. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The sign-in that it was set up by. */
  readonly ctx: Context;
  /** The secret of that one's cookie. */
  readonly cookie: string;
}

/** Sets an authenticator app up, and lets its first code pass by. */
export async function setUpApp(app: TestApp, who: TestAccount): Promise<WithSecondFactor> {
  const { ctx } = await signedIn(app, who);
  const { secret } = await setUpSecondFactor(ctx, { password: PASSWORD });
  const confirmed = await confirmSecondFactor(ctx, { code: codeOf(app, secret) });
  app.clock.advance(STEP_MS);
  const principal = await authenticate(app.services, { sessionCookie: confirmed.secret });
  return { secret, recoveryCodes: confirmed.recoveryCodes, ctx: app.as(principal), cookie: confirmed.secret };
}

/** The first step of a sign-in: the token that waits for a code. */
export async function tokenFor(app: TestApp, who: TestAccount, password = PASSWORD): Promise<string> {
  const asked = signIn(app.as(ANYBODY), { email: who.account.email, password });
  return tokenOf(await refusalOf(asked, 'SECOND_FACTOR_NEEDED'));
}

export const tokenOf = ({ details }: Refusal): string => String(details['token']);

/** The second step. */
export function complete(app: TestApp, token: string, code: string) {
  return completeSignIn(app.as(ANYBODY), { token, code });
}
