import { describe, expect, it } from 'vitest';
import { accounts } from '../db/tables/accounts.ts';
import { links } from '../db/tables/links.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import {
  mailsTo,
  STRONG_PASSWORD,
  signedIn,
  signUpAs,
  signUpInput,
  solvedCaptcha,
  tokenIn,
} from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { findAccountByEmail, getOwnAccount } from './accounts.ts';
import { createCompany } from './companies.ts';
import { EULA_VERSION } from './eula.ts';
import { streamOf } from './event-log.ts';
import { forgetLinks } from './links.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './rate-limits.ts';
import type { RefusalCode } from './refusals.ts';
import { signIn } from './sign-in.ts';
import {
  MAILS_PER_5_MINUTES,
  MAILS_PER_DAY,
  requestVerification,
  type SignUpInput,
  signUp,
  verifyEmail,
} from './sign-up.ts';

const ANYBODY = { kind: 'anonymous' } as const;
const ANA = 'ana@example.test';

const accountCount = async (app: TestApp) => (await app.services.db.read.select().from(accounts)).length;
const verify = (app: TestApp, token: string) => verifyEmail(app.as(ANYBODY), { token });
const resend = (app: TestApp, email = ANA) => requestVerification(app.as(ANYBODY), { email });

describe('signing up', () => {
  it('LIC-05 with address, name, password, agreement and captcha makes an account that is unverified', async () => {
    const app = await testApp();
    expect(await signUpAs(app, { email: ' Ana@Example.test ', language: 'fr' })).toEqual({ email: 'Ana@Example.test' });
    expect(await findAccountByEmail(app.services.db.read, ANA)).toMatchObject({
      email: 'Ana@Example.test',
      name: 'Ana',
      language: 'fr',
      eulaVersion: EULA_VERSION,
      eulaAcceptedAt: app.clock.now(),
      verifiedAt: null,
    });
  });

  const missing: [string, Partial<SignUpInput>, RefusalCode, string][] = [
    ['no address', { email: ' ' }, 'REQUIRED', 'email'],
    ['what is no address', { email: 'ana at example' }, 'INVALID_EMAIL', 'email'],
    [
      'an address with a line break in it',
      { email: 'ana@example.test\r\nBcc: all@example.test' },
      'INVALID_CHARACTERS',
      'email',
    ],
    ['an address that is too long', { email: `${'a'.repeat(250)}@example.test` }, 'TOO_LONG', 'email'],
    ['no name', { name: '' }, 'REQUIRED', 'name'],
    ['a name with control characters', { name: 'Ana\u0000' }, 'INVALID_CHARACTERS', 'name'],
    ['no password', { password: '' }, 'REQUIRED', 'password'],
    ['a short password', { password: 'short' }, 'TOO_SHORT', 'password'],
    ['a common password', { password: 'password1234' }, 'PASSWORD_TOO_COMMON', 'password'],
    ['a password made of the address', { password: 'Ana@example.test' }, 'PASSWORD_TOO_COMMON', 'password'],
    ['no acceptance', { acceptEula: false }, 'EULA_NOT_ACCEPTED', 'acceptEula'],
    ['an agreement that is not in force', { eulaVersion: '2020-01-01' }, 'EULA_NOT_ACCEPTED', 'eulaVersion'],
    ['no captcha', { captcha: '' }, 'CAPTCHA_FAILED', 'captcha'],
  ];
  it.each(missing)(
    'LIC-05…07 with %s it is refused by name, and leaves no account',
    async (_what, input, code, field) => {
      const app = await testApp();
      const refusal = await refusalOf(signUpAs(app, input), code);
      expect(refusal.path).toEqual([field]);
      expect(await accountCount(app)).toBe(0);
    },
  );

  it('LIC-07 a refusal does not use the captcha up', async () => {
    const app = await testApp();
    const captcha = await solvedCaptcha(app);
    await refusalOf(signUpAs(app, { captcha, password: 'short' }), 'TOO_SHORT');
    await signUpAs(app, { captcha });
  });

  it('a known address is answered alike, changes nothing, and its owner is told by mail in their language', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app, { email: ANA, language: 'fr' });
    expect(await signUpAs(app, { email: 'ANA@example.test', name: 'Somebody else' })).toEqual({
      email: 'ANA@example.test',
    });
    expect(await findAccountByEmail(app.services.db.read, ANA)).toEqual(account);
    const [mail] = await mailsTo(app, ANA);
    expect(mail?.subject).toBe('Vous avez déjà un compte Beckon');
    expect(mail?.body).toContain('http://beckon.test/forgot-password');
    expect(mail?.body).not.toContain('token=');
  });

  it('of several sign-ups with one address at once, one makes the account', async () => {
    const app = await testApp();
    const inputs = await Promise.all(['A', 'B', 'C'].map((name) => signUpInput(app, { name })));
    await Promise.all(inputs.map((input) => signUp(app.as(ANYBODY), input)));
    expect(await accountCount(app)).toBe(1);
    expect((await mailsTo(app, ANA)).map(({ subject }) => subject).sort()).toEqual([
      'Confirm your e-mail address',
      'You already have a Beckon account',
      'You already have a Beckon account',
    ]);
  });

  it('API-02 the same key answers as the first time, though the captcha is spent', async () => {
    const app = await testApp();
    const input = { ...(await signUpInput(app)), idempotencyKey: 'again' };
    expect(await signUp(app.as(ANYBODY), input)).toEqual(await signUp(app.as(ANYBODY), input));
    expect(await mailsTo(app, ANA)).toHaveLength(1);
    await denialOf(signUp(app.as(ANYBODY), { ...input, name: 'Other' }), 'IDEMPOTENCY_KEY_REUSED');
  });

  it('one network address may sign up three times a minute and twenty times an hour', async () => {
    const app = await testApp({ SIGN_UPS_PER_MINUTE: '3', SIGN_UPS_PER_HOUR: '4' });
    const attempt = (n: number) => signUpAs(app, { email: `p${n}@example.test` });
    for (const n of [1, 2, 3]) await attempt(n);
    expect((await denialOf(attempt(4), 'TOO_MANY_REQUESTS')).details['retryAfterSeconds']).toBe(60);
    app.clock.advance(MINUTE_MS);
    await attempt(5);
    await denialOf(attempt(6), 'TOO_MANY_REQUESTS');
  });

  it('API tokens, devices and the operator do not sign up', async () => {
    const app = await testApp();
    await denialOf(signUp(app.as({ kind: 'operator' }), await signUpInput(app)), 'FORBIDDEN');
  });
});

describe('the verification link', () => {
  it('LIC-08 opening it verifies the account, and is told once', async () => {
    const app = await testApp();
    await signUpAs(app);
    const account = await findAccountByEmail(app.services.db.read, ANA);
    const events = await listenTo(app.as(ANYBODY), streamOf.account(account?.id ?? ''));
    const token = tokenIn((await mailsTo(app, ANA))[0]);
    app.clock.advance(HOUR_MS);
    expect(await verify(app, token)).toEqual({ email: ANA, alreadyVerified: false, licence: null });
    expect(await events.changes(1)).toEqual(['account VERIFIED']);
    expect((await findAccountByEmail(app.services.db.read, ANA))?.verifiedAt).toBe(app.clock.now());
  });

  it('LIC-09 opening it twice, also at once, is harmless', async () => {
    const app = await testApp();
    await signUpAs(app);
    const token = tokenIn((await mailsTo(app, ANA))[0]);
    const opened = await Promise.all([verify(app, token), verify(app, token), verify(app, token)]);
    expect(opened.filter(({ alreadyVerified }) => !alreadyVerified)).toHaveLength(1);
    app.clock.advance(2 * DAY_MS);
    expect(await verify(app, token)).toEqual({ email: ANA, alreadyVerified: true, licence: null });
  });

  it('LIC-09 it works until, not at, 24 hours after it was sent; then a new one can be had', async () => {
    for (const [wait, works] of [
      [DAY_MS - 1, true],
      [DAY_MS, false],
      [DAY_MS + 1, false],
    ] as const) {
      const app = await testApp();
      await signUpAs(app);
      const token = tokenIn((await mailsTo(app, ANA))[0]);
      app.clock.advance(wait);
      if (works) {
        expect(await verify(app, token)).toMatchObject({ alreadyVerified: false });
        continue;
      }
      expect((await refusalOf(verify(app, token), 'LINK_EXPIRED')).path).toEqual(['token']);
      await resend(app);
      await verify(app, tokenIn((await mailsTo(app, ANA))[0]));
    }
  });

  it('LIC-09 a newer link voids the one before', async () => {
    const app = await testApp();
    await signUpAs(app);
    const first = tokenIn((await mailsTo(app, ANA))[0]);
    app.clock.advance(1000);
    await resend(app);
    const second = tokenIn((await mailsTo(app, ANA))[0]);
    expect(second).not.toBe(first);
    await refusalOf(verify(app, first), 'LINK_SPENT');
    await verify(app, second);
    expect(await verify(app, first)).toMatchObject({ alreadyVerified: true });
  });

  it('LIC-09 a link that was never sent is refused by name', async () => {
    const app = await testApp();
    for (const token of ['', 'bkn_lnk_unknown', '\u0000', 'x'.repeat(10_000)]) {
      await refusalOf(verify(app, token), 'LINK_UNKNOWN');
    }
  });

  it('only its hash is stored', async () => {
    const app = await testApp();
    await signUpAs(app);
    const token = tokenIn((await mailsTo(app, ANA))[0]);
    expect(JSON.stringify(await app.services.db.read.select().from(links))).not.toContain(token);
    expect(token.length).toBeGreaterThan(40);
  });

  it('links that lapsed a month ago are forgotten', async () => {
    const app = await testApp();
    await signUpAs(app);
    app.clock.advance(31 * DAY_MS);
    await forgetLinks(app.as(ANYBODY));
    expect(await app.services.db.read.select().from(links)).toEqual([]);
  });

  it('asking for a new one answers alike for unknown and verified addresses, and sends nothing', async () => {
    const app = await testApp();
    await buildAccount(app, { email: 'verified@example.test' });
    for (const email of ['nobody@example.test', 'verified@example.test']) {
      expect(await resend(app, email)).toEqual({ email });
      expect(await mailsTo(app, email)).toEqual([]);
    }
    expect(await mailsTo(app, 'nobody@localhost')).toEqual([]);
  });

  it('three new ones in five minutes and ten a day can be had for an address, known or not', async () => {
    const app = await testApp();
    for (const email of [ANA, 'nobody@example.test']) {
      let sent = 0;
      const start = app.clock.now();
      while (sent < MAILS_PER_DAY) {
        for (let n = 0; n < MAILS_PER_5_MINUTES && sent < MAILS_PER_DAY; n++, sent++) await resend(app, email);
        const { details } = await denialOf(resend(app, email), 'TOO_MANY_REQUESTS');
        expect(details['retryAfterSeconds']).toBeGreaterThan(0);
        app.clock.advance(5 * MINUTE_MS);
      }
      await denialOf(resend(app, email), 'TOO_MANY_REQUESTS');
      app.clock.set(start + DAY_MS);
      await resend(app, email);
    }
  });
});

describe('an unverified account', () => {
  it('LIC-08 can sign in and see itself, and nothing else', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { verifiedAt: null });
    const { ctx } = await signedIn(app, ana);
    expect(await getOwnAccount(ctx)).toMatchObject({ id: ana.account.id, verifiedAt: null });
    await denialOf(createCompany(ctx, { name: 'Northwind', namespace: 'north' }), 'EMAIL_NOT_VERIFIED');
  });

  it('the password that was chosen signs in', async () => {
    const app = await testApp();
    await signUpAs(app);
    const { account } = await signIn(app.as(ANYBODY), { email: ANA, password: STRONG_PASSWORD });
    expect(account.email).toBe(ANA);
    await refusalOf(signIn(app.as(ANYBODY), { email: ANA, password: PASSWORD }), 'WRONG_CREDENTIALS');
  });
});
