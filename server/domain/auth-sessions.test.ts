import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { denialOf } from '../testing/refusals.ts';
import { createApiToken } from './api-tokens.ts';
import { revokeOtherAuthSessions } from './auth-sessions.ts';
import { authenticate } from './authenticate.ts';
import { followAccount } from './inboxes.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './rate-limits.ts';
import { listAuthSessions } from './sign-in.ts';

const principalOf = (app: TestApp, secret: string) => authenticate(app.services, { sessionCookie: secret });

describe('ending all other sign-ins', () => {
  it('ends them at once with their open subscriptions; this one, tokens, and those of others go on', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const here = await signedIn(app, ana);
    const others = [await signedIn(app, ana), await signedIn(app, ana)];
    const ben = await signedIn(app, await buildAccount(app));
    const { secret: bearer } = await createApiToken(here.ctx, { name: 'CI', scopes: ['READ'] });
    const ended = others.map(async ({ ctx }) => denialOf((await followAccount(ctx, null)).next(), 'UNAUTHENTICATED'));
    const { authSessionIds } = await revokeOtherAuthSessions(here.ctx);
    expect(authSessionIds.sort()).toEqual(
      others.map(({ ctx }) => (ctx.principal.kind === 'account' ? ctx.principal.via.id : '')).sort(),
    );
    await Promise.all(ended);
    for (const { secret } of others) await denialOf(principalOf(app, secret), 'UNAUTHENTICATED');
    for (const { secret } of [here, ben]) await principalOf(app, secret);
    await authenticate(app.services, { bearer });
    expect(await listAuthSessions(here.ctx)).toHaveLength(1);
    expect(await revokeOtherAuthSessions(here.ctx)).toEqual({ authSessionIds: [] });
  });

  it('is for who is signed in by cookie: to a token every sign-in would be another', async () => {
    const app = await testApp();
    const { ctx } = await signedIn(app, await buildAccount(app));
    const { secret } = await createApiToken(ctx, { name: 'all', scopes: ['READ', 'ACCOUNT'] });
    const token = app.as(await authenticate(app.services, { bearer: secret }));
    await denialOf(revokeOtherAuthSessions(token), 'FORBIDDEN');
    await denialOf(revokeOtherAuthSessions(app.as({ kind: 'anonymous' })), 'UNAUTHENTICATED');
  });
});

it('when a sign-in was last used is known to the minute, also where use moves its end no more', async () => {
  const app = await testApp();
  const { ctx, secret } = await signedIn(app, await buildAccount(app));
  const lastSeen = async () => (await listAuthSessions(ctx))[0]?.lastSeenAt;
  expect(await lastSeen()).toBeNull();
  app.clock.advance(MINUTE_MS - 1);
  await principalOf(app, secret);
  expect(await lastSeen()).toBeNull();
  app.clock.advance(1);
  await principalOf(app, secret);
  expect(await lastSeen()).toBe(app.clock.now());
  // The last half day of the thirty: the end is where it will be.
  const end = app.clock.now() - MINUTE_MS + 30 * DAY_MS;
  while (app.clock.now() < end - 11 * HOUR_MS) {
    app.clock.advance(Math.min(11 * HOUR_MS, end - HOUR_MS - app.clock.now()));
    await principalOf(app, secret);
  }
  for (const wait of [MINUTE_MS, 10 * MINUTE_MS]) {
    app.clock.advance(wait);
    await principalOf(app, secret);
    expect(await lastSeen()).toBe(app.clock.now());
  }
});
