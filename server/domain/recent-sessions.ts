import { and, countDistinct, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { preparedVariants } from '../db/prepared.ts';
import { devices } from '../db/tables/devices.ts';
import { supportSessions } from '../db/tables/sessions.ts';
import { type Contact, companyOf, contactOf } from './contacts.ts';
import type { Context } from './context.ts';
import { type Before, newestFirst, olderThan } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';
import { belongsTo, mayRead, ownerId, type Whose, type WhoseKind } from './whose.ts';

/** A device that there was a session with. */
export interface RecentSession extends Contact {
  /** The newest session with it. */
  readonly sessionId: string;
  readonly startedAt: number;
}

/** Each session of the owner's, with the device at the other side. */
function met(q: Queries, kind: WhoseKind) {
  const { hostDeviceId, guestDeviceId, id, startedAt } = supportSessions;
  const asHost = q
    .select({ peerId: sql<string>`${guestDeviceId}`.as('peer_id'), sessionId: id, startedAt })
    .from(supportSessions)
    .where(belongsTo(hostDeviceId, kind));
  const asGuest = q
    .select({ peerId: sql<string>`${hostDeviceId}`.as('peer_id'), sessionId: id, startedAt })
    .from(supportSessions)
    .where(belongsTo(guestDeviceId, kind));
  return asHost.unionAll(asGuest).as('met');
}

const recentRows = preparedVariants('recent_sessions_of', (q, kind: WhoseKind) => {
  const all = met(q, kind);
  const newestOfPeer = sql`row_number() over (partition by ${all.peerId} order by ${all.startedAt} desc, ${all.sessionId} desc)`;
  const ranked = q
    .select({
      peerId: all.peerId,
      sessionId: all.sessionId,
      startedAt: all.startedAt,
      place: newestOfPeer.as('place'),
    })
    .from(all)
    .as('ranked');
  return q
    .select({ sessionId: ranked.sessionId, startedAt: ranked.startedAt, device: devices })
    .from(ranked)
    .innerJoin(devices, and(eq(devices.id, ranked.peerId), isNull(devices.removedAt)))
    .where(and(eq(ranked.place, 1), olderThan(ranked.startedAt, ranked.peerId)))
    .orderBy(desc(ranked.startedAt), desc(ranked.peerId))
    .limit(sql.placeholder('limit'));
});

const recentCount = preparedVariants('count_recent_sessions_of', (q, kind: WhoseKind) => {
  const all = met(q, kind);
  return q
    .select({ rows: countDistinct(all.peerId) })
    .from(all)
    .innerJoin(devices, and(eq(devices.id, all.peerId), isNull(devices.removedAt)));
});

/**
 * The devices that the device or account had sessions with, running ones among them: each once, the newest session
 * first; devices that were removed are left out (INV-26).
 * Null where the list is not the caller's to read. @throws Denial UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function recentSessionsOf(
  ctx: Context,
  whose: Whose,
  page: PageArgs,
): Promise<Page<RecentSession> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (!mayRead(principal, whose)) return null;
  const q = ctx.db.read;
  const owner = ownerId(whose);
  const companyId = await companyOf(q, principal);
  const source = {
    rows: async (before: Before) =>
      (await recentRows(q, [whose.kind], { owner, ...before })).map(({ device, sessionId, startedAt }) => ({
        ...contactOf(device, 'RECENT_SESSIONS', companyId),
        sessionId,
        startedAt,
      })),
    count: async () => (await recentCount(q, [whose.kind], { owner }))[0]?.rows ?? 0,
  };
  return newestFirst('recent-sessions', page, [source], (row) => ({ at: row.startedAt, id: row.deviceId }));
}
