import { expect, it } from 'vitest';
import { inventoryInput } from './inventory-input.ts';

const takenAt = '2026-01-02T03:04:05.000Z';

const linesOf = ({ packages }: ReturnType<typeof inventoryInput>) => packages?.split('\n') ?? [];

it('cuts what the server has no room for, and says how much', () => {
  const packages = Array.from({ length: 6_000 }, (_, i) => ({ name: `p${i}`, version: '1', architecture: null }));
  const some = inventoryInput({ takenAt, hardware: null, software: { source: 'rpm', packages } });
  expect([linesOf(some).length, some.omittedPackages, some.packageSource]).toEqual([5_000, 1_000, 'rpm']);
  const long = packages.map((each) => ({ ...each, name: `${each.name} ${'é'.repeat(300)}`, version: '1\u0000' }));
  const fewer = inventoryInput({ takenAt, hardware: null, software: { source: 'rpm', packages: long } });
  expect(Buffer.byteLength(JSON.stringify(fewer))).toBeLessThan(200 * 1024);
  expect(linesOf(fewer).length + fewer.omittedPackages).toBe(6_000);
  expect(linesOf(fewer)[0]).toMatch(/^[^\t]{200}\t1$/);
  expect(inventoryInput({ takenAt, hardware: null, software: null }).packages).toBeNull();
});
