import { and, desc, not, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import { preparedVariants } from '../db/prepared.ts';
import { type SessionRequest, type SessionRequestStatus, sessionRequests } from '../db/tables/session-requests.ts';
import type { Context } from './context.ts';
import type { Direction } from './invitation-history.ts';
import { newestFirst, olderThan, type Source } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';
import { SESSION_REQUEST_TTL_MS } from './session-requests.ts';
import { type StatusFilter, statusArgs, statusFilterOf, statusIs } from './status-filter.ts';
import { belongsTo, mayRead, ownerId, type Whose, type WhoseKind } from './whose.ts';

export interface SessionRequestFilter extends PageArgs {
  /** SENT: as the guest, who asked. RECEIVED: as the host, who was asked. */
  direction?: Direction | null | undefined;
  /** By the clock. */
  status?: SessionRequestStatus | null | undefined;
}

/** FROM_OTHERS: received, leaving out what came from another device of the same account, which is SENT already. */
type Way = Direction | 'FROM_OTHERS';

function wanted(kind: WhoseKind, way: Way, filter: StatusFilter) {
  const sent = belongsTo(sessionRequests.guestDeviceId, kind);
  const received = belongsTo(sessionRequests.hostDeviceId, kind);
  const side = way === 'SENT' ? sent : way === 'RECEIVED' ? received : and(received, not(sent));
  return and(side, statusIs(filter, sessionRequests));
}

const requestRows = preparedVariants('session_requests_of', (q, kind: WhoseKind, way: Way, filter: StatusFilter) =>
  q
    .select()
    .from(sessionRequests)
    .where(and(wanted(kind, way, filter), olderThan(sessionRequests.createdAt, sessionRequests.id)))
    .orderBy(desc(sessionRequests.createdAt), desc(sessionRequests.id))
    .limit(sql.placeholder('limit')),
);

const requestCount = preparedVariants(
  'count_session_requests_of',
  (q, kind: WhoseKind, way: Way, filter: StatusFilter) => countUpTo(q, sessionRequests, wanted(kind, way, filter)),
);

/**
 * The session requests of a device or an account, newest first.
 * Null where the list is not the caller's to read. @throws Denial UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function sessionRequestsOf(
  ctx: Context,
  whose: Whose,
  { direction, status, ...page }: SessionRequestFilter,
): Promise<Page<SessionRequest> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (!mayRead(principal, whose)) return null;
  const q = ctx.db.read;
  const { kind } = whose;
  const args = { owner: ownerId(whose), ...statusArgs(status, ctx.clock.now(), SESSION_REQUEST_TTL_MS) };
  const filter = statusFilterOf(status);
  const source = (way: Way): Source<SessionRequest> => ({
    rows: (before) => requestRows(q, [kind, way, filter], { ...args, ...before }),
    count: async () => (await requestCount(q, [kind, way, filter], args))[0]?.count ?? 0,
  });
  const both: Way[] = ['SENT', kind === 'ACCOUNT' ? 'FROM_OTHERS' : 'RECEIVED'];
  return newestFirst('session-requests', page, (direction ? [direction] : both).map(source), (row) => ({
    at: row.createdAt,
    id: row.id,
  }));
}
