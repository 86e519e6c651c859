import type { Config } from '../config.ts';
import type { Services } from '../domain/context.ts';
import { type Principal, principalKey } from '../domain/principal.ts';
import { addToRate, MINUTE_MS, tooMany, windowAt } from '../domain/rate-limits.ts';
import { networkOf } from '../lib/network.ts';

/** A node tells the others of a caller each time that it has let so much of the limit through by itself. */
const SHARE_UNTOLD = 1 / 20;

type Limits = Pick<Config, 'REQUESTS_PER_MINUTE' | 'ANONYMOUS_REQUESTS_PER_MINUTE' | 'engine'>;

/** What is known of one caller in the present minute. */
interface Counted {
  /** What all nodes had told when this one last asked. */
  together: number;
  /** What this node has not told yet. */
  untold: number;
  /** Resolves when the nodes have been told of what waits now, with what they had told before; null where nothing waits. */
  batch: Promise<number> | null;
  /** Settles when what is on its way to the nodes has arrived; null where nothing is. */
  onTheWay: Promise<unknown> | null;
}

/**
 * Counts operations, not HTTP requests, by principal, or by address where nobody is signed in. In memory, so that an
 * operation costs no write. Where there may be other nodes (PostgreSQL), a caller is added up in the database after each
 * twentieth of its limit, before more is let through: each further node lets through at most that much too much. On
 * SQLite there is one node, and its count is exact.
 */
export class RequestRate {
  readonly #services: Pick<Services, 'clock' | 'db'>;
  readonly #limits: Limits;
  #minute = 0;
  #counts = new Map<string, Counted>();

  constructor(services: Pick<Services, 'clock' | 'db'>, limits: Limits) {
    this.#services = services;
    this.#limits = limits;
  }

  /** @throws Denial TOO_MANY_REQUESTS with the seconds to wait. */
  async take(principal: Principal, address: string): Promise<void> {
    const now = this.#services.clock.now();
    const { REQUESTS_PER_MINUTE, ANONYMOUS_REQUESTS_PER_MINUTE, engine } = this.#limits;
    const most = principal.kind === 'anonymous' ? ANONYMOUS_REQUESTS_PER_MINUTE : REQUESTS_PER_MINUTE;
    const key = callerKey(principal, address);
    const counted = this.#countedAt(now, key);
    // Over is over until the minute is: who goes on all the same costs nothing more.
    if (counted.together >= most) throw tooMany(now, MINUTE_MS);
    counted.untold += 1;
    const within = counted.untold <= most * SHARE_UNTOLD && !counted.batch && !counted.onTheWay;
    const untold = engine === 'sqlite' || within;
    const place = untold ? counted.together + counted.untold : await this.#placeAmongAll(key, counted, now);
    if (place > most) throw tooMany(now, MINUTE_MS);
  }

  #countedAt(now: number, key: string): Counted {
    const { start } = windowAt(now, MINUTE_MS);
    if (start !== this.#minute) {
      this.#minute = start;
      this.#counts = new Map();
    }
    let counted = this.#counts.get(key);
    if (!counted) {
      counted = { together: 0, untold: 0, batch: null, onTheWay: null };
      this.#counts.set(key, counted);
    }
    return counted;
  }

  /** The place of the newest operation among those of all nodes. What comes while others are told of goes together. */
  async #placeAmongAll(key: string, counted: Counted, now: number): Promise<number> {
    const place = counted.untold;
    counted.batch ??= (counted.onTheWay ?? Promise.resolve()).then(() => this.#tell(key, counted, now));
    return (await counted.batch) + place;
  }

  /** Adds what is untold to what the nodes have told; returns what they had told before. */
  #tell(key: string, counted: Counted, now: number): Promise<number> {
    const { untold } = counted;
    counted.untold = 0;
    counted.batch = null;
    const telling = addToRate(this.#services.db, `requests:${key}`, untold, now, MINUTE_MS).then((together) => {
      counted.together = together;
      return together - untold;
    });
    // Where the database does not answer, who waits hears of it; the next try is made by who comes next.
    counted.onTheWay = telling.then(
      () => {
        counted.onTheWay = null;
      },
      () => {
        counted.onTheWay = null;
      },
    );
    return telling;
  }
}

/** Whom limits of this process are counted for: the sign-in, token or device, or the network of who is not signed in. */
export function callerKey(principal: Principal, address: string): string {
  return principal.kind === 'anonymous' ? `address:${networkOf(address)}` : principalKey(principal);
}
