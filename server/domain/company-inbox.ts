import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { streamOf } from './event-log.ts';
import { type Followed, follow } from './event-stream.ts';
import { memberOf, requireMember } from './members.ts';
import { authorize, principalKey } from './principal.ts';

/** What not every member may see: it has ways of its own, with permissions of its own (PER-06). */
const NOT_FOR_ALL = new Set(['alert', 'threat']);

/**
 * The stream of the caller's company, as long as the caller is a member: judged anew for every event, and ended by
 * FORBIDDEN at once where it is not. Alerts are left out, because they are not for every member.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function followCompany(
  ctx: Context,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<Followed>> {
  const principal = authorize(ctx, 'READ', 'account');
  const { companyId } = await requireMember(ctx.db.read, principal);
  const requireStill = async () => {
    const member = await memberOf(ctx.db.read, principal.accountId);
    if (member?.companyId !== companyId) throw new Denial('FORBIDDEN', { allowed: 'members of a company' });
  };
  const events = await follow(ctx, {
    stream: streamOf.company(companyId),
    after,
    // What takes a member out of the company is told to its account too.
    topics: [principalKey(principal), streamOf.account(principal.accountId)],
    check: async () => {
      await ctx.reauthenticate();
      await requireStill();
    },
  });
  const heard: AsyncIterableIterator<Followed> = {
    [Symbol.asyncIterator]: () => heard,
    async next() {
      for (;;) {
        const result = await events.next();
        if (result.done) return result;
        if (NOT_FOR_ALL.has(result.value.concept)) continue;
        // A batch that was read at once is handed out one by one, at the reader's pace.
        try {
          await requireStill();
        } catch (error) {
          await events.return?.();
          throw error;
        }
        return result;
      }
    },
    return: async () => (await events.return?.()) ?? { done: true, value: undefined },
    throw: async (error) => {
      await events.return?.();
      throw error;
    },
  };
  return heard;
}
