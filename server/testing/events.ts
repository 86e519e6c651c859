import type { Context } from '../domain/context.ts';
import { type Followed, follow } from '../domain/event-stream.ts';
import { closeAfterTest } from './resources.ts';

/** Longest that a test waits for an event that has to come. A deadline for failures, never a delay. */
const PATIENCE_MS = 10_000;

export interface Listener {
  /** The next event; fails where none comes. */
  next(): Promise<Followed>;
  /** The next events' changes, such as `invitation CREATED`. */
  changes(count: number): Promise<string[]>;
  stop(): Promise<void>;
}

/** Follows a stream of the log from its newest event on. */
export async function listenTo(ctx: Context, stream: string, after?: string): Promise<Listener> {
  const events = await follow(ctx, { stream, after, check: async () => {} });
  const stop = async () => {
    await events.return?.();
  };
  closeAfterTest(stop);
  const next = async () => {
    const { value, done } = await within(events.next());
    if (done) throw new Error('the stream ended');
    return value;
  };
  return {
    next,
    stop,
    async changes(count) {
      const names: string[] = [];
      while (names.length < count) {
        const event = await next();
        names.push('change' in event ? `${event.concept} ${event.change}` : event.concept);
      }
      return names;
    },
  };
}

async function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('nothing came')), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
