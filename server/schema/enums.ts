import type { PLATFORMS, Platform } from '../config.ts';
import type { Language } from '../db/tables/accounts.ts';
import type { ClientKind } from '../db/tables/devices.ts';
import type { InvitationOrigin, InvitationStatus } from '../db/tables/invitations.ts';
import type { SESSION_PERMISSIONS, SessionPermission } from '../db/tables/permission-profiles.ts';
import type { SessionRequestStatus } from '../db/tables/session-requests.ts';
import type { Direction } from '../domain/invitation-history.ts';
import type { SessionSide } from '../domain/session-history.ts';
import { builder } from './builder.ts';

/** An enum whose values are described one by one; TypeScript sees to it that none is missing. */
export function describedEnum<Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
    ) as Record<Value, { description: string }>,
  });
}

export const LanguageEnum = describedEnum<Language>('Language', 'The languages that Beckon speaks (API-08).', {
  en: 'English.',
  fr: 'French.',
});

const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  WINDOWS: 'Microsoft Windows.',
  MACOS: 'Apple macOS.',
  LINUX: 'Linux, whatever the distribution.',
  ANDROID: 'Google Android.',
  IOS: 'Apple iOS and iPadOS.',
  OTHER: 'Any other.',
};
export const PlatformEnum = describedEnum<(typeof PLATFORMS)[number]>(
  'Platform',
  'The operating system that a device really runs on, as its client reports it.',
  PLATFORM_NAMES,
);

export const ClientKindEnum = describedEnum<ClientKind>('ClientKind', 'Which client program a device runs.', {
  FULL_CLIENT: 'The full client: invites, is invited, and can be managed.',
  HOST: 'The host: waits for connections, and can be managed.',
  QUICK_SUPPORT: 'The quick-support module: for one session, and not to be managed (PRE-01).',
});

const PERMISSION_MEANINGS: Readonly<Record<SessionPermission, string>> = {
  AUDIO: 'Hear the device’s sound.',
  INPUT: 'Use its keyboard and mouse.',
  CLIPBOARD: 'Share the clipboard’s text.',
  CLIPBOARD_FILES: 'Share files through the clipboard.',
  BLOCK_INPUT: 'Block the local keyboard and mouse.',
  RESTART: 'Restart the device.',
  FILE_MANAGER: 'Browse and move its files.',
  LOCK_ON_END: 'Lock its desktop when the session ends.',
  SYSTEM_INFO: 'Read what the system is made of.',
  PRINT: 'Print to a printer at the other side.',
  WHITEBOARD: 'Draw on its screen.',
  TCP_TUNNEL: 'Tunnel TCP connections.',
  PRIVACY_MODE: 'Black out its screen for those in front of it.',
  USER_POINTER: 'Show the guest’s pointer.',
  RECORD_SESSION: 'Record the session.',
  SEND_CTRL_ALT_DEL: 'Send Ctrl+Alt+Del to the device.',
  VPN: 'Join both in a private network.',
};
export const SessionPermissionEnum = describedEnum<(typeof SESSION_PERMISSIONS)[number]>(
  'SessionPermission',
  'What the guest side of a session may do on the device.',
  PERMISSION_MEANINGS,
);

export const InvitationOriginEnum = describedEnum<InvitationOrigin>(
  'InvitationOrigin',
  'Where in the client an invitation was started (INV-08).',
  {
    OWN_ID: 'Beside one’s own ID.',
    CONTEXT_MENU: 'In the context menu of one’s own ID.',
    FAVORITES: 'From a tile in Favourites.',
    RECENT_SESSIONS: 'From a tile in Recent sessions.',
    DISCOVERY: 'From a tile in Discovery.',
    ADDRESS_BOOK: 'From a tile in an address book.',
  },
);

export const InvitationStatusEnum = describedEnum<InvitationStatus>(
  'InvitationStatus',
  'Where an invitation stands. Only a pending one changes, and only once (INV-22).',
  {
    PENDING: 'Waits for the recipient, until the deadline.',
    ACCEPTED: 'The recipient connected; the session has started.',
    REJECTED: 'The recipient refused.',
    CANCELLED: 'The inviter took it back.',
    EXPIRED: 'Nobody answered within two minutes.',
  },
);

export const SessionRequestStatusEnum = describedEnum<SessionRequestStatus>(
  'SessionRequestStatus',
  'Where a session request stands. Only a pending one changes, and only once (INV-09).',
  {
    PENDING: 'Waits for the host side, until the deadline.',
    ACCEPTED: 'The host side let the guest in; the session has started.',
    DISMISSED: 'The host side did not let the guest in.',
    WITHDRAWN: 'Who asked took it back.',
    EXPIRED: 'Nobody answered within two minutes.',
  },
);

export const DirectionEnum = describedEnum<Direction>(
  'Direction',
  'Which way something went, seen from the device or account whose list it is in.',
  {
    SENT: 'From it, to another.',
    RECEIVED: 'To it, from another.',
  },
);

export const SessionSideEnum = describedEnum<SessionSide>('SessionSide', 'The two sides of a support session.', {
  HOST: 'The device that is worked on; its side grants permissions.',
  GUEST: 'The device that works on it.',
});

export const InvitationMethodEnum = describedEnum<'DIRECT' | 'EMAIL'>(
  'InvitationMethod',
  'How somebody is invited (INV-02).',
  {
    DIRECT: 'Straight to the recipient’s device, by ID or alias.',
    EMAIL: 'By a mail that names one’s own ID or alias.',
  },
);
