import type { SettingsSchema } from './setting.ts';
import { WEEKDAYS } from './weekdays.ts';

/** Endpoint protection: what is scanned for threats, when, and what is done with what is found. */
export const ENDPOINT_PROTECTION = {
  folders: {
    kind: 'TEXTS',
    description: 'Folders that are scanned, with all that is in them.',
    format: 'PATH',
    least: 1,
    most: 100,
    default: ['~'],
  },
  exclusions: {
    kind: 'TEXTS',
    description: 'Files and folders that are not scanned.',
    format: 'PATTERN',
    most: 200,
    default: [],
  },
  largestFileMebibytes: {
    kind: 'NUMBER',
    description: 'Larger files are not scanned.',
    unit: 'MiB',
    min: 1,
    max: 4096,
    default: 100,
  },
  scanWeekdays: {
    kind: 'CHOICES',
    description: 'On which days a scan starts by itself; none: only when asked for.',
    type: 'Weekday',
    options: WEEKDAYS,
    default: ['WEDNESDAY', 'SUNDAY'],
  },
  scanStart: {
    kind: 'TEXT',
    description: 'When it starts; a device that is off then scans when it is back.',
    format: 'TIME_OF_DAY',
    default: '12:00',
  },
  onThreat: {
    kind: 'CHOICE',
    description: 'What is done with a file that is a threat. It is reported either way.',
    type: 'ThreatAction',
    options: {
      QUARANTINE: 'It is moved to where nothing can open it.',
      REPORT: 'It stays where it is.',
    },
    default: 'QUARANTINE',
  },
  quarantineDays: {
    kind: 'NUMBER',
    description: 'How long a file is kept in quarantine before it is deleted.',
    unit: 'days',
    min: 1,
    max: 365,
    default: 30,
  },
} as const satisfies SettingsSchema;
