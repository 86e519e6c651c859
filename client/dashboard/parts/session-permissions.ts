import type { SessionPermission } from '../../graphql/graphql.ts';

/** What a guest may do, in the order in which people decide on it: seeing, working, moving data, the rest. */
export const SESSION_PERMISSIONS = [
  'AUDIO',
  'USER_POINTER',
  'WHITEBOARD',
  'INPUT',
  'SEND_CTRL_ALT_DEL',
  'BLOCK_INPUT',
  'CLIPBOARD',
  'CLIPBOARD_FILES',
  'FILE_MANAGER',
  'PRINT',
  'SYSTEM_INFO',
  'RESTART',
  'LOCK_ON_END',
  'RECORD_SESSION',
  'PRIVACY_MODE',
  'TCP_TUNNEL',
  'VPN',
] as const satisfies readonly SessionPermission[];

/** A permission that a device’s settings hold on or off (INV-24). */
export interface Lock {
  readonly permission: SessionPermission;
  readonly allowed: boolean;
}
