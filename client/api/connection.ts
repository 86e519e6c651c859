import { createClient, type Client as SocketClient } from 'graphql-ws';
import { STABLE_AFTER_MS, waitBefore } from './backoff.ts';
import { BeckonError, errorFromWire, type WireError } from './errors.ts';
import { OWN_MESSAGES } from './own-messages.ts';

/** What the socket is doing. A client without open streams has no socket: it is idle. */
export type ConnectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'connected' }
  /** Lost or not to be had; the next try comes by itself. `reason` is for logs. */
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryInMs: number; readonly reason: string }
  /** The server does not take this credential, or is none: no further try until a stream is opened anew. */
  | { readonly status: 'refused'; readonly error: BeckonError };

export interface ConnectionOptions {
  /** `ws:` or `wss:` address. */
  url: string;
  connectionParams: Readonly<Record<string, string>>;
  webSocketImpl?: typeof WebSocket | undefined;
  onState?: ((state: ConnectionState) => void) | undefined;
  /** For tests. */
  timing?: { readonly pingAfterMs: number; readonly pongWithinMs: number } | undefined;
}

/** How one subscription came to its end. */
export type RunEnd =
  /** The socket was lost: `ready` says when to try again. */
  | { readonly kind: 'lost' }
  /** The server completed it, as it does when it shuts down. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly error: BeckonError };

interface Subscription {
  query: string;
  variables: Record<string, unknown>;
}

/** Silence, in ms, after which the client asks the server for a sign of life (the server itself pings every 12 s). */
const PING_AFTER_MS = 10_000;
/** Without an answer for this long, in ms, the connection is half open: the other end is gone without a word. */
const PONG_WITHIN_MS = 5_000;
/** For TCP, TLS, upgrade and acknowledgement together, in ms. */
const CONNECT_WITHIN_MS = 10_000;
/** How long the socket stays open without a stream, in ms: pages that change open the next one at once. */
const LINGER_MS = 1_000;

/**
 * Close codes after which the same credential and program would be refused again (graphql-ws PROTOCOL.md): malformed
 * message 4400, unauthorized 4401, forbidden 4403, subprotocol 4406.
 */
const REFUSING_CODES: Readonly<Record<number, BeckonError['code']>> = {
  4400: 'PROTOCOL',
  4401: 'UNAUTHENTICATED',
  4403: 'FORBIDDEN',
  4406: 'PROTOCOL',
};

/**
 * The one socket that all streams of a client share. It never subscribes again by itself: it tells every subscription
 * that it is over, and when the next try is due.
 */
export class Connection {
  readonly #socket: SocketClient;
  readonly #onState: ((state: ConnectionState) => void) | undefined;
  /** Ends each open subscription. */
  readonly #runs = new Set<(end: RunEnd) => void>();
  #state: ConnectionState = { status: 'idle' };
  #failures = 0;
  #connectedAt: number | null = null;
  /** Whether the end of the present socket has been dealt with: an `error` is mostly followed by a `close`. */
  #over = true;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #wait: { readonly done: Promise<void>; readonly skip: () => void } | null = null;

  constructor(options: ConnectionOptions) {
    const { pingAfterMs, pongWithinMs } = options.timing ?? {
      pingAfterMs: PING_AFTER_MS,
      pongWithinMs: PONG_WITHIN_MS,
    };
    this.#onState = options.onState;
    this.#socket = createClient({
      url: options.url,
      webSocketImpl: withoutLateErrors(options.webSocketImpl ?? globalThis.WebSocket),
      connectionParams: options.connectionParams,
      lazy: true,
      lazyCloseTimeout: LINGER_MS,
      // Its own retries would subscribe from the first cursor again; ours resume.
      retryAttempts: 0,
      keepAlive: pingAfterMs,
      on: {
        connecting: () => this.#connecting(),
        connected: () => this.#connected(),
        ping: (received) => {
          if (!received) this.#watch(pongWithinMs);
        },
        pong: (received) => {
          if (received) clearTimeout(this.#watchdog);
        },
        error: (error) => this.#lost(error),
        closed: (event) => this.#lost(event),
      },
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Resolves when a try is due: at once, unless the connection was lost a moment ago. */
  async ready(): Promise<void> {
    await this.#wait?.done;
  }

  /** Cuts a wait short: the network is back, or somebody presses «try again». */
  retryNow(): void {
    this.#wait?.skip();
  }

  /**
   * Subscribes once. `onResult` gets each result in order, `onEnd` is called exactly once, unless the subscription is
   * ended by the function returned; after either, `onResult` is not called again.
   */
  subscribe(
    subscription: Subscription,
    onResult: (result: { data?: unknown; errors?: readonly WireError[] | undefined }) => void,
    onEnd: (end: RunEnd) => void,
  ): () => void {
    let over = false;
    const stop = (): void => {
      over = true;
      this.#runs.delete(end);
      unsubscribe();
      if (this.#runs.size === 0 && this.#state.status !== 'waiting' && this.#state.status !== 'refused') {
        this.#setState({ status: 'idle' });
      }
    };
    const end = (how: RunEnd): void => {
      if (over) return;
      stop();
      onEnd(how);
    };
    this.#runs.add(end);
    const unsubscribe = this.#socket.subscribe(subscription, {
      next: (result) => {
        if (!over) onResult(result as Parameters<typeof onResult>[0]);
      },
      error: (error) => end(Array.isArray(error) ? { kind: 'failed', error: errorFromWire(error) } : { kind: 'lost' }),
      complete: () => end({ kind: 'completed' }),
    });
    if (this.#connectedAt !== null) this.#setState({ status: 'connected' });
    return () => {
      if (!over) stop();
    };
  }

  /** Closes the socket for good. The streams have been ended before. */
  close(): void {
    clearTimeout(this.#watchdog);
    this.#wait?.skip();
    // A socket that was still connecting rejects; there is nobody left to tell.
    Promise.resolve(this.#socket.dispose()).catch(() => {});
  }

  #connecting(): void {
    this.#over = false;
    this.#connectedAt = null;
    this.#setState({ status: 'connecting', attempt: this.#failures + 1 });
    this.#watch(CONNECT_WITHIN_MS);
  }

  #connected(): void {
    clearTimeout(this.#watchdog);
    this.#connectedAt = Date.now();
    if (this.#runs.size > 0) this.#setState({ status: 'connected' });
  }

  /** Gives up on the present socket after `ms`, without waiting for it to close properly: it may never. */
  #watch(ms: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#socket.terminate(), ms);
  }

  #lost(reason: unknown): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#watchdog);
    if (this.#connectedAt !== null && Date.now() - this.#connectedAt >= STABLE_AFTER_MS) this.#failures = 0;
    this.#connectedAt = null;
    // Nobody listens: it was we who closed it.
    if (this.#runs.size === 0) return;
    const code = closeCodeOf(reason);
    const refusing = code === undefined ? undefined : REFUSING_CODES[code];
    const text = textOf(reason);
    if (refusing) {
      // Beckon closes with the code of the denial as the reason.
      const error = /^[A-Z_]+$/.test(text)
        ? new BeckonError(text, OWN_MESSAGES.notTaken, { cause: reason })
        : new BeckonError(refusing, text || OWN_MESSAGES.notLetIn, { cause: reason });
      this.#setState({ status: 'refused', error });
      this.#endAll({ kind: 'failed', error });
      return;
    }
    this.#failures += 1;
    const retryInMs = waitBefore(this.#failures);
    this.#wait = wait(retryInMs, () => {
      this.#wait = null;
    });
    this.#setState({ status: 'waiting', attempt: this.#failures, retryInMs, reason: text || 'connection lost' });
    this.#endAll({ kind: 'lost' });
  }

  #endAll(end: RunEnd): void {
    for (const run of [...this.#runs]) run(end);
  }

  #setState(state: ConnectionState): void {
    if (state.status === this.#state.status && state.status !== 'waiting' && state.status !== 'connecting') return;
    this.#state = state;
    this.#onState?.(state);
  }
}

function closeCodeOf(reason: unknown): number | undefined {
  return typeof reason === 'object' && reason !== null && 'code' in reason && typeof reason.code === 'number'
    ? reason.code
    : undefined;
}

function textOf(reason: unknown): string {
  if (typeof reason !== 'object' || reason === null) return String(reason);
  if ('reason' in reason && typeof reason.reason === 'string' && reason.reason !== '') return reason.reason;
  if ('message' in reason && typeof reason.message === 'string' && reason.message !== '') return reason.message;
  const code = closeCodeOf(reason);
  return code === undefined ? '' : `socket closed with ${code}`;
}

function wait(ms: number, onDone: () => void): { done: Promise<void>; skip: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = (): void => {
    clearTimeout(timer);
    onDone();
    resolve();
  };
  const timer = setTimeout(finish, ms);
  return { done: promise, skip: finish };
}

/**
 * graphql-ws takes its listeners off a socket that it gives up while it connects; the `ws` package then throws the
 * late error as one that nobody handles. Can go when graphql-ws keeps a listener.
 */
function withoutLateErrors(Impl: typeof WebSocket): typeof WebSocket {
  return class extends Impl {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('error', () => {});
    }
  };
}
