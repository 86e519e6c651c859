import { setImmediate as later } from 'node:timers/promises';

/** Resolves when whatever else came in meanwhile has had its turn of the event loop. */
export function nextTurn(): Promise<void> {
  return later();
}

/** Those who get one turn of the event loop. */
const EACH_TURN = 64;

/** Who has a little to do. An object with a method: ten thousand of them take less than as many functions. */
export interface TurnTaker {
  takeTurn(): void;
}

/**
 * Has many do a little, some at a time, in their order: what each of them sets off is done before the next ones begin, while
 * its data is at hand, and whatever else comes in meanwhile has its turn (bench/README.md).
 */
export class Turns {
  #waiting: TurnTaker[] = [];
  /** How many of those that wait had their turn. */
  #done = 0;
  /** How many more may do theirs in this turn; a turn in which nobody did is the last one. */
  #left = EACH_TURN;
  #turning = false;

  /** Has its turn at once where few had theirs yet, and else on a later one. */
  add(taker: TurnTaker): void {
    if (!this.#turning) {
      this.#turning = true;
      setImmediate(this.#turn);
    }
    if (this.#left > 0 && this.#waiting.length === 0) {
      this.#left -= 1;
      taker.takeTurn();
    } else {
      this.#waiting.push(taker);
    }
  }

  readonly #turn = (): void => {
    const did = EACH_TURN - this.#left;
    this.#left = EACH_TURN;
    while (this.#left > 0 && this.#done < this.#waiting.length) {
      const taker = this.#waiting[this.#done] as TurnTaker;
      this.#done += 1;
      this.#left -= 1;
      taker.takeTurn();
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
