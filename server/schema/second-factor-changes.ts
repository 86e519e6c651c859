import {
  confirmSecondFactor,
  disableSecondFactor,
  renewRecoveryCodes,
  setUpSecondFactor,
} from '../domain/second-factor.ts';
import { Account } from './accounts.ts';
import { mutation } from './mutation.ts';
import { cookieSetter } from './sign-in.ts';

const CODE = 'The six digits that the authenticator app shows, or a recovery code, which is used up by it.';
const RECOVERY_CODES = 'Ten codes, each good for one sign-in without the app. Shown this once: keep them secret.';

mutation('setUpSecondFactor', {
  description:
    'Makes the secret for an authenticator app, shown this once; for who is signed in by cookie. Nothing else changes ' +
    'until `confirmSecondFactor`; doing it again voids the secret before.',
  input: (t) => ({ password: t.string({ required: true, description: 'The account’s password.' }) }),
  run: (ctx, input) => setUpSecondFactor(ctx, input),
  payload: (t) => ({
    uri: t.exposeString('uri', {
      description: 'The `otpauth://` address, to be shown as a QR code for the app to read. Shown this once.',
    }),
    secret: t.exposeString('secret', {
      description: 'The same secret in base32, for an app that cannot read the QR code. Shown this once.',
    }),
  }),
  refusals: ['SignInRefused', 'SecondFactorRefused'],
});

mutation('confirmSecondFactor', {
  description:
    'Confirms the app by its first code: signing in takes one from now on. For who is signed in by cookie, over HTTP only. ' +
    'Every other sign-in of the account ends at once; this one goes on with a new cookie. The owner is told by mail.',
  input: (t) => ({
    code: t.string({ required: true, description: 'The six digits that the authenticator app shows.' }),
  }),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const { secret, ...done } = await confirmSecondFactor(ctx, input);
    setCookie(secret);
    return done;
  },
  payload: (t) => ({
    account: t.field({ type: Account, description: 'The account.', resolve: ({ account }) => account }),
    recoveryCodes: t.exposeStringList('recoveryCodes', { description: RECOVERY_CODES }),
  }),
  refusals: ['SignInRefused', 'SecondFactorRefused'],
});

mutation('disableSecondFactor', {
  description:
    'Turns the second factor off, with password and code; for who is signed in by cookie, over HTTP only. The sign-in goes ' +
    'on with a new cookie. The owner is told by mail.',
  input: (t) => ({
    password: t.string({ required: true, description: 'The account’s password.' }),
    code: t.string({ required: true, description: CODE }),
  }),
  run: async (ctx, input) => {
    const setCookie = cookieSetter(ctx);
    const { secret, ...done } = await disableSecondFactor(ctx, input);
    setCookie(secret);
    return done;
  },
  payload: (t) => ({
    account: t.field({ type: Account, description: 'The account.', resolve: ({ account }) => account }),
  }),
  refusals: ['SignInRefused', 'SecondFactorRefused'],
});

mutation('renewRecoveryCodes', {
  description:
    'Makes new recovery codes, shown this once; the ones before are void. For who is signed in by cookie. The owner is ' +
    'told by mail.',
  input: (t) => ({ code: t.string({ required: true, description: CODE }) }),
  run: (ctx, input) => renewRecoveryCodes(ctx, input),
  payload: (t) => ({
    recoveryCodes: t.exposeStringList('recoveryCodes', { description: RECOVERY_CODES }),
  }),
  refusals: ['SignInRefused', 'SecondFactorRefused'],
});
