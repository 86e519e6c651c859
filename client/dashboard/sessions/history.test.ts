import { expect, test } from 'vitest';
import { happeningsOf } from './history.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();

test('INV-28 INV-29 the timeline of a session tells what changed, what was asked for and what came of it, in order', () => {
  const happenings = happeningsOf({
    endedAt: at(50),
    endReason: 'GUEST_ENDED',
    permissionTimeline: [
      { number: 1, permissions: ['AUDIO', 'INPUT'], changedAt: at(0) },
      { number: 2, permissions: ['AUDIO', 'VPN'], changedAt: at(10) },
      { number: 3, permissions: ['AUDIO', 'VPN', 'PRINT'], changedAt: at(30) },
    ],
    permissionRequests: [
      { id: 'a', permissions: ['PRINT'], status: 'GRANTED', createdAt: at(20), settledAt: at(30) },
      { id: 'b', permissions: ['RESTART'], status: 'REFUSED', createdAt: at(35), settledAt: at(40) },
      { id: 'c', permissions: ['INPUT'], status: 'LAPSED', createdAt: at(45), settledAt: at(50) },
    ],
  });
  expect(happenings).toEqual([
    { kind: 'STARTED', at: at(0), permissions: ['AUDIO', 'INPUT'] },
    { kind: 'CHANGED', at: at(10), added: ['VPN'], removed: ['INPUT'] },
    { kind: 'ASKED', at: at(20), permissions: ['PRINT'] },
    { kind: 'GRANTED', at: at(30), permissions: ['PRINT'] },
    { kind: 'ASKED', at: at(35), permissions: ['RESTART'] },
    { kind: 'REFUSED', at: at(40), permissions: ['RESTART'] },
    { kind: 'ASKED', at: at(45), permissions: ['INPUT'] },
    { kind: 'ENDED', at: at(50), reason: 'GUEST_ENDED' },
    { kind: 'LAPSED', at: at(50), permissions: ['INPUT'] },
  ]);
});

test('INV-29 a change that takes away while a wish is granted is told by itself', () => {
  const happenings = happeningsOf({
    endedAt: null,
    endReason: null,
    permissionTimeline: [
      { number: 1, permissions: ['AUDIO'], changedAt: at(0) },
      { number: 2, permissions: ['PRINT'], changedAt: at(5) },
    ],
    permissionRequests: [{ id: 'a', permissions: ['PRINT'], status: 'GRANTED', createdAt: at(1), settledAt: at(5) }],
  });
  expect(happenings.slice(2)).toEqual([
    { kind: 'GRANTED', at: at(5), permissions: ['PRINT'] },
    { kind: 'CHANGED', at: at(5), added: ['PRINT'], removed: ['AUDIO'] },
  ]);
});

test('a session that runs has no end in its timeline, and a wish that waits no answer', () => {
  const happenings = happeningsOf({
    endedAt: null,
    endReason: null,
    permissionTimeline: [{ number: 1, permissions: [], changedAt: at(0) }],
    permissionRequests: [{ id: 'a', permissions: ['VPN'], status: 'PENDING', createdAt: at(1), settledAt: null }],
  });
  expect(happenings.map(({ kind }) => kind)).toEqual(['STARTED', 'ASKED']);
});
