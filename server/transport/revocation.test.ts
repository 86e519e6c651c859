import { describe, expect, it } from 'vitest';
import { createApiToken, revokeApiToken } from '../domain/api-tokens.ts';
import { revokeAuthSession, signOut } from '../domain/auth-sessions.ts';
import { authenticate } from '../domain/authenticate.ts';
import { updateCompany } from '../domain/companies.ts';
import { rotateDeviceCredential } from '../domain/device-changes.ts';
import { removeDevice } from '../domain/device-removal.ts';
import { changePassword } from '../domain/password-changes.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, PASSWORD } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { STRONG_PASSWORD, signedIn } from '../testing/people.ts';
import { setUpApp } from '../testing/second-factor.ts';
import { openSocket, watchFollowers } from '../testing/sockets.ts';

interface Case {
  /** What the connection comes with. */
  readonly caller: { bearer: string } | { session: string };
  readonly subscription: string;
  revoke(): Promise<unknown>;
}

const ACCOUNT_EVENTS = 'subscription { accountEvents { __typename } }';
const DEVICE_EVENTS = 'subscription { deviceEvents { __typename } }';

async function tokenCase(app: TestApp): Promise<Case> {
  const { ctx } = await signedIn(app, await buildAccount(app));
  const { apiToken, secret } = await createApiToken(ctx, { name: 'CI', scopes: ['READ'] });
  return { caller: { bearer: secret }, subscription: ACCOUNT_EVENTS, revoke: () => revokeApiToken(ctx, apiToken) };
}

const cases: Readonly<Record<string, (app: TestApp) => Promise<Case>>> = {
  'a revoked API token': tokenCase,
  'a sign-in that was signed out': async (app) => {
    const { ctx, secret } = await signedIn(app, await buildAccount(app));
    return { caller: { session: secret }, subscription: ACCOUNT_EVENTS, revoke: () => signOut(ctx) };
  },
  'a sign-in that another one revoked': async (app) => {
    const who = await buildAccount(app);
    const [lost, own] = [await signedIn(app, who), await signedIn(app, who)];
    const { principal } = lost.ctx;
    const id = principal.kind === 'account' ? principal.via.id : '';
    return {
      caller: { session: lost.secret },
      subscription: ACCOUNT_EVENTS,
      revoke: () => revokeAuthSession(own.ctx, { id }),
    };
  },
  'a sign-in before the password was changed by another': async (app) => {
    const who = await buildAccount(app);
    const [other, own] = [await signedIn(app, who), await signedIn(app, who)];
    const passwords = { currentPassword: PASSWORD, newPassword: STRONG_PASSWORD };
    return {
      caller: { session: other.secret },
      subscription: ACCOUNT_EVENTS,
      revoke: () => changePassword(own.ctx, passwords),
    };
  },
  'a device that was removed': async (app) => {
    const { credential, ctx } = await buildDevice(app);
    return { caller: { bearer: credential }, subscription: DEVICE_EVENTS, revoke: () => removeDevice(ctx, {}) };
  },
  'a device credential that was rotated': async (app) => {
    const { credential } = await buildDevice(app);
    const ctx = app.as(await authenticate(app.services, { bearer: credential }));
    return {
      caller: { bearer: credential },
      subscription: DEVICE_EVENTS,
      revoke: () => rotateDeviceCredential(ctx, {}),
    };
  },
};

describe.each(Object.entries(cases))('API-05 %s', (_name, prepare) => {
  it('ends its open streams at once with UNAUTHENTICATED, over WebSocket and over server-sent events, and opens no more', async () => {
    const app = await testApp();
    const api = await httpApi(app);
    const before = app.services.wakeUps.size;
    const followers = watchFollowers(app);
    const { caller, subscription, revoke } = await prepare(app);
    const headers = 'session' in caller ? { cookie: `beckon=${caller.session}` } : {};
    const socket = await openSocket(api.port, { headers });
    await socket.init('bearer' in caller ? { authorization: `Bearer ${caller.bearer}` } : {});
    socket.subscribe('events', subscription);
    const stream = await api.events(subscription, {}, caller);
    await followers.came(2);

    await revoke();

    // What happened on the way there may have been told; nothing comes after the end.
    let last = await socket.nextOf('events');
    while (last.payload.data) last = await socket.nextOf('events');
    expect(last).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    let event = await stream.next();
    while (event.data) event = await stream.next();
    expect(event.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(await stream.next()).toBeNull();
    await followers.gone();
    expect(app.services.wakeUps.size).toBe(before);

    // The socket is still there; its credential is not.
    const { errors } = await socket.ask('{ __typename }');
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    expect((await api.post('{ __typename }', {}, caller)).status).toBe(401);
    expect((await api.events(subscription, {}, caller)).status).toBe(401);
  });
});

it('API-05 a token that expires is refused from its instant on, on sockets that are open too', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const { ctx } = await signedIn(app, await buildAccount(app));
  const expiresAt = app.clock.now() + 60_000;
  const { secret } = await createApiToken(ctx, { name: 'Short', scopes: ['READ'], expiresAt });
  const socket = await openSocket(port);
  await socket.init({ authorization: `Bearer ${secret}` });
  app.clock.set(expiresAt - 1);
  expect(await socket.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  app.clock.set(expiresAt);
  expect((await socket.ask('{ __typename }')).errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
});

it('a company that requires a second factor ends the open streams of who has none at once, over WebSocket and over server-sent events', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const { companyId, admin } = await buildCompany(app);
  const { ctx } = await setUpApp(app, admin);
  const user = await buildAccount(app);
  await addMember(app, companyId, user, 'USER');
  const session = (await signedIn(app, user)).secret;
  const { secret: bearer } = await createApiToken(user.ctx, { name: 'CI', scopes: ['READ'] });
  const followers = watchFollowers(app);
  const socket = await openSocket(api.port);
  await socket.init({ authorization: `Bearer ${bearer}` });
  socket.subscribe('events', ACCOUNT_EVENTS);
  const stream = await api.events(ACCOUNT_EVENTS, {}, { session });
  await followers.came(2);

  await updateCompany(ctx, { requireSecondFactor: true });

  const ended = { extensions: { code: 'SECOND_FACTOR_REQUIRED' } };
  expect(await socket.nextOf('events')).toMatchObject({ type: 'error', payload: [ended] });
  expect(await stream.next()).toMatchObject({ errors: [ended] });
  expect(await stream.next()).toBeNull();
  await followers.gone();
  const OWN = '{ viewer { account { secondFactor { enabled required } } } }';
  expect((await socket.ask(OWN)).errors).toMatchObject([
    { message: 'Your company requires a second factor: set up an authenticator app first.', ...ended },
  ]);
  expect((await api.post(OWN, {}, { session })).data.viewer.account.secondFactor).toEqual({
    enabled: false,
    required: true,
  });
});
