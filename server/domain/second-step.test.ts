import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { signInFailures } from '../db/tables/rate-limits.ts';
import { pendingSignIns } from '../db/tables/second-factors.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { mailsTo, STRONG_PASSWORD, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { codeOf, complete, STEP_MS, setUpApp, tokenFor, tokenOf, wrongCodeFor } from '../testing/second-factor.ts';
import { authenticate } from './authenticate.ts';
import { cleanUp } from './clean-up.ts';
import { streamOf } from './event-log.ts';
import { changePassword, requestPasswordReset, resetPassword } from './password-changes.ts';
import { PENDING_SIGN_IN_TTL_MS } from './pending-sign-ins.ts';
import { DAY_MS, MINUTE_MS } from './rate-limits.ts';
import { completeSignIn, signIn } from './sign-in.ts';
import { codeAttempts, FAILURES_UNTIL_RESET, FREE_FAILURES, forgiveFailures } from './sign-in-attempts.ts';

/** Signing in to an account that has a second factor. */

const ANYBODY = { kind: 'anonymous' } as const;
const ANA = 'ana@example.test';

async function ana(app: TestApp) {
  const who = await buildAccount(app, { email: ANA });
  return { who, ...(await setUpApp(app, who)) };
}

const sessionsOf = (app: TestApp, accountId: string) =>
  app.services.db.read.select().from(authSessions).where(eq(authSessions.accountId, accountId));

describe('the two steps', () => {
  it('the password alone signs nobody in; with a code of the app it does', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    const asked = signIn(app.as(ANYBODY), { email: ANA, password: PASSWORD });
    const needed = await refusalOf(asked, 'SECOND_FACTOR_NEEDED');
    expect(needed).toMatchObject({ type: 'SecondFactorNeeded', path: [] });
    expect(needed.details['expiresAt']).toBe(app.clock.now() + PENDING_SIGN_IN_TTL_MS);
    expect(await sessionsOf(app, who.account.id)).toHaveLength(1);
    const events = await listenTo(app.as(ANYBODY), streamOf.account(who.account.id));
    const entered = await complete(app, tokenOf(needed), codeOf(app, secret));
    expect(entered).toMatchObject({ account: { id: who.account.id }, recoveryCodesLeft: null });
    expect(await authenticate(app.services, { sessionCookie: entered.secret })).toMatchObject({
      accountId: who.account.id,
    });
    expect(await events.next()).toMatchObject({
      change: 'SIGNED_IN',
      actor: { kind: 'ACCOUNT', id: who.account.id },
      after: { secondFactor: 'APP' },
    });
  });

  it('a wrong password is answered as without a second factor', async () => {
    const app = await testApp();
    await ana(app);
    const input = { email: ANA, password: 'not the password' };
    const wrong = await refusalOf(signIn(app.as(ANYBODY), input), 'WRONG_CREDENTIALS');
    const unknown = await refusalOf(
      signIn(app.as(ANYBODY), { ...input, email: 'nobody@example.test' }),
      'WRONG_CREDENTIALS',
    );
    expect({ ...wrong }).toEqual({ ...unknown });
  });

  it('the token has 256 random bits, and the database knows only a hash of it', async () => {
    const app = await testApp();
    const { who } = await ana(app);
    const token = await tokenFor(app, who);
    expect(Buffer.from(token.replace('bkn_sgn_', ''), 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await app.services.db.read.select().from(pendingSignIns))).not.toContain(token);
    await denialOf(authenticate(app.services, { bearer: token }), 'UNAUTHENTICATED');
    await denialOf(authenticate(app.services, { sessionCookie: token }), 'UNAUTHENTICATED');
  });

  it('the token works until, not at, ten minutes after the password', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    for (const [wait, works] of [
      [PENDING_SIGN_IN_TTL_MS - 1, true],
      [PENDING_SIGN_IN_TTL_MS, false],
      [PENDING_SIGN_IN_TTL_MS + 1, false],
    ] as const) {
      app.clock.advance(STEP_MS);
      const token = await tokenFor(app, who);
      app.clock.advance(wait);
      const asked = complete(app, token, codeOf(app, secret));
      if (works) await asked;
      else await refusalOf(asked, 'SIGN_IN_LAPSED');
    }
    await cleanUp(app.as({ kind: 'system' }));
    expect(await app.services.db.read.select().from(pendingSignIns)).toEqual([]);
  });

  it('a token that was used, has lapsed, is void or never was is answered alike, and counts for nobody', async () => {
    const app = await testApp();
    const { who, ctx, secret, recoveryCodes } = await ana(app);
    const lapsed = await tokenFor(app, who);
    app.clock.advance(PENDING_SIGN_IN_TTL_MS);
    const used = await tokenFor(app, who);
    await complete(app, used, codeOf(app, secret));
    const voided = await tokenFor(app, who);
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD });
    const answers = [];
    for (const token of [used, lapsed, voided, 'bkn_sgn_unknown', '', '\u0000', 'x'.repeat(10_000)]) {
      answers.push({ ...(await refusalOf(complete(app, token, recoveryCodes[0] ?? ''), 'SIGN_IN_LAPSED')) });
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await app.services.db.read.select().from(signInFailures)).toEqual([]);
  });

  it('a token lets in once, also where it comes many times at once', async () => {
    const app = await testApp();
    const { who, recoveryCodes } = await ana(app);
    const token = await tokenFor(app, who);
    const outcomes = await Promise.allSettled(recoveryCodes.slice(0, 4).map((code) => complete(app, token, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sessionsOf(app, who.account.id)).toHaveLength(2);
  });

  it('API-02 the same key gives the same sign-in in both steps, but to no wrong code', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    const first = { email: ANA, password: PASSWORD, idempotencyKey: 'first' };
    const tokens = [];
    for (let n = 0; n < 2; n++) {
      tokens.push(tokenOf(await refusalOf(signIn(app.as(ANYBODY), first), 'SECOND_FACTOR_NEEDED')));
    }
    expect(tokens[0]).toBe(tokens[1]);
    const second = { token: tokens[0] ?? '', code: codeOf(app, secret), idempotencyKey: 'second' };
    const entered = await completeSignIn(app.as(ANYBODY), second);
    expect((await completeSignIn(app.as(ANYBODY), second)).secret).toBe(entered.secret);
    await denialOf(completeSignIn(app.as(ANYBODY), { ...second, code: '000000' }), 'IDEMPOTENCY_KEY_REUSED');
    expect(await sessionsOf(app, who.account.id)).toHaveLength(2);
  });

  it('a password that is changed or reset meanwhile voids what waits, and the second factor stays', async () => {
    const app = await testApp();
    const { who, ctx, secret } = await ana(app);
    const before = await tokenFor(app, who);
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD });
    await refusalOf(complete(app, before, codeOf(app, secret)), 'SIGN_IN_LAPSED');
    const between = await tokenFor(app, who, STRONG_PASSWORD);
    await requestPasswordReset(app.as(ANYBODY), { email: ANA });
    const link = tokenIn((await mailsTo(app, ANA)).find(({ subject }) => subject === 'Choose a new password'));
    await resetPassword(app.as(ANYBODY), { token: link, password: 'eight violet tractors hum' });
    await refusalOf(complete(app, between, codeOf(app, secret)), 'SIGN_IN_LAPSED');
    await complete(app, await tokenFor(app, who, 'eight violet tractors hum'), codeOf(app, secret));
  });

  it('devices, the operator and API tokens complete nothing', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    const input = { token: await tokenFor(app, who), code: codeOf(app, secret) };
    const via = { kind: 'token', id: 'tok_1', scopes: ['READ', 'ACCOUNT'] } as const;
    for (const principal of [
      { kind: 'operator' },
      { kind: 'device', deviceId: 'dev_1' },
      { ...who.principal, via },
    ] as const) {
      await denialOf(completeSignIn(app.as(principal), input), 'FORBIDDEN');
    }
  });
});

describe('codes of the app', () => {
  it('RFC 6238 5.2 one is taken in its own step, one before and one after it', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    for (const [steps, taken] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      app.clock.advance(5 * STEP_MS);
      const asked = complete(app, await tokenFor(app, who), codeOf(app, secret, steps));
      if (taken) await asked;
      else await refusalOf(asked, 'WRONG_CODE');
    }
  });

  it('RFC 6238 5.2 each is taken once, and none after a later one', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    const [token, other] = [await tokenFor(app, who), await tokenFor(app, who)];
    await complete(app, token, codeOf(app, secret));
    for (const steps of [0, -1]) await refusalOf(complete(app, other, codeOf(app, secret, steps)), 'WRONG_CODE');
    app.clock.advance(STEP_MS);
    await refusalOf(complete(app, other, codeOf(app, secret, -1)), 'WRONG_CODE');
    await complete(app, other, codeOf(app, secret));
  });

  // On SQLite two nodes would be two processes: within one, they would hold up each other's event loop.
  const where = databaseEngine() === 'postgres' ? 'from two nodes' : 'from one node';
  it(`of one code that is used many times at once, ${where}, one lets in, each time`, async () => {
    const app = await testApp();
    const nodes = databaseEngine() === 'postgres' ? [app, await app.anotherNode()] : [app];
    const { who, secret, recoveryCodes } = await ana(app);
    for (let round = 0; round < 10; round++) {
      app.clock.advance(STEP_MS);
      const code = round % 2 === 0 ? codeOf(app, secret) : (recoveryCodes[round] ?? '');
      const tokens = [];
      for (let n = 0; n < 4; n++) tokens.push(await tokenFor(app, who));
      const outcomes = await Promise.allSettled(
        tokens.map((token, n) => complete(nodes[n % nodes.length] ?? app, token, code)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'WRONG_CODE' });
      }
      // Failures that were counted after the success would make the next rounds wait.
      await app.services.db.write(({ q }) => forgiveFailures(q, codeAttempts(who.account.id)));
    }
    expect(await sessionsOf(app, who.account.id)).toHaveLength(11);
  });
});

describe('recovery codes', () => {
  it('each lets in once, however it is written; the owner is told, and how many are left', async () => {
    const app = await testApp();
    const { who, recoveryCodes } = await ana(app);
    const [code = '', other = ''] = recoveryCodes;
    const written = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    expect(await complete(app, await tokenFor(app, who), written)).toMatchObject({ recoveryCodesLeft: 9 });
    const [mail] = await mailsTo(app, ANA);
    expect(mail?.subject).toBe('A recovery code was used');
    expect(mail?.body).toContain('Codes left: 9.');
    const token = await tokenFor(app, who);
    await refusalOf(complete(app, token, code), 'WRONG_CODE');
    expect(await complete(app, token, other)).toMatchObject({ recoveryCodesLeft: 8 });
  });

  it('another account’s does not', async () => {
    const app = await testApp();
    const { who } = await ana(app);
    const ben = await setUpApp(app, await buildAccount(app));
    await refusalOf(complete(app, await tokenFor(app, who), ben.recoveryCodes[0] ?? ''), 'WRONG_CODE');
  });
});

describe('guessing codes', () => {
  it('five wrong ones are free, then the next try waits, whatever the token and however often the password is given', async () => {
    const app = await testApp();
    const { who, secret, recoveryCodes } = await ana(app);
    for (let n = 0; n < FREE_FAILURES; n++) {
      await refusalOf(complete(app, await tokenFor(app, who), wrongCodeFor(app, secret)), 'WRONG_CODE');
    }
    const token = await tokenFor(app, who);
    const refused = await refusalOf(complete(app, token, codeOf(app, secret)), 'TOO_MANY_ATTEMPTS');
    expect(refused).toMatchObject({ path: ['code'], details: { retryAfterSeconds: 60 } });
    app.clock.advance(MINUTE_MS - 1);
    await refusalOf(complete(app, token, recoveryCodes[0] ?? ''), 'TOO_MANY_ATTEMPTS');
    app.clock.advance(1);
    await refusalOf(complete(app, token, wrongCodeFor(app, secret)), 'WRONG_CODE');
    app.clock.advance(2 * MINUTE_MS - 1);
    await refusalOf(complete(app, token, codeOf(app, secret)), 'TOO_MANY_ATTEMPTS');
    app.clock.advance(1);
    await complete(app, token, codeOf(app, secret));
    // A right code starts the count anew.
    for (let n = 0; n < FREE_FAILURES; n++) {
      await refusalOf(complete(app, await tokenFor(app, who), wrongCodeFor(app, secret)), 'WRONG_CODE');
    }
  });

  it('ASVS 6.3.5 the owner is told by mail when the free ones are used up, once for each row of them', async () => {
    const app = await testApp();
    const { who, secret, recoveryCodes } = await ana(app);
    const told = async () => (await mailsTo(app, ANA)).filter(({ subject }) => subject.startsWith('Somebody knows'));
    const token = await tokenFor(app, who);
    const guess = () => complete(app, token, wrongCodeFor(app, secret));
    for (let n = 0; n < FREE_FAILURES; n++) {
      expect(await told()).toEqual([]);
      await refusalOf(guess(), 'WRONG_CODE');
    }
    const [mail] = await told();
    expect(mail?.body).toContain('http://beckon.test/forgot-password');
    app.clock.advance(MINUTE_MS);
    await refusalOf(guess(), 'WRONG_CODE');
    expect(await told()).toHaveLength(1);
    app.clock.advance(2 * MINUTE_MS);
    await complete(app, token, recoveryCodes[0] ?? '');
    const again = await tokenFor(app, who);
    const more = Array.from({ length: FREE_FAILURES }, () => complete(app, again, wrongCodeFor(app, secret)));
    await Promise.allSettled(more);
    expect(await told()).toHaveLength(2);
  });

  it('guesses that are made all at once are counted one by one', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    const token = await tokenFor(app, who);
    const guesses = Array.from({ length: 12 }, () => complete(app, token, wrongCodeFor(app, secret)));
    const outcomes = await Promise.allSettled(guesses);
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    expect(codes.filter((code) => code === 'WRONG_CODE')).toHaveLength(FREE_FAILURES);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(12 - FREE_FAILURES);
  });

  it('after a hundred wrong ones in a row only a new password, by mail, helps', async () => {
    const app = await testApp();
    const { who, secret } = await ana(app);
    await app.services.db.write(async ({ q }) => {
      const emailKey = codeAttempts(who.account.id);
      const blockedUntil = app.clock.now();
      await q.insert(signInFailures).values({ emailKey, failures: FAILURES_UNTIL_RESET - 1, blockedUntil });
    });
    await refusalOf(complete(app, await tokenFor(app, who), wrongCodeFor(app, secret)), 'WRONG_CODE');
    app.clock.advance(365 * DAY_MS);
    const refused = complete(app, await tokenFor(app, who), codeOf(app, secret));
    expect((await refusalOf(refused, 'TOO_MANY_ATTEMPTS')).details).toEqual({ retryAfterSeconds: null });
    await requestPasswordReset(app.as(ANYBODY), { email: ANA });
    await resetPassword(app.as(ANYBODY), { token: tokenIn((await mailsTo(app, ANA))[0]), password: STRONG_PASSWORD });
    await complete(app, await tokenFor(app, who, STRONG_PASSWORD), codeOf(app, secret));
  });

  it('one network address may try twenty times a minute, whatever the accounts', async () => {
    const app = await testApp({ SIGN_INS_PER_MINUTE: '20' });
    for (let n = 0; n < 20; n++) await refusalOf(complete(app, `bkn_sgn_${n}`, '000000'), 'SIGN_IN_LAPSED');
    await denialOf(complete(app, 'bkn_sgn_x', '000000'), 'TOO_MANY_REQUESTS');
    app.clock.advance(MINUTE_MS);
    await refusalOf(complete(app, 'bkn_sgn_x', '000000'), 'SIGN_IN_LAPSED');
  });
});
