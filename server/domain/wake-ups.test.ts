import { expect, it } from 'vitest';
import { WakeUps } from './wake-ups.ts';

it('ending one registration leaves others of the same function in place', () => {
  let announce = (_text: string) => {};
  const wakeUps = new WakeUps({
    listen(hear) {
      announce = hear;
    },
    onGap() {},
  });
  let woken = 0;
  const wake = () => {
    woken += 1;
  };
  const first = wakeUps.register(['a'], wake);
  const second = wakeUps.register(['a', 'b'], wake);
  first();
  announce('["a"]');
  expect([woken, wakeUps.size]).toEqual([1, 2]);
  second();
  announce('["a","b"]');
  expect([woken, wakeUps.size]).toEqual([1, 0]);
});
