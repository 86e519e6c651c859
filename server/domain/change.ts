import { createHash } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { idempotencyKeys } from '../db/tables/idempotency.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { seal, unseal } from '../lib/secrets.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { appendEvents } from './event-append.ts';
import type { EventDraft } from './event-log.ts';
import { actorOf, principalKey } from './principal.ts';
import { Refusal, type RefusalCode, type RefusalDetails, type RefusalType } from './refusals.ts';
import { announcements } from './wake-ups.ts';

/** What an operation works with inside of its one write transaction. */
export interface Change {
  readonly q: Queries;
  /** The instant of the whole operation; the clock is read once. */
  readonly now: number;
  /** Logs an event; it leaves with the commit. */
  emit(event: EventDraft): void;
  /** Wakes whoever waits for a topic that is no stream, after the commit. */
  wake(topic: string): void;
}

/** The input of a mutation that may be sent again without being done again (API-02). */
export interface Repeatable {
  idempotencyKey?: string | null | undefined;
}

/** How long the outcome of a mutation is kept for its idempotency key. */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;

/** Longest idempotency key, in characters: a UUID or a hash with room to spare. */
export const IDEMPOTENCY_KEY_LENGTH = 200;

/**
 * Runs one operation in one write transaction: the clock is read once, events leave with the commit, a throw undoes
 * everything. Where the input has an idempotency key that was used before with the same input, nothing runs and the
 * first answer (or refusal) is given again; `work` must therefore return plain JSON data.
 * @throws Denial IDEMPOTENCY_KEY_REUSED where the key came with another input.
 */
export async function change<R>(
  ctx: Context,
  operation: string,
  input: Repeatable | object,
  work: (tx: Change) => Promise<R>,
): Promise<R> {
  const { idempotencyKey: key, ...rest } = input as Repeatable;
  const now = ctx.clock.now();
  if (key === undefined || key === null) return transact(ctx, now, work);
  if (key.length === 0 || key.length > IDEMPOTENCY_KEY_LENGTH) {
    throw new Denial('BAD_USER_INPUT', { argument: 'idempotencyKey', limit: IDEMPOTENCY_KEY_LENGTH });
  }
  const entry = {
    hash: sha256(JSON.stringify([idempotencyOwner(ctx), operation, key])),
    inputHash: sha256(canonicalJson(rest)),
    expiresAt: now + IDEMPOTENCY_TTL_MS,
  };
  let outcome: Outcome<R>;
  try {
    outcome = await transact(ctx, now, async (tx) => {
      const row = eq(idempotencyKeys.hash, entry.hash);
      await tx.q.delete(idempotencyKeys).where(and(row, lte(idempotencyKeys.expiresAt, now)));
      // The row is taken first: whoever comes with the same key meanwhile waits here for our commit.
      const taken = await tx.q
        .insert(idempotencyKeys)
        .values({ ...entry, outcome: '' })
        .onConflictDoNothing()
        .returning({ hash: idempotencyKeys.hash });
      if (taken.length === 0) {
        const [earlier] = await tx.q.select().from(idempotencyKeys).where(row);
        if (!earlier || earlier.inputHash !== entry.inputHash) throw new Denial('IDEMPOTENCY_KEY_REUSED');
        return JSON.parse(unseal(key, earlier.outcome)) as Outcome<R>;
      }
      const value = { value: await work(tx) };
      await tx.q
        .update(idempotencyKeys)
        .set({ outcome: seal(key, JSON.stringify(value)) })
        .where(row);
      return value;
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The refusal undid the transaction, the key's row with it; the answer to a repetition is kept by itself.
    const { type, code, path, details } = error;
    await transact(ctx, now, async (tx) => {
      const refused: Outcome<R> = { refusal: { type, code, path, details } };
      await tx.q
        .insert(idempotencyKeys)
        .values({ ...entry, outcome: seal(key, JSON.stringify(refused)) })
        .onConflictDoNothing();
    });
    throw error;
  }
  if ('refusal' in outcome) {
    const { type, code, path, details } = outcome.refusal;
    throw new Refusal(type, code, path, details);
  }
  return outcome.value;
}

type Outcome<R> =
  | { value: R }
  | { refusal: { type: RefusalType; code: RefusalCode; path: readonly string[]; details: RefusalDetails } };

async function transact<R>(ctx: Context, now: number, work: (tx: Change) => Promise<R>): Promise<R> {
  let drafts: EventDraft[] = [];
  const done = await ctx.db.write(async ({ q, notify }) => {
    drafts = [];
    const topics = new Set<string>();
    const result = await work({
      q,
      now,
      emit: (event) => drafts.push(event),
      wake: (topic) => topics.add(topic),
    });
    const touched = await appendEvents(q, drafts, {
      at: now,
      actor: actorOf(ctx.principal),
      requestId: ctx.request.id,
      address: ctx.request.address,
    });
    for (const stream of touched) topics.add(stream);
    for (const text of announcements(topics)) await notify(text);
    return result;
  });
  for (const { concept, change } of drafts) ctx.meters.events.of(concept, change).add();
  return done;
}

/** Two people never share a key; one person's sign-ins and tokens do. */
function idempotencyOwner(ctx: Context): string {
  return ctx.principal.kind === 'account' ? ctx.principal.accountId : principalKey(ctx.principal);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
