import { expect, it } from 'vitest';
import { knownBrowsers } from '../db/tables/auth-sessions.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, PASSWORD } from '../testing/builders.ts';
import { mailsTo } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { codeOf, setUpApp, tokenOf } from '../testing/second-factor.ts';
import { cleanUp } from './clean-up.ts';
import { DAY_MS } from './rate-limits.ts';
import { completeSignIn, signIn } from './sign-in.ts';

const ANA = 'ana@example.test';
const HOME = { address: '2001:db8:1:2::1', userAgent: 'Firefox at home' };

const enter = (app: TestApp, from: { address: string; userAgent: string }, password = PASSWORD) =>
  signIn(app.as({ kind: 'anonymous' }, from), { email: ANA, password });
const told = async (app: TestApp) => (await mailsTo(app, ANA)).map(({ subject }) => subject);

it('a sign-in from another browser, or another network, is told to the owner; from where one was signed in before it is not', async () => {
  const app = await testApp();
  await buildAccount(app, { email: ANA });
  await enter(app, HOME);
  expect(await told(app)).toEqual([]);
  await enter(app, { ...HOME, address: '2001:db8:1:2:3:4:5:6' });
  expect(await told(app)).toEqual([]);
  const elsewhere = [
    { ...HOME, address: '2001:db8:1:3::1' },
    { ...HOME, userAgent: 'Chrome\u007f at home' },
  ];
  for (const [i, from] of elsewhere.entries()) {
    app.clock.advance(1);
    await enter(app, from);
    await enter(app, from);
    expect(await told(app)).toHaveLength(i + 1);
  }
  await enter(app, HOME);
  expect(await told(app)).toEqual(elsewhere.map(() => 'A sign-in from a new browser or place'));
  const [mail] = await mailsTo(app, ANA);
  expect(mail?.body).toContain('2026-01-01 00:00 UTC');
  expect(mail?.body).toContain('Browser:          Chrome  at home\n');
  expect(mail?.body).toContain('Network address:  2001:db8:1:2::1\n');
  expect(mail?.body).toContain('http://beckon.test/forgot-password');
});

it('API-08 the mail is in the language of the account, and shows no more of a browser’s name than recognises it', async () => {
  const app = await testApp();
  await buildAccount(app, { email: ANA, language: 'fr' });
  await enter(app, HOME);
  await enter(app, { ...HOME, userAgent: 'x'.repeat(5000) });
  const [mail] = await mailsTo(app, ANA);
  expect(mail?.subject).toBe('Une connexion depuis un nouveau navigateur ou un nouveau lieu');
  expect(mail?.body).toMatch(/Navigateur : {6}x{120}\n/);
});

it('a wrong password, and a password without the second factor, are no sign-in', async () => {
  const app = await testApp();
  const ana = await buildAccount(app, { email: ANA });
  const { secret } = await setUpApp(app, ana);
  const before = await told(app);
  await refusalOf(enter(app, HOME, 'not the password'), 'WRONG_CREDENTIALS');
  const token = tokenOf(await refusalOf(enter(app, HOME), 'SECOND_FACTOR_NEEDED'));
  expect(await told(app)).toEqual(before);
  await completeSignIn(app.as({ kind: 'anonymous' }, HOME), { token, code: codeOf(app, secret) });
  expect(await told(app)).toEqual(['A sign-in from a new browser or place', ...before]);
});

it('of several sign-ins from one new browser at once one is told', async () => {
  const app = await testApp();
  await buildAccount(app, { email: ANA });
  await enter(app, HOME);
  const from = { ...HOME, userAgent: 'Safari' };
  await Promise.all([enter(app, from), enter(app, from), enter(app, from)]);
  expect(await told(app)).toHaveLength(1);
});

it('what signed nobody in for half a year is forgotten; what the database knows names neither browser nor address', async () => {
  const app = await testApp();
  await buildAccount(app, { email: ANA });
  await enter(app, HOME);
  const stored = JSON.stringify(await app.services.db.read.select().from(knownBrowsers));
  expect(stored).not.toContain('Firefox');
  expect(stored).not.toContain('2001');
  app.clock.advance(100 * DAY_MS);
  await enter(app, HOME);
  app.clock.advance(180 * DAY_MS - 1);
  await cleanUp(app.as({ kind: 'system' }));
  expect(await app.services.db.read.select().from(knownBrowsers)).toHaveLength(1);
  app.clock.advance(1);
  await cleanUp(app.as({ kind: 'system' }));
  expect(await app.services.db.read.select().from(knownBrowsers)).toEqual([]);
});
