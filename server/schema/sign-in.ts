import { signOut } from '../domain/auth-sessions.ts';
import { Denial } from '../domain/denials.ts';
import { changePassword } from '../domain/password-changes.ts';
import { completeSignIn, sessionCookie, signIn } from '../domain/sign-in.ts';
import { Account } from './accounts.ts';
import type { Context } from './builder.ts';
import { mutation } from './mutation.ts';

/**
 * Hands the secret over as a cookie, or takes it away; asked for before the operation, so that nothing happens where
 * there is no response to set it on.
 * @throws Denial FORBIDDEN over WebSocket.
 */
export function cookieSetter(ctx: Context): (secret: string | null) => void {
  const { setCookie } = ctx;
  if (!setCookie) throw new Denial('FORBIDDEN', { allowed: 'HTTP' });
  return (secret) => setCookie(sessionCookie(ctx.config, secret));
}

mutation('signIn', {
  description:
    'Signs in, verified or not, and sets an HttpOnly cookie; over HTTP only. An unknown address is answered like a wrong ' +
    'password. After five wrong passwords in a row the next try has to wait: 1, 2, 4, 8, then 15 minutes. Where the ' +
    'account has a second factor, the answer is `SecondFactorNeeded`, and `completeSignIn` follows.',
  input: (t) => ({
    email: t.string({ required: true, description: 'The account’s e-mail address; case is ignored.' }),
    password: t.string({ required: true, description: 'Its password.' }),
  }),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const { account, secret } = await signIn(ctx, input);
    setCookie(secret);
    return { account };
  },
  payload: (t) => ({
    account: t.field({
      type: Account,
      description: 'Who was signed in. What it leads to is read by a request that comes with the cookie.',
      resolve: ({ account }) => account,
    }),
  }),
  refusals: ['SignInRefused', 'SecondFactorNeeded', 'InvalidInput'],
});

mutation('completeSignIn', {
  description:
    'Completes a sign-in by the second factor, and sets the HttpOnly cookie; over HTTP only. Each code of the app and ' +
    'each recovery code is taken once. After five wrong codes in a row the next try has to wait: 1, 2, 4, 8, then 15 ' +
    'minutes. A token that has lapsed, was used or never was is `SIGN_IN_LAPSED`.',
  input: (t) => ({
    token: t.string({ required: true, description: 'The `token` of `SecondFactorNeeded`.' }),
    code: t.string({
      required: true,
      description:
        'The six digits that the authenticator app shows, or a recovery code; blanks and dashes are ignored.',
    }),
  }),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const { secret, ...done } = await completeSignIn(ctx, input);
    setCookie(secret);
    return done;
  },
  payload: (t) => ({
    account: t.field({
      type: Account,
      description: 'Who was signed in. What it leads to is read by a request that comes with the cookie.',
      resolve: ({ account }) => account,
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', {
      nullable: true,
      description: 'How many recovery codes are left, where one was used now; null otherwise.',
    }),
  }),
  refusals: ['SignInRefused'],
});

mutation('signOut', {
  description: 'Ends the sign-in that the request came with, at once, with its open subscriptions; over HTTP only.',
  input: () => ({}),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const ended = await signOut(ctx, input);
    setCookie(null);
    return ended;
  },
  payload: (t) => ({ authSessionId: t.exposeID('authSessionId', { description: 'The sign-in that ended.' }) }),
  refusals: [],
});

mutation('changePassword', {
  description:
    'Sets a new password; for who is signed in by cookie, over HTTP only. Every other sign-in of the account ends at ' +
    'once; this one goes on with a new cookie. Wrong passwords count like those at signing in.',
  input: (t) => ({
    currentPassword: t.string({ required: true, description: 'The password as it is.' }),
    newPassword: t.string({ required: true, description: '12 to 128 characters of any kind, not a common one.' }),
  }),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const { account, secret } = await changePassword(ctx, input);
    setCookie(secret);
    return { account };
  },
  payload: (t) => ({
    account: t.field({ type: Account, description: 'The account.', resolve: ({ account }) => account }),
  }),
  refusals: ['SignInRefused', 'InvalidInput'],
});
