import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';

const DAY_MS = 86_400_000;

/** As `dateStyle` and `timeStyle` have it, which cannot be joined with a zone. */
const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

/** From the largest unit that fits: how many ms it has, and how long its words stay right. */
const UNITS = [
  { unit: 'year', ms: 365 * DAY_MS },
  { unit: 'month', ms: 30 * DAY_MS },
  { unit: 'day', ms: DAY_MS },
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
    <Tooltip label={zonedTime(at, i18n.language)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(distance, i18n.language)}
      </time>
    </Tooltip>
  );
}

/** An instant in the reader's zone and language; the zone on hover. */
export function Instant({ at, dateOnly = false }: { at: string; dateOnly?: boolean }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={zonedTime(at, i18n.language)} style={{ whiteSpace: 'nowrap' }}>
      {dateOnly ? exactDate(at, i18n.language) : exactTime(at, i18n.language)}
    </time>
  );
}

export function exactTime(at: string, language: string): string {
  return formats(language).time.format(new Date(at));
}

function zonedTime(at: string, language: string): string {
  return formats(language).zoned.format(new Date(at));
}

/** A day of the server's statistics, which go by UTC: “26 Nov”. */
export function dayInUtc(date: string, language: string): string {
  return formats(language).day.format(new Date(date));
}

export function exactDate(at: string, language: string): string {
  return formats(language).date.format(new Date(at));
}

/** @param distance in ms; negative in the past. */
function relativeTime(distance: number, language: string): string {
  const { brief, whole } = formats(language);
  const fitting = UNITS.find(({ ms }) => Math.abs(distance) >= ms);
  if (!fitting) return brief.format(0, 'second');
  const { unit, ms } = fitting;
  // “dans 11 m.” would be minutes to most, and “in 11 mo.” a riddle.
  return (ms < DAY_MS ? brief : whole).format(Math.trunc(distance / ms), unit);
}

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly zoned: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly brief: Intl.RelativeTimeFormat;
  readonly whole: Intl.RelativeTimeFormat;
}

const made = new Map<string, Formats>();

/** Made once: making one takes a hundred times as long as using it, and lists show dozens of times in one frame. */
function formats(language: string): Formats {
  let found = made.get(language);
  if (!found) {
    // As the reader's country writes them, where the browser tells: 26 Nov 2026, or Nov 26, 2026.
    const usual = language === 'en' ? 'en-GB' : language;
    const regional = navigator.languages.find((one) => one.startsWith(`${language}-`)) ?? usual;
    found = {
      time: new Intl.DateTimeFormat(regional, { dateStyle: 'medium', timeStyle: 'medium' }),
      zoned: new Intl.DateTimeFormat(regional, { ...MOMENT, timeZoneName: 'short' }),
      date: new Intl.DateTimeFormat(regional, { dateStyle: 'medium' }),
      day: new Intl.DateTimeFormat(regional, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
      brief: new Intl.RelativeTimeFormat(regional, { numeric: 'auto', style: 'short' }),
      whole: new Intl.RelativeTimeFormat(regional, { numeric: 'auto' }),
    };
    made.set(language, found);
  }
  return found;
}
