import type { Config } from '../config.ts';
import { Denial } from '../domain/denials.ts';
import { type Principal, principalKey } from '../domain/principal.ts';
import type { Clock } from '../lib/clock.ts';

const WINDOW_MS = 60_000;

/**
 * Counts operations, not HTTP requests, by principal, or by address where nobody is signed in. In memory: it is there
 * to keep one caller from starving the others of this process. What protects accounts is counted in the database.
 */
export class RequestRate {
  readonly #clock: Clock;
  readonly #config: Pick<Config, 'REQUESTS_PER_MINUTE' | 'ANONYMOUS_REQUESTS_PER_MINUTE'>;
  #window = 0;
  #counts = new Map<string, number>();

  constructor(clock: Clock, config: Pick<Config, 'REQUESTS_PER_MINUTE' | 'ANONYMOUS_REQUESTS_PER_MINUTE'>) {
    this.#clock = clock;
    this.#config = config;
  }

  /** @throws Denial TOO_MANY_REQUESTS with the seconds to wait. */
  take(principal: Principal, address: string): void {
    const now = this.#clock.now();
    const window = now - (now % WINDOW_MS);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const anonymous = principal.kind === 'anonymous';
    const key = anonymous ? `address:${address}` : principalKey(principal);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const most = anonymous ? this.#config.ANONYMOUS_REQUESTS_PER_MINUTE : this.#config.REQUESTS_PER_MINUTE;
    if (count > most) {
      throw new Denial('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil((window + WINDOW_MS - now) / 1000) });
    }
  }
}
