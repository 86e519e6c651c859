import type { SettingsSchema } from './setting.ts';

/** Web monitoring: addresses that a device asks, and what they have to answer. */
export const WEB_MONITORING = {
  checks: {
    kind: 'LIST',
    description: 'What is asked. With none, there is nothing to do.',
    type: 'WebCheck',
    most: 50,
    unique: 'name',
    default: [],
    fields: {
      name: { kind: 'TEXT', description: 'What it is called in alerts.', format: 'LINE' },
      url: { kind: 'TEXT', description: 'What is asked, by GET.', format: 'HTTP_URL' },
      intervalSeconds: {
        kind: 'NUMBER',
        description: 'Time between two questions.',
        unit: 's',
        min: 60,
        max: 86_400,
        default: 300,
      },
      timeoutSeconds: {
        kind: 'NUMBER',
        description: 'How long the whole answer may take.',
        unit: 's',
        min: 1,
        max: 30,
        default: 10,
      },
      expectedStatus: {
        kind: 'NUMBER',
        description: 'The status that it has to answer, after redirections.',
        unit: 'HTTP status',
        min: 200,
        max: 599,
        default: 200,
      },
      expectedText: {
        kind: 'TEXT',
        description: 'A text that has to be in the answer; empty: any answer will do.',
        format: 'LINE',
        default: '',
      },
      certificateDays: {
        kind: 'NUMBER',
        description: 'With https: days that its certificate has to hold for, at least; 0: only that it holds.',
        unit: 'days',
        min: 0,
        max: 365,
        default: 14,
      },
    },
  },
  failuresBeforeAlert: {
    kind: 'NUMBER',
    description: 'How many times in a row a check has to fail before that is an alert.',
    unit: 'attempts',
    min: 1,
    max: 10,
    default: 2,
  },
} as const satisfies SettingsSchema;
