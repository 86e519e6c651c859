import type { SessionPermission } from '../graphql/graphql.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
import { UsageError } from './problems.ts';

/** Everything that a session can allow, in the order in which it is shown. */
export const PERMISSIONS: readonly SessionPermission[] = [
  'AUDIO',
  'INPUT',
  'CLIPBOARD',
  'CLIPBOARD_FILES',
  'BLOCK_INPUT',
  'RESTART',
  'FILE_MANAGER',
  'LOCK_ON_END',
  'SYSTEM_INFO',
  'PRINT',
  'WHITEBOARD',
  'TCP_TUNNEL',
  'PRIVACY_MODE',
  'USER_POINTER',
  'RECORD_SESSION',
  'SEND_CTRL_ALT_DEL',
  'VPN',
];

/** A device as people see it. */
export interface PeerName {
  readonly addressGrouped: string;
  readonly alias: string | null;
}

/** ID and alias (INV-14): `front-desk@acme (123 456 789)`, or the ID alone. */
export function peerName(peer: PeerName): string {
  return peer.alias === null ? peer.addressGrouped : `${peer.alias} (${peer.addressGrouped})`;
}

/** The permissions in as few words as possible. */
export function permissionsInWords(
  permissions: readonly SessionPermission[],
  { live: { permissions: words } }: AgentWords,
): string {
  const missing = PERMISSIONS.filter((permission) => !permissions.includes(permission));
  if (permissions.length === 0) return words.none;
  if (missing.length === 0) return words.all(PERMISSIONS.length);
  if (missing.length <= 6) return words.allBut(missing.join(', '));
  return permissions.join(', ');
}

/** What changed from one list to the other: `+AUDIO −INPUT`; empty where nothing did. */
export function permissionDifference(
  before: readonly SessionPermission[],
  after: readonly SessionPermission[],
): string {
  const granted = PERMISSIONS.filter((permission) => after.includes(permission) && !before.includes(permission));
  const revoked = PERMISSIONS.filter((permission) => before.includes(permission) && !after.includes(permission));
  return [...granted.map((permission) => `+${permission}`), ...revoked.map((permission) => `−${permission}`)].join(' ');
}

/**
 * Reads `AUDIO,file-manager`: commas or blanks between, case and `-` for `_` do not matter.
 * @throws UsageError naming what is no permission, with those that are.
 */
export function permissionsOf(text: string): SessionPermission[] {
  const found = new Set<SessionPermission>();
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const name = word.toUpperCase().replaceAll('-', '_');
    const permission = PERMISSIONS.find((known) => known === name);
    if (!permission) throw new UsageError(({ problems }) => problems.noPermission(word, PERMISSIONS.join(', ')));
    found.add(permission);
  }
  if (found.size === 0) throw new UsageError(({ problems }) => problems.whichPermissions(PERMISSIONS.join(', ')));
  return [...found];
}

/** What is left, rounded up, so that 0:00 is shown only when nothing is: `1:59`. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long something took: `45 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** The time of day of an instant, where the agent runs: `14:03:12`. */
export function timeOfDay(instant: string | number): string {
  return new Date(instant).toTimeString().slice(0, 8);
}
