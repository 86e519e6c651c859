import { type Clock, systemClock } from '../lib/clock.ts';

/** A clock that begins in the past and moves when it is told to, up to the present. */
export class MovingClock implements Clock {
  #now: number;
  /** The present, when it was made. */
  readonly end: number = systemClock.now();
  readonly at = systemClock.at;

  /** @param back how long ago it begins, in ms. */
  constructor(back: number) {
    this.#now = this.end - back;
  }

  now = (): number => this.#now;

  advance(milliseconds: number): void {
    this.#now = Math.min(this.end, this.#now + Math.max(0, milliseconds));
  }
}
