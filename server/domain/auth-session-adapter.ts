import { and, asc, desc, eq, gt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { accounts, type Language } from '../db/tables/accounts.ts';
import { type AuthSession, authSessions } from '../db/tables/auth-sessions.ts';
import type { Clock } from '../lib/clock.ts';
import { hashSecret } from '../lib/secrets.ts';
import { MINUTE_MS } from './rate-limits.ts';
import { lacksSecondFactor } from './second-factor-gate.ts';

/** What Lucia carries for us beside its own fields. `row` is absent only while a session is being made. */
export interface AuthSessionAttributes {
  publicId: string;
  address: string;
  userAgent: string;
  row?: AuthSession;
}

/** What Lucia calls user attributes: what a principal is made of. */
export interface AuthAccountAttributes {
  verified: boolean;
  lacksSecondFactor: boolean;
  language: Language;
}

/** Where the adapter reads and writes: the committed database, or one transaction. */
export interface AuthSessionStore {
  readonly read: Queries;
  write<T>(work: (q: Queries) => Promise<T>): Promise<T>;
  /** Writes what nobody has to wait for to be let in. */
  note(work: (q: Queries) => Promise<void>): Promise<void>;
}

export interface AuthSessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/**
 * Lucia judges expiry by the system's clock, and renews in the second half of a span only. Both are cut out: rows are
 * judged here, by our clock, and Lucia is given one of two dates that no clock comes near. With this span it takes
 * the one as «good» and the other as «good, and to be renewed». All three stay within what a Date can hold.
 */
export const LUCIA_SPAN_MS = 8_200_000_000_000_000;
const GOOD = new Date(8_000_000_000_000_000);
const GOOD_BUT_DUE = new Date(4_000_000_000_000_000);

/** The idle limit is moved, and the last use noted, at most this often for a session: not every request writes. */
const RENEWAL_MS = MINUTE_MS;

const bySecret = prepared('auth_session_by_secret', (q) =>
  q
    .select({
      session: authSessions,
      verifiedAt: accounts.verifiedAt,
      lacksSecondFactor: lacksSecondFactor(accounts.id),
      language: accounts.language,
    })
    .from(authSessions)
    .innerJoin(accounts, eq(accounts.id, authSessions.accountId))
    .where(eq(authSessions.id, sql.placeholder('hash'))),
);

/** Lucia's sessions on our table, which knows only the SHA-256 of the secret in the cookie. */
export function authSessionAdapter(store: AuthSessionStore, clock: Clock, limits: AuthSessionLimits): Adapter {
  const idleEnd = (now: number, endsAt: number) => Math.min(now + limits.idleMs, endsAt);
  const renewal = Math.min(RENEWAL_MS, limits.idleMs / 2);
  return {
    async getSessionAndUser(secret) {
      const now = clock.now();
      const [found] = await bySecret(store.read, { hash: hashSecret(secret) });
      if (!found || found.session.expiresAt <= now) return [null, null];
      const { session: row, verifiedAt, ...rest } = found;
      const due = now - (row.lastSeenAt ?? row.createdAt) >= renewal;
      const session = { ...toLucia(row), id: secret, expiresAt: due ? GOOD_BUT_DUE : GOOD };
      return [session, { id: row.accountId, attributes: { verified: verifiedAt !== null, ...rest } }];
    },
    async getUserSessions(accountId) {
      const rows = await store.read
        .select()
        .from(authSessions)
        .where(and(eq(authSessions.accountId, accountId), gt(authSessions.expiresAt, clock.now())))
        .orderBy(desc(authSessions.createdAt), asc(authSessions.publicId));
      return rows.map(toLucia);
    },
    async setSession({ id: secret, userId, attributes: { publicId, address, userAgent } }) {
      const now = clock.now();
      const endsAt = now + limits.absoluteMs;
      await store.write(async (q) => {
        await q.insert(authSessions).values({
          id: hashSecret(secret),
          publicId,
          accountId: userId,
          createdAt: now,
          expiresAt: idleEnd(now, endsAt),
          endsAt,
          address,
          userAgent,
        });
      });
    },
    async updateSessionExpiration(secret) {
      const now = clock.now();
      const row = and(eq(authSessions.id, hashSecret(secret)), gt(authSessions.expiresAt, now));
      const end = now + limits.idleMs;
      await store.note(async (q) => {
        await q
          .update(authSessions)
          .set({
            lastSeenAt: now,
            expiresAt: sql`case when ${authSessions.endsAt} < ${end} then ${authSessions.endsAt} else ${end} end`,
          })
          .where(row);
      });
    },
    async deleteSession(secret) {
      await store.write((q) => deleteAuthSessions(q, eq(authSessions.id, hashSecret(secret))));
    },
    async deleteUserSessions(accountId) {
      await store.write((q) => deleteAuthSessions(q, eq(authSessions.accountId, accountId)));
    },
    async deleteExpiredSessions() {
      await store.write((q) => deleteAuthSessions(q, lte(authSessions.expiresAt, clock.now())));
    },
  };
}

function toLucia(row: AuthSession): DatabaseSession {
  const { publicId, address, userAgent } = row;
  return { id: row.id, userId: row.accountId, expiresAt: GOOD, attributes: { publicId, address, userAgent, row } };
}

/** Deletes sign-ins and returns their public ids, for those whose streams are to end with them. */
export async function deleteAuthSessions(q: Queries, which: SQL | undefined): Promise<string[]> {
  const rows = await q.delete(authSessions).where(which).returning({ publicId: authSessions.publicId });
  return rows.map(({ publicId }) => publicId);
}

/** All sign-ins of the account but, where there is one, the one that stays. */
export function authSessionsOf(accountId: string, exceptPublicId: string | null): SQL | undefined {
  const own = eq(authSessions.accountId, accountId);
  return exceptPublicId === null ? own : and(own, ne(authSessions.publicId, exceptPublicId));
}
