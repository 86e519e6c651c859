import { isIP } from 'node:net';
import { and, count, eq } from 'drizzle-orm';
import { type Webhook, type WebhookDelivery, webhookDeliveries, webhooks } from '../db/tables/webhooks.ts';
import { newId } from '../lib/ids.ts';
import { isPublicAddress } from '../lib/public-address.ts';
import { newSecret } from '../lib/secrets.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { readHead, streamOf } from './event-log.ts';
import { decodeCursor } from './event-stream.ts';
import { lineOf, requireOne } from './input.ts';
import { requireAdministrator } from './members.ts';
import { authorize, authorizeSignedIn } from './principal.ts';
import { Refusal } from './refusals.ts';
import { companyOf, ownWebhook, PING, WEBHOOKS_TOPIC } from './webhooks.ts';

/** Webhooks of one account: more than anybody oversees. */
export const MOST_WEBHOOKS = 20;

/** Patterns of one webhook, and letters of its address. */
export const MOST_PATTERNS = 50;
const URL_LENGTH = { min: 1, max: 2_000 } as const;
const PATTERN_LENGTH = { min: 1, max: 100 } as const;

export interface CreateWebhookInput extends Repeatable {
  url: string;
  /** Patterns such as `invitation.CREATED`, `alert.*` or `*`. */
  events: readonly string[];
  /** Tells the company's events; the account's own where absent. */
  companyId?: string | null | undefined;
}

/**
 * Has the events of one's account, or of one's company, delivered to an address, from now on, signed with a secret that
 * is shown this once. Only a sign-in by cookie may, as what it tells goes beyond any token, and outlives it.
 * Event: webhook CREATED.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, NOT_FOUND; FORBIDDEN for tokens,
 *   and for a company's where the caller does not administer it.
 */
export async function createWebhook(
  ctx: Context,
  input: CreateWebhookInput,
): Promise<{ webhook: Webhook; secret: string }> {
  const principal = authorize(ctx, 'ACCOUNT', 'account');
  const { accountId } = authorizeSignedIn(ctx);
  const url = addressOf(ctx, input.url);
  const patterns = patternsOf(input.events);
  return change(ctx, 'createWebhook', input, async (tx) => {
    if (input.companyId) await requireAdministrator(tx.q, principal, input.companyId);
    const [held] = await tx.q.select({ count: count() }).from(webhooks).where(eq(webhooks.accountId, accountId));
    if ((held?.count ?? 0) >= MOST_WEBHOOKS) {
      throw new Refusal('InvalidInput', 'TOO_MANY', [], { limit: MOST_WEBHOOKS });
    }
    const secret = newSecret('webhook');
    const stream = input.companyId ? streamOf.company(input.companyId) : streamOf.account(accountId);
    const { last } = await readHead(tx.q, stream);
    const [webhook] = await tx.q
      .insert(webhooks)
      .values({
        ...{ id: newId('Webhook'), accountId, stream, url, events: patterns },
        ...{ secret, position: last, createdAt: tx.now },
      })
      .returning();
    if (!webhook) throw new Error('an insert returned no row');
    emitWebhook(tx, 'CREATED', null, webhook);
    return { webhook, secret };
  });
}

/**
 * Changes address, events, or whether it is enabled. What happens while it is disabled is delivered when it is enabled
 * again, as far back as events are kept. Event: webhook UPDATED.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function updateWebhook(
  ctx: Context,
  input: Repeatable & {
    id: string;
    url?: string | null | undefined;
    events?: readonly string[] | null | undefined;
    enabled?: boolean | null | undefined;
  },
): Promise<Webhook> {
  authorize(ctx, 'ACCOUNT', 'account');
  const { accountId } = authorizeSignedIn(ctx);
  const given = {
    ...(typeof input.url === 'string' ? { url: addressOf(ctx, input.url) } : {}),
    ...(input.events ? { events: patternsOf(input.events) } : {}),
    ...(typeof input.enabled === 'boolean' ? { enabled: input.enabled } : {}),
  };
  return change(ctx, 'updateWebhook', input, async (tx) => {
    const before = await ownWebhook(tx.q, accountId, input.id);
    if (Object.keys(given).length === 0) return before;
    const [after] = await tx.q.update(webhooks).set(given).where(eq(webhooks.id, before.id)).returning();
    if (!after) throw notFound('id');
    emitWebhook(tx, 'UPDATED', before, after);
    return after;
  });
}

/**
 * Removes it with its history; what is on its way may still arrive. Event: webhook REMOVED.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function removeWebhook(ctx: Context, input: Repeatable & { id: string }): Promise<{ id: string }> {
  const { accountId } = authorize(ctx, 'ACCOUNT', 'account');
  return change(ctx, 'removeWebhook', input, async (tx) => {
    const webhook = await ownWebhook(tx.q, accountId, input.id);
    await tx.q.delete(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhook.id));
    await tx.q.delete(webhooks).where(eq(webhooks.id, webhook.id));
    emitWebhook(tx, 'REMOVED', webhook, null);
    return { id: webhook.id };
  });
}

/**
 * Sends a test event named `ping`, as any other. No event goes out.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function pingWebhook(ctx: Context, input: Repeatable & { id: string }): Promise<WebhookDelivery> {
  const { accountId } = authorize(ctx, 'ACCOUNT', 'account');
  return change(ctx, 'pingWebhook', input, async (tx) => {
    const webhook = await ownWebhook(tx.q, accountId, input.id);
    return queueDelivery(tx, webhook, PING);
  });
}

/**
 * Delivers again: one event of the history, or all that followed a cursor of its stream (of `accountEvents`). The event
 * is the same, the delivery another one. No event goes out.
 * @throws Refusal InvalidInput CONTRADICTION where it is not exactly one of the two.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function redeliverWebhook(
  ctx: Context,
  input: Repeatable & { id: string; deliveryId?: string | null | undefined; after?: string | null | undefined },
): Promise<Webhook> {
  const { accountId } = authorize(ctx, 'ACCOUNT', 'account');
  const { deliveryId, after } = input;
  requireOne({ deliveryId, after });
  return change(ctx, 'redeliverWebhook', input, async (tx) => {
    const webhook = await ownWebhook(tx.q, accountId, input.id);
    if (after !== null && after !== undefined) {
      const { last } = await readHead(tx.q, webhook.stream);
      const position = Math.min(decodeCursor(webhook.stream, after), last);
      await tx.q.update(webhooks).set({ position }).where(eq(webhooks.id, webhook.id));
      tx.wake(WEBHOOKS_TOPIC);
      return { ...webhook, position };
    }
    const [earlier] = await tx.q
      .select({ number: webhookDeliveries.number })
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.id, deliveryId ?? ''), eq(webhookDeliveries.webhookId, webhook.id)));
    if (!earlier) throw notFound('deliveryId');
    await queueDelivery(tx, webhook, earlier.number);
    return webhook;
  });
}

async function queueDelivery(tx: Change, { id, stream }: Webhook, number: number): Promise<WebhookDelivery> {
  const [delivery] = await tx.q
    .insert(webhookDeliveries)
    .values({
      ...{ id: newId('WebhookDelivery'), webhookId: id, stream, number },
      ...{ state: 'PENDING', createdAt: tx.now, nextAttemptAt: tx.now },
    })
    .returning();
  if (!delivery) throw new Error('an insert returned no row');
  tx.wake(WEBHOOKS_TOPIC);
  return delivery;
}

/** Never with the secret. To the company too, where it is the company's events that are told. */
export function emitWebhook(
  tx: Change,
  what: 'CREATED' | 'UPDATED' | 'REMOVED' | 'DISABLED',
  before: Webhook | null,
  after: Webhook | null,
): void {
  const webhook = after ?? before;
  if (!webhook) return;
  const facts = (row: Webhook) => ({ url: row.url, events: row.events, enabled: row.enabled });
  tx.emit({
    concept: 'webhook',
    change: what,
    subject: webhook.id,
    before: before && facts(before),
    after: after && facts(after),
    streams: [streamOf.account(webhook.accountId), ...(companyOf(webhook) ? [webhook.stream] : [])],
  });
  tx.wake(WEBHOOKS_TOPIC);
}

/**
 * An address that events may go to. What its name leads to is judged at each delivery; here only what is plain to see.
 * @throws Refusal InvalidInput INVALID_URL, PRIVATE_ADDRESS.
 */
function addressOf({ config }: Context, written: string): string {
  const text = lineOf(written, ['url'], URL_LENGTH);
  const url = URL.canParse(text) ? new URL(text) : null;
  const open = config.WEBHOOK_ALLOW_PRIVATE === 'yes';
  const secure = url?.protocol === 'https:' || (open && url?.protocol === 'http:');
  if (!url || !secure || url.username !== '' || url.password !== '') {
    throw new Refusal('InvalidInput', 'INVALID_URL', ['url']);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const plainlyPrivate = isIP(host) === 0 ? /(^|\.)localhost\.?$/.test(host) : !isPublicAddress(host);
  if (plainlyPrivate && !open) throw new Refusal('InvalidInput', 'PRIVATE_ADDRESS', ['url']);
  return url.href;
}

const PATTERN = /^(\*|[a-zA-Z]+)(\.(\*|[A-Z_]+))?$/;

/** @throws Refusal InvalidInput REQUIRED, TOO_MANY, INVALID_CHARACTERS. */
function patternsOf(written: readonly string[]): string[] {
  const patterns = [...new Set(written.map((text, i) => lineOf(text, ['events', String(i)], PATTERN_LENGTH)))];
  if (patterns.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['events']);
  if (patterns.length > MOST_PATTERNS) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['events'], { limit: MOST_PATTERNS });
  }
  if (!patterns.every((pattern) => PATTERN.test(pattern))) {
    throw new Refusal('InvalidInput', 'INVALID_CHARACTERS', ['events']);
  }
  return patterns;
}
