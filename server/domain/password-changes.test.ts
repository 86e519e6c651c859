import { describe, expect, it } from 'vitest';
import { signInFailures } from '../db/tables/rate-limits.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { mailsTo, STRONG_PASSWORD, signedIn, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { findAccountByEmail } from './accounts.ts';
import { createApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { followAccount } from './inboxes.ts';
import { changePassword, requestPasswordReset, resetPassword } from './password-changes.ts';
import { HOUR_MS } from './rate-limits.ts';
import { signIn } from './sign-in.ts';
import { FAILURES_UNTIL_RESET } from './sign-in-attempts.ts';
import { verifyEmail } from './sign-up.ts';

const ANYBODY = { kind: 'anonymous' } as const;
const ANA = 'ana@example.test';

const ask = (app: TestApp, email = ANA) => requestPasswordReset(app.as(ANYBODY), { email });
const reset = (app: TestApp, token: string, password = STRONG_PASSWORD) =>
  resetPassword(app.as(ANYBODY), { token, password });
const enter = (app: TestApp, password: string) => signIn(app.as(ANYBODY), { email: ANA, password });
const principalOf = (app: TestApp, secret: string) => authenticate(app.services, { sessionCookie: secret });

/** Asks for a link and reads it from the mail. */
async function resetToken(app: TestApp): Promise<string> {
  app.clock.advance(1);
  await ask(app);
  return tokenIn((await mailsTo(app, ANA))[0]);
}

describe('a forgotten password', () => {
  it('the mailed link sets a new one, ends all sign-ins at once, and signs nobody in', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const { ctx, secret } = await signedIn(app, ana);
    const inbox = await followAccount(ctx, null);
    const ended = denialOf(inbox.next(), 'UNAUTHENTICATED');
    expect(await reset(app, await resetToken(app))).toEqual({ email: ANA });
    await ended;
    await denialOf(principalOf(app, secret), 'UNAUTHENTICATED');
    await refusalOf(enter(app, PASSWORD), 'WRONG_CREDENTIALS');
    await enter(app, STRONG_PASSWORD);
    expect((await mailsTo(app, ANA)).map(({ subject }) => subject)).toContain('Your password was changed');
  });

  it('it works once, also where it is used many times at once', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA });
    const token = await resetToken(app);
    const passwords = ['seven violet tractors', 'eight violet tractors', 'nine violet tractors'];
    const outcomes = await Promise.allSettled(passwords.map((password) => reset(app, token, password)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refusalOf(reset(app, token), 'LINK_SPENT');
  });

  it('it works until, not at, an hour after it was sent', async () => {
    for (const [wait, works] of [
      [HOUR_MS - 1, true],
      [HOUR_MS, false],
      [HOUR_MS + 1, false],
    ] as const) {
      const app = await testApp();
      await buildAccount(app, { email: ANA });
      const token = await resetToken(app);
      app.clock.advance(wait);
      if (works) await reset(app, token);
      else expect((await refusalOf(reset(app, token), 'LINK_EXPIRED')).path).toEqual(['token']);
    }
  });

  it('a newer link voids the one before, and so does a changed password', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const first = await resetToken(app);
    const second = await resetToken(app);
    await refusalOf(reset(app, first), 'LINK_SPENT');
    const { ctx } = await signedIn(app, ana);
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD });
    await refusalOf(reset(app, second), 'LINK_SPENT');
  });

  it('an unfit password is refused and leaves the link as it was', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA });
    const token = await resetToken(app);
    expect((await refusalOf(reset(app, token, 'short'), 'TOO_SHORT')).path).toEqual(['password']);
    await refusalOf(reset(app, token, 'password1234'), 'PASSWORD_TOO_COMMON');
    await reset(app, token);
  });

  it('a verification link is no reset link, nor the other way about', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA, verifiedAt: null });
    const token = await resetToken(app);
    await refusalOf(verifyEmail(app.as(ANYBODY), { token }), 'LINK_UNKNOWN');
    await refusalOf(reset(app, 'bkn_lnk_unknown'), 'LINK_UNKNOWN');
  });

  it('the link proves the address, so that the account is verified by it', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA, verifiedAt: null });
    await reset(app, await resetToken(app));
    expect((await findAccountByEmail(app.services.db.read, ANA))?.verifiedAt).toBe(app.clock.now());
  });

  it('it lets in again after too many wrong passwords', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA });
    await app.services.db.write(async ({ q }) => {
      const blockedUntil = Number.MAX_SAFE_INTEGER;
      await q.insert(signInFailures).values({ emailKey: ANA, failures: FAILURES_UNTIL_RESET, blockedUntil });
    });
    await refusalOf(enter(app, PASSWORD), 'TOO_MANY_ATTEMPTS');
    await reset(app, await resetToken(app));
    await enter(app, STRONG_PASSWORD);
  });

  it('asking answers alike for an unknown address, and sends nothing', async () => {
    const app = await testApp();
    expect(await ask(app, 'nobody@example.test')).toEqual({ email: 'nobody@example.test' });
    expect(await mailsTo(app, 'nobody@example.test')).toEqual([]);
    for (let n = 0; n < 2; n++) await ask(app, 'nobody@example.test');
    await denialOf(ask(app, 'nobody@example.test'), 'TOO_MANY_REQUESTS');
  });

  it('API-02 the same key answers as the first time, though the link is spent', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA });
    const input = { token: await resetToken(app), password: STRONG_PASSWORD, idempotencyKey: 'once' };
    expect(await resetPassword(app.as(ANYBODY), input)).toEqual(await resetPassword(app.as(ANYBODY), input));
  });
});

describe('changing the password', () => {
  it('ends every other sign-in at once; this one goes on, with a new secret', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const here = await signedIn(app, ana);
    const there = await signedIn(app, ana);
    const ended = denialOf((await followAccount(there.ctx, null)).next(), 'UNAUTHENTICATED');
    const inbox = await followAccount(here.ctx, null);
    const { secret } = await changePassword(here.ctx, { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD });
    await ended;
    expect(await inbox.next()).toMatchObject({ value: { concept: 'account', change: 'PASSWORD_CHANGED' } });
    await inbox.return?.();
    await denialOf(principalOf(app, here.secret), 'UNAUTHENTICATED');
    await denialOf(principalOf(app, there.secret), 'UNAUTHENTICATED');
    expect(await principalOf(app, secret)).toMatchObject({ accountId: ana.account.id });
    await enter(app, STRONG_PASSWORD);
  });

  it('takes the present password; wrong ones count like those at signing in', async () => {
    const app = await testApp();
    const { ctx } = await signedIn(app, await buildAccount(app, { email: ANA }));
    const guess = () => changePassword(ctx, { currentPassword: 'not the password', newPassword: STRONG_PASSWORD });
    for (let n = 0; n < 5; n++) {
      expect((await refusalOf(guess(), 'WRONG_CREDENTIALS')).path).toEqual(['currentPassword']);
    }
    await refusalOf(guess(), 'TOO_MANY_ATTEMPTS');
    await refusalOf(enter(app, PASSWORD), 'TOO_MANY_ATTEMPTS');
  });

  it('is not for API tokens, whatever their scopes', async () => {
    const app = await testApp();
    const { ctx } = await signedIn(app, await buildAccount(app));
    const { secret } = await createApiToken(ctx, { name: 'all', scopes: ['READ', 'ACCOUNT'] });
    const token = app.as(await authenticate(app.services, { bearer: secret }));
    const input = { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD };
    await denialOf(changePassword(token, input), 'FORBIDDEN');
    await denialOf(changePassword(app.as(ANYBODY), input), 'UNAUTHENTICATED');
  });

  it('a sign-in with the old password that is under way does not survive the change', async () => {
    const app = await testApp();
    await buildAccount(app, { email: ANA });
    let from = PASSWORD;
    for (let round = 0; round < 5; round++) {
      const to = `${STRONG_PASSWORD} ${round}`;
      const ctx = app.as(await principalOf(app, (await enter(app, from)).secret));
      const [changed, entered] = await Promise.allSettled([
        changePassword(ctx, { currentPassword: from, newPassword: to }),
        enter(app, from),
      ]);
      expect(changed.status).toBe('fulfilled');
      if (entered.status === 'fulfilled') await denialOf(principalOf(app, entered.value.secret), 'UNAUTHENTICATED');
      else expect(entered.reason).toMatchObject({ code: 'WRONG_CREDENTIALS' });
      from = to;
    }
  });
});
