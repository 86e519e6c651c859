import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';

/** From the largest unit that fits: how many ms it has, and how long its words stay right. */
const UNITS = [
  { unit: 'year', ms: 365 * 86_400_000 },
  { unit: 'month', ms: 30 * 86_400_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** How long ago an instant was, or how far off it is, kept right while it is shown; the exact time on hover and focus. */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const { beckon } = useSession();
  const [now, setNow] = useState(() => beckon.serverNow());
  const distance = Date.parse(at) - now;
  const step = Math.abs(distance) < 60_000 ? 1_000 : Math.abs(distance) < 3_600_000 ? 15_000 : 300_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(beckon.serverNow()), step);
    return () => clearInterval(timer);
  }, [beckon, step]);
  return (
    <Tooltip label={exactTime(at, i18n.language)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(distance, i18n.language)}
      </time>
    </Tooltip>
  );
}

/** An instant in the reader's zone and language. */
export function Instant({ at, dateOnly = false }: { at: string; dateOnly?: boolean }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {dateOnly ? exactDate(at, i18n.language) : exactTime(at, i18n.language)}
    </time>
  );
}

export function exactTime(at: string, language: string): string {
  return formats(language).time.format(new Date(at));
}

export function exactDate(at: string, language: string): string {
  return formats(language).date.format(new Date(at));
}

/** @param distance in ms; negative in the past. */
export function relativeTime(distance: number, language: string): string {
  const format = formats(language).relative;
  const fitting = UNITS.find(({ ms }) => Math.abs(distance) >= ms);
  return fitting ? format.format(Math.trunc(distance / fitting.ms), fitting.unit) : format.format(0, 'second');
}

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

const made = new Map<string, Formats>();

/** Made once: making one takes a hundred times as long as using it, and lists show dozens of times in one frame. */
function formats(language: string): Formats {
  let found = made.get(language);
  if (!found) {
    // As the reader's country writes them, where the browser tells: 26 Nov 2026, or Nov 26, 2026.
    const regional = navigator.languages.find((one) => one.startsWith(`${language}-`)) ?? language;
    found = {
      time: new Intl.DateTimeFormat(regional, { dateStyle: 'medium', timeStyle: 'medium' }),
      date: new Intl.DateTimeFormat(regional, { dateStyle: 'medium' }),
      relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
    };
    made.set(language, found);
  }
  return found;
}
