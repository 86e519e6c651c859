import { describe, expect, it } from 'vitest';
import { waitBefore } from './backoff.ts';
import { ServerClock } from './server-clock.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const iso = (instant: number): string => new Date(instant).toISOString();
const date = (instant: number): string => new Date(instant).toUTCString();

/** A clock on a machine that is so many ms ahead of the server. */
function machine(ahead: number) {
  let server = NOON;
  const clock = new ServerClock(() => server + ahead);
  return {
    clock,
    pass: (ms: number) => {
      server += ms;
    },
    local: () => server + ahead,
    off: () => clock.now() - server,
  };
}

describe('the server’s clock, as the client knows it', () => {
  it('is the machine’s own where nothing says otherwise', () => {
    const { clock, off } = machine(400);
    clock.answered(NOON + 400, date(NOON));
    clock.heardOf(iso(NOON));
    expect(off()).toBe(400);
  });

  it.each([-3_600_000, -90_000, 90_000, 3_600_000])(
    'INV-19 a machine %i ms ahead counts down within a second',
    (ahead) => {
      const { clock, local, pass, off } = machine(ahead);
      for (let i = 0; i < 10; i++) {
        const sentAt = local();
        pass(37);
        clock.answered(sentAt, date(NOON + i * 137));
        pass(100);
      }
      expect(Math.abs(off())).toBeLessThanOrEqual(1_100);
    },
  );

  it('an event that has happened is never in the future', () => {
    const { clock, off } = machine(-5_000);
    clock.heardOf(iso(NOON));
    expect(off()).toBe(0);
  });

  it('starts anew when a clock was set', () => {
    let local = NOON;
    const clock = new ServerClock(() => local);
    clock.answered(local, date(NOON));
    local -= 3_600_000;
    clock.answered(local, date(NOON));
    expect(Math.abs(clock.now() - NOON)).toBeLessThanOrEqual(1_000);
  });

  it('nonsense is ignored', () => {
    const { clock, off } = machine(0);
    clock.answered(NOON, null);
    clock.answered(NOON, 'yesterday');
    clock.heardOf('soon');
    expect(off()).toBe(0);
  });
});

describe('the wait before the next try', () => {
  it('doubles, is bounded, and is spread over half of it', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((attempt) => waitBefore(attempt, () => 1))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
    expect(waitBefore(3, () => 0)).toBe(1_000);
  });
});
