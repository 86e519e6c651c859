import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { memberRoles } from '../db/tables/roles.ts';
import { updateAccount } from '../domain/accounts.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { authenticate } from '../domain/authenticate.ts';
import { updateCompany } from '../domain/companies.ts';
import { streamOf } from '../domain/event-log.ts';
import { encodeCursor } from '../domain/event-stream.ts';
import {
  createWebhook,
  MOST_WEBHOOKS,
  pingWebhook,
  redeliverWebhook,
  removeWebhook,
  updateWebhook,
} from '../domain/webhook-changes.ts';
import { cursorOf, getWebhook, listDeliveries, listWebhooks, wants } from '../domain/webhooks.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { signedIn } from '../testing/people.ts';
import { receiver } from '../testing/receivers.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { FIRST_RETRY_MS, LONGEST_RETRY_MS, MOST_ATTEMPTS, OF_ONE_ACCOUNT, retryAfter } from './delivery.ts';

/** Somebody with a webhook for all that happens to their account, received by a real server. */
async function scene(events: readonly string[] = ['account.*']) {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const ana = await buildAccount(app);
  const target = await receiver();
  const { webhook, secret } = await createWebhook(ana.ctx, { url: target.url, events });
  const deliveries = async () => (await listDeliveries(ana.ctx, webhook.id, {})).rows;
  return { app, ana, target, webhook, secret, deliveries };
}

describe('webhooks', () => {
  it('deliver the wanted events of the account, each signed with its instant, and keep the history', async () => {
    const { app, ana, target, secret, deliveries } = await scene();
    await updateAccount(ana.ctx, { name: 'Another' });
    await createWebhook(ana.ctx, { url: target.url, events: ['nothing.AT_ALL'] });
    await app.webhooks.idle();

    expect(target.received).toHaveLength(1);
    const [{ headers, text, body } = { headers: {}, text: '', body: null }] = target.received;
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['beckon-signature'])) ?? [];
    expect(Number(t)).toBe(app.clock.now() / 1000);
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${text}`).digest('hex'));
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'beckon-event': body.event });
    expect(body).toMatchObject({
      event: 'account.UPDATED',
      subject: ana.account.id,
      actor: { kind: 'ACCOUNT', id: ana.account.id },
      after: { name: 'Another' },
      occurredAt: new Date(app.clock.now()).toISOString(),
      cursor: encodeCursor(streamOf.account(ana.account.id), body.number),
    });
    expect(await deliveries()).toMatchObject([
      { id: headers['beckon-delivery'], event: 'account.UPDATED', state: 'DELIVERED', attempts: 1, lastStatus: 204 },
    ]);
  });

  it('are tried again by the clock, longer apart each time, and given up after a named number', async () => {
    const { app, ana, target, deliveries } = await scene();
    target.answer = { status: 500 };
    await updateAccount(ana.ctx, { name: 'Another' });
    await app.webhooks.idle();
    expect(await deliveries()).toMatchObject([
      { state: 'PENDING', attempts: 1, lastStatus: 500, nextAttemptAt: app.clock.now() + FIRST_RETRY_MS },
    ]);
    app.clock.advance(FIRST_RETRY_MS - 1);
    await app.webhooks.idle();
    expect(target.received).toHaveLength(1);
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt++) {
      app.clock.advance(retryAfter(attempt - 1));
      await app.webhooks.idle();
    }
    expect(target.received).toHaveLength(MOST_ATTEMPTS);
    expect(await deliveries()).toMatchObject([{ state: 'FAILED', attempts: MOST_ATTEMPTS, nextAttemptAt: null }]);
    app.clock.advance(LONGEST_RETRY_MS);
    await app.webhooks.idle();
    expect(target.received).toHaveLength(MOST_ATTEMPTS);

    target.answer = { status: 200 };
    const [failed] = await deliveries();
    await redeliverWebhook(ana.ctx, { id: failed?.webhookId ?? '', deliveryId: failed?.id });
    await app.webhooks.idle();
    expect(target.received.at(-1)?.body).toMatchObject({ event: 'account.UPDATED', after: { name: 'Another' } });
    expect((await deliveries()).map(({ state }) => state).sort()).toEqual(['DELIVERED', 'FAILED']);
  });

  it('do not follow redirects', async () => {
    const { app, ana, target, deliveries } = await scene();
    const elsewhere = await receiver();
    target.answer = { status: 307, headers: { location: elsewhere.url } };
    await updateAccount(ana.ctx, { name: 'Another' });
    await app.webhooks.idle();
    expect(elsewhere.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'PENDING', lastStatus: 307 }]);
  });

  it('wait while they are disabled, and catch up when they are enabled', async () => {
    const { app, ana, target, webhook } = await scene();
    await updateWebhook(ana.ctx, { id: webhook.id, enabled: false });
    await updateAccount(ana.ctx, { name: 'One' });
    await updateAccount(ana.ctx, { name: 'Two' });
    await app.webhooks.idle();
    expect(target.received).toEqual([]);
    await updateWebhook(ana.ctx, { id: webhook.id, enabled: true });
    await app.webhooks.idle();
    expect(target.received.map(({ body }) => body.after.name).sort()).toEqual(['One', 'Two']);
  });

  it('deliver again all that followed a cursor, and test events', async () => {
    const { app, ana, target, webhook, deliveries } = await scene();
    await updateAccount(ana.ctx, { name: 'One' });
    await updateAccount(ana.ctx, { name: 'Two' });
    await app.webhooks.idle();
    const one = target.received.find(({ body }) => body.after.name === 'One');
    expect((await deliveries()).map(cursorOf)).toContain(one?.body.cursor);
    await redeliverWebhook(ana.ctx, { id: webhook.id, after: one?.body.cursor });
    await app.webhooks.idle();
    expect(target.received.map(({ body }) => body.after.name).sort()).toEqual(['One', 'Two', 'Two']);
    await pingWebhook(ana.ctx, { id: webhook.id });
    await app.webhooks.idle();
    expect(target.received.at(-1)?.body).toMatchObject({ event: 'ping', subject: webhook.id });
    expect((await deliveries()).filter(({ event }) => event === 'ping').map(cursorOf)).toEqual([null]);
    await denialOf(redeliverWebhook(ana.ctx, { id: webhook.id, after: 'nonsense' }), 'BAD_USER_INPUT');
    await refusalOf(redeliverWebhook(ana.ctx, { id: webhook.id }), 'CONTRADICTION');
  });

  it('of a company tell its events to administrators, and stop where one is none any more', async () => {
    const { app } = await scene();
    const { companyId, admin } = await buildCompany(app);
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const target = await receiver();
    const input = { url: target.url, events: ['company.*'], companyId };
    await denialOf(createWebhook(user.ctx, input), 'FORBIDDEN');
    const { webhook } = await createWebhook(admin.ctx, input);
    await updateCompany(admin.ctx, { name: 'Another' });
    await app.webhooks.idle();
    expect(target.received.map(({ body }) => body.event)).toEqual(['company.UPDATED']);

    const second = await buildAccount(app);
    await app.services.db.write(async ({ q }) => {
      await q.delete(memberRoles);
    });
    await addMember(app, companyId, second, 'COMPANY_ADMINISTRATOR');
    await updateCompany(second.ctx, { name: 'Not for them' });
    await app.webhooks.idle();
    expect(target.received).toHaveLength(1);
    expect(await getWebhook(admin.ctx, webhook.id)).toMatchObject({ enabled: false });
  });

  it('are delivered once, whichever nodes there are', async () => {
    const { app, ana, target } = await scene();
    const nodes = databaseEngine() === 'postgres' ? [app, await app.anotherNode()] : [app];
    for (let i = 0; i < 10; i++) await updateAccount(ana.ctx, { name: `Name ${i}` });
    await Promise.all(nodes.map((node) => node.webhooks.idle()));
    expect(target.received.map(({ body }) => body.after.name).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `Name ${i}`),
    );
  });

  it('of an account whose receivers hang hold up its own only, and nothing that happens meanwhile', async () => {
    const { app, ana, target } = await scene();
    target.answer = null;
    for (let i = 0; i < 60; i++) await updateAccount(ana.ctx, { name: `Name ${i}` });
    await target.came(OF_ONE_ACCOUNT);
    const bea = await buildAccount(app);
    const other = await receiver();
    await createWebhook(bea.ctx, { url: other.url, events: ['account.*'] });
    for (let i = 0; i < 10; i++) await updateAccount(bea.ctx, { name: `Heard ${i}` });
    await other.came(10);
    expect(target.received).toHaveLength(OF_ONE_ACCOUNT);
  });

  it('are made by who is signed in by cookie only, within bounds, and are one’s own', async () => {
    const { app, ana, target, webhook } = await scene();
    const { ctx } = await signedIn(app, ana);
    const { secret } = await createApiToken(ctx, { name: 'all', scopes: ['READ', 'ACCOUNT'] });
    const token = app.as(await authenticate(app.services, { bearer: secret }));
    await denialOf(createWebhook(token, { url: target.url, events: ['*'] }), 'FORBIDDEN');
    await refusalOf(createWebhook(ana.ctx, { url: target.url, events: [] }), 'REQUIRED');
    await refusalOf(createWebhook(ana.ctx, { url: target.url, events: ['a.b.c'] }), 'INVALID_CHARACTERS');
    await refusalOf(createWebhook(ana.ctx, { url: 'ftp://example.com', events: ['*'] }), 'INVALID_URL');
    await refusalOf(createWebhook(ana.ctx, { url: 'https://a:b@example.com', events: ['*'] }), 'INVALID_URL');
    const stranger = await buildAccount(app);
    await denialOf(getWebhook(stranger.ctx, webhook.id), 'NOT_FOUND');
    await denialOf(pingWebhook(stranger.ctx, { id: webhook.id }), 'NOT_FOUND');
    await denialOf(removeWebhook(stranger.ctx, { id: webhook.id }), 'NOT_FOUND');
    await removeWebhook(ana.ctx, { id: webhook.id });
    expect(await listWebhooks(ana.ctx)).toEqual([]);
    for (let i = 0; i < MOST_WEBHOOKS; i++) await createWebhook(ana.ctx, { url: target.url, events: ['*'] });
    await refusalOf(createWebhook(ana.ctx, { url: target.url, events: ['*'] }), 'TOO_MANY');
  });

  it.each([
    [['invitation.CREATED'], 'invitation', 'CREATED', true],
    [['invitation.CREATED'], 'invitation', 'EXPIRED', false],
    [['invitation.*'], 'invitation', 'EXPIRED', true],
    [['invitation'], 'invitation', 'EXPIRED', true],
    [['*.REMOVED'], 'device', 'REMOVED', true],
    [['*'], 'device', 'REMOVED', true],
    [['invitation.*'], 'invitations', 'CREATED', false],
  ])('%j of %s %s: %s', (patterns, concept, change, wanted) => {
    expect(wants(patterns, { concept, change })).toBe(wanted);
  });
});

describe('addresses inside the server’s own network', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://localhost/',
    'https://a.localhost/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fd00::1]/',
  ])('%s is refused', async (url) => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    await refusalOf(createWebhook(ctx, { url, events: ['*'] }), 'PRIVATE_ADDRESS');
  });

  it('plain http is refused', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    await refusalOf(createWebhook(ctx, { url: 'http://example.com/', events: ['*'] }), 'INVALID_URL');
  });
});
