import type { Language } from './language.ts';

/** Numbers, dates and sizes as people of a language write them. */
export interface Formats {
  number(value: number): string;
  percent(value: number): string;
  /** A number with its noun: `1 file`, `12 files`. */
  count(value: number, one: string, other: string): string;
  /** Bytes: `1.5 KiB`. */
  bytes(value: number): string;
  /** An instant where the program runs: `2 Jan 2026, 15:04`. */
  dateTime(instant: string | number): string;
  /** An instant where the program runs, to the second: `2 Jan 2026, 15:04:05`. */
  instant(instant: string | number): string;
  /** An instant as its day in UTC. */
  day(instant: string): string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** English has its days in ISO 8601: nobody misreads them, and terms are typed so. Swedish writes them so by itself. */
const DAY_LOCALES: Readonly<Record<Language, string>> = { en: 'sv-SE', fr: 'fr-FR' };

const BYTE_UNITS: Readonly<Record<Language, readonly string[]>> = {
  en: ['B', 'KiB', 'MiB', 'GiB', 'TiB'],
  fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio'],
};

/** Behind a number, before its unit: French does not let the two part. */
const GAPS: Readonly<Record<Language, string>> = { en: ' ', fr: '\u00a0' };

export function formatsOf(language: Language): Formats {
  const locale = LOCALES[language];
  const gap = GAPS[language];
  const units = BYTE_UNITS[language];
  const numbers = new Intl.NumberFormat(locale);
  const whole = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const plurals = new Intl.PluralRules(locale);
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const days = new Intl.DateTimeFormat(DAY_LOCALES[language], { dateStyle: 'short', timeZone: 'UTC' });
  return {
    number: (value) => numbers.format(value),
    percent: (value) => `${numbers.format(value)}${gap}%`,
    count: (value, one, other) => `${numbers.format(value)} ${plurals.select(value) === 'one' ? one : other}`,
    bytes(value) {
      const power = Math.min(units.length - 1, value > 0 ? Math.floor(Math.log2(value) / 10) : 0);
      const amount = value / 1024 ** power;
      return `${(power === 0 || amount >= 100 ? whole : tenths).format(amount)}${gap}${units[power]}`;
    },
    dateTime: (instant) => dateTimes.format(new Date(instant)),
    instant: (instant) => instants.format(new Date(instant)),
    day: (instant) => days.format(new Date(instant)),
  };
}
