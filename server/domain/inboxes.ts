import type { Context } from './context.ts';
import { streamOf } from './event-log.ts';
import { type Followed, follow } from './event-stream.ts';
import { endPresence, keepPresence, openPresence } from './presence.ts';
import { authorize, principalKey } from './principal.ts';
import { sessionParties } from './sessions.ts';

type Inbox = AsyncIterableIterator<Followed>;

/**
 * The stream of the calling device; it is online until the stream ends.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN for any other principal, BAD_USER_INPUT for a cursor of another stream.
 */
export async function followDevice(ctx: Context, after: string | null | undefined): Promise<Inbox> {
  const { deviceId } = authorize(ctx, 'READ', 'device');
  const connectionId = await orUnauthenticated(ctx, openPresence(ctx, deviceId));
  let open = true;
  return follow(ctx, {
    stream: streamOf.device(deviceId),
    after,
    topics: [principalKey(ctx.principal)],
    check: async () => {
      await ctx.reauthenticate();
      await orUnauthenticated(
        ctx,
        keepPresence(ctx, connectionId, () => open),
      );
    },
    onEnd: () => {
      open = false;
      // All that this node had open are closed together, when it has let go of them (presence.ts): one transaction for each
      // took 8 s for 2,000 of them on PostgreSQL.
      if (!ctx.isStopping()) void endPresence(ctx, connectionId);
    },
  });
}

/** A device that is removed at this very moment hears the same as a moment later: that its credential has ended. */
async function orUnauthenticated<T>(ctx: Context, presence: Promise<T>): Promise<T> {
  try {
    return await presence;
  } catch (error) {
    await ctx.reauthenticate();
    throw error;
  }
}

/**
 * The stream of the calling account.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function followAccount(ctx: Context, after: string | null | undefined): Promise<Inbox> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return follow(ctx, {
    stream: streamOf.account(accountId),
    after,
    topics: [principalKey(ctx.principal)],
    check: ctx.reauthenticate,
  });
}

/**
 * The stream of one support session, for either side, as long as the caller speaks for one of its devices.
 * @throws Denial UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT.
 */
export async function followSession(ctx: Context, id: string, after: string | null | undefined): Promise<Inbox> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const { host, guest } = await sessionParties(ctx.db.read, principal, id);
  return follow(ctx, {
    stream: streamOf.session(id),
    after,
    // A device that is assigned to somebody else changes who may listen.
    topics: [principalKey(principal), streamOf.device(host.id), streamOf.device(guest.id)],
    check: async () => {
      await ctx.reauthenticate();
      await sessionParties(ctx.db.read, principal, id);
    },
  });
}
