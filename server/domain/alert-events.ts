import type { Service } from '../db/tables/roles.ts';
import { type AlertSight, alertSight, seesAlertsOf } from './alerts.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { streamOf } from './event-log.ts';
import { currentCursor, type Followed, follow } from './event-stream.ts';
import { requireMember } from './members.ts';
import { authorize, principalKey } from './principal.ts';

/**
 * What happens to the alerts and threats of a company, as far as the caller's permissions show them when it happens to
 * be told (PER-04 … PER-06): with those for own alerts only, those of devices that it is signed in on. It ends where no
 * permission is left.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, NOT_FOUND, BAD_USER_INPUT; FORBIDDEN where no permission shows any.
 */
export async function followAlerts(
  ctx: Context,
  companyId: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<Followed>> {
  const principal = authorize(ctx, 'READ', 'account');
  const { accountId } = principal;
  const sight = async (): Promise<AlertSight> => {
    const seen = await alertSight(ctx.db.read, accountId, ctx.clock.now());
    // Second: who is removed between the two is told so, and not of a permission.
    await requireMember(ctx.db.read, principal, companyId);
    if (!seen) throw new Denial('FORBIDDEN', { permission: 'HANDLE_OWN_ALERTS' });
    return seen;
  };
  await sight();
  return follow(ctx, {
    stream: streamOf.alerts(companyId),
    after,
    // The account's own stream tells when its roles change.
    topics: [principalKey(principal), streamOf.account(accountId)],
    check: async () => {
      await ctx.reauthenticate();
      await sight();
    },
    async keep(event) {
      if (event.concept === 'reset') return true;
      const { service, deviceId } = ('after' in event ? event.after : null) as { service: Service; deviceId: string };
      // Asked anew for each: a batch that was read before a role was taken away is not told after.
      return seesAlertsOf(ctx.db.read, await sight(), service, deviceId);
    },
  });
}

/** Where to follow a company's alerts from; null where nothing shows them. */
export async function alertCursor(ctx: Context, companyId: string): Promise<string | null> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const sight = await alertSight(ctx.db.read, accountId, ctx.clock.now());
  return sight?.companyId === companyId ? currentCursor(ctx, streamOf.alerts(companyId)) : null;
}
