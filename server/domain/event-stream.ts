import type { EventRow } from '../db/tables/events.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { readEvents, readHead } from './event-log.ts';

/**
 * Where a reader stands in a stream, as clients see it: opaque to them, bound to the stream, so that it cannot be
 * used on another one.
 */
export function encodeCursor(stream: string, number: number): string {
  return Buffer.from(`${stream}:${number}`).toString('base64url');
}

/**
 * The number that a cursor stands for.
 * @throws Denial BAD_USER_INPUT where it is none of this stream.
 */
export function decodeCursor(stream: string, cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const digits = text.startsWith(`${stream}:`) ? text.slice(stream.length + 1) : '';
  if (!/^\d{1,15}$/.test(digits)) throw new Denial('BAD_USER_INPUT', { argument: 'after' });
  return Number(digits);
}

/** The cursor of a stream's newest event: subscribe after it to hear all that is not yet in what was just read. */
export async function currentCursor(ctx: Context, stream: string): Promise<string> {
  const { last } = await readHead(ctx.db.read, stream);
  return encodeCursor(stream, last);
}

/** Told in place of events that cannot be replayed any more (API-01): what was missed has to be queried. */
export interface StreamReset {
  readonly concept: 'reset';
  readonly stream: string;
  /** Events after this number follow. */
  readonly number: number;
  readonly at: number;
  /** TOO_OLD: the cursor is older than what is kept. UNKNOWN: it is ahead of the stream (a restored database). */
  readonly reason: 'TOO_OLD' | 'UNKNOWN';
}

export type Followed = EventRow | StreamReset;

export interface FollowOptions {
  readonly stream: string;
  /** Replays from here; the newest event where absent. */
  readonly after?: string | null | undefined;
  /** Other topics that call for a look at `check` at once, such as the principal's own. */
  readonly topics?: readonly string[];
  /** Throws when the reader may not listen any more; asked before every batch of events, and when a topic calls. */
  readonly check: () => Promise<void>;
  /** Called once, when the reader has gone or was sent away. */
  readonly onEnd?: () => void;
}

/**
 * The events of a stream, from a cursor on, in order, each once, without end. It registers for wake-ups first, then
 * reads, then waits, so that nothing falls between replay and live. It is no generator, because a generator cannot be
 * ended while it waits.
 */
export async function follow(ctx: Context, options: FollowOptions): Promise<AsyncIterableIterator<Followed>> {
  const { stream, after, check } = options;
  let stale = true;
  let doubted = false;
  let ended = false;
  let release: (() => void) | null = null;
  ctx.meters.subscriptions.add();
  const ignoreStream = ctx.wakeUps.register([stream], () => {
    stale = true;
    release?.();
  });
  const ignoreTopics = ctx.wakeUps.register(options.topics ?? [], () => {
    doubted = true;
    release?.();
  });
  const end = () => {
    if (ended) return;
    ended = true;
    ctx.meters.subscriptions.add(-1);
    ignoreStream();
    ignoreTopics();
    release?.();
    options.onEnd?.();
  };

  const waiting: Followed[] = [];
  let position: number;
  try {
    const head = await readHead(ctx.db.read, stream);
    position = after === undefined || after === null ? head.last : decodeCursor(stream, after);
    const reason = position > head.last ? 'UNKNOWN' : position < head.first - 1 ? 'TOO_OLD' : null;
    if (reason) {
      position = head.first - 1;
      waiting.push({ concept: 'reset', stream, number: position, at: ctx.clock.now(), reason });
    }
  } catch (error) {
    end();
    throw error;
  }

  async function next(): Promise<IteratorResult<Followed>> {
    for (;;) {
      if (ended) return { done: true, value: undefined };
      if (doubted) {
        // Also between the events of a batch: what was read before is not for who may not listen any more.
        doubted = false;
        await check();
        continue;
      }
      const event = waiting.shift();
      if (event) return { done: false, value: event };
      if (stale) {
        stale = false;
        await check();
        const batch = await readEvents(ctx.db.read, stream, position);
        const newest = batch.at(-1);
        if (newest) {
          waiting.push(...batch);
          position = newest.number;
          // There may be more than one batch.
          stale = true;
        }
      } else {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        release = null;
      }
    }
  }

  const events: AsyncIterableIterator<Followed> = {
    [Symbol.asyncIterator]: () => events,
    next: () =>
      next().catch((error: unknown) => {
        end();
        throw error;
      }),
    async return() {
      end();
      return { done: true, value: undefined };
    },
    async throw(error) {
      end();
      throw error;
    },
  };
  return events;
}
