import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { excludedBy, isWithin, resolvePath } from './paths.ts';

describe('paths of policies', () => {
  it('take ~ for the home folder', () => {
    expect(resolvePath('~')).toBe(homedir());
    expect(resolvePath('~/documents')).toBe(join(homedir(), 'documents'));
    expect(resolvePath('/~/x')).toBe('/~/x');
  });

  it('lie in a folder only behind its separator', () => {
    expect([isWithin('/a', '/a'), isWithin('/a', '/a/b'), isWithin('/a', '/ab'), isWithin('/', '/a')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['/data/cache', '/data/cache/x', true],
    ['/data/cache', '/data/cached', false],
    ['/data/cache/', '/data/cache', true],
    ['*.tmp', '/a/b.tmp', true],
    ['*.tmp', '/a/b.tmpx', false],
    ['node_modules', '/a/node_modules/b', true],
    ['/a/*/c', '/a/b/c/d', true],
    ['/a/*/c', '/a/b/b/c', false],
    ['/a/**/c', '/a/b/b/c', true],
    ['/a/?', '/a/b', true],
    ['/a/(b)+', '/a/(b)+', true],
    ['~/x', join(homedir(), 'x', 'y'), true],
  ])('%s leaves out %s: %s', (pattern, path, excluded) => {
    expect(excludedBy([pattern])(path)).toBe(excluded);
  });

  it('leave nothing out without a pattern', () => {
    expect(excludedBy([])('/a')).toBe(false);
  });
});
