import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import type { Queries } from '../db/database.ts';
import { events } from '../db/tables/events.ts';
import { type Webhook, type WebhookDelivery, webhookDeliveries, webhooks } from '../db/tables/webhooks.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { encodeCursor } from './event-stream.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { authorize } from './principal.ts';
import { DAY_MS } from './rate-limits.ts';

/** The topic that wakes delivery on every node: something is due, or other streams are to be watched. */
export const WEBHOOKS_TOPIC = 'webhooks';

/** The number of the event that a test ping stands for; the log's begin with 1. */
export const PING = 0;

/** The company whose events it tells; null where it tells its account's own. */
export function companyOf(webhook: Pick<Webhook, 'stream'>): string | null {
  const prefix = streamOf.company('');
  return webhook.stream.startsWith(prefix) ? webhook.stream.slice(prefix.length) : null;
}

/** Where the event of a delivery stands in its stream; null for a test, which stands nowhere. */
export function cursorOf({ stream, number }: Pick<WebhookDelivery, 'stream' | 'number'>): string | null {
  return number === PING ? null : encodeCursor(stream, number);
}

/** Whether the webhook wants this event: a pattern names concept and change, or leaves either open. */
export function wants(patterns: readonly string[], event: { concept: string; change: string }): boolean {
  return patterns.some((pattern) => {
    const [concept, change = '*'] = pattern.split('.');
    return (concept === '*' || concept === event.concept) && (change === '*' || change === event.change);
  });
}

/**
 * The caller's own webhooks, oldest first; there are few.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function listWebhooks(ctx: Context): Promise<Webhook[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return await ctx.db.read
    .select()
    .from(webhooks)
    .where(eq(webhooks.accountId, accountId))
    .orderBy(asc(webhooks.createdAt), asc(webhooks.id));
}

/** One of the caller's own. @throws Denial as `listWebhooks`; NOT_FOUND where it is not there or another's. */
export async function getWebhook(ctx: Context, id: string): Promise<Webhook> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  return ownWebhook(ctx.db.read, accountId, id);
}

/** @throws Denial NOT_FOUND. */
export async function ownWebhook(q: Queries, accountId: string, id: string): Promise<Webhook> {
  const [webhook] = await q
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), eq(webhooks.accountId, accountId)));
  if (!webhook) throw notFound('id');
  return webhook;
}

/** A delivery with the name of its event, such as `invitation.CREATED`; null where the event is not kept any more. */
export type NamedDelivery = WebhookDelivery & { readonly event: string | null };

/**
 * What was delivered, and what was not, newest first.
 * @throws Denial as `getWebhook`; BAD_USER_INPUT.
 */
export async function listDeliveries(ctx: Context, webhookId: string, args: PageArgs): Promise<Page<NamedDelivery>> {
  await getWebhook(ctx, webhookId);
  const size = pageSize(args);
  const after = keyAfter<readonly [number, string]>('webhookDeliveries', args, [0, '']);
  const own = eq(webhookDeliveries.webhookId, webhookId);
  const older = after
    ? sql`(${webhookDeliveries.createdAt}, ${webhookDeliveries.id}) < (${after[0]}, ${after[1]})`
    : undefined;
  const rows = await ctx.db.read
    .select({ delivery: webhookDeliveries, concept: events.concept, change: events.change })
    .from(webhookDeliveries)
    .leftJoin(events, and(eq(events.stream, webhookDeliveries.stream), eq(events.number, webhookDeliveries.number)))
    .where(and(own, older))
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(size + 1);
  const named = rows.map(({ delivery, concept, change }) => ({
    ...delivery,
    event: delivery.number === PING ? 'ping' : concept && `${concept}.${change}`,
  }));
  return pageOf(
    'webhookDeliveries',
    args,
    named,
    (row) => [row.createdAt, row.id],
    async () => {
      const [all] = await countUpTo(ctx.db.read, webhookDeliveries, own);
      return totalOf(all?.count ?? 0);
    },
  );
}

/** Forgets deliveries that are done with, and as old as events become. May be repeated. */
export async function forgetDeliveries({ db, clock, config }: Context): Promise<void> {
  const before = clock.now() - config.EVENT_RETENTION_DAYS * DAY_MS;
  await db.write(async ({ q }) => {
    await q
      .delete(webhookDeliveries)
      .where(and(lte(webhookDeliveries.createdAt, before), isNull(webhookDeliveries.nextAttemptAt)));
  });
}
