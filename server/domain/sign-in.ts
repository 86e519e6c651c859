import { Cookie, Lucia, TimeSpan } from 'lucia';
import type { Config } from '../config.ts';
import type { Account } from '../db/tables/accounts.ts';
import type { AuthSession } from '../db/tables/auth-sessions.ts';
import { newId } from '../lib/ids.ts';
import { hashSecret } from '../lib/secrets.ts';
import { findAccount, findAccountByEmail, lockAccount } from './accounts.ts';
import {
  type AuthAccountAttributes,
  type AuthSessionAttributes,
  type AuthSessionStore,
  authSessionAdapter,
  LUCIA_SPAN_MS,
} from './auth-session-adapter.ts';
import { emitAuthSession, newSessionSecret } from './auth-sessions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context, Services } from './context.ts';
import { notFound } from './denials.ts';
import { emailOf } from './input.ts';
import { noteBrowser } from './known-browsers.ts';
import { noteUse } from './note-use.ts';
import { passwordMatches, typedPassword } from './passwords.ts';
import { findPendingSignIn, openPendingSignIn, usePendingSignIn } from './pending-sign-ins.ts';
import { type AccountPrincipal, authorizeUnverified, authorizeVisitor } from './principal.ts';
import { limitNetwork, MINUTE_MS } from './rate-limits.ts';
import { Refusal } from './refusals.ts';
import { acceptCode, type CodeKind, hasSecondFactor, recoveryCodesLeft } from './second-factor-codes.ts';
import { tellSecondFactor } from './second-factor-events.ts';
import { attempt, codeAttempts } from './sign-in-attempts.ts';

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

/** Longest user agent that is kept, in characters: enough to recognise a browser by. */
const USER_AGENT_LENGTH = 300;

/** Lucia on the committed database or, given a transaction, within it. */
function luciaOn(services: Services, tx?: Change): AuthLucia {
  const { config, clock, db } = services;
  const write = <T>(work: (q: Change['q']) => Promise<T>) => (tx ? work(tx.q) : db.write(({ q }) => work(q)));
  const store: AuthSessionStore = {
    read: tx?.q ?? db.read,
    write,
    note: (work) => (tx ? work(tx.q) : noteUse(services, work)),
  };
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
  const { verified, lacksSecondFactor, language } = user;
  return { kind: 'account', accountId: session.userId, verified, lacksSecondFactor, language, via };
}

/** Who was let in, and the secret for the cookie. */
export interface SignedIn {
  readonly account: Account;
  readonly secret: string;
}

/**
 * Signs in with address and password, whether or not the address is verified yet. What a wrong password and an unknown
 * address cost and answer is the same. A sign-in that the browser had before stays valid until it is signed out. Where
 * the account was not signed in from here before, its owner is told by mail. Event: authSession SIGNED_IN.
 * @throws Refusal SecondFactorNeeded with a token for `completeSignIn`, where the account has a second factor: nobody is
 *   signed in yet. SignInRefused WRONG_CREDENTIALS or TOO_MANY_ATTEMPTS, InvalidInput. @throws Denial TOO_MANY_REQUESTS.
 */
export async function signIn(ctx: Context, input: Repeatable & { email: string; password: string }): Promise<SignedIn> {
  authorizeVisitor(ctx);
  await limitNetwork(ctx, 'sign-in', ctx.config.SIGN_INS_PER_MINUTE, MINUTE_MS);
  const emailKey = emailOf(input.email, ['email']).toLowerCase();
  const account = await attempt(ctx, emailKey, [], async () => {
    const known = await findAccountByEmail(ctx.db.read, emailKey);
    const right = await passwordMatches(known?.passwordHash ?? null, typedPassword(input.password));
    if (!known || !right) throw new Refusal('SignInRefused', 'WRONG_CREDENTIALS');
    return known;
  });
  // The password was compared above, also for a repetition; it must not be stored, not even as a hash.
  const repeatable = { idempotencyKey: input.idempotencyKey, emailKey };
  const outcome = await change(speakingFor(ctx, account), 'signIn', repeatable, async (tx) => {
    // A password that was changed while this one was compared lets nobody in any more; and who is changing it now, or
    // confirms a second factor, waits for us, and then ends this sign-in too.
    const present = await lockAccount(tx.q, account);
    if (!present) throw new Refusal('SignInRefused', 'WRONG_CREDENTIALS');
    const needsCode = await hasSecondFactor(tx.q, present.id);
    return needsCode ? { pending: await openPendingSignIn(tx, present.id) } : openAuthSession(ctx, tx, present, null);
  });
  if ('pending' in outcome) throw new Refusal('SecondFactorNeeded', 'SECOND_FACTOR_NEEDED', [], outcome.pending);
  return outcome;
}

/**
 * Completes a sign-in by the second factor: a code of the app, or a recovery code, which is used up by it. Wrong codes
 * count for the account like passwords; where they make the next try wait, its owner is told by mail. A token that is void,
 * used, lapsed or never was is answered alike. Events: authSession SIGNED_IN; secondFactor RECOVERY_CODE_USED,
 * CODES_GUESSED.
 * @returns Also how many recovery codes are left, where one was used.
 * @throws Refusal SignInRefused SIGN_IN_LAPSED, WRONG_CODE or TOO_MANY_ATTEMPTS. @throws Denial TOO_MANY_REQUESTS.
 */
export async function completeSignIn(
  ctx: Context,
  input: Repeatable & { token: string; code: string },
): Promise<SignedIn & { recoveryCodesLeft: number | null }> {
  authorizeVisitor(ctx);
  await limitNetwork(ctx, 'second-factor', ctx.config.SIGN_INS_PER_MINUTE, MINUTE_MS);
  const lapsed = new Refusal('SignInRefused', 'SIGN_IN_LAPSED', ['token']);
  const pending = await findPendingSignIn(ctx.db.read, input.token, ctx.clock.now());
  const account = pending && (await findAccount(ctx.db.read, pending.accountId));
  if (!account) throw lapsed;
  const complete = () =>
    change(speakingFor(ctx, account), 'completeSignIn', input, async (tx) => {
      if (!(await usePendingSignIn(tx, input.token))) throw lapsed;
      const kind = await acceptCode(tx, account.id, input.code);
      if (!kind) throw new Refusal('SignInRefused', 'WRONG_CODE', ['code']);
      const left = kind === 'RECOVERY_CODE' ? await recoveryCodesLeft(tx.q, account.id) : null;
      if (left !== null) await tellSecondFactor(ctx, tx, account, 'RECOVERY_CODE_USED', left);
      return { ...(await openAuthSession(ctx, tx, account, kind)), recoveryCodesLeft: left };
    });
  // A used token makes nothing a guess: it is repeated by its key, or refused whatever the code.
  if (pending.usedAt !== null) return complete();
  return attempt(ctx, codeAttempts(account.id), ['code'], complete, () =>
    change(ctx, 'completeSignIn', {}, async (tx) =>
      tellSecondFactor(ctx, tx, account, 'CODES_GUESSED', await recoveryCodesLeft(tx.q, account.id)),
    ),
  );
}

/** Whoever has proved to be the account is it from there on, also in the log. */
function speakingFor(ctx: Context, { id, verifiedAt }: Account): Context {
  const via = { kind: 'session', id: newId('AuthSession'), hash: '' } as const;
  const verified = verifiedAt !== null;
  return { ...ctx, principal: { kind: 'account', accountId: id, verified, lacksSecondFactor: false, via } };
}

async function openAuthSession(
  ctx: Context,
  tx: Change,
  account: Account,
  secondFactor: CodeKind | null,
): Promise<SignedIn> {
  const secret = newSessionSecret();
  const publicId = newId('AuthSession');
  const address = ctx.request.address ?? '';
  const userAgent = ctx.request.userAgent.slice(0, USER_AGENT_LENGTH);
  await luciaOn(ctx, tx).createSession(account.id, { publicId, address, userAgent }, { sessionId: secret });
  const after = { address, userAgent, ...(secondFactor ? { secondFactor } : {}) };
  emitAuthSession(tx, account.id, publicId, 'SIGNED_IN', after);
  await noteBrowser(ctx, tx, account);
  return { account, secret };
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

/** Deletes sign-ins that have expired. May be repeated. */
export async function forgetAuthSessions(services: Services): Promise<void> {
  await luciaOn(services).deleteExpiredSessions();
}
