import { isIPv6 } from 'node:net';
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
    const key = callerKey(principal, address);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const anonymous = principal.kind === 'anonymous';
    const most = anonymous ? this.#config.ANONYMOUS_REQUESTS_PER_MINUTE : this.#config.REQUESTS_PER_MINUTE;
    if (count > most) {
      throw new Denial('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil((window + WINDOW_MS - now) / 1000) });
    }
  }
}

/** Whom limits of this process are counted for: the sign-in, token or device, or the network of who is not signed in. */
export function callerKey(principal: Principal, address: string): string {
  return principal.kind === 'anonymous' ? `address:${networkOf(address)}` : principalKey(principal);
}

/** Groups of an IPv6 address that name a network: whoever has one address has 2^64 of them (RFC 4291, 2.5.4). */
const NETWORK_GROUPS = 4;

/** The address, or the /64 network of an IPv6 one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, NETWORK_GROUPS).join(':');
}
