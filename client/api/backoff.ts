/** First wait after a lost connection, in ms: a server that restarts is back within some seconds. */
const FIRST_WAIT_MS = 500;

/** Longest wait, in ms: how long somebody looks at a dead screen at most once the server is back. */
const LONGEST_WAIT_MS = 10_000;

/** A connection that held this long, in ms, was a good one: the next loss starts from the first wait again. */
export const STABLE_AFTER_MS = 10_000;

/**
 * The wait before try number `attempt` (1 is the first after the loss), in ms: doubled each time, up to a bound, and
 * spread over half of it, so that many clients of a server that comes back do not all come in the same instant.
 */
export function waitBefore(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full / 2 + (random() * full) / 2);
}
