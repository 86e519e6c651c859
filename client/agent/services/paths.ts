import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';

/** A path as policies have it: `~` is the home folder of the user that the agent runs as. */
export function resolvePath(path: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : resolve(path);
}

/** Whether a path is a folder itself, or lies in it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * Judges whether a path is excluded by one of these patterns: a path with all below it, or a name anywhere. `*` stands
 * for other characters of one name, `**` for those of several, `?` for one.
 */
export function excludedBy(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const whole = patterns.map((pattern) => {
    const isPath = /[/\\]/.test(pattern) || pattern.startsWith('~');
    const text = isPath ? (/^[*?]/.test(pattern) ? pattern : resolvePath(pattern)) : pattern;
    const expression = text.replaceAll('\\', '/').replace(/\*\*|[*?]|[.+^${}()|[\]]/g, (found) => {
      return found === '**' ? '.*' : found === '*' ? '[^/]*' : found === '?' ? '[^/]' : `\\${found}`;
    });
    return `${isPath ? '^' : '(?:^|/)'}${expression.replace(/\/+$/, '')}(?:/|$)`;
  });
  const matching = new RegExp(whole.join('|'), process.platform === 'win32' ? 'i' : '');
  return (path) => matching.test(path.split(sep).join('/'));
}
