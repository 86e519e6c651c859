import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { authSessions } from '../db/tables/auth-sessions.ts';
import { hashSecret } from '../lib/secrets.ts';
import { authSessionsOf, deleteAuthSessions } from './auth-session-adapter.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { authorizeSignedIn, authorizeUnverified } from './principal.ts';

/** 32 bytes: twice the 128 bits that ASVS 7.2.3 asks for. */
const SECRET_BYTES = 32;

/** A new secret for the cookie of a sign-in. */
export function newSessionSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * Ends the sign-in that the request came with, at once, with its open subscriptions.
 * Event: authSession SIGNED_OUT.
 * @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token, which is revoked instead.
 */
export async function signOut(ctx: Context, input: Repeatable = {}): Promise<{ authSessionId: string }> {
  const { accountId, via } = authorizeSignedIn(ctx);
  return change(ctx, 'signOut', input, async (tx) => {
    await endAuthSession(tx, accountId, via.id, 'SIGNED_OUT');
    return { authSessionId: via.id };
  });
}

/**
 * Ends one of the account's own sign-ins, at once, with its open subscriptions.
 * Event: authSession REVOKED.
 * @throws Denial NOT_FOUND where it is not there (any more) or another's.
 */
export async function revokeAuthSession(
  ctx: Context,
  input: Repeatable & { id: string },
): Promise<{ authSessionId: string }> {
  const { accountId } = authorizeUnverified(ctx, 'ACCOUNT');
  return change(ctx, 'revokeAuthSession', input, async (tx) => {
    const ended = await endAuthSession(tx, accountId, input.id, 'REVOKED');
    if (!ended) throw notFound('id');
    return { authSessionId: input.id };
  });
}

/**
 * Ends all other sign-ins of the account, at once, with their open subscriptions; for who is signed in by cookie. API
 * tokens stay. May be repeated. Event: authSession REVOKED for each that ended.
 * @throws Denial UNAUTHENTICATED; FORBIDDEN for an API token.
 */
export async function revokeOtherAuthSessions(
  ctx: Context,
  input: Repeatable = {},
): Promise<{ authSessionIds: string[] }> {
  const { accountId, via } = authorizeSignedIn(ctx);
  return change(ctx, 'revokeOtherAuthSessions', input, async (tx) => ({
    authSessionIds: await endAuthSessions(tx, accountId, via.id),
  }));
}

/** Ends all sign-ins of an account but, where given, one; returns their public ids. */
export async function endAuthSessions(tx: Change, accountId: string, exceptPublicId: string | null): Promise<string[]> {
  const ended = await deleteAuthSessions(tx.q, authSessionsOf(accountId, exceptPublicId));
  for (const publicId of ended) {
    emitAuthSession(tx, accountId, publicId, 'REVOKED', null);
    tx.wake(`auth:${publicId}`);
  }
  return ended;
}

/**
 * Gives a sign-in a new secret (ASVS 7.2.4): who had the old one is out. The sign-in itself, its limits and its
 * subscriptions stay.
 * @throws Denial UNAUTHENTICATED where it has ended meanwhile.
 */
export async function renewSecret(tx: Change, hash: string): Promise<string> {
  const secret = newSessionSecret();
  const rows = await tx.q
    .update(authSessions)
    .set({ id: hashSecret(secret) })
    .where(eq(authSessions.id, hash))
    .returning({ publicId: authSessions.publicId });
  if (rows.length === 0) throw new Denial('UNAUTHENTICATED');
  return secret;
}

async function endAuthSession(
  tx: Change,
  accountId: string,
  publicId: string,
  how: 'SIGNED_OUT' | 'REVOKED',
): Promise<boolean> {
  const own = and(eq(authSessions.publicId, publicId), eq(authSessions.accountId, accountId));
  const ended = await deleteAuthSessions(tx.q, own);
  if (ended.length === 0) return false;
  emitAuthSession(tx, accountId, publicId, how, null);
  tx.wake(`auth:${publicId}`);
  return true;
}

export function emitAuthSession(
  tx: Change,
  accountId: string,
  publicId: string,
  how: 'SIGNED_IN' | 'SIGNED_OUT' | 'REVOKED',
  after: Record<string, unknown> | null,
): void {
  tx.emit({ concept: 'authSession', change: how, subject: publicId, after, streams: [streamOf.account(accountId)] });
}
