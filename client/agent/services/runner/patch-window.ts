import { isInWindow } from '../patches/approval.ts';
import type { PatchPolicy } from './policies.ts';
import { dayNumber, minuteOf } from './schedule.ts';

/** Whether a moment lies in one of the policy's maintenance windows; where it has none, every moment does. */
export function inWindow({ windows }: PatchPolicy, moment: Date): boolean {
  return windows.length === 0 || windows.some((window) => isOpen(window, moment));
}

function isOpen({ weekdays, start, minutes }: PatchPolicy['windows'][number], moment: Date): boolean {
  return isInWindow({ days: weekdays.map(dayNumber), startMinute: minuteOf(start), lengthMinutes: minutes }, moment);
}
