import { desc, eq } from 'drizzle-orm';
import { solveCaptcha } from '../../client/api/captcha.ts';
import { type Mail, mails } from '../db/tables/mails.ts';
import { authenticate } from '../domain/authenticate.ts';
import { createCaptcha } from '../domain/captcha.ts';
import type { Context } from '../domain/context.ts';
import { EULA_VERSION } from '../domain/eula.ts';
import { signIn } from '../domain/sign-in.ts';
import { type SignUpInput, signUp } from '../domain/sign-up.ts';
import type { RunningApp } from './app.ts';
import type { TestAccount } from './builders.ts';
import { PASSWORD } from './builders.ts';

/** A password that is fit for signing up. */
export const STRONG_PASSWORD = 'seven violet tractors hum';

/** A solved captcha, as a client hands it in. */
export async function solvedCaptcha(app: RunningApp): Promise<string> {
  const { challenge } = await createCaptcha(app.as({ kind: 'anonymous' }));
  return solveCaptcha(challenge);
}

/** All that signing up takes, with a captcha of its own. */
export async function signUpInput(app: RunningApp, input: Partial<SignUpInput> = {}): Promise<SignUpInput> {
  return {
    email: 'ana@example.test',
    name: 'Ana',
    password: STRONG_PASSWORD,
    acceptEula: true,
    eulaVersion: EULA_VERSION,
    captcha: input.captcha ?? (await solvedCaptcha(app)),
    ...input,
  };
}

/** Signs up as a stranger does. */
export async function signUpAs(app: RunningApp, input: Partial<SignUpInput> = {}): Promise<{ email: string }> {
  return signUp(app.as({ kind: 'anonymous' }), await signUpInput(app, input));
}

/** The mails to an address, the newest first. */
export async function mailsTo(app: RunningApp, recipient: string): Promise<Mail[]> {
  return await app.services.db.read
    .select()
    .from(mails)
    .where(eq(mails.recipient, recipient))
    .orderBy(desc(mails.createdAt), desc(mails.id));
}

/** The token in the link of a mail. */
export function tokenIn(mail: Pick<Mail, 'body'> | undefined): string {
  const token = /\?token=(\S+)/.exec(mail?.body ?? '')?.[1];
  if (!token) throw new Error('the mail has no link with a token');
  return token;
}

/** Really signs in: a principal that can be revoked, and the secret of its cookie. */
export async function signedIn(app: RunningApp, who: TestAccount): Promise<{ ctx: Context; secret: string }> {
  const { secret } = await signIn(app.as({ kind: 'anonymous' }), { email: who.account.email, password: PASSWORD });
  return { secret, ctx: app.as(await authenticate(app.services, { sessionCookie: secret })) };
}
