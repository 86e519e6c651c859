import { and, eq, lt, not } from 'drizzle-orm';
import { streams } from '../db/tables/events.ts';
import { type Webhook, webhookDeliveries, webhooks } from '../db/tables/webhooks.ts';
import { change } from '../domain/change.ts';
import type { Context } from '../domain/context.ts';
import { readEvents, readHead } from '../domain/event-log.ts';
import { memberOf } from '../domain/members.ts';
import { lacksSecondFactor } from '../domain/second-factor-gate.ts';
import { emitWebhook } from '../domain/webhook-changes.ts';
import { companyOf, wants } from '../domain/webhooks.ts';
import { newId } from '../lib/ids.ts';

/** The streams that enabled webhooks follow. */
export async function followedStreams({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const rows = await db.read
    .selectDistinct({ stream: webhooks.stream })
    .from(webhooks)
    .where(eq(webhooks.enabled, true));
  return rows.map(({ stream }) => stream);
}

/**
 * Turns what happened since into deliveries, for every enabled webhook that is behind its stream; those of accounts that
 * lack a second factor wait until there is one. Any number of nodes
 * may do so at once: the position is moved by a conditional update, in the transaction that queues.
 */
export async function queueDeliveries(ctx: Context): Promise<void> {
  for (;;) {
    const behind = await ctx.db.read
      .select({ webhook: webhooks })
      .from(webhooks)
      .innerJoin(streams, eq(streams.name, webhooks.stream))
      .where(
        and(
          eq(webhooks.enabled, true),
          lt(webhooks.position, streams.last),
          not(lacksSecondFactor(webhooks.accountId)),
        ),
      );
    if (behind.length === 0) return;
    for (const { webhook } of behind) await queueBatch(ctx, webhook);
  }
}

async function queueBatch(ctx: Context, webhook: Webhook): Promise<void> {
  const head = await readHead(ctx.db.read, webhook.stream);
  const batch = await readEvents(ctx.db.read, webhook.stream, webhook.position);
  // Where nothing is kept between position and head, there is nothing to tell any more.
  const position = batch.at(-1)?.number ?? head.last;
  await change(ctx, 'queueDeliveries', {}, async (tx) => {
    const unmoved = and(
      eq(webhooks.id, webhook.id),
      eq(webhooks.position, webhook.position),
      eq(webhooks.enabled, true),
    );
    const companyId = companyOf(webhook);
    if (companyId) {
      // Who administers the company no more does not hear of it any more.
      const member = await memberOf(tx.q, webhook.accountId);
      if (member?.companyId !== companyId || !member.administrator) {
        const [disabled] = await tx.q.update(webhooks).set({ enabled: false }).where(unmoved).returning();
        if (disabled) emitWebhook(tx, 'DISABLED', webhook, disabled);
        return;
      }
    }
    const [moved] = await tx.q.update(webhooks).set({ position }).where(unmoved).returning();
    const wanted = moved ? batch.filter((event) => wants(moved.events, event)) : [];
    if (wanted.length === 0) return;
    await tx.q.insert(webhookDeliveries).values(
      wanted.map(({ stream, number }) => ({
        ...{ id: newId('WebhookDelivery'), webhookId: webhook.id, stream, number },
        ...{ state: 'PENDING' as const, createdAt: tx.now, nextAttemptAt: tx.now },
      })),
    );
  });
}

/** The event that a delivery is about; null where it is not kept any more. */
export async function eventOf({ db }: Pick<Context, 'db'>, stream: string, number: number) {
  const [event] = await readEvents(db.read, stream, number - 1);
  return event?.number === number ? event : null;
}
