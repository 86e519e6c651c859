import { useTranslation } from 'react-i18next';
import { useServerNow } from '../data/use-server-now.ts';

/** How long something lasted or, without an end, has lasted up to now: it goes on as one looks at it. */
export function Duration({ from, to }: { from: string; to?: string | null | undefined }) {
  const { i18n } = useTranslation();
  const now = useServerNow(to ? null : 1_000);
  const ms = (to ? Date.parse(to) : now) - Date.parse(from);
  return (
    <span className="beckon-code" {...(!to && { role: 'timer' })}>
      {durationText(ms, i18n.language)}
    </span>
  );
}

const UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** A duration in its two largest units: “12 min 5 sec”. */
export function durationText(ms: number, language: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const largest = UNITS.findIndex((unit) => seconds >= unit.seconds);
  if (largest < 0) return inUnit(0, 'second', language);
  return UNITS.slice(largest, largest + 2)
    .map(({ unit, seconds: length }, at) => ({
      unit,
      count: Math.floor((at === 0 ? seconds : seconds % (UNITS[largest]?.seconds ?? 1)) / length),
    }))
    .filter(({ count }, at) => at === 0 || count > 0)
    .map(({ unit, count }) => inUnit(count, unit, language))
    .join(' ');
}

function inUnit(count: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}
