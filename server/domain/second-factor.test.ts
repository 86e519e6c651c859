import { describe, expect, it } from 'vitest';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { recoveryCodes } from '../db/tables/second-factors.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { mailsTo, signedIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { codeOf, complete, STEP_MS, setUpApp, tokenFor, wrongCodeFor } from '../testing/second-factor.ts';
import { createApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { followAccount } from './inboxes.ts';
import {
  confirmSecondFactor,
  disableSecondFactor,
  getSecondFactor,
  renewRecoveryCodes,
  setUpSecondFactor,
} from './second-factor.ts';
import { signIn } from './sign-in.ts';
import { FREE_FAILURES } from './sign-in-attempts.ts';

const ANYBODY = { kind: 'anonymous' } as const;
const ANA = 'ana@example.test';

const principalOf = (app: TestApp, secret: string) => authenticate(app.services, { sessionCookie: secret });
const setUp = { password: PASSWORD };

describe('setting an authenticator app up', () => {
  it('shows the secret, and changes nothing until a first code has confirmed it', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const { ctx } = await signedIn(app, ana);
    const { secret, uri } = await setUpSecondFactor(ctx, setUp);
    expect(uri).toBe(`otpauth://totp/Beckon:ana%40example.test?secret=${secret}&issuer=Beckon`);
    expect(await getSecondFactor(ctx)).toEqual({ since: null, recoveryCodesLeft: 0, required: false });
    await signedIn(app, ana);
    const since = app.clock.now();
    const confirmed = await confirmSecondFactor(ctx, { code: codeOf(app, secret) });
    expect(confirmed.recoveryCodes).toHaveLength(10);
    expect(new Set(confirmed.recoveryCodes).size).toBe(10);
    for (const code of confirmed.recoveryCodes) expect(code).toMatch(/^[a-z2-7]{6}(-[a-z2-7]{6}){3}$/);
    expect(await getSecondFactor(ctx)).toEqual({ since, recoveryCodesLeft: 10, required: false });
    await tokenFor(app, ana);
  });

  it('the database knows only hashes of the recovery codes', async () => {
    const app = await testApp();
    const { recoveryCodes: codes } = await setUpApp(app, await buildAccount(app));
    const stored = JSON.stringify(await app.services.db.read.select().from(recoveryCodes));
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''));
  });

  it('takes the password; wrong ones count like those at signing in', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const { ctx } = await signedIn(app, ana);
    const guess = () => setUpSecondFactor(ctx, { password: 'not the password' });
    for (let n = 0; n < FREE_FAILURES; n++) {
      expect((await refusalOf(guess(), 'WRONG_CREDENTIALS')).path).toEqual(['password']);
    }
    await refusalOf(setUpSecondFactor(ctx, setUp), 'TOO_MANY_ATTEMPTS');
    await refusalOf(signIn(app.as(ANYBODY), { email: ana.account.email, password: PASSWORD }), 'TOO_MANY_ATTEMPTS');
  });

  it('doing it again voids the secret before', async () => {
    const app = await testApp();
    const { ctx } = await signedIn(app, await buildAccount(app));
    const first = await setUpSecondFactor(ctx, setUp);
    const second = await setUpSecondFactor(ctx, setUp);
    expect((await refusalOf(confirmSecondFactor(ctx, { code: codeOf(app, first.secret) }), 'WRONG_CODE')).path).toEqual(
      ['code'],
    );
    await confirmSecondFactor(ctx, { code: codeOf(app, second.secret) });
  });

  it('confirming ends every other sign-in at once; this one goes on, with a new secret, and the owner is told', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA, language: 'fr' });
    const here = await signedIn(app, ana);
    const there = await signedIn(app, ana);
    const ended = denialOf((await followAccount(there.ctx, null)).next(), 'UNAUTHENTICATED');
    const { secret } = await setUpSecondFactor(here.ctx, setUp);
    const inbox = await followAccount(here.ctx, null);
    const confirmed = await confirmSecondFactor(here.ctx, { code: codeOf(app, secret) });
    await ended;
    expect(await inbox.next()).toMatchObject({ value: { concept: 'authSession', change: 'REVOKED' } });
    expect(await inbox.next()).toMatchObject({
      value: { concept: 'secondFactor', change: 'ENABLED', subject: ana.account.id, after: { recoveryCodesLeft: 10 } },
    });
    await inbox.return?.();
    await denialOf(principalOf(app, here.secret), 'UNAUTHENTICATED');
    await denialOf(principalOf(app, there.secret), 'UNAUTHENTICATED');
    expect(await principalOf(app, confirmed.secret)).toMatchObject({ accountId: ana.account.id });
    const [mail] = await mailsTo(app, ANA);
    expect(mail?.subject).toBe('La connexion demande désormais un code');
    expect(mail?.body).toContain('http://beckon.test/forgot-password');
  });

  it('a sign-in by the password alone that is under way does not survive it', async () => {
    const app = await testApp();
    for (let round = 0; round < 5; round++) {
      const who = await buildAccount(app);
      const { ctx } = await signedIn(app, who);
      const { secret } = await setUpSecondFactor(ctx, setUp);
      const [confirmed, entered] = await Promise.allSettled([
        confirmSecondFactor(ctx, { code: codeOf(app, secret) }),
        signIn(app.as(ANYBODY), { email: who.account.email, password: PASSWORD }),
      ]);
      expect(confirmed.status).toBe('fulfilled');
      if (entered.status === 'fulfilled') await denialOf(principalOf(app, entered.value.secret), 'UNAUTHENTICATED');
      else expect(entered.reason).toMatchObject({ code: 'SECOND_FACTOR_NEEDED' });
    }
  });

  it('what was not set up cannot be confirmed, and what is on is neither set up nor confirmed again', async () => {
    const app = await testApp();
    const who = await buildAccount(app);
    const { ctx } = await signedIn(app, who);
    await refusalOf(confirmSecondFactor(ctx, { code: '000000' }), 'SECOND_FACTOR_OFF');
    const on = await setUpApp(app, who);
    await refusalOf(setUpSecondFactor(on.ctx, setUp), 'SECOND_FACTOR_ON');
    await refusalOf(confirmSecondFactor(on.ctx, { code: codeOf(app, on.secret) }), 'SECOND_FACTOR_ON');
    await complete(app, await tokenFor(app, who), codeOf(app, on.secret));
  });

  it('is not for API tokens, whatever their scopes, nor for anybody else', async () => {
    const app = await testApp();
    const who = await buildAccount(app);
    const { secret } = await createApiToken(who.ctx, { name: 'all', scopes: ['READ', 'ACCOUNT'] });
    const token = app.as(await authenticate(app.services, { bearer: secret }));
    const code = { code: '000000' };
    for (const [ctx, denial] of [
      [token, 'FORBIDDEN'],
      [app.as({ kind: 'device', deviceId: 'dev_1' }), 'FORBIDDEN'],
      [app.as({ kind: 'operator' }), 'FORBIDDEN'],
      [app.as(ANYBODY), 'UNAUTHENTICATED'],
    ] as const) {
      await denialOf(setUpSecondFactor(ctx, setUp), denial);
      await denialOf(confirmSecondFactor(ctx, code), denial);
      await denialOf(disableSecondFactor(ctx, { ...setUp, ...code }), denial);
      await denialOf(renewRecoveryCodes(ctx, code), denial);
    }
    expect(await getSecondFactor(token)).toEqual({ since: null, recoveryCodesLeft: 0, required: false });
  });
});

describe('turning it off', () => {
  it('takes password and code; then the password alone signs in, and what is left of it is void', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const { ctx, cookie, secret, recoveryCodes: codes } = await setUpApp(app, ana);
    const waiting = await tokenFor(app, ana);
    const off = (password: string, code: string) => disableSecondFactor(ctx, { password, code });
    const wrong = await refusalOf(off('not the password', codeOf(app, secret)), 'WRONG_CREDENTIALS');
    expect(wrong.path).toEqual(['password']);
    expect((await refusalOf(off(PASSWORD, wrongCodeFor(app, secret)), 'WRONG_CODE')).path).toEqual(['code']);
    const renewed = await off(PASSWORD, codeOf(app, secret));
    await denialOf(principalOf(app, cookie), 'UNAUTHENTICATED');
    expect(await principalOf(app, renewed.secret)).toMatchObject({ accountId: ana.account.id });
    expect(await getSecondFactor(ctx)).toEqual({ since: null, recoveryCodesLeft: 0, required: false });
    await refusalOf(complete(app, waiting, codes[0] ?? ''), 'SIGN_IN_LAPSED');
    await signedIn(app, ana);
    expect((await mailsTo(app, ANA))[0]?.subject).toBe('Signing in takes no code any more');
    await refusalOf(
      disableSecondFactor(app.as(await principalOf(app, renewed.secret)), { ...setUp, code: codeOf(app, secret) }),
      'SECOND_FACTOR_OFF',
    );
  });

  it('a recovery code does as well, and the next app begins anew', async () => {
    const app = await testApp();
    const who = await buildAccount(app);
    const { ctx, secret, recoveryCodes: codes } = await setUpApp(app, who);
    await disableSecondFactor(ctx, { ...setUp, code: codes[9] ?? '' });
    const again = await setUpApp(app, who);
    expect(again.secret).not.toBe(secret);
    expect(await getSecondFactor(again.ctx)).toMatchObject({ recoveryCodesLeft: 10 });
    const token = await tokenFor(app, who);
    await refusalOf(complete(app, token, codes[0] ?? ''), 'WRONG_CODE');
    await refusalOf(complete(app, token, codeOf(app, secret)), 'WRONG_CODE');
    await complete(app, token, codeOf(app, again.secret));
  });

  it('of turning it off and signing in at once with one code, one is done', async () => {
    const app = await testApp();
    for (let round = 0; round < 5; round++) {
      const who = await buildAccount(app);
      const { ctx, secret } = await setUpApp(app, who);
      const token = await tokenFor(app, who);
      const code = codeOf(app, secret);
      const outcomes = await Promise.allSettled([
        disableSecondFactor(ctx, { ...setUp, code }),
        complete(app, token, code),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('new recovery codes', () => {
  it('take a code, are shown once, and void the ones before', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: ANA });
    const { ctx, secret, recoveryCodes: old } = await setUpApp(app, ana);
    await refusalOf(renewRecoveryCodes(ctx, { code: wrongCodeFor(app, secret) }), 'WRONG_CODE');
    const { recoveryCodes: codes } = await renewRecoveryCodes(ctx, { code: codeOf(app, secret) });
    expect(new Set([...old, ...codes]).size).toBe(20);
    expect((await mailsTo(app, ANA))[0]?.subject).toBe('New recovery codes');
    const token = await tokenFor(app, ana);
    await refusalOf(complete(app, token, old[0] ?? ''), 'WRONG_CODE');
    expect(await complete(app, token, codes[0] ?? '')).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it('API-02 the same key answers as the first time', async () => {
    const app = await testApp();
    const { ctx, secret } = await setUpApp(app, await buildAccount(app));
    const input = { code: codeOf(app, secret), idempotencyKey: 'once' };
    expect(await renewRecoveryCodes(ctx, input)).toEqual(await renewRecoveryCodes(ctx, input));
  });

  it('wrong codes count here as at signing in', async () => {
    const app = await testApp();
    const who = await buildAccount(app);
    const { ctx, secret } = await setUpApp(app, who);
    const token = await tokenFor(app, who);
    for (let n = 0; n < FREE_FAILURES; n++) {
      await refusalOf(renewRecoveryCodes(ctx, { code: wrongCodeFor(app, secret) }), 'WRONG_CODE');
    }
    await refusalOf(complete(app, token, codeOf(app, secret)), 'TOO_MANY_ATTEMPTS');
    app.clock.advance(2 * STEP_MS);
    await complete(app, token, codeOf(app, secret));
    expect(await app.services.db.read.select().from(authSessions)).toHaveLength(2);
  });
});
