import type { Clock, Timer } from '../lib/clock.ts';

/** 2026-01-01T00:00:00Z: any instant would do; a round one is easy to read in a failure. */
export const START_OF_TIME = Date.UTC(2026, 0, 1);

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  #now = START_OF_TIME;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now = (): number => this.#now;

  at = (at: number, run: () => void): Timer => {
    const timer = { at, run };
    this.#timers.add(timer);
    // As the system's clock: never on the same turn.
    if (at <= this.#now) queueMicrotask(() => this.#fire());
    return { cancel: () => this.#timers.delete(timer) };
  };

  /** Moves on by so many milliseconds, and runs the timers that are reached, the earliest first. */
  advance(milliseconds: number): void {
    this.set(this.#now + milliseconds);
  }

  /** Moves to an instant. The timers on the way see their own instants. */
  set(instant: number): void {
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.run();
    }
    this.#now = instant;
  }

  /** Instants of the timers that wait, for tests of what is armed. */
  get armed(): readonly number[] {
    return [...this.#timers].map(({ at }) => at).sort((a, b) => a - b);
  }

  #fire(): void {
    for (const timer of [...this.#timers]) {
      if (timer.at <= this.#now && this.#timers.delete(timer)) timer.run();
    }
  }
}
