import { waitBefore } from './backoff.ts';
import type { Connection, RunEnd } from './connection.ts';
import { BeckonError, errorFromWire } from './errors.ts';
import { OWN_MESSAGES } from './own-messages.ts';

export interface EventStreamOptions<Event extends { readonly cursor: string }> {
  connection: Connection;
  /** The subscription's document, printed. It has to have the variable `$after`. */
  query: string;
  variables: Record<string, unknown>;
  /** The event in the subscription's data. */
  eventIn: (data: never) => Event | null | undefined;
  /** Resume after this cursor; where absent, from the present on. */
  after?: string | null | undefined;
  /** Asks for the cursor of the present, so that not even the time before the first event has a gap. */
  present: () => Promise<string>;
  /** Ends the stream, as `return()` does. */
  signal?: AbortSignal | undefined;
  /** Told about every event as it arrives, and of the error that ended the stream. */
  onEvent?: ((event: Event) => void) | undefined;
  onError?: ((error: BeckonError) => void) | undefined;
  onEnd?: (() => void) | undefined;
}

/**
 * Events that wait to be taken before the stream takes a break; it resumes, from its cursor, when they have been
 * taken. So a slow reader costs memory for this many and no more.
 */
const MOST_WAITING = 1_000;

/**
 * The events of one subscription: in order, none missing, none twice, across any number of lost connections, for as long
 * as the server keeps them (then it says so, by a StreamResetEvent). Iterate over it once; leaving the loop ends it.
 * @throws BeckonError out of the loop when trying again is of no use: the credential was refused, the cursor is none
 * of this stream, there is nothing with this id.
 */
export class EventStream<Event extends { readonly cursor: string }> implements AsyncIterableIterator<Event> {
  readonly #options: EventStreamOptions<Event>;
  readonly #waiting: Event[] = [];
  readonly #readers: PromiseWithResolvers<IteratorResult<Event>>[] = [];
  /** The newest event that arrived, whether or not it was taken: the place to resume from. */
  #cursor: string | null;
  #error: BeckonError | null = null;
  #ended = false;
  #stop: (() => void) | null = null;
  /** Goes on, where the stream takes a break until what waits has been taken. */
  #wake: (() => void) | null = null;

  constructor(options: EventStreamOptions<Event>) {
    this.#options = options;
    this.#cursor = options.after ?? null;
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    if (options.signal?.aborted) {
      this.#end(null);
      return;
    }
    this.#run().catch((error: unknown) => {
      this.#end(new BeckonError('PROTOCOL', OWN_MESSAGES.streamBroke, { cause: error }));
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Event>> {
    const event = this.#waiting.shift();
    if (event !== undefined) {
      if (this.#waiting.length === 0) this.#wake?.();
      return Promise.resolve({ done: false, value: event });
    }
    if (this.#error) {
      const error = this.#error;
      this.#error = null;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const reader = Promise.withResolvers<IteratorResult<Event>>();
    this.#readers.push(reader);
    return reader.promise;
  }

  /** Ends the stream; events that were not taken yet are dropped. */
  return(): Promise<IteratorResult<Event>> {
    this.#waiting.length = 0;
    this.#end(null);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Ends the stream with an error, as the client does when it is closed. */
  fail(error: BeckonError): void {
    this.#end(error);
  }

  async #run(): Promise<void> {
    // Failures of this subscription alone; those of the socket are counted by the connection.
    let failures = 0;
    while (!this.#ended) {
      await this.#options.connection.ready();
      if (this.#ended) return;
      const before = this.#cursor;
      const end = await this.#once();
      if (this.#ended) return;
      if (end.kind === 'failed' && !end.error.retryable) {
        this.#end(end.error);
        return;
      }
      failures = this.#cursor !== before || end.kind === 'lost' || end.kind === 'paused' ? 0 : failures + 1;
      if (end.kind === 'paused' && this.#waiting.length > 0) await this.#pause(null);
      if (failures > 0) {
        const asked = end.kind === 'failed' ? (end.error.retryAfterSeconds ?? 0) * 1000 : 0;
        await this.#pause(Math.max(asked, waitBefore(failures)));
      }
    }
  }

  /** Subscribes from the cursor on, and waits for the end of it. */
  async #once(): Promise<RunEnd | { readonly kind: 'paused' }> {
    const { connection, query, variables, eventIn, present, onEvent } = this.#options;
    try {
      this.#cursor ??= await present();
    } catch (error) {
      if (error instanceof BeckonError) return { kind: 'failed', error };
      throw error;
    }
    if (this.#ended) return { kind: 'completed' };
    const { promise, resolve } = Promise.withResolvers<RunEnd | { kind: 'paused' }>();
    const stop = connection.subscribe(
      { query, variables: { ...variables, after: this.#cursor } },
      ({ data, errors }) => {
        const event = errors && errors.length > 0 ? null : eventIn(data as never);
        if (!event) {
          stop();
          resolve({ kind: 'failed', error: errorFromWire(errors ?? []) });
          return;
        }
        this.#cursor = event.cursor;
        onEvent?.(event);
        const reader = this.#readers.shift();
        if (reader) reader.resolve({ done: false, value: event });
        else this.#waiting.push(event);
        if (this.#waiting.length >= MOST_WAITING) {
          stop();
          resolve({ kind: 'paused' });
        }
      },
      resolve,
    );
    this.#stop = () => {
      stop();
      resolve({ kind: 'completed' });
    };
    const end = await promise;
    this.#stop = null;
    return end;
  }

  /** Waits until the queue was emptied, the stream ends, or `ms` have passed. */
  async #pause(ms: number | null): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = ms === null ? undefined : setTimeout(resolve, ms);
    this.#wake = ms === null ? resolve : null;
    this.#stop = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = null;
    this.#stop = null;
  }

  readonly #abort = (): void => {
    void this.return();
  };

  #end(error: BeckonError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stop?.();
    this.#options.signal?.removeEventListener('abort', this.#abort);
    if (error) this.#options.onError?.(error);
    const [first, ...others] = this.#readers.splice(0);
    if (error && !first) this.#error = error;
    else if (error) first?.reject(error);
    else first?.resolve({ done: true, value: undefined });
    for (const reader of others) reader.resolve({ done: true, value: undefined });
    this.#options.onEnd?.();
  }
}
