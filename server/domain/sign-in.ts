import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { Cookie, Lucia, TimeSpan } from 'lucia';
import type { Config } from '../config.ts';
import { type Account, accounts } from '../db/tables/accounts.ts';
import { type AuthSession, authSessions } from '../db/tables/auth-sessions.ts';
import { newId } from '../lib/ids.ts';
import { hashSecret } from '../lib/secrets.ts';
import { findAccountByEmail } from './accounts.ts';
import {
  type AuthAccountAttributes,
  type AuthSessionAttributes,
  authSessionAdapter,
  authSessionsOf,
  deleteAuthSessions,
  LUCIA_SPAN_MS,
} from './auth-session-adapter.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context, Services } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { emailOf } from './input.ts';
import { passwordMatches, typedPassword } from './passwords.ts';
import { type AccountPrincipal, authorizeSignedIn, authorizeUnverified, authorizeVisitor } from './principal.ts';
import { limitRate, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { forgiveFailures, takeAttempt } from './sign-in-attempts.ts';

/**
 * Sign-ins by cookie (not support sessions), on Lucia 3: this file and the adapter are all that knows of it, so that
 * it can be exchanged (its development ended in 2025).
 */

declare module 'lucia' {
  interface Register {
    Lucia: AuthLucia;
    DatabaseSessionAttributes: AuthSessionAttributes;
    DatabaseUserAttributes: AuthAccountAttributes;
  }
}

type AuthLucia = Lucia<AuthSessionAttributes, AuthAccountAttributes>;

/** 32 bytes: twice the 128 bits that ASVS 7.2.3 asks for. */
const SECRET_BYTES = 32;

/** Longest user agent that is kept, in characters: enough to recognise a browser by. */
const USER_AGENT_LENGTH = 300;

/** Lucia on the committed database or, given a transaction, within it. */
function luciaOn({ config, clock, db }: Services, tx?: Change): AuthLucia {
  const store = tx
    ? { read: tx.q, write: <T>(work: (q: Change['q']) => Promise<T>) => work(tx.q) }
    : { read: db.read, write: <T>(work: (q: Change['q']) => Promise<T>) => db.write(({ q }) => work(q)) };
  const limits = { idleMs: config.SESSION_IDLE_S * 1000, absoluteMs: config.SESSION_ABSOLUTE_S * 1000 };
  return new Lucia(authSessionAdapter(store, tx ? { ...clock, now: () => tx.now } : clock, limits), {
    sessionExpiresIn: new TimeSpan(LUCIA_SPAN_MS, 'ms'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}

/** The name of the cookie. `__Host-` makes browsers insist on Secure, Path=/ and no Domain; it needs TLS. */
export function sessionCookieName(config: Pick<Config, 'PUBLIC_URL'>): string {
  return isSecure(config) ? '__Host-beckon' : 'beckon';
}

/** The Set-Cookie header that hands the secret over; with null, the one that takes it away. */
export function sessionCookie(
  config: Pick<Config, 'PUBLIC_URL' | 'SESSION_ABSOLUTE_S'>,
  secret: string | null,
): string {
  return new Cookie(sessionCookieName(config), secret ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecure(config),
    maxAge: secret === null ? 0 : config.SESSION_ABSOLUTE_S,
  }).serialize();
}

function isSecure(config: Pick<Config, 'PUBLIC_URL'>): boolean {
  return config.PUBLIC_URL.startsWith('https:');
}

/** Who has this secret in the cookie, or null where it is none of ours, expired or revoked. Moves the idle limit. */
export async function principalOfCookie(services: Services, secret: string): Promise<AccountPrincipal | null> {
  const { session, user } = await luciaOn(services).validateSession(secret);
  if (!session) return null;
  const via = { kind: 'session', id: session.publicId, hash: hashSecret(secret) } as const;
  return { kind: 'account', accountId: session.userId, verified: user.verified, language: user.language, via };
}

/**
 * Signs in with address and password, whether or not the address is verified yet. What a wrong password and an unknown
 * address cost and answer is the same. A sign-in that the browser had before stays valid until it is signed out.
 * Event: authSession SIGNED_IN.
 * @returns The account, and the secret for the cookie.
 * @throws Refusal SignInRefused WRONG_CREDENTIALS or TOO_MANY_ATTEMPTS, InvalidInput. @throws Denial TOO_MANY_REQUESTS.
 */
export async function signIn(
  ctx: Context,
  input: Repeatable & { email: string; password: string },
): Promise<{ account: Account; secret: string }> {
  authorizeVisitor(ctx);
  await limitRate(ctx, `sign-in:${ctx.request.address}`, ctx.config.SIGN_INS_PER_MINUTE, MINUTE_MS);
  const emailKey = emailOf(input.email, ['email']).toLowerCase();
  await takeAttempt(ctx, emailKey, []);
  const account = await findAccountByEmail(ctx.db.read, emailKey);
  const right = await passwordMatches(account?.passwordHash ?? null, typedPassword(input.password));
  if (!account || !right) throw new Refusal('SignInRefused', 'WRONG_CREDENTIALS');
  await ctx.db.write(({ q }) => forgiveFailures(q, emailKey));

  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const publicId = newId('AuthSession');
  const via = { kind: 'session', id: publicId, hash: hashSecret(secret) } as const;
  // Whoever knows the password is the account from here on, also in the log.
  const principal = { kind: 'account', accountId: account.id, verified: account.verifiedAt !== null, via } as const;
  // The password was compared above, also for a repetition; it must not be stored, not even as a hash.
  const repeatable = { idempotencyKey: input.idempotencyKey, emailKey };
  return change({ ...ctx, principal }, 'signIn', repeatable, async (tx) => {
    // A password that was changed while this one was compared lets nobody in any more; and who is changing it now waits
    // for us, and then ends this sign-in too.
    const { id, passwordHash } = account;
    const [present] = await tx.q
      .update(accounts)
      .set({ passwordHash })
      .where(and(eq(accounts.id, id), eq(accounts.passwordHash, passwordHash)))
      .returning();
    if (!present) throw new Refusal('SignInRefused', 'WRONG_CREDENTIALS');
    const address = ctx.request.address ?? '';
    const userAgent = ctx.request.userAgent.slice(0, USER_AGENT_LENGTH);
    await luciaOn(ctx, tx).createSession(account.id, { publicId, address, userAgent }, { sessionId: secret });
    emitAuthSession(tx, account.id, publicId, 'SIGNED_IN', { address, userAgent });
    return { account: present, secret };
  });
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
 * The account's own sign-ins that are still good, newest first.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function listAuthSessions(ctx: Context): Promise<AuthSession[]> {
  const { accountId } = authorizeUnverified(ctx, 'READ');
  const sessions = await luciaOn(ctx).getUserSessions(accountId);
  return sessions.flatMap(({ row }) => (row ? [row] : []));
}

/**
 * One of the account's own sign-ins, by its public id.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN; NOT_FOUND where it has ended or is another's.
 */
export async function getAuthSession(ctx: Context, publicId: string): Promise<AuthSession> {
  const session = (await listAuthSessions(ctx)).find((own) => own.publicId === publicId);
  if (!session) throw notFound('id');
  return session;
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

/** Ends all sign-ins of an account but, where given, one; for whoever changes its password. */
export async function endAuthSessions(tx: Change, accountId: string, exceptPublicId: string | null): Promise<void> {
  const ended = await deleteAuthSessions(tx.q, authSessionsOf(accountId, exceptPublicId));
  for (const publicId of ended) {
    emitAuthSession(tx, accountId, publicId, 'REVOKED', null);
    tx.wake(`auth:${publicId}`);
  }
}

/**
 * Gives a sign-in a new secret (ASVS 7.2.4): who had the old one is out. The sign-in itself, its limits and its
 * subscriptions stay.
 * @throws Denial UNAUTHENTICATED where it has ended meanwhile.
 */
export async function renewSecret(tx: Change, hash: string): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const rows = await tx.q
    .update(authSessions)
    .set({ id: hashSecret(secret) })
    .where(eq(authSessions.id, hash))
    .returning({ publicId: authSessions.publicId });
  if (rows.length === 0) throw new Denial('UNAUTHENTICATED');
  return secret;
}

/** Deletes sign-ins that have expired. May be repeated. */
export async function forgetAuthSessions(services: Services): Promise<void> {
  await luciaOn(services).deleteExpiredSessions();
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

function emitAuthSession(
  tx: Change,
  accountId: string,
  publicId: string,
  how: 'SIGNED_IN' | 'SIGNED_OUT' | 'REVOKED',
  after: Record<string, unknown> | null,
): void {
  tx.emit({ concept: 'authSession', change: how, subject: publicId, after, streams: [streamOf.account(accountId)] });
}
