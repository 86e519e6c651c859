import { asc, eq, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import {
  type PermissionRequest,
  permissionRequests,
  type SessionPermissionChange,
  sessionPermissionChanges,
} from '../db/tables/sessions.ts';
import type { Context } from './context.ts';
import { authorize } from './principal.ts';
import { sessionParties } from './sessions.ts';

const changesOf = prepared('session_permission_changes', (q) =>
  q
    .select()
    .from(sessionPermissionChanges)
    .where(eq(sessionPermissionChanges.sessionId, sql.placeholder('sessionId')))
    .orderBy(asc(sessionPermissionChanges.number)),
);

/** Every state of the session's permissions, in order, the first one included (INV-28). @throws Denial NOT_FOUND. */
export async function permissionTimeline(ctx: Context, sessionId: string): Promise<SessionPermissionChange[]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  await sessionParties({ q: ctx.db.read }, principal, sessionId);
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
export async function permissionRequestsOf(ctx: Context, sessionId: string): Promise<PermissionRequest[]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  await sessionParties({ q: ctx.db.read }, principal, sessionId);
  return requestsOf(ctx.db.read, { sessionId });
}
