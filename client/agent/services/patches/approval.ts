import type { AgentWords } from '../../catalogue/catalogue.ts';
import type { Finding } from '../findings.ts';
import type { PendingUpdate } from './pending.ts';

export interface PatchSettings {
  /** Which updates are approved without asking: all, those that close security holes, or none. */
  readonly approve: 'ALL' | 'SECURITY' | 'NONE';
  /** Names of packages that are approved besides; `*` stands for any letters. */
  readonly approved: readonly string[];
  /** Names that are never updated, whatever else approves them; `*` stands for any letters. */
  readonly excluded: readonly string[];
  /** When updates may be installed; null: at any time. */
  readonly window: Window | null;
}

/** A time of the week, in the machine's own time. */
export interface Window {
  /** 0 is Sunday; the day on which it begins. */
  readonly days: readonly number[];
  /** Minutes after midnight. */
  readonly startMinute: number;
  readonly lengthMinutes: number;
}

const MINUTES_A_DAY = 24 * 60;

/** The updates among these that may be installed. What is not known to be about security is not taken for it. */
export function approvedOf(settings: PatchSettings, updates: readonly PendingUpdate[]): PendingUpdate[] {
  return updates.filter(({ name, security }) => {
    if (settings.excluded.some((pattern) => matches(pattern, name))) return false;
    if (settings.approved.some((pattern) => matches(pattern, name))) return true;
    return settings.approve === 'ALL' || (settings.approve === 'SECURITY' && security === true);
  });
}

/** Whether a moment lies in the window; one that began yesterday goes on over midnight. */
export function isInWindow(window: Window | null, moment: Date): boolean {
  if (window === null) return true;
  const minute = moment.getHours() * 60 + moment.getMinutes();
  const today = moment.getDay();
  const yesterday = (today + 6) % 7;
  const end = window.startMinute + window.lengthMinutes;
  if (window.days.includes(today) && minute >= window.startMinute && minute < end) return true;
  return window.days.includes(yesterday) && minute < end - MINUTES_A_DAY;
}

/** One alert for all updates that wait: a hundred of them would hide everything else. */
export function pendingFinding(updates: readonly PendingUpdate[], { findings }: AgentWords): Finding | null {
  if (updates.length === 0) return null;
  const security = updates.filter((update) => update.security === true).length;
  const say = findings.patches;
  return {
    subject: 'UPDATES_PENDING',
    severity: security > 0 ? 'WARNING' : 'INFORMATION',
    kind: 'ALERT',
    message: security > 0 ? say.pendingSecurity(updates.length, security) : say.pending(updates.length),
    measurements: { updates: updates.length, security },
  };
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(name);
}
