import type { SettingsSchema } from './setting.ts';
import { EVERY_DAY, WEEKDAYS } from './weekdays.ts';

/** Backup: what is kept, when snapshots are made, and for how long they are kept. */
export const BACKUP = {
  sets: {
    kind: 'LIST',
    description: 'What is backed up. With none, there is nothing to do.',
    type: 'BackupSet',
    most: 20,
    unique: 'name',
    default: [],
    fields: {
      name: { kind: 'TEXT', description: 'What it is called in the list of snapshots.', format: 'LINE' },
      folders: {
        kind: 'TEXTS',
        description: 'Folders that are kept, with all that is in them.',
        format: 'PATH',
        least: 1,
        most: 100,
        default: [],
      },
      exclusions: {
        kind: 'TEXTS',
        description: 'Files and folders in them that are not.',
        format: 'PATTERN',
        most: 200,
        default: [],
      },
    },
  },
  weekdays: {
    kind: 'CHOICES',
    description: 'On which days a snapshot is made by itself.',
    type: 'Weekday',
    options: WEEKDAYS,
    default: EVERY_DAY,
  },
  start: {
    kind: 'TEXT',
    description: 'When it is made; a device that is off then makes it when it is back.',
    format: 'TIME_OF_DAY',
    default: '20:00',
  },
  keepDaily: {
    kind: 'NUMBER',
    description: 'For how many of the last days with snapshots the newest one is kept.',
    unit: 'copies',
    min: 1,
    max: 365,
    default: 7,
  },
  keepWeekly: {
    kind: 'NUMBER',
    description: 'For how many of the last weeks with snapshots the newest one is kept.',
    unit: 'copies',
    min: 0,
    max: 260,
    default: 4,
  },
  keepMonthly: {
    kind: 'NUMBER',
    description: 'For how many of the last months with snapshots the newest one is kept.',
    unit: 'copies',
    min: 0,
    max: 120,
    default: 12,
  },
  verifyDays: {
    kind: 'NUMBER',
    description: 'Time between two checks that all that is kept can be read and is what it was.',
    unit: 'days',
    min: 1,
    max: 365,
    default: 7,
  },
} as const satisfies SettingsSchema;
