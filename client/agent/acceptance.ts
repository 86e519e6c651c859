import { UsageError } from './problems.ts';
import type { PeerName } from './words.ts';

/** Who is answered unattended: everybody, nobody, or those with one of these IDs and aliases. */
export type Acceptance = 'all' | 'none' | ReadonlySet<string>;

/** Reads `--accept`: `all`, `none`, or `from 123 456 789,front-desk@acme` (in as many arguments as the shell made). */
export function readAcceptance(words: readonly string[]): Acceptance {
  const text = words.join(' ').trim();
  if (text === 'all' || text === 'none') return text;
  const listed = /^from\s+(.+)$/.exec(text)?.[1];
  if (!listed) throw new UsageError(({ problems }) => problems.accept);
  return new Set(listed.split(',').map(key).filter(Boolean));
}

/** Whether this peer is let in without asking. */
export function accepts(acceptance: Acceptance, peer: PeerName): boolean {
  if (acceptance === 'all') return true;
  if (acceptance === 'none') return false;
  return acceptance.has(key(peer.addressGrouped)) || (peer.alias !== null && acceptance.has(key(peer.alias)));
}

/** IDs without blanks, aliases without case. */
function key(text: string): string {
  const digits = text.replace(/\s+/g, '');
  return /^\d+$/.test(digits) ? digits : text.trim().toLowerCase();
}
