import { expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

it('of what is asked for at once, all answers come in order', async () => {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const both = inOrder([late, Promise.resolve(2)]);
  resolve('one');
  expect(await both).toEqual(['one', 2]);
});

it('of what is asked for at once, the first in order that fails says why, though another failed before it', async () => {
  const { promise: late, reject } = Promise.withResolvers<string>();
  const both = inOrder([Promise.resolve(1), late, Promise.reject(new Error('early'))]);
  reject(new Error('late'));
  await expect(both).rejects.toThrow('late');
});
