import { and, asc, eq, gt, like, lt, lte, ne, not } from 'drizzle-orm';
import { events, streams } from '../db/tables/events.ts';
import { idempotencyKeys } from '../db/tables/idempotency.ts';
import type { Timer } from '../lib/clock.ts';
import { nextTurn } from '../lib/turns.ts';
import { forgetCaptchas } from './captcha.ts';
import type { Context } from './context.ts';
import { forgetDiscoveries } from './discovery.ts';
import { streamOf } from './event-log.ts';
import { forgetBrowsers } from './known-browsers.ts';
import { forgetLinks } from './links.ts';
import { forgetMails } from './mail-outbox.ts';
import { forgetPendingSignIns } from './pending-sign-ins.ts';
import { authorize } from './principal.ts';
import { DAY_MS, forgetRates, HOUR_MS } from './rate-limits.ts';
import { forgetAuthSessions } from './sign-in.ts';
import { forgetFailures } from './sign-in-attempts.ts';
import { forgetDeliveries } from './webhooks.ts';

/** Streams whose oldest events one statement looks at; between two of them others have their turn. */
const BATCH = 200;

/**
 * Forgets what has had its time: counts of limits and of wrong passwords, spent captchas, ended and lapsed sign-ins, browsers not seen for long, lapsed links,
 * sent mails, old discoveries, old deliveries to webhooks, idempotency keys, and events of devices, accounts and sessions that are older than
 * EVENT_RETENTION_DAYS. A company's stream and the operator's are audit logs, and are kept whole. May be repeated, and
 * run on several nodes at once.
 */
export async function cleanUp(ctx: Context): Promise<void> {
  authorize(ctx, 'READ', 'system');
  await forgetRates(ctx);
  await forgetCaptchas(ctx);
  await forgetFailures(ctx);
  await forgetAuthSessions(ctx);
  await forgetPendingSignIns(ctx);
  await forgetBrowsers(ctx);
  await forgetLinks(ctx);
  await forgetMails(ctx);
  await forgetDiscoveries(ctx);
  await forgetDeliveries(ctx);
  await ctx.db.write(async ({ q }) => {
    await q.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, ctx.clock.now()));
  });
  await forgetEvents(ctx);
}

/** Forgets events before the retention, stream by stream; each keeps its newest event, so that its chain goes on. */
async function forgetEvents(ctx: Context): Promise<void> {
  const before = ctx.clock.now() - ctx.config.EVENT_RETENTION_DAYS * DAY_MS;
  let after = '';
  for (;;) {
    const batch = await ctx.db.read
      .select({ name: streams.name, first: streams.first, last: streams.last, oldest: events.at })
      .from(streams)
      .innerJoin(events, and(eq(events.stream, streams.name), eq(events.number, streams.first)))
      .where(
        and(
          gt(streams.name, after),
          lt(streams.first, streams.last),
          not(like(streams.name, streamOf.company('%'))),
          ne(streams.name, streamOf.operator()),
        ),
      )
      .orderBy(asc(streams.name))
      .limit(BATCH);
    for (const { name, first, last, oldest } of batch) {
      if (oldest > before) continue;
      const [kept] = await ctx.db.read
        .select({ number: events.number })
        .from(events)
        .where(and(eq(events.stream, name), gt(events.at, before)))
        .orderBy(asc(events.number))
        .limit(1);
      const next = Math.min(kept?.number ?? last, last);
      if (next <= first) continue;
      await ctx.db.write(async ({ q }) => {
        await q
          .update(streams)
          .set({ first: next })
          .where(and(eq(streams.name, name), lt(streams.first, next)));
        await q.delete(events).where(and(eq(events.stream, name), lt(events.number, next)));
      });
    }
    const end = batch.at(-1);
    if (!end) return;
    after = end.name;
    await nextTurn();
  }
}

/** Cleans up now, and every hour from then on, until it is stopped. */
export function cleanUpHourly(ctx: Context): { stop(): Promise<void> } {
  let timer: Timer | null = null;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const round = () => {
    running = cleanUp(ctx)
      .catch((error: unknown) => ctx.log.error({ err: error }, 'the clean-up failed; it is tried again in an hour'))
      .then(() => {
        if (!stopped) timer = ctx.clock.at(ctx.clock.now() + HOUR_MS, round);
      });
  };
  round();
  return {
    async stop() {
      stopped = true;
      timer?.cancel();
      await running;
    },
  };
}
