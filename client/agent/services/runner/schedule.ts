import type { Weekday } from './policies.ts';

/** In the order of `Date.getDay()`. */
const WEEKDAYS: readonly Weekday[] = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

export function dayNumber(day: Weekday): number {
  return WEEKDAYS.indexOf(day);
}

/** `02:30` in minutes after midnight. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * Whether something that is done on some days at some time, in the machine's own time, is due: its last moment has
 * passed since it was done last.
 */
export function isDue(days: readonly Weekday[], time: string, last: Date, now: Date): boolean {
  const minute = minuteOf(time);
  for (let back = 0; back < 8; back++) {
    const moment = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back, 0, minute);
    const day = WEEKDAYS[moment.getDay()];
    if (moment <= now && day !== undefined && days.includes(day)) return moment > last;
  }
  return false;
}
