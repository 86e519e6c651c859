const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Memory is sold in powers of two, disks in powers of ten; both are named by the same units. */
const STEPS = { BINARY: 1024, DECIMAL: 1000 } as const;

/** A size as people read it: `16 GB`. */
export function bytesText(bytes: number, language: string, counted: keyof typeof STEPS): string {
  const step = STEPS[counted];
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(step)));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumFractionDigits: power > 2 ? 1 : 0,
  }).format(bytes / step ** power);
}
