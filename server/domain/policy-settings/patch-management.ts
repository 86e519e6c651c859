import type { SettingsSchema } from './setting.ts';
import { EVERY_DAY, WEEKDAYS } from './weekdays.ts';

/** Patch management: which updates are installed, who approves them, and when. */
export const PATCH_MANAGEMENT = {
  scanHours: {
    kind: 'NUMBER',
    description: 'Time between two looks for pending updates.',
    unit: 'h',
    min: 1,
    max: 168,
    default: 12,
  },
  categories: {
    kind: 'CHOICES',
    description: 'Which updates are dealt with; others are listed only.',
    type: 'PatchCategory',
    options: {
      SECURITY: 'They close security holes.',
      CRITICAL: 'They mend what is broken.',
      FEATURE: 'They bring something new, or a new release.',
      DRIVER: 'Drivers and firmware.',
      OTHER: 'Whatever the package manager does not put into another category.',
    },
    default: ['SECURITY', 'CRITICAL'],
  },
  approval: {
    kind: 'CHOICE',
    description: 'How an update gets approved.',
    type: 'PatchApproval',
    options: {
      MANUAL: 'Only what `approved` names is installed.',
      AUTOMATIC: 'Updates of the categories are approved after `approvalDays`, unless `declined` names them.',
    },
    default: 'MANUAL',
  },
  approvalDays: {
    kind: 'NUMBER',
    description: 'With automatic approval: how long an update has to be known first; 0: at once.',
    unit: 'days',
    min: 0,
    max: 90,
    default: 7,
  },
  approved: {
    kind: 'TEXTS',
    description: 'Packages that are approved, whatever their category.',
    format: 'LINE',
    most: 500,
    default: [],
  },
  declined: {
    kind: 'TEXTS',
    description: 'Packages that are never updated; goes before `approved`.',
    format: 'LINE',
    most: 500,
    default: [],
  },
  windows: {
    kind: 'LIST',
    description: 'When approved updates may be installed. With none, they may be at any time.',
    type: 'MaintenanceWindow',
    most: 14,
    default: [],
    fields: {
      weekdays: {
        kind: 'CHOICES',
        description: 'On which days it opens.',
        type: 'Weekday',
        options: WEEKDAYS,
        default: EVERY_DAY,
      },
      start: { kind: 'TEXT', description: 'When it opens.', format: 'TIME_OF_DAY', default: '02:00' },
      minutes: {
        kind: 'NUMBER',
        description: 'How long it stays open, also past midnight.',
        unit: 'min',
        min: 15,
        max: 1440,
        default: 120,
      },
    },
  },
  reboot: {
    kind: 'CHOICE',
    description: 'Whether the device starts anew after updates.',
    type: 'RebootBehaviour',
    options: {
      NEVER: 'Not by itself; that it has to is reported.',
      IF_REQUIRED: 'Where an update requires it.',
      ALWAYS: 'After every installation.',
    },
    default: 'NEVER',
  },
  rebootNoticeMinutes: {
    kind: 'NUMBER',
    description: 'How long before starting anew people on the device are told.',
    unit: 'min',
    min: 0,
    max: 1440,
    default: 15,
  },
} as const satisfies SettingsSchema;
