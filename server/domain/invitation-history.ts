import { and, desc, not, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import { preparedVariants } from '../db/prepared.ts';
import {
  type EmailInvitation,
  emailInvitations,
  type Invitation,
  type InvitationStatus,
  invitations,
} from '../db/tables/invitations.ts';
import type { InvitationMethod } from './capabilities.ts';
import type { Context } from './context.ts';
import { INVITATION_TTL_MS } from './invitations.ts';
import { newestFirst, olderThan, type Source } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';
import { type StatusFilter, statusArgs, statusFilterOf, statusIs } from './status-filter.ts';
import { belongsTo, mayRead, ownerId, type Whose, type WhoseKind } from './whose.ts';

/** Which way something went, seen from whose list it is. */
export type Direction = 'SENT' | 'RECEIVED';

export interface InvitationFilter extends PageArgs {
  direction?: Direction | null | undefined;
  /** By the clock. E-mail invitations have no status, so this leaves direct ones only. */
  status?: InvitationStatus | null | undefined;
  method?: InvitationMethod | null | undefined;
}

/** FROM_OTHERS: received, leaving out what came from another device of the same account, which is SENT already. */
type Way = Direction | 'FROM_OTHERS';

function wanted(kind: WhoseKind, way: Way, filter: StatusFilter) {
  const sent = belongsTo(invitations.inviterDeviceId, kind);
  const received = belongsTo(invitations.recipientDeviceId, kind);
  const side = way === 'SENT' ? sent : way === 'RECEIVED' ? received : and(received, not(sent));
  return and(side, statusIs(filter, invitations));
}

const directRows = preparedVariants('invitations_of', (q, kind: WhoseKind, way: Way, filter: StatusFilter) =>
  q
    .select()
    .from(invitations)
    .where(and(wanted(kind, way, filter), olderThan(invitations.createdAt, invitations.id)))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(sql.placeholder('limit')),
);

const directCount = preparedVariants('count_invitations_of', (q, kind: WhoseKind, way: Way, filter: StatusFilter) =>
  countUpTo(q, invitations, wanted(kind, way, filter)),
);

const emailRows = preparedVariants('email_invitations_of', (q, kind: WhoseKind) =>
  q
    .select()
    .from(emailInvitations)
    .where(
      and(
        belongsTo(emailInvitations.inviterDeviceId, kind),
        olderThan(emailInvitations.createdAt, emailInvitations.id),
      ),
    )
    .orderBy(desc(emailInvitations.createdAt), desc(emailInvitations.id))
    .limit(sql.placeholder('limit')),
);

const emailCount = preparedVariants('count_email_invitations_of', (q, kind: WhoseKind) =>
  countUpTo(q, emailInvitations, belongsTo(emailInvitations.inviterDeviceId, kind)),
);

/**
 * The invitations of a device or an account, newest first, both methods together.
 * Null where the list is not the caller's to read. @throws Denial UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function invitationsOf(
  ctx: Context,
  whose: Whose,
  { direction, status, method, ...page }: InvitationFilter,
): Promise<Page<Invitation | EmailInvitation> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (!mayRead(principal, whose)) return null;
  const q = ctx.db.read;
  const { kind } = whose;
  const args = { owner: ownerId(whose), ...statusArgs(status, ctx.clock.now(), INVITATION_TTL_MS) };
  const filter = statusFilterOf(status);
  const direct = (way: Way): Source<Invitation | EmailInvitation> => ({
    rows: (before) => directRows(q, [kind, way, filter], { ...args, ...before }),
    count: async () => (await directCount(q, [kind, way, filter], args))[0]?.count ?? 0,
  });
  const byEmail: Source<Invitation | EmailInvitation> = {
    rows: (before) => emailRows(q, [kind], { owner: args.owner, ...before }),
    count: async () => (await emailCount(q, [kind], { owner: args.owner }))[0]?.count ?? 0,
  };
  const sources: Source<Invitation | EmailInvitation>[] = [];
  if (method !== 'EMAIL') {
    if (direction !== 'RECEIVED') sources.push(direct('SENT'));
    if (direction === 'RECEIVED') sources.push(direct('RECEIVED'));
    if (!direction) sources.push(direct(kind === 'ACCOUNT' ? 'FROM_OTHERS' : 'RECEIVED'));
  }
  if (method !== 'DIRECT' && direction !== 'RECEIVED' && filter === 'ANY') sources.push(byEmail);
  return newestFirst('invitations', page, sources, (row) => ({ at: row.createdAt, id: row.id }));
}
