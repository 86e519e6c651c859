import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice, setDevice } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { denialOf } from '../testing/refusals.ts';
import { createApiToken } from './api-tokens.ts';
import { authenticate, reauthenticate } from './authenticate.ts';
import { change } from './change.ts';
import { ensureOperator, rotateOperatorToken } from './operator.ts';
import { MINUTE_MS } from './rate-limits.ts';
import { markVerified } from './sign-up.ts';

it('without credentials one is anybody; with empty ones too', async () => {
  const { services } = await testApp();
  expect(await authenticate(services, {})).toEqual({ kind: 'anonymous' });
  expect(await authenticate(services, { bearer: '', sessionCookie: null })).toEqual({ kind: 'anonymous' });
});

it.each([
  'bkn_pat_unknown',
  'bkn_dev_unknown',
  'bkn_opr_unknown',
  'bkn_lnk_unknown',
  'Basic YW5hOmFuYQ',
  'ü\u0000',
  'x'.repeat(100_000),
])('a credential that is none of ours is refused, never taken for none: %.20s', async (bearer) => {
  const { services } = await testApp();
  await denialOf(authenticate(services, { bearer }), 'UNAUTHENTICATED');
  await denialOf(authenticate(services, { sessionCookie: bearer }), 'UNAUTHENTICATED');
});

it('a device speaks by its credential until it is removed', async () => {
  const app = await testApp();
  const device = await buildDevice(app);
  const principal = { kind: 'device', deviceId: device.device.id };
  expect(await authenticate(app.services, { bearer: device.credential })).toMatchObject(principal);
  await setDevice(app, device, { name: 'Still there' });
  expect(await reauthenticate(app.services, device.principal)).toEqual(principal);
});

it('a token in the header counts before the cookie', async () => {
  const app = await testApp();
  const { secret } = await signedIn(app, await buildAccount(app));
  const device = await buildDevice(app);
  const both = { sessionCookie: secret, bearer: device.credential };
  expect(await authenticate(app.services, both)).toMatchObject({ kind: 'device' });
});

it('who is signed in by cookie or token is let in where the database takes no writes, as on a full disk', async () => {
  const app = await testApp();
  const { ctx, secret } = await signedIn(app, await buildAccount(app));
  const { secret: token } = await createApiToken(ctx, { name: 'CI', scopes: ['READ'] });
  app.clock.advance(MINUTE_MS);
  const full = { ...app.services.db, write: () => Promise.reject(new Error('full')) };
  const services = { ...app.services, db: full };
  expect(await authenticate(services, { sessionCookie: secret })).toMatchObject({ kind: 'account' });
  expect(await authenticate(services, { bearer: token })).toMatchObject({ kind: 'account' });
  const [first, second] = app.log.lines.map(({ level, message }) => `${level}: ${message}`);
  expect([first, second]).toEqual(Array(2).fill('warn: the use of a credential could not be noted'));
  // The sign-in ends when it would have without that use.
  app.clock.advance(app.config.SESSION_IDLE_S * 1000 - MINUTE_MS);
  await denialOf(authenticate(app.services, { sessionCookie: secret }), 'UNAUTHENTICATED');
});

it('the operator’s token is made once for the installation, and dies when another is made', async () => {
  const app = await testApp();
  const tokens = await Promise.all([1, 2, 3].map(() => ensureOperator(app.services)));
  const made = tokens.filter((token) => token !== null);
  expect(made).toHaveLength(1);
  const [first = ''] = made;
  expect(await authenticate(app.services, { bearer: first })).toEqual({ kind: 'operator' });
  const second = await rotateOperatorToken(app.services);
  await denialOf(authenticate(app.services, { bearer: first }), 'UNAUTHENTICATED');
  expect(await authenticate(app.services, { bearer: second })).toEqual({ kind: 'operator' });
  expect(await ensureOperator(app.services)).toBeNull();
});

it('who stays connected is seen as verified as soon as it is', async () => {
  const app = await testApp();
  const ana = await buildAccount(app, { verifiedAt: null });
  const { ctx } = await signedIn(app, ana);
  expect(await reauthenticate(app.services, ctx.principal)).toMatchObject({ verified: false });
  await change(ctx, 'test', {}, (tx) => markVerified(tx, ana.account.id));
  expect(await reauthenticate(app.services, ctx.principal)).toMatchObject({ verified: true });
});
