import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import {
  addMember,
  buildAccount,
  buildCompany,
  buildDevice,
  PASSWORD,
  setDevice,
  type TestAccount,
} from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { mailsTo, signedIn, tokenIn } from '../testing/people.ts';
import { receiver } from '../testing/receivers.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { codeOf, setUpApp } from '../testing/second-factor.ts';
import { getOwnAccount, updateAccount } from './accounts.ts';
import { followAlerts } from './alert-events.ts';
import { createApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { getOwnCompany, updateCompany } from './companies.ts';
import { followCompany } from './company-inbox.ts';
import type { Context } from './context.ts';
import { getDevice } from './devices.ts';
import { streamOf } from './event-log.ts';
import { followAccount, followSession } from './inboxes.ts';
import { acceptInvitation, inviteDevice } from './invitations.ts';
import { acceptMemberInvitation, inviteMember } from './member-invitations.ts';
import { listMembers } from './members.ts';
import { confirmSecondFactor, disableSecondFactor, getSecondFactor, setUpSecondFactor } from './second-factor.ts';
import { listAuthSessions } from './sign-in.ts';
import { createWebhook } from './webhook-changes.ts';

/** A company whose administrator has a second factor, and a member who has none. */
async function scene(app: TestApp) {
  const { companyId, admin } = await buildCompany(app);
  const { ctx, secret } = await setUpApp(app, admin);
  const user = await buildAccount(app);
  const memberId = await addMember(app, companyId, user, 'USER');
  const require = (requireSecondFactor: boolean) => updateCompany(ctx, { requireSecondFactor });
  return { companyId, admin: { ...admin, ctx, secret }, user, memberId, require };
}

/** A context as the next request of the same sign-in has it. */
async function nextRequest(app: TestApp, cookie: string): Promise<Context> {
  return app.as(await authenticate(app.services, { sessionCookie: cookie }));
}

/** Reads on until the stream ends because a second factor is missing. */
async function endOf(stream: AsyncIterator<unknown>): Promise<void> {
  let more = true;
  const read = async () => {
    while (more) more = !(await stream.next()).done;
  };
  await denialOf(read(), 'SECOND_FACTOR_REQUIRED');
}

async function tokenOf(app: TestApp, who: TestAccount) {
  const { secret } = await createApiToken(who.ctx, { name: 'all', scopes: ['READ', 'ACCOUNT', 'COMPANY'] });
  return { secret, asks: async () => app.as(await authenticate(app.services, { bearer: secret })) };
}

describe('a company that requires a second factor', () => {
  it('does so by an administrator who has one, and is told once', async () => {
    const app = await testApp();
    const { companyId, admin, user, require } = await scene(app);
    const other = await buildAccount(app);
    await addMember(app, companyId, other, 'COMPANY_ADMINISTRATOR');
    const refused = await refusalOf(updateCompany(other.ctx, { requireSecondFactor: true }), 'SECOND_FACTOR_OFF');
    expect(refused.path).toEqual(['requireSecondFactor']);
    await denialOf(updateCompany(user.ctx, { requireSecondFactor: true }), 'FORBIDDEN');
    const events = await listenTo(admin.ctx, streamOf.company(companyId));
    expect(await require(true)).toMatchObject({ requireSecondFactor: true });
    expect(await require(true)).toMatchObject({ requireSecondFactor: true });
    await updateCompany(admin.ctx, { name: 'Northwind' });
    expect(await events.next()).toMatchObject({
      change: 'UPDATED',
      before: { requireSecondFactor: false },
      after: { requireSecondFactor: true },
    });
    expect(await events.next()).toMatchObject({ change: 'UPDATED', after: { name: 'Northwind' } });
  });

  it('lets members without one see and mend themselves only, at once, until they have set it up', async () => {
    const app = await testApp();
    const { companyId, user, require } = await scene(app);
    const before = await signedIn(app, user);
    await require(true);
    const cookie = (await signedIn(app, user)).secret;
    for (const secret of [before.secret, cookie]) {
      const ctx = await nextRequest(app, secret);
      await denialOf(getOwnCompany(ctx), 'SECOND_FACTOR_REQUIRED');
      await denialOf(createApiToken(ctx, { name: 'CI', scopes: ['READ'] }), 'SECOND_FACTOR_REQUIRED');
      expect(await getOwnAccount(ctx)).toMatchObject({ id: user.account.id });
      expect(await listAuthSessions(ctx)).toHaveLength(2);
      expect(await getSecondFactor(ctx)).toEqual({ since: null, recoveryCodesLeft: 0, required: true });
    }
    const ctx = await nextRequest(app, cookie);
    const { secret } = await setUpSecondFactor(ctx, { password: PASSWORD });
    await denialOf(getOwnCompany(await nextRequest(app, cookie)), 'SECOND_FACTOR_REQUIRED');
    const confirmed = await confirmSecondFactor(ctx, { code: codeOf(app, secret) });
    expect(await getOwnCompany(await nextRequest(app, confirmed.secret))).toMatchObject({ company: { id: companyId } });
  });

  it('keeps their API tokens out of everything, until they have set it up', async () => {
    const app = await testApp();
    const { user, require } = await scene(app);
    const token = await tokenOf(app, user);
    await require(true);
    const ctx = await token.asks();
    await denialOf(getOwnAccount(ctx), 'SECOND_FACTOR_REQUIRED');
    await denialOf(updateAccount(ctx, { name: 'Another' }), 'SECOND_FACTOR_REQUIRED');
    await denialOf(getOwnCompany(ctx), 'SECOND_FACTOR_REQUIRED');
    await setUpApp(app, user);
    expect(await getOwnCompany(await token.asks())).not.toBeNull();
  });

  it('lets them in again at once where it requires it no more', async () => {
    const app = await testApp();
    const { user, require } = await scene(app);
    const { secret } = await signedIn(app, user);
    await require(true);
    await denialOf(getOwnCompany(await nextRequest(app, secret)), 'SECOND_FACTOR_REQUIRED');
    await require(false);
    expect(await getOwnCompany(await nextRequest(app, secret))).not.toBeNull();
  });

  it('keeps out who turns theirs off, and who joins without one, at once', async () => {
    const app = await testApp();
    const { admin, require } = await scene(app);
    await require(true);
    const left = endOf(await followCompany(admin.ctx, null));
    const joiner = await buildAccount(app, { email: 'cleo@example.test' });
    await inviteMember(admin.ctx, { email: 'cleo@example.test' });
    const joined = endOf(await followAccount((await signedIn(app, joiner)).ctx, null));
    await acceptMemberInvitation(joiner.ctx, { token: tokenIn((await mailsTo(app, 'cleo@example.test'))[0]) });
    await joined;
    const { secret } = await disableSecondFactor(admin.ctx, { password: PASSWORD, code: codeOf(app, admin.secret) });
    await left;
    await denialOf(getOwnCompany(await nextRequest(app, secret)), 'SECOND_FACTOR_REQUIRED');
  });

  it('says nothing of devices, nor of other companies', async () => {
    const app = await testApp();
    const { companyId, user, require } = await scene(app);
    const device = await setDevice(app, await buildDevice(app), { companyId, accountId: user.account.id });
    const other = await buildCompany(app);
    const { secret } = await signedIn(app, other.admin);
    await require(true);
    expect(await getDevice(device.ctx, device.device.id)).toMatchObject({ companyId });
    expect(await getOwnCompany(await nextRequest(app, secret))).not.toBeNull();
  });

  it('webhooks of who lacks one wait, and deliver what they missed when it is set up', async () => {
    const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
    const { admin, user, require } = await scene(app);
    const target = await receiver();
    await createWebhook(user.ctx, { url: target.url, events: ['account.UPDATED'] });
    await require(true);
    await updateAccount((await signedIn(app, user)).ctx, { name: 'Somebody else' });
    await updateCompany(admin.ctx, { name: 'Northwind' });
    await app.webhooks.idle();
    expect(target.received).toEqual([]);
    await setUpApp(app, user);
    await app.webhooks.idle();
    expect(target.received.map(({ body }) => body.after)).toEqual([{ name: 'Somebody else' }]);
  });
});

describe('open subscriptions', () => {
  it('PER-11 of members without a second factor end at once, whatever they are about, also those of other nodes', async () => {
    const app = await testApp();
    // On SQLite another node would be another process.
    const other = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    const { companyId, admin, user, require } = await scene(app);
    const everything = await buildAccount(app);
    await addMember(app, companyId, everything, 'COMPANY_ADMINISTRATOR');
    const [host, guest] = [
      await setDevice(app, await buildDevice(app), { accountId: everything.account.id }),
      await buildDevice(app),
    ];
    const { id, revision } = await inviteDevice(host.ctx, { recipient: guest.device.address, origin: 'OWN_ID' });
    const { sessionId } = await acceptInvitation(guest.ctx, { id, revision });
    const token = await tokenOf(app, everything);
    const contexts = [
      await signedIn(app, everything).then(({ ctx }) => ctx),
      other.as(await authenticate(other.services, { bearer: token.secret })),
      await signedIn(other, user).then(({ ctx }) => ctx),
    ] as const;
    const streams = [
      await followAccount(contexts[0], null),
      await followCompany(contexts[0], null),
      await followAlerts(contexts[0], companyId, null),
      await followSession(contexts[0], sessionId ?? '', null),
      await followAccount(contexts[1], null),
      await followCompany(contexts[2], null),
    ];
    const kept = await followAccount(admin.ctx, null);
    const ended = streams.map(endOf);
    await require(true);
    await Promise.all(ended);
    const told = kept.next();
    await updateAccount(admin.ctx, { name: 'Still here' });
    expect(await told).toMatchObject({ value: { change: 'UPDATED' } });
    await kept.return?.();
  });
});

describe('who has a second factor', () => {
  it('is told to administrators, as a filter of the members', async () => {
    const app = await testApp();
    const { companyId, admin, user, memberId } = await scene(app);
    const list = async (ctx: Context, secondFactor?: boolean) => {
      const { rows, count } = await listMembers(ctx, { companyId, secondFactor });
      return { accounts: rows.map(({ accountId }) => accountId).sort(), count: await count() };
    };
    expect(await list(admin.ctx, true)).toEqual({ accounts: [admin.account.id], count: 1 });
    expect(await list(admin.ctx, false)).toEqual({ accounts: [user.account.id], count: 1 });
    expect(await list(user.ctx)).toMatchObject({ count: 2 });
    await denialOf(list(user.ctx, false), 'FORBIDDEN');
    await denialOf(list((await buildAccount(app)).ctx, true), 'NOT_FOUND');
    // An app that was set up and never confirmed is none.
    const { ctx } = await signedIn(app, user);
    await setUpSecondFactor(ctx, { password: PASSWORD });
    expect(await list(admin.ctx, false)).toMatchObject({ count: 1 });
    expect(memberId).toMatch(/^mem_/);
  });
});
