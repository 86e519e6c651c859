import { and, eq } from 'drizzle-orm';
import type { SessionPermission } from '../db/tables/permission-profiles.ts';
import { type PermissionRequest, permissionRequests } from '../db/tables/sessions.ts';
import { newId } from '../lib/ids.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { NO_ID, notFound } from './denials.ts';
import { requireSide } from './devices.ts';
import { changePermissions, permissionList } from './permission-profiles.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { emitSession, runningSession, sessionParties, setPermissions } from './sessions.ts';

/**
 * The guest side asks for more permissions during a session (INV-29). Event: session PERMISSIONS_REQUESTED.
 * @throws Refusal InvalidInput REQUIRED where nothing is asked for that is not held already; SessionEnded.
 * @throws Denial NOT_FOUND, or FORBIDDEN for the host side.
 */
export async function requestSessionPermissions(
  ctx: Context,
  input: Repeatable & { sessionId: string; permissions: readonly SessionPermission[] },
): Promise<PermissionRequest> {
  const principal = authorize(ctx, 'SESSIONS', 'account', 'device');
  return change(ctx, 'requestSessionPermissions', input, async (tx) => {
    const parties = await runningSession(tx, principal, input.sessionId);
    requireSide(principal, parties.guest, 'GUEST');
    const held = new Set(parties.session.permissions);
    const permissions = permissionList(input.permissions).filter((permission) => !held.has(permission));
    if (permissions.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['permissions']);
    const request: PermissionRequest = {
      id: newId('PermissionRequest'),
      sessionId: parties.session.id,
      permissions,
      status: 'PENDING',
      createdAt: tx.now,
      settledAt: null,
    };
    await tx.q.insert(permissionRequests).values(request);
    emitSession(tx, 'PERMISSIONS_REQUESTED', parties, null, { requestId: request.id, permissions });
    return request;
  });
}

/** One wish, for either side of the session. @throws Denial UNAUTHENTICATED, NOT_FOUND. */
export async function getPermissionRequest(ctx: Context, id: string): Promise<PermissionRequest> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const [request] = await ctx.db.read.select().from(permissionRequests).where(eq(permissionRequests.id, id));
  await sessionParties(ctx.db.read, principal, request?.sessionId ?? NO_ID);
  if (!request) throw notFound('id');
  return request;
}

/**
 * The host side grants or refuses what was asked for. Granting changes the session's permissions under the same locks
 * as any change. Events: session PERMISSION_REQUEST_GRANTED (and PERMISSIONS_CHANGED) or PERMISSION_REQUEST_REFUSED.
 * @throws Refusal NotPending, PermissionsLocked, SessionEnded. @throws Denial NOT_FOUND, or FORBIDDEN for the
 * guest side.
 */
export async function answerPermissionRequest(
  ctx: Context,
  input: Repeatable & { id: string; grant: boolean },
): Promise<PermissionRequest> {
  const principal = authorize(ctx, 'SESSIONS', 'account', 'device');
  return change(ctx, 'answerPermissionRequest', input, async (tx) => {
    const [asked] = await tx.q.select().from(permissionRequests).where(eq(permissionRequests.id, input.id));
    const parties = await runningSession(tx, principal, asked?.sessionId ?? NO_ID);
    if (!asked) throw notFound('id');
    requireSide(principal, parties.host, 'HOST');
    const [settled] = await tx.q
      .update(permissionRequests)
      .set({ status: input.grant ? 'GRANTED' : 'REFUSED', settledAt: tx.now })
      .where(and(eq(permissionRequests.id, asked.id), eq(permissionRequests.status, 'PENDING')))
      .returning();
    if (!settled) throw new Refusal('NotPending', 'NOT_PENDING', ['id'], { status: asked.status });
    const facts = { requestId: asked.id, permissions: asked.permissions };
    emitSession(tx, input.grant ? 'PERMISSION_REQUEST_GRANTED' : 'PERMISSION_REQUEST_REFUSED', parties, null, facts);
    if (input.grant) {
      const permissions = changePermissions(parties.host, parties.session.permissions, { grant: asked.permissions });
      await setPermissions(tx, parties, permissions);
    }
    return settled;
  });
}
