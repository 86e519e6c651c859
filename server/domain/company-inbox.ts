import { andThen } from '../lib/and-then.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { streamOf } from './event-log.ts';
import { type Followed, follow } from './event-stream.ts';
import { memberOf, requireMember } from './members.ts';
import { authorize, principalKey } from './principal.ts';

/** What has ways of its own, with permissions of its own (PER-06). */
const NOT_HERE = new Set(['alert', 'threat']);

/**
 * What every member may see the objects of. The rest – invitations and sessions, what is restored, webhooks – concerns its
 * own sides, who hear of it by their own streams, and administrators, whose audit log it is in.
 */
const FOR_MEMBERS = new Set([
  'addressBook',
  'company',
  'device',
  'deviceGroup',
  'enrolmentCode',
  'licence',
  'member',
  'permissionProfile',
  'policy',
  'reset',
  'role',
  'service',
]);

/**
 * The stream of the caller's company, as long as the caller is a member: judged anew for every event, and ended by
 * FORBIDDEN at once where it is not. Administrators hear all but alerts, other members what every member may see.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function followCompany(
  ctx: Context,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<Followed>> {
  const principal = authorize(ctx, 'READ', 'account');
  const { companyId } = await requireMember(ctx.db.read, principal);
  const stream = streamOf.company(companyId);
  const requireStill = () =>
    ctx.wakeUps.share(stream, principal.accountId, async () => {
      const member = await memberOf(ctx.db.read, principal.accountId);
      if (member?.companyId !== companyId) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
      return member;
    });
  return follow(ctx, {
    stream,
    after,
    // What takes a member out of the company is told to its account too.
    topics: [principalKey(principal), streamOf.account(principal.accountId)],
    check: () => andThen(ctx.reauthenticate(), requireStill),
    keep: ({ concept }) =>
      !NOT_HERE.has(concept) &&
      andThen(requireStill(), ({ administrator }) => administrator || FOR_MEMBERS.has(concept)),
  });
}
