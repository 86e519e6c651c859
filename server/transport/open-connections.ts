import type { Meters } from '../domain/meters.ts';
import type { Principal } from '../domain/principal.ts';
import { callerKey } from './request-rate.ts';

/**
 * Counts what stays open, sockets and event streams alike, by principal, or by address where nobody is signed in. In
 * memory, as the connections are.
 */
export class OpenConnections {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  readonly #meters: Pick<Meters, 'refusedConnections'>;
  #devices = 0;
  #open = 0;

  /** @param most for one caller. */
  constructor(most: number, meters: Pick<Meters, 'refusedConnections'>) {
    this.#most = most;
    this.#meters = meters;
  }

  /** Devices that have at least one open. */
  get devices(): number {
    return this.#devices;
  }

  /** All that are open, of whoever it is. */
  get size(): number {
    return this.#open;
  }

  /** Counts one more, until what is returned is called; that may be repeated. Null where there are as many as allowed. */
  open(principal: Principal, address: string): (() => void) | null {
    const key = callerKey(principal, address);
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#most) {
      this.#meters.refusedConnections.add();
      return null;
    }
    this.#counts.set(key, count + 1);
    this.#open += 1;
    // What is returned keeps no more of the principal than this.
    const device = principal.kind === 'device' ? 1 : 0;
    if (count === 0) this.#devices += device;
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.#counts.get(key) ?? 1) - 1;
      this.#open -= 1;
      if (left === 0) {
        this.#counts.delete(key);
        this.#devices -= device;
      } else this.#counts.set(key, left);
    };
  }
}
