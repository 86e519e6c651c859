import { expect, test } from 'vitest';
import { keepEarlier, MOST_EARLIER } from './earlier.ts';

async function* results(count: number): AsyncGenerator<{ data: number }> {
  for (let data = 1; data <= count; data += 1) yield { data };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

test('API-06 the results of a subscription before the last one stay in sight, newest first', async () => {
  expect(await collect(keepEarlier(results(3)))).toEqual([
    { data: 1 },
    { data: 2, earlier: [1] },
    { data: 3, earlier: [2, 1] },
  ]);
});

test.each([MOST_EARLIER - 1, MOST_EARLIER, MOST_EARLIER + 1])(
  'after %i results no more than the most are kept',
  async (count) => {
    const last = (await collect(keepEarlier(results(count + 1)))).at(-1);
    expect(last?.earlier).toHaveLength(Math.min(count, MOST_EARLIER));
    expect(last?.earlier?.[0]).toBe(count);
  },
);

test('stopping ends the subscription at once, while a result is waited for', async () => {
  let ended = false;
  const silent: AsyncIterable<{ data: unknown }> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return: async () => {
        ended = true;
        return { done: true, value: undefined };
      },
    }),
  };
  const kept = keepEarlier(silent);
  void kept.next();
  await kept.return?.();
  expect(ended).toBe(true);
});
