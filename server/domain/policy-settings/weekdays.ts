/** Days of the week, for schedules; in the device's own time zone. */
export const WEEKDAYS = {
  MONDAY: 'Day 1 of the week (ISO 8601).',
  TUESDAY: 'Day 2 of the week (ISO 8601).',
  WEDNESDAY: 'Day 3 of the week (ISO 8601).',
  THURSDAY: 'Day 4 of the week (ISO 8601).',
  FRIDAY: 'Day 5 of the week (ISO 8601).',
  SATURDAY: 'Day 6 of the week (ISO 8601).',
  SUNDAY: 'Day 7 of the week (ISO 8601).',
} as const;

export const EVERY_DAY = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const satisfies readonly (keyof typeof WEEKDAYS)[];
