import { expect, it } from 'vitest';
import { FakeClock } from '../testing/clock.ts';
import { WakeUps } from './wake-ups.ts';

/** Wake-ups without a database, and how it would announce. */
function alone() {
  let announce = (_text: string) => {};
  let gap = () => {};
  const clock = new FakeClock();
  const db = {
    listen(hear: typeof announce) {
      announce = hear;
    },
    onGap(missed: typeof gap) {
      gap = missed;
    },
  };
  const wakeUps = new WakeUps(db, clock);
  return { clock, wakeUps, announce: (text: string) => announce(text), gap: () => gap() };
}

it('ending one registration leaves others of the same function in place', () => {
  const { wakeUps, announce } = alone();
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

it('topics that several wait for wake each of them, and a gap wakes all', () => {
  const { wakeUps, announce, gap } = alone();
  const heard: string[] = [];
  const sleepers = ['first', 'second', 'third'].map((name) => ({
    topics: ['a', name],
    wake: (topic: string) => void heard.push(`${name} ${topic}`),
  }));
  for (const sleeper of sleepers) wakeUps.add(sleeper);
  announce('["a","second"]');
  expect(heard.splice(0)).toEqual(['first a', 'second a', 'third a', 'second second']);
  gap();
  expect(heard.splice(0)).toHaveLength(6);
  for (const sleeper of sleepers.slice(0, 2)) wakeUps.remove(sleeper);
  announce('["a","first","third"]');
  expect(heard).toEqual(['third a', 'third third']);
  for (const sleeper of sleepers) wakeUps.remove(sleeper);
  expect(wakeUps.size).toBe(0);
});

it('what was worked out serves all who ask, until anything is announced, a gap, or a second', async () => {
  const { clock, wakeUps, announce, gap } = alone();
  let worked = 0;
  const ask = (key = 'key') => wakeUps.share('about', key, async () => ++worked);
  expect(await Promise.all([ask(), ask(), ask('other'), ask()])).toEqual([1, 1, 2, 1]);
  announce('["a topic that nobody waits for"]');
  expect(await ask()).toBe(3);
  gap();
  expect(await ask()).toBe(4);
  clock.advance(999);
  expect(await ask()).toBe(4);
  clock.advance(1);
  expect(await ask()).toBe(5);
});

it('what failed is tried again by the next who asks', async () => {
  const { wakeUps } = alone();
  const fails = wakeUps.share('about', 'key', () => Promise.reject<string>(new Error('no')));
  await expect(fails).rejects.toThrow('no');
  expect(await wakeUps.share('about', 'key', async () => 'yes')).toBe('yes');
});
