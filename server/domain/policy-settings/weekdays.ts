/** Days of the week, for schedules; in the device's own time zone. */
export const WEEKDAYS = {
  MONDAY: day(1, 'Monday', 'lundi'),
  TUESDAY: day(2, 'Tuesday', 'mardi'),
  WEDNESDAY: day(3, 'Wednesday', 'mercredi'),
  THURSDAY: day(4, 'Thursday', 'jeudi'),
  FRIDAY: day(5, 'Friday', 'vendredi'),
  SATURDAY: day(6, 'Saturday', 'samedi'),
  SUNDAY: day(7, 'Sunday', 'dimanche'),
} as const;

function day(number: number, en: string, fr: string) {
  return {
    label: { en, fr },
    description: { en: `Day ${number} of the week (ISO 8601).`, fr: `Jour ${number} de la semaine (ISO 8601).` },
  };
}

export const EVERY_DAY = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const satisfies readonly (keyof typeof WEEKDAYS)[];
