import { and, asc, eq, gt, isNotNull, lte, notInArray } from 'drizzle-orm';
import { type Webhook, type WebhookDelivery, webhookDeliveries, webhooks } from '../db/tables/webhooks.ts';
import type { Context } from '../domain/context.ts';
import { encodeCursor } from '../domain/event-stream.ts';
import { BACKLOG_COUNTED, type Backlog, backlogOf } from '../domain/meters.ts';
import { PING, WEBHOOKS_TOPIC } from '../domain/webhooks.ts';
import type { Timer } from '../lib/clock.ts';
import { eventOf, followedStreams, queueDeliveries } from './queue.ts';
import { type Outcome, post } from './request.ts';

/** The wait after a first failed attempt; it doubles with each one after. */
export const FIRST_RETRY_MS = 30_000;

/** The longest wait between two attempts. */
export const LONGEST_RETRY_MS = 6 * 60 * 60 * 1000;

/** Attempts until a delivery is given up: over some 15 hours, a night's outage. */
export const MOST_ATTEMPTS = 12;

/** Deliveries that are on their way at a time. */
export const AT_A_TIME = 50;

/** Those of one account among them: receivers that hang hold up what is their own account's. */
export const OF_ONE_ACCOUNT = 5;

/** How long the next attempt waits after so many failed ones, in milliseconds. */
export function retryAfter(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1), LONGEST_RETRY_MS);
}

export interface WebhookDelivering {
  /** Looks for what is due, and resolves when nothing of it is left to try. */
  idle(): Promise<void>;
  /** Lets go of what is being sent, to be tried again, and takes up nothing else. May be repeated. */
  stop(): Promise<void>;
}

/**
 * Delivers events to webhooks: at once when something happens on any node, and again by the clock after a failure, each
 * at least once, in no promised order (events say their place). Any number of nodes may do so: a delivery is claimed by
 * moving its next attempt.
 */
export function deliverWebhooks(ctx: Context): WebhookDelivering {
  const stopping = new AbortController();
  /** What is on its way, and whose webhook it is for. */
  const underWay = new Map<Promise<void>, string>();
  let woken = false;
  let rouse = () => {};
  let running: Promise<void> | null = null;
  let timer: Timer | null = null;
  let unregister = ctx.wakeUps.register([WEBHOOKS_TOPIC], wake);

  function wake(): void {
    woken = true;
    rouse();
    if (stopping.signal.aborted || running) return;
    running = run().finally(() => {
      running = null;
      // Woken between the last look and here.
      if (woken) wake();
    });
  }

  async function run(): Promise<void> {
    while ((woken || underWay.size > 0) && !stopping.signal.aborted) {
      const roused = new Promise<void>((resolve) => {
        rouse = resolve;
      });
      timer?.cancel();
      timer = null;
      let next: number | null;
      try {
        if (woken) await queue();
        await sendDue();
        next = await nextAttempt(ctx);
      } catch (error) {
        failed(error);
        next = ctx.clock.now() + FIRST_RETRY_MS;
      }
      if (next !== null && !stopping.signal.aborted) timer = ctx.clock.at(next, wake);
      if (underWay.size > 0) await Promise.race([...underWay.keys(), roused]);
    }
    await Promise.all(underWay.keys());
  }

  async function queue(): Promise<void> {
    woken = false;
    await watchStreams();
    await queueDeliveries(ctx);
  }

  /** The database, not a receiver: what is due stays due. */
  function failed(error: unknown): void {
    ctx.log.error({ err: error }, 'webhook deliveries could not be read or written');
  }

  /** Before events are looked for, so that none falls between looking and waiting. */
  async function watchStreams(): Promise<void> {
    const topics = [WEBHOOKS_TOPIC, ...(await followedStreams(ctx))];
    const before = unregister;
    unregister = ctx.wakeUps.register(topics, wake);
    before();
    if (stopping.signal.aborted) unregister();
  }

  /** Sends what is due, the oldest first, as far as there are places. */
  async function sendDue(): Promise<void> {
    while (!stopping.signal.aborted) {
      const due = await dueDeliveries(ctx, fullAccounts(), AT_A_TIME - underWay.size);
      if (due.length === 0) return;
      for (const { delivery, webhook } of due) {
        if (fullAccounts().includes(webhook.accountId)) continue;
        const claimed = await claim(ctx, delivery);
        if (claimed) begin(webhook, claimed);
      }
    }
  }

  /** Accounts that have as many on their way as they may. */
  function fullAccounts(): string[] {
    const all = [...underWay.values()];
    return [...new Set(all)].filter((one) => all.filter((other) => other === one).length >= OF_ONE_ACCOUNT);
  }

  function begin(webhook: Webhook, claimed: WebhookDelivery): void {
    const sending = attempt(webhook, claimed)
      .catch(failed)
      .finally(() => underWay.delete(sending));
    underWay.set(sending, webhook.accountId);
  }

  async function attempt(webhook: Webhook, claimed: WebhookDelivery): Promise<void> {
    const body = await bodyOf(ctx, webhook, claimed);
    const outcome: Outcome = body
      ? await post({
          ...{ url: webhook.url, secret: webhook.secret, now: ctx.clock.now(), signal: stopping.signal },
          body: JSON.stringify(body),
          headers: { 'beckon-event': body.event, 'beckon-delivery': claimed.id },
          allowPrivate: ctx.config.WEBHOOK_ALLOW_PRIVATE === 'yes',
        })
      : { status: null, error: 'EVENT_NOT_KEPT' };
    // What was broken off by us is no failure of theirs; its next attempt was set by the claim.
    if (stopping.signal.aborted && outcome.status === null) return;
    await record(ctx, claimed, outcome);
  }

  // What happened, and what fell due, while no process ran.
  wake();

  return {
    async idle() {
      wake();
      while (running) await running;
    },
    async stop() {
      stopping.abort();
      unregister();
      timer?.cancel();
      await running;
    },
  };
}

interface Due {
  readonly delivery: WebhookDelivery;
  readonly webhook: Webhook;
}

async function dueDeliveries({ db, clock }: Context, passedOver: string[], most: number): Promise<Due[]> {
  if (most === 0) return [];
  const others = passedOver.length > 0 ? notInArray(webhooks.accountId, passedOver) : undefined;
  return await db.read
    .select({ delivery: webhookDeliveries, webhook: webhooks })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(and(lte(webhookDeliveries.nextAttemptAt, clock.now()), eq(webhooks.enabled, true), others))
    .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.number))
    .limit(most);
}

/** When the next delivery falls due; null where none waits. */
async function nextAttempt({ db, clock }: Context): Promise<number | null> {
  const [next] = await db.read
    .select({ at: webhookDeliveries.nextAttemptAt })
    .from(webhookDeliveries)
    .where(gt(webhookDeliveries.nextAttemptAt, clock.now()))
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(1);
  return next?.at ?? null;
}

/** Deliveries that wait to be made, those of webhooks that were switched off meanwhile among them. */
export async function webhookBacklog({ db }: Pick<Context, 'db'>): Promise<Backlog> {
  const waiting = await db.read
    .select({ at: webhookDeliveries.createdAt })
    .from(webhookDeliveries)
    .where(isNotNull(webhookDeliveries.nextAttemptAt))
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(BACKLOG_COUNTED);
  return backlogOf(waiting);
}

/** Takes the delivery for one attempt: whoever moves its next attempt first has it. Null where another node was faster. */
async function claim({ db, clock }: Context, delivery: WebhookDelivery): Promise<WebhookDelivery | null> {
  const { id, attempts, nextAttemptAt } = delivery;
  if (nextAttemptAt === null) return null;
  const [claimed] = await db.write(({ q }) =>
    Promise.resolve(
      q
        .update(webhookDeliveries)
        .set({ attempts: attempts + 1, nextAttemptAt: clock.now() + retryAfter(attempts + 1) })
        .where(
          and(
            eq(webhookDeliveries.id, id),
            eq(webhookDeliveries.attempts, attempts),
            eq(webhookDeliveries.nextAttemptAt, nextAttemptAt),
          ),
        )
        .returning(),
    ),
  );
  return claimed ?? null;
}

/** What is posted: the event as the log has it. Null where it is not kept any more. */
async function bodyOf(ctx: Context, webhook: Webhook, { id, stream, number, createdAt }: WebhookDelivery) {
  const instant = (at: number) => new Date(at).toISOString();
  if (number === PING) return { delivery: id, event: 'ping', subject: webhook.id, occurredAt: instant(createdAt) };
  const event = await eventOf(ctx, stream, number);
  if (!event) return null;
  const { at, concept, change, subject, actor, before, after } = event;
  return {
    delivery: id,
    event: `${concept}.${change}`,
    cursor: encodeCursor(stream, number),
    number,
    occurredAt: instant(at),
    ...{ concept, change, subject, actor, before, after },
  };
}

/** Notes what came of it: delivered by any status of 200 to 299; given up after the last attempt. */
async function record({ db, clock, meters }: Context, delivery: WebhookDelivery, outcome: Outcome): Promise<void> {
  const { status } = outcome;
  const delivered = status !== null && status >= 200 && status < 300;
  const hopeless = outcome.status === null && outcome.error === 'EVENT_NOT_KEPT';
  const givenUp = hopeless || delivery.attempts >= MOST_ATTEMPTS;
  meters.webhookDeliveries.of(delivered ? 'delivered' : givenUp ? 'given_up' : 'failed').add();
  await db.write(async ({ q }) => {
    await q
      .update(webhookDeliveries)
      .set({
        lastStatus: status,
        lastError: outcome.status === null ? outcome.error : null,
        ...(delivered ? { state: 'DELIVERED' as const, deliveredAt: clock.now(), nextAttemptAt: null } : {}),
        ...(!delivered && givenUp ? { state: 'FAILED' as const, nextAttemptAt: null } : {}),
      })
      .where(eq(webhookDeliveries.id, delivery.id));
  });
}
