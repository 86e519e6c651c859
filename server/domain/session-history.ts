import { and, asc, desc, eq, isNotNull, isNull, not, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import { prepared, preparedVariants } from '../db/prepared.ts';
import {
  type PermissionRequest,
  permissionRequests,
  type SessionPermissionChange,
  type SupportSession,
  sessionPermissionChanges,
  supportSessions,
} from '../db/tables/sessions.ts';
import type { Context } from './context.ts';
import { newestFirst, olderThan, type Source } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';
import { sessionParties } from './sessions.ts';
import { belongsTo, mayRead, ownerId, type Whose, type WhoseKind } from './whose.ts';

const changesOf = prepared('session_permission_changes', (q) =>
  q
    .select()
    .from(sessionPermissionChanges)
    .where(eq(sessionPermissionChanges.sessionId, sql.placeholder('sessionId')))
    .orderBy(asc(sessionPermissionChanges.number)),
);

/** Every state of the session's permissions, in order, the first one included (INV-28). @throws Denial NOT_FOUND. */
export async function permissionTimeline(ctx: Context, sessionId: string): Promise<readonly SessionPermissionChange[]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  await sessionParties(ctx.db.read, principal, sessionId);
  return changesOf(ctx.db.read, { sessionId });
}

const requestsOf = prepared('permission_requests_of', (q) =>
  q
    .select()
    .from(permissionRequests)
    .where(eq(permissionRequests.sessionId, sql.placeholder('sessionId')))
    .orderBy(asc(permissionRequests.createdAt), asc(permissionRequests.id)),
);

/** What the guest side asked for during the session, oldest first (INV-29). @throws Denial NOT_FOUND. */
export async function permissionRequestsOf(ctx: Context, sessionId: string): Promise<readonly PermissionRequest[]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  await sessionParties(ctx.db.read, principal, sessionId);
  return requestsOf(ctx.db.read, { sessionId });
}

/** The two sides of a session: the device that is worked on, and the one that works on it. */
export type SessionSide = 'HOST' | 'GUEST';

export interface SessionFilter extends PageArgs {
  /** The side that the device or account was on. */
  side?: SessionSide | null | undefined;
  /** True: only those that run. False: only those that ended. */
  running?: boolean | null | undefined;
}

/** GUEST_OF_OTHERS: leaves out sessions on another device of the same account, which are its HOST's already. */
type Way = SessionSide | 'GUEST_OF_OTHERS';
type Running = 'ANY' | 'RUNNING' | 'ENDED';

function wanted(kind: WhoseKind, way: Way, running: Running) {
  const host = belongsTo(supportSessions.hostDeviceId, kind);
  const guest = belongsTo(supportSessions.guestDeviceId, kind);
  const side = way === 'HOST' ? host : way === 'GUEST' ? guest : and(guest, not(host));
  if (running === 'ANY') return side;
  return and(side, running === 'RUNNING' ? isNull(supportSessions.endedAt) : isNotNull(supportSessions.endedAt));
}

const sessionRows = preparedVariants('sessions_of', (q, kind: WhoseKind, way: Way, running: Running) =>
  q
    .select()
    .from(supportSessions)
    .where(and(wanted(kind, way, running), olderThan(supportSessions.startedAt, supportSessions.id)))
    .orderBy(desc(supportSessions.startedAt), desc(supportSessions.id))
    .limit(sql.placeholder('limit')),
);

const sessionCount = preparedVariants('count_sessions_of', (q, kind: WhoseKind, way: Way, running: Running) =>
  countUpTo(q, supportSessions, wanted(kind, way, running)),
);

/**
 * The support sessions of a device or an account, newest first.
 * Null where the list is not the caller's to read. @throws Denial UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function sessionsOf(
  ctx: Context,
  whose: Whose,
  { side, running, ...page }: SessionFilter,
): Promise<Page<SupportSession> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (!mayRead(principal, whose)) return null;
  const q = ctx.db.read;
  const owner = ownerId(whose);
  const state: Running = running === true ? 'RUNNING' : running === false ? 'ENDED' : 'ANY';
  const source = (way: Way): Source<SupportSession> => ({
    rows: (before) => sessionRows(q, [whose.kind, way, state], { owner, ...before }),
    count: async () => (await sessionCount(q, [whose.kind, way, state], { owner }))[0]?.count ?? 0,
  });
  const both: Way[] = ['HOST', whose.kind === 'ACCOUNT' ? 'GUEST_OF_OTHERS' : 'GUEST'];
  return newestFirst('sessions', page, (side ? [side] : both).map(source), (row) => ({
    at: row.startedAt,
    id: row.id,
  }));
}
