import { describe, expect, it } from 'vitest';
import { apiTokens } from '../db/tables/api-tokens.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount } from '../testing/builders.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { updateAccount } from './accounts.ts';
import { type CreateApiTokenInput, createApiToken, listApiTokens, MOST_TOKENS, revokeApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { createCompany } from './companies.ts';
import type { Context } from './context.ts';
import { followAccount } from './inboxes.ts';
import { TOKEN_SCOPES } from './principal.ts';
import { HOUR_MS, MINUTE_MS } from './rate-limits.ts';

/** The context of a request that comes with the token. */
async function withToken(app: TestApp, ctx: Context, input: Partial<CreateApiTokenInput> = {}) {
  const { apiToken, secret } = await createApiToken(ctx, { name: 'script', scopes: ['READ'], ...input });
  return { apiToken, secret, ctx: app.as(await authenticate(app.services, { bearer: secret })) };
}

describe('making tokens', () => {
  it('API-05 a token has a name, scopes and an end, and is shown once', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const expiresAt = app.clock.now() + HOUR_MS;
    const { apiToken, secret } = await createApiToken(ana.ctx, {
      name: ' Backup script ',
      scopes: ['SESSIONS', 'READ', 'READ'],
      expiresAt,
    });
    expect(apiToken).toMatchObject({
      name: 'Backup script',
      scopes: ['READ', 'SESSIONS'],
      expiresAt,
      lastUsedAt: null,
    });
    expect(secret).toMatch(/^bkn_pat_[\w-]{43}$/);
    expect(JSON.stringify(await app.services.db.read.select().from(apiTokens))).not.toContain(secret);
    expect(await listApiTokens(ana.ctx)).toEqual([apiToken]);
  });

  it('API-05 it does what its scopes say and nothing else', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const reading = await withToken(app, ana.ctx);
    expect(await listApiTokens(reading.ctx)).toHaveLength(1);
    const { details } = await denialOf(updateAccount(reading.ctx, { name: 'Other' }), 'FORBIDDEN');
    expect(details).toEqual({ scope: 'ACCOUNT' });
    const writing = await withToken(app, ana.ctx, { scopes: ['ACCOUNT'] });
    expect(await updateAccount(writing.ctx, { name: 'Other' })).toMatchObject({ name: 'Other' });
    await denialOf(listApiTokens(writing.ctx), 'FORBIDDEN');
    await denialOf(createCompany(writing.ctx, { name: 'N', namespace: 'north' }), 'FORBIDDEN');
  });

  it('API-05 a token makes no token, even with all scopes', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const all = await withToken(app, ctx, { scopes: TOKEN_SCOPES });
    await denialOf(createApiToken(all.ctx, { name: 'child', scopes: ['READ'] }), 'FORBIDDEN');
  });

  it('API-05 without a name, without scopes, with an end in the past: refused by name', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const make = (input: Partial<CreateApiTokenInput>) =>
      createApiToken(ctx, { name: 'n', scopes: ['READ'], ...input });
    expect((await refusalOf(make({ name: ' ' }), 'REQUIRED')).path).toEqual(['name']);
    expect((await refusalOf(make({ name: 'x'.repeat(101) }), 'TOO_LONG')).path).toEqual(['name']);
    expect((await refusalOf(make({ scopes: [] }), 'REQUIRED')).path).toEqual(['scopes']);
    for (const expiresAt of [app.clock.now() - 1, app.clock.now(), Number.NaN]) {
      expect((await refusalOf(make({ expiresAt }), 'INVALID_TIME')).path).toEqual(['expiresAt']);
    }
    await make({ expiresAt: app.clock.now() + 1 });
  });

  it('an account has a hundred tokens at most; expired and revoked ones do not count', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const make = () => createApiToken(ctx, { name: 'n', scopes: ['READ'], expiresAt: app.clock.now() + 1000 });
    const { apiToken } = await make();
    for (let n = 1; n < MOST_TOKENS; n++) await make();
    await refusalOf(make(), 'TOO_MANY');
    await revokeApiToken(ctx, { id: apiToken.id });
    await make();
    await refusalOf(make(), 'TOO_MANY');
    app.clock.advance(1000);
    await make();
  });

  it('API-02 the same key shows the same token again', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const input = { name: 'n', scopes: ['READ'], idempotencyKey: 'once' } as const;
    expect((await createApiToken(ctx, input)).secret).toBe((await createApiToken(ctx, input)).secret);
    expect(await listApiTokens(ctx)).toHaveLength(1);
  });

  it('an unverified account makes none', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app, { verifiedAt: null });
    await denialOf(createApiToken(ctx, { name: 'n', scopes: ['READ'] }), 'EMAIL_NOT_VERIFIED');
  });
});

describe('using and ending tokens', () => {
  it('API-05 its last use is known to the minute', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const { secret } = await withToken(app, ctx);
    const lastUse = async () => (await listApiTokens(ctx))[0]?.lastUsedAt;
    const first = app.clock.now();
    expect(await lastUse()).toBe(first);
    app.clock.advance(MINUTE_MS - 1);
    await authenticate(app.services, { bearer: secret });
    expect(await lastUse()).toBe(first);
    app.clock.advance(1);
    await authenticate(app.services, { bearer: secret });
    expect(await lastUse()).toBe(first + MINUTE_MS);
  });

  it('API-05 it is refused at, not before, its end', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const { secret } = await withToken(app, ctx, { expiresAt: app.clock.now() + HOUR_MS });
    app.clock.advance(HOUR_MS - 1);
    await authenticate(app.services, { bearer: secret });
    app.clock.advance(1);
    await denialOf(authenticate(app.services, { bearer: secret }), 'UNAUTHENTICATED');
    expect(await listApiTokens(ctx)).toHaveLength(1);
  });

  it('API-05 revoking it ends its requests and its open subscriptions at once; it may be repeated', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const token = await withToken(app, ctx);
    const inbox = await followAccount(token.ctx, null);
    const ended = denialOf(inbox.next(), 'UNAUTHENTICATED');
    const revoked = await revokeApiToken(ctx, { id: token.apiToken.id });
    expect(revoked.revokedAt).toBe(app.clock.now());
    await ended;
    await denialOf(authenticate(app.services, { bearer: token.secret }), 'UNAUTHENTICATED');
    app.clock.advance(1000);
    expect(await revokeApiToken(ctx, { id: token.apiToken.id })).toEqual(revoked);
    expect(await listApiTokens(ctx)).toEqual([]);
  });

  it('API-05 nobody revokes another’s token: it is not there for them', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const ben = await buildAccount(app);
    const { apiToken, secret } = await withToken(app, ana.ctx);
    const foreign = await denialOf(revokeApiToken(ben.ctx, { id: apiToken.id }), 'NOT_FOUND');
    const unknown = await denialOf(revokeApiToken(ben.ctx, { id: 'tok_unknown' }), 'NOT_FOUND');
    expect(foreign.details).toEqual(unknown.details);
    await authenticate(app.services, { bearer: secret });
  });
});
