import { flag, instant, json, table, text, uniqueIndex } from '../columns.ts';
import { devices } from './devices.ts';

/** The 17 permissions of a support session, in the order in which they are shown (requirements, INV). */
export const SESSION_PERMISSIONS = [
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
] as const;

export type SessionPermission = (typeof SESSION_PERMISSIONS)[number];

export type BuiltInProfile = 'DEFAULT' | 'SCREEN_SHARING' | 'FULL_ACCESS' | 'UNATTENDED_ACCESS';

/** Permission profiles of a device: what somebody who is let in may do. */
export const permissionProfiles = table(
  'permission_profiles',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    /** Which built-in profile it is; null for one that was added. */
    builtIn: text('built_in').$type<BuiltInProfile>(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    permissions: json('permissions').$type<SessionPermission[]>().notNull(),
    enabled: flag('enabled').notNull().default(true),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('permission_profiles_device_name').on(t.deviceId, t.nameKey)],
);

export type PermissionProfile = typeof permissionProfiles.$inferSelect;
