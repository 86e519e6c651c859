import type { EventRow } from '../db/tables/events.ts';
import { nextTurn } from '../lib/turns.ts';
import type { Context } from './context.ts';
import { Denial } from './denials.ts';
import { EVENTS_AT_ONCE, readEvents, readHead } from './event-log.ts';
import type { Sleeper } from './wake-ups.ts';

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
  /** Throws, or rejects, when the reader may not listen any more; asked before every batch of events, and when a topic calls. */
  readonly check: () => unknown;
  /**
   * Whether the reader is told of an event; where absent, of all. Asked for each when its turn comes: a batch was read at
   * once and is handed out at the reader's pace. What it throws ends the stream.
   */
  readonly keep?: (event: Followed) => boolean | Promise<boolean>;
  /** Called once, when the reader has gone or was sent away. */
  readonly onEnd?: () => void;
}

/** The events of a stream, asked for one after another, or told. */
export interface EventStream extends AsyncIterableIterator<Followed> {
  /**
   * Tells each event, the next one when what `tell` gives has resolved; resolves at the end of the stream, and rejects with
   * what ends it, an error of `tell` among it. In place of `next`, whose promise for each event is most of the garbage, and all
   * of what outlives a collection, where ten thousand wait (bench/README.md).
   */
  tellAll(tell: (event: Followed) => void | Promise<void>): Promise<void>;
}

/**
 * The events of a stream, from a cursor on, in order, each once, without end. It registers for wake-ups first, then
 * reads, then waits, so that nothing falls between replay and live.
 */
export async function follow(ctx: Context, options: FollowOptions): Promise<EventStream> {
  const follower = new Follower(ctx, options);
  await follower.begin(options.after);
  return follower;
}

/** Who waits for events: for the next one alone, or for all. */
interface Reader {
  tell(event: Followed): void | Promise<void>;
  end(): void;
  fail(error: unknown): void;
}

/** Nothing is waiting to be told. */
const NONE: readonly Followed[] = [];

/**
 * One reader of a stream. It is no generator, because a generator cannot be ended while it waits; and an object whose
 * functions are those of its class, because ten thousand wait (bench/README.md). Those who stand at the same place of a
 * stream read it together.
 */
class Follower implements EventStream, Sleeper {
  readonly topics: readonly string[];
  readonly #ctx: Context;
  readonly #options: FollowOptions;
  #position = 0;
  /** What was read, of which so many were told. */
  #read = NONE;
  #told = 0;
  #stale = true;
  /** Whether a whole batch was read, and others are to have their turn before the next one. */
  #behind = false;
  #doubted = false;
  #ended = false;
  #reader: Reader | null = null;
  #asleep = false;
  /** Whether a step is under way that has to be waited for. */
  #busy = false;

  constructor(ctx: Context, options: FollowOptions) {
    this.#ctx = ctx;
    this.#options = options;
    this.topics = [options.stream, ...(options.topics ?? [])];
    ctx.meters.subscriptions.add();
    ctx.wakeUps.add(this);
  }

  /** Takes its place in the stream. */
  async begin(after: string | null | undefined): Promise<void> {
    const { stream } = this.#options;
    try {
      const head = await readHead(this.#ctx.db.read, stream);
      this.#position = after === undefined || after === null ? head.last : decodeCursor(stream, after);
      const reason = this.#position > head.last ? 'UNKNOWN' : this.#position < head.first - 1 ? 'TOO_OLD' : null;
      if (reason) {
        this.#position = head.first - 1;
        this.#read = [{ concept: 'reset', stream, number: this.#position, at: this.#ctx.clock.now(), reason }];
      }
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  wake(topic: string): void {
    if (topic === this.#options.stream) this.#stale = true;
    else this.#doubted = true;
    // What it knows by now is known at once; it goes on when it is its turn.
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#ctx.wakeUps.turns.add(this);
  }

  takeTurn(): void {
    this.#advance();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Followed>> {
    return new Promise((resolve, reject) => {
      this.#hear({
        tell: (value) => {
          this.#reader = null;
          resolve({ done: false, value });
        },
        end: () => resolve({ done: true, value: undefined }),
        fail: reject,
      });
    });
  }

  tellAll(tell: Reader['tell']): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#hear({ tell, end: resolve, fail: reject });
    });
  }

  async return(): Promise<IteratorResult<Followed>> {
    this.#end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<never> {
    this.#end();
    throw error;
  }

  #hear(reader: Reader): void {
    this.#reader = reader;
    this.#advance();
  }

  /** Goes on until nobody waits for more or there is nothing to do, waiting for nothing that is there already. */
  #advance(): void {
    // Who asks for the next event while a step is still ending is answered by what comes after that step.
    if (this.#busy) return;
    try {
      while (this.#reader) {
        const step = this.#step();
        if (step === 'asleep') return;
        if (step) {
          this.#busy = true;
          step.then(
            () => this.#goOn(),
            (error) => this.#fail(error),
          );
          return;
        }
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #goOn(): void {
    this.#busy = false;
    this.#advance();
  }

  #step(): undefined | Promise<unknown> | 'asleep' {
    if (this.#ended) {
      this.#finish();
      return undefined;
    }
    if (this.#doubted) {
      // Also between the events of a batch: what was read before is not for who may not listen any more.
      this.#doubted = false;
      const checking = this.#options.check();
      return checking instanceof Promise ? checking : undefined;
    }
    if (this.#told < this.#read.length) {
      const event = this.#take();
      const kept = this.#options.keep?.(event) ?? true;
      if (kept instanceof Promise) return kept.then((keeps) => this.#tell(event, keeps));
      return this.#tell(event, kept);
    }
    if (this.#behind) {
      this.#behind = false;
      return nextTurn();
    }
    if (this.#stale) return this.#readOn();
    this.#asleep = true;
    return 'asleep';
  }

  #tell(event: Followed, keeps: boolean): undefined | Promise<void> {
    return (keeps && this.#reader?.tell(event)) || undefined;
  }

  #finish(): void {
    this.#reader?.end();
    this.#reader = null;
  }

  #fail(error: unknown): void {
    this.#busy = false;
    this.#reader?.fail(error);
    this.#reader = null;
    this.#end();
  }

  #take(): Followed {
    const event = this.#read[this.#told] as Followed;
    this.#told += 1;
    if (this.#told === this.#read.length) {
      this.#read = NONE;
      this.#told = 0;
    }
    return event;
  }

  #readOn(): undefined | Promise<unknown> {
    this.#stale = false;
    const checking = this.#options.check();
    return checking instanceof Promise ? checking.then(() => this.#readChecked()) : this.#readChecked();
  }

  #readChecked(): undefined | Promise<unknown> {
    const { db, wakeUps } = this.#ctx;
    const { stream } = this.#options;
    const position = this.#position;
    const reading = wakeUps.share(stream, position, () => readEvents(db.read, stream, position));
    if (reading instanceof Promise) return reading.then((batch) => this.#keep(batch));
    this.#keep(reading);
    return undefined;
  }

  #keep(batch: readonly EventRow[]): void {
    this.#read = batch;
    this.#position = batch.at(-1)?.number ?? this.#position;
    // What is committed from now on is announced; only of what was before there may be more.
    if (batch.length === EVENTS_AT_ONCE) {
      this.#stale = true;
      this.#behind = true;
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ctx.meters.subscriptions.add(-1);
    this.#ctx.wakeUps.remove(this);
    this.#finish();
    this.#options.onEnd?.();
  }
}
