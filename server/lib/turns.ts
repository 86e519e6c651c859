import { setImmediate as later } from 'node:timers/promises';

/** Resolves when whatever else came in meanwhile has had its turn of the event loop. */
export function nextTurn(): Promise<void> {
  return later();
}

/** Pieces of work that one turn of the event loop does. */
const EACH_TURN = 64;

/**
 * Does many small pieces of work a few at a time, in their order: what each of them sets off is done before the next ones
 * begin, while its data is at hand, and whatever else comes in meanwhile has its turn (bench/README.md).
 */
export class Turns {
  #waiting: (() => void)[] = [];
  /** How many of those that wait were done. */
  #done = 0;
  /** How many more this turn may do; a turn that did nothing is the last one. */
  #left = EACH_TURN;
  #turning = false;

  /** Does it at once where this turn did little yet, and else on a later one. */
  add(work: () => void): void {
    if (!this.#turning) {
      this.#turning = true;
      setImmediate(this.#turn);
    }
    if (this.#left > 0 && this.#waiting.length === 0) {
      this.#left -= 1;
      work();
    } else {
      this.#waiting.push(work);
    }
  }

  readonly #turn = (): void => {
    const did = EACH_TURN - this.#left;
    this.#left = EACH_TURN;
    while (this.#left > 0 && this.#done < this.#waiting.length) {
      const work = this.#waiting[this.#done] as () => void;
      this.#done += 1;
      this.#left -= 1;
      work();
    }
    if (this.#done === this.#waiting.length) {
      this.#waiting = [];
      this.#done = 0;
      if (did === 0 && this.#left === EACH_TURN) {
        this.#turning = false;
        return;
      }
    }
    setImmediate(this.#turn);
  };
}
