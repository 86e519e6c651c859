/** How many earlier results stay in sight. */
export const MOST_EARLIER = 20;

/** A result as GraphiQL shows it; `earlier` is this page's own, newest first, and not of the API. */
export type WithEarlier<T> = T & { earlier?: readonly unknown[] };

/**
 * GraphiQL shows the last result of a subscription only, and an invitation would be gone with the next event. This keeps
 * the ones before it in sight below it.
 */
export function keepEarlier<T extends { data?: unknown }>(
  results: AsyncIterable<T>,
): AsyncIterableIterator<WithEarlier<T>> {
  const source = results[Symbol.asyncIterator]();
  let earlier: readonly unknown[] = [];
  // Not a generator: its return() would wait for the next event before the subscription ends.
  return {
    async next() {
      const step = await source.next();
      if (step.done) return { done: true, value: undefined };
      const value: WithEarlier<T> = earlier.length > 0 ? { ...step.value, earlier } : step.value;
      earlier = [step.value.data, ...earlier].slice(0, MOST_EARLIER);
      return { done: false, value };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
