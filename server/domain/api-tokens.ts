import { and, asc, count, desc, eq, gt, isNull, or } from 'drizzle-orm';
import { type ApiToken, apiTokens } from '../db/tables/api-tokens.ts';
import { newId } from '../lib/ids.ts';
import { hashSecret, newSecret } from '../lib/secrets.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { LENGTHS, lineOf } from './input.ts';
import { authorize, authorizeSignedIn, TOKEN_SCOPES, type TokenScope } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Tokens of one account that can be used at a time: more than anybody oversees. */
export const MOST_TOKENS = 100;

export interface CreateApiTokenInput extends Repeatable {
  name: string;
  scopes: readonly TokenScope[];
  /** In milliseconds since 1970; it does not expire where absent. */
  expiresAt?: number | null | undefined;
}

/**
 * Makes a personal API token (API-05), which is shown this once. Only a sign-in by cookie may, so that no token outlives
 * or widens itself; a sign-in may do everything, so that no token can do more than who made it.
 * Event: apiToken CREATED.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function createApiToken(
  ctx: Context,
  input: CreateApiTokenInput,
): Promise<{ apiToken: ApiToken; secret: string }> {
  authorize(ctx, 'ACCOUNT', 'account');
  const { accountId } = authorizeSignedIn(ctx);
  const name = lineOf(input.name, ['name'], LENGTHS.label);
  const scopes = TOKEN_SCOPES.filter((scope) => input.scopes.includes(scope));
  if (scopes.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['scopes']);
  const expiresAt = input.expiresAt ?? null;
  return change(ctx, 'createApiToken', input, async (tx) => {
    if (expiresAt !== null && !(Number.isSafeInteger(expiresAt) && expiresAt > tx.now)) {
      throw new Refusal('InvalidInput', 'INVALID_TIME', ['expiresAt']);
    }
    const usable = and(
      eq(apiTokens.accountId, accountId),
      isNull(apiTokens.revokedAt),
      or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, tx.now)),
    );
    const [held] = await tx.q.select({ count: count() }).from(apiTokens).where(usable);
    if ((held?.count ?? 0) >= MOST_TOKENS) {
      throw new Refusal('InvalidInput', 'TOO_MANY', [], { limit: MOST_TOKENS });
    }
    const secret = newSecret('apiToken');
    const values = { id: newId('ApiToken'), hash: hashSecret(secret), accountId, name, scopes, expiresAt };
    const [apiToken] = await tx.q
      .insert(apiTokens)
      .values({ ...values, createdAt: tx.now })
      .returning();
    if (!apiToken) throw new Error('an insert returned no row');
    tx.emit({
      concept: 'apiToken',
      change: 'CREATED',
      subject: apiToken.id,
      after: { name, scopes, expiresAt },
      streams: [streamOf.account(accountId)],
    });
    return { apiToken, secret };
  });
}

/**
 * The caller's own tokens, newest first, with their last use; the expired among them, the revoked not.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function listApiTokens(ctx: Context): Promise<ApiToken[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return await ctx.db.read
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.accountId, accountId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt), asc(apiTokens.id));
}

/**
 * One of the caller's own tokens.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND where it was revoked or is another's.
 */
export async function getApiToken(ctx: Context, id: string): Promise<ApiToken> {
  const token = (await listApiTokens(ctx)).find((own) => own.id === id);
  if (!token) throw notFound('id');
  return token;
}

/**
 * Revokes one of the caller's own tokens, at once, with its open subscriptions. May be repeated.
 * Event: apiToken REVOKED, once.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND where it is not there or another's.
 */
export async function revokeApiToken(ctx: Context, input: Repeatable & { id: string }): Promise<ApiToken> {
  const { accountId } = authorize(ctx, 'ACCOUNT', 'account');
  return change(ctx, 'revokeApiToken', input, async (tx) => {
    const own = and(eq(apiTokens.id, input.id), eq(apiTokens.accountId, accountId));
    const [revoked] = await tx.q
      .update(apiTokens)
      .set({ revokedAt: tx.now })
      .where(and(own, isNull(apiTokens.revokedAt)))
      .returning();
    if (!revoked) {
      const [already] = await tx.q.select().from(apiTokens).where(own);
      if (!already) throw notFound('id');
      return already;
    }
    tx.emit({
      concept: 'apiToken',
      change: 'REVOKED',
      subject: revoked.id,
      before: { name: revoked.name },
      streams: [streamOf.account(accountId)],
    });
    tx.wake(`auth:${revoked.id}`);
    return revoked;
  });
}
