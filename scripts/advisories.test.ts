import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';

/**
 * Where no registry answers `npm audit`, this much is certain: what is installed is what the lock file says, and stands
 * behind the versions in which known advisories were fixed (docs/operations.md, Advisories).
 */

const ROOT = join(import.meta.dirname, '..');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

const locked = Object.entries(
  (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== '');

/** Whether a version is at least another one; what is before a release is before it. */
function atLeast(version: string, least: string): boolean {
  const parts = (text: string) => text.split('-')[0]?.split('.').map(Number) ?? [];
  const [have, want] = [parts(version), parts(least)];
  const at = want.findIndex((part, i) => (have[i] ?? 0) !== part);
  if (at < 0) return !version.includes('-');
  return (have[at] ?? 0) > (want[at] ?? 0);
}

it('versions are compared by number', () => {
  for (const [version, least, expected] of [
    ['8.21.0', '8.21.0', true],
    ['8.9.1', '8.21.0', false],
    ['17.0.0', '16.15.0', true],
    ['6.0.8-rc.1', '6.0.8', false],
    ['6.0.9-rc.1', '6.0.8', true],
  ] as const) {
    expect([version, least, atLeast(version, least)]).toEqual([version, least, expected]);
  }
});

it('docs/operations.md lists the advisories that concern us, and every copy that is installed is behind them', () => {
  const section =
    readFileSync(join(ROOT, 'docs/operations.md'), 'utf8').split('\n### Advisories\n')[1]?.split('\n#')[0] ?? '';
  const rows = [...section.matchAll(/^\| `([\w@/-]+)` \| (\S+) \|/gm)].map(([, name = '', fixed = '']) => ({
    name,
    fixed,
  }));
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['ws', 'graphql', 'graphql-ws', 'graphql-yoga']));
  for (const { name, fixed } of rows) {
    const copies =
      name === 'sqlite'
        ? [String(new SqliteDatabase(':memory:').prepare('select sqlite_version()').pluck().get())]
        : locked.filter(([path]) => path.endsWith(`node_modules/${name}`)).map(([, { version = '' }]) => version);
    expect([name, copies.length > 0]).toEqual([name, true]);
    expect([name, fixed, copies.filter((version) => !atLeast(version, fixed))]).toEqual([name, fixed, []]);
  }
});

it('every package of the lock file is held to its bytes', () => {
  expect(locked.length).toBeGreaterThan(300);
  expect(locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
});

it('what is not locked to one version is not asked for', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(range)),
  );
  expect(loose).toEqual([]);
});
