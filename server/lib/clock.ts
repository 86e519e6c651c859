/** The one source of time. Every instant in Beckon is an integer of milliseconds since 1970, UTC, read from here. */
export interface Clock {
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  /** Calls `run` once `at` (an instant in milliseconds) is reached; at once, on a later turn, if it already is. */
  at(at: number, run: () => void): Timer;
}

export interface Timer {
  /** Makes sure `run` is not called any more. May be repeated. */
  cancel(): void;
}

/** The longest delay that a Node timer takes (2^31 - 1 ms); a longer one would fire at once. */
const LONGEST_DELAY_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  at(at, run) {
    let handle: NodeJS.Timeout;
    const arm = () => {
      const delay = at - Date.now();
      if (delay > LONGEST_DELAY_MS) {
        handle = setTimeout(arm, LONGEST_DELAY_MS);
      } else {
        // Node may fire up to a millisecond early; a deadline must never be judged before it is reached.
        handle = setTimeout(() => (Date.now() < at ? arm() : run()), Math.max(0, delay));
      }
      handle.unref();
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  },
};
