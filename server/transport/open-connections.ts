import type { Principal } from '../domain/principal.ts';
import { callerKey } from './request-rate.ts';

/**
 * Counts what stays open, sockets and event streams alike, by principal, or by address where nobody is signed in. In
 * memory, as the connections are.
 */
export class OpenConnections {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  /** @param most for one caller. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one more, until what is returned is called; that may be repeated. Null where there are as many as allowed. */
  open(principal: Principal, address: string): (() => void) | null {
    const key = callerKey(principal, address);
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#most) return null;
    this.#counts.set(key, count + 1);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left === 0) this.#counts.delete(key);
      else this.#counts.set(key, left);
    };
  }
}
