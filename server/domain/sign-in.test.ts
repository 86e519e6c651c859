import { describe, expect, it } from 'vitest';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { signInFailures } from '../db/tables/rate-limits.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { getOwnAccount } from './accounts.ts';
import { revokeAuthSession, signOut } from './auth-sessions.ts';
import { authenticate } from './authenticate.ts';
import { followAccount } from './inboxes.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './rate-limits.ts';
import { forgetAuthSessions, listAuthSessions, sessionCookie, sessionCookieName, signIn } from './sign-in.ts';
import { FAILURES_UNTIL_RESET, FREE_FAILURES, forgetFailures, waitAfter } from './sign-in-attempts.ts';

const ANYBODY = { kind: 'anonymous' } as const;

const attempt = (app: TestApp, email: string, password = 'not the password') =>
  signIn(app.as(ANYBODY), { email, password });
const principalOf = (app: TestApp, secret: string) => authenticate(app.services, { sessionCookie: secret });

describe('signing in', () => {
  it('LIC-04 with address, in any case, and password gives a secret that speaks for the account', async () => {
    const app = await testApp();
    const ana = await buildAccount(app, { email: 'Ana@example.test' });
    const { account, secret } = await attempt(app, 'aNA@EXAMPLE.test', PASSWORD);
    expect(account.id).toBe(ana.account.id);
    expect(await principalOf(app, secret)).toMatchObject({
      kind: 'account',
      accountId: ana.account.id,
      verified: true,
    });
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it('the database knows only a hash of the secret', async () => {
    const app = await testApp();
    const { secret } = await signedIn(app, await buildAccount(app));
    const [row] = await app.services.db.read.select().from(authSessions);
    expect(JSON.stringify(row)).not.toContain(secret);
    await denialOf(principalOf(app, row?.id ?? ''), 'UNAUTHENTICATED');
    await denialOf(principalOf(app, row?.publicId ?? ''), 'UNAUTHENTICATED');
  });

  it('a wrong password and an unknown address are answered alike', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const wrong = await refusalOf(attempt(app, ana.account.email), 'WRONG_CREDENTIALS');
    const unknown = await refusalOf(attempt(app, 'nobody@example.test'), 'WRONG_CREDENTIALS');
    expect({ ...wrong }).toEqual({ ...unknown });
  });

  it('API-02 the same key gives the same sign-in, but not to a wrong password', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    const input = { email: account.email, password: PASSWORD, idempotencyKey: 'once' };
    const first = await signIn(app.as(ANYBODY), input);
    expect((await signIn(app.as(ANYBODY), input)).secret).toBe(first.secret);
    await refusalOf(signIn(app.as(ANYBODY), { ...input, password: 'not the password' }), 'WRONG_CREDENTIALS');
    expect(await app.services.db.read.select().from(authSessions)).toHaveLength(1);
  });

  it('the cookie is HttpOnly and Lax; under https it is Secure and bound to the host', () => {
    const config = { SESSION_ABSOLUTE_S: 2_592_000 };
    expect(sessionCookie({ ...config, PUBLIC_URL: 'https://beckon.example' }, 'secret')).toBe(
      '__Host-beckon=secret; HttpOnly; Max-Age=2592000; Path=/; SameSite=Lax; Secure',
    );
    expect(sessionCookie({ ...config, PUBLIC_URL: 'http://127.0.0.1:4000' }, null)).toBe(
      'beckon=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax',
    );
    expect(sessionCookieName({ PUBLIC_URL: 'https://beckon.example' })).toBe('__Host-beckon');
  });

  it('ASVS 7.2.4 every sign-in has a secret of its own, whatever cookie the browser had before', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const { ctx, secret } = await signedIn(app, ana);
    const again = await signIn(ctx, { email: ana.account.email, password: PASSWORD });
    expect(again.secret).not.toBe(secret);
  });

  it('devices, tokens and the operator do not sign in', async () => {
    const app = await testApp();
    const input = { email: 'ana@example.test', password: PASSWORD };
    await denialOf(signIn(app.as({ kind: 'operator' }), input), 'FORBIDDEN');
    await denialOf(signIn(app.as({ kind: 'device', deviceId: 'dev_1' }), input), 'FORBIDDEN');
  });
});

describe('guessing', () => {
  it('five wrong passwords are free; then the next try waits 1, 2, 4, 8 and from then on 15 minutes', () => {
    expect([1, 4, 5, 6, 7, 8, 9, 10, 50].map((failures) => waitAfter(failures) / MINUTE_MS)).toEqual([
      0, 0, 1, 2, 4, 8, 15, 15, 15,
    ]);
  });

  it('during the wait even the right password is refused, for known and unknown addresses alike', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    for (const email of [account.email, 'nobody@example.test']) {
      for (let n = 0; n < FREE_FAILURES; n++) await refusalOf(attempt(app, email), 'WRONG_CREDENTIALS');
      const { details } = await refusalOf(attempt(app, email, PASSWORD), 'TOO_MANY_ATTEMPTS');
      expect(details).toEqual({ retryAfterSeconds: 60 });
    }
    app.clock.advance(MINUTE_MS - 1);
    await refusalOf(attempt(app, account.email, PASSWORD), 'TOO_MANY_ATTEMPTS');
    app.clock.advance(1);
    await attempt(app, account.email, PASSWORD);
    // A right password starts the count anew.
    for (let n = 0; n < FREE_FAILURES - 1; n++) await refusalOf(attempt(app, account.email), 'WRONG_CREDENTIALS');
    await attempt(app, account.email, PASSWORD);
  });

  it('guesses that are made all at once are counted one by one', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => attempt(app, account.email)));
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(FREE_FAILURES);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(12 - FREE_FAILURES);
  });

  it('after a hundred wrong passwords in a row only a new one, by mail, helps', async () => {
    const app = await testApp();
    const { account } = await buildAccount(app);
    const almost = { emailKey: account.emailKey, failures: FAILURES_UNTIL_RESET - 1, blockedUntil: app.clock.now() };
    await app.services.db.write(async ({ q }) => {
      await q.insert(signInFailures).values(almost);
    });
    await refusalOf(attempt(app, account.email), 'WRONG_CREDENTIALS');
    app.clock.advance(365 * DAY_MS);
    await forgetFailures(app.as(ANYBODY));
    const { details } = await refusalOf(attempt(app, account.email, PASSWORD), 'TOO_MANY_ATTEMPTS');
    expect(details).toEqual({ retryAfterSeconds: null });
  });

  it('counts that nobody added to for a day are forgotten', async () => {
    const app = await testApp();
    await refusalOf(attempt(app, 'nobody@example.test'), 'WRONG_CREDENTIALS');
    app.clock.advance(DAY_MS);
    await forgetFailures(app.as(ANYBODY));
    expect(await app.services.db.read.select().from(signInFailures)).toEqual([]);
  });

  it('one network address may try twenty times a minute, whatever the accounts', async () => {
    const app = await testApp({ SIGN_INS_PER_MINUTE: '20' });
    for (let n = 0; n < 20; n++) await refusalOf(attempt(app, `nobody${n}@example.test`), 'WRONG_CREDENTIALS');
    await denialOf(attempt(app, 'nobody@example.test'), 'TOO_MANY_REQUESTS');
    app.clock.advance(MINUTE_MS);
    await refusalOf(attempt(app, 'nobody@example.test'), 'WRONG_CREDENTIALS');
  });

  it('whoever has an IPv6 network has one address as far as that goes', async () => {
    const app = await testApp({ SIGN_INS_PER_MINUTE: '2' });
    const from = (address: string) => {
      const input = { email: `${crypto.randomUUID()}@example.test`, password: 'not the password' };
      return signIn(app.as(ANYBODY, { address }), input);
    };
    for (const end of [1, 2]) await refusalOf(from(`2001:db8:1:2::${end}`), 'WRONG_CREDENTIALS');
    await denialOf(from('2001:db8:1:2:ffff::3'), 'TOO_MANY_REQUESTS');
    await refusalOf(from('2001:db8:1:3::1'), 'WRONG_CREDENTIALS');
  });
});

describe('how long a sign-in lasts', () => {
  it('it ends at, not before, twelve hours without use, by our clock', async () => {
    for (const [wait, good] of [
      [12 * HOUR_MS - 1, true],
      [12 * HOUR_MS, false],
      [12 * HOUR_MS + 1, false],
    ] as const) {
      const app = await testApp();
      const { secret } = await signedIn(app, await buildAccount(app));
      app.clock.advance(wait);
      if (good) expect(await principalOf(app, secret)).toMatchObject({ kind: 'account' });
      else await denialOf(principalOf(app, secret), 'UNAUTHENTICATED');
    }
  });

  it('use moves the end, but never beyond thirty days', async () => {
    const app = await testApp();
    const { secret } = await signedIn(app, await buildAccount(app));
    const start = app.clock.now();
    for (let hours = 11; hours < 30 * 24; hours += 11) {
      app.clock.set(start + hours * HOUR_MS);
      await principalOf(app, secret);
    }
    app.clock.set(start + 30 * DAY_MS - 1);
    await principalOf(app, secret);
    app.clock.set(start + 30 * DAY_MS);
    await denialOf(principalOf(app, secret), 'UNAUTHENTICATED');
    await forgetAuthSessions(app.services);
    expect(await app.services.db.read.select().from(authSessions)).toEqual([]);
  });

  it('use within a minute writes nothing', async () => {
    const app = await testApp();
    const { secret } = await signedIn(app, await buildAccount(app));
    const end = async () => (await app.services.db.read.select().from(authSessions))[0]?.expiresAt;
    const first = await end();
    app.clock.advance(MINUTE_MS - 1);
    await principalOf(app, secret);
    expect(await end()).toBe(first);
    app.clock.advance(1);
    await principalOf(app, secret);
    expect(await end()).toBe(app.clock.now() + 12 * HOUR_MS);
  });
});

describe('ending sign-ins', () => {
  it('signing out ends the sign-in and its open subscriptions at once, and no other', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const here = await signedIn(app, ana);
    const there = await signedIn(app, ana);
    const inbox = await followAccount(here.ctx, null);
    const ended = denialOf(inbox.next(), 'UNAUTHENTICATED');
    await signOut(here.ctx);
    await ended;
    await denialOf(principalOf(app, here.secret), 'UNAUTHENTICATED');
    expect(await getOwnAccount(there.ctx)).toMatchObject({ id: ana.account.id });
    await principalOf(app, there.secret);
  });

  it('one sees one’s own sign-ins, newest first, and can end each; nobody else can', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const first = await signedIn(app, ana);
    app.clock.advance(1000);
    const second = await signedIn(app, ana);
    const ben = await signedIn(app, await buildAccount(app));
    const listed = await listAuthSessions(second.ctx);
    expect(listed.map(({ createdAt }) => app.clock.now() - createdAt)).toEqual([0, 1000]);
    expect(listed[0]).toMatchObject({ address: '192.0.2.1', userAgent: 'test' });
    const id = listed[1]?.publicId ?? '';
    await denialOf(revokeAuthSession(ben.ctx, { id }), 'NOT_FOUND');
    const inbox = await followAccount(first.ctx, null);
    const ended = denialOf(inbox.next(), 'UNAUTHENTICATED');
    expect(await revokeAuthSession(second.ctx, { id })).toEqual({ authSessionId: id });
    await ended;
    await denialOf(principalOf(app, first.secret), 'UNAUTHENTICATED');
    await denialOf(revokeAuthSession(second.ctx, { id }), 'NOT_FOUND');
  });
});
