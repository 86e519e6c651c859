import { expect, it } from 'vitest';
import { sessionCookieName } from '../domain/sign-in.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { type Answer, httpApi } from '../testing/http.ts';
import { operate } from '../testing/operations.ts';
import { signedIn } from '../testing/people.ts';
import { codeOf, STEP_MS, setUpApp, wrongCodeFor } from '../testing/second-factor.ts';

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) {
    __typename
    ... on SignInPayload { account { email } }
    ... on SecondFactorNeeded { token expiresAt }
    ... on UserError { code message path }
  }
}`;
const COMPLETE = `mutation ($token: String!, $code: String!) {
  completeSignIn(input: { token: $token, code: $code }) {
    __typename
    ... on CompleteSignInPayload { account { email } recoveryCodesLeft }
    ... on UserError { code message path }
    ... on SignInRefused { retryAfterSeconds }
  }
}`;
const VIEWER = '{ viewer { account { email secondFactor { enabled since recoveryCodesLeft } } } }';

/** The secret of the cookie that an answer set; null where it set none. */
function cookieOf(app: TestApp, { headers }: Answer): string | null {
  const [, secret = null] =
    new RegExp(`${sessionCookieName(app.config)}=([^;]+);`).exec(headers.get('set-cookie') ?? '') ?? [];
  return secret;
}

it('an app is set up, signs in in two steps, and is turned off again, as a browser does it', async () => {
  const app = await testApp();
  const who = await buildAccount(app);
  const { secret: first } = await signedIn(app, who);
  const api = await httpApi(app);
  const setUp = await api.post(
    `mutation ($password: String!) { setUpSecondFactor(input: { password: $password }) {
      ... on SetUpSecondFactorPayload { uri secret } ... on UserError { code }
    } }`,
    { password: PASSWORD },
    { session: first },
  );
  const { secret, uri } = setUp.data.setUpSecondFactor;
  expect(new URL(uri).searchParams.get('secret')).toBe(secret);
  const off = { enabled: false, since: null, recoveryCodesLeft: 0 };
  expect((await api.post(VIEWER, {}, { session: first })).data.viewer.account.secondFactor).toEqual(off);

  const confirmed = await api.post(
    `mutation ($code: String!) { confirmSecondFactor(input: { code: $code }) {
      ... on ConfirmSecondFactorPayload { recoveryCodes account { secondFactor { enabled recoveryCodesLeft } } }
      ... on UserError { code }
    } }`,
    { code: codeOf(app, secret) },
    { session: first },
  );
  const { recoveryCodes, account } = confirmed.data.confirmSecondFactor;
  expect(account.secondFactor).toEqual({ enabled: true, recoveryCodesLeft: 10 });
  expect((await api.post(VIEWER, {}, { session: first })).status).toBe(401);
  const session = cookieOf(app, confirmed) ?? '';
  expect((await api.post(VIEWER, {}, { session })).data.viewer.account.secondFactor).toEqual({
    enabled: true,
    since: '2026-01-01T00:00:00.000Z',
    recoveryCodesLeft: 10,
  });

  app.clock.advance(STEP_MS);
  const asked = await api.post(SIGN_IN, { email: who.account.email, password: PASSWORD });
  expect(asked.data.signIn).toEqual({
    __typename: 'SecondFactorNeeded',
    token: expect.stringMatching(/^bkn_sgn_/),
    expiresAt: '2026-01-01T00:10:30.000Z',
    code: 'SECOND_FACTOR_NEEDED',
    message: 'Enter the code that your authenticator app shows, or a recovery code.',
    path: [],
  });
  expect(cookieOf(app, asked)).toBeNull();
  const { token } = asked.data.signIn;
  const wrong = await api.post(COMPLETE, { token, code: wrongCodeFor(app, secret) });
  expect(wrong.data.completeSignIn).toMatchObject({ __typename: 'SignInRefused', code: 'WRONG_CODE', path: ['code'] });
  expect(cookieOf(app, wrong)).toBeNull();
  const done = await api.post(COMPLETE, { token, code: recoveryCodes[0] });
  expect(done.data.completeSignIn).toEqual({
    __typename: 'CompleteSignInPayload',
    account: { email: who.account.email },
    recoveryCodesLeft: 9,
  });
  const entered = cookieOf(app, done) ?? '';
  expect((await api.post(VIEWER, {}, { session: entered })).data.viewer.account.email).toBe(who.account.email);

  const turnedOff = await api.post(
    `mutation ($password: String!, $code: String!) { disableSecondFactor(input: { password: $password, code: $code }) {
      ... on DisableSecondFactorPayload { account { secondFactor { enabled since recoveryCodesLeft } } }
      ... on UserError { code }
    } }`,
    { password: PASSWORD, code: codeOf(app, secret) },
    { session: entered },
  );
  expect(turnedOff.data.disableSecondFactor.account.secondFactor).toEqual(off);
  const again = await api.post(SIGN_IN, { email: who.account.email, password: PASSWORD });
  expect(again.data.signIn).toEqual({ __typename: 'SignInPayload', account: { email: who.account.email } });
});

it('what sets a cookie is refused over WebSocket, before anything happens', async () => {
  const app = await testApp();
  const { ctx, secret } = await setUpApp(app, await buildAccount(app));
  for (const operation of [
    `completeSignIn(input: { token: "bkn_sgn_x", code: "000000" })`,
    `confirmSecondFactor(input: { code: "000000" })`,
    `disableSecondFactor(input: { password: "${PASSWORD}", code: "${codeOf(app, secret)}" })`,
  ]) {
    const { errors } = await operate(ctx, `mutation { ${operation} { __typename } }`);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN', details: { allowed: 'HTTP' } });
  }
});

it('API-08 refusals of codes speak French, too', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const french = { headers: { 'accept-language': 'fr' } };
  const { data } = await api.post(COMPLETE, { token: 'bkn_sgn_x', code: '000000' }, french);
  expect(data.completeSignIn).toEqual({
    __typename: 'SignInRefused',
    code: 'SIGN_IN_LAPSED',
    message: 'Cette connexion ne peut plus aboutir. Recommencez avec votre mot de passe.',
    path: ['token'],
    retryAfterSeconds: null,
  });
});
