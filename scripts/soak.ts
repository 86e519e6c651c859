import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineLine, shown, table } from '../bench/report.ts';
import { soakChart } from './soak/chart.ts';
import { type SoakReport, soak } from './soak/run.ts';

/**
 * `npm run soak [-- --minutes 60 --rate 30 --devices 100 --keep]`: everything at once for a long time, to see whether anything
 * grows. Says how it stands every minute, and ends with 1 where something grew or failed. --keep writes figures and chart to
 * docs/soak.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '30' },
    devices: { type: 'string', default: '100' },
    keep: { type: 'boolean', default: false },
  },
});
const minutes = Math.max(1, positive('minutes', values.minutes));
const seconds = minutes * 60;

console.log(`${machineLine()}\n${minutes} minutes, ${values.rate} activities a second, ${values.devices} devices.\n`);
const report = await soak({
  seconds,
  rate: positive('rate', values.rate),
  devices: positive('devices', values.devices),
  // As many windows as a slope needs, of a minute where there is time.
  windowSeconds: Math.min(60, Math.max(5, seconds / 12)),
  tell({ at, rssMiB, heapMiB, handles, files, readP50Ms, readP99Ms, writeP50Ms, writeP99Ms, cpuPercent, operations }) {
    console.log(
      `${(at / 60).toFixed(1).padStart(6)} min  rss ${shown(rssMiB)} MiB, heap ${shown(heapMiB)} MiB, ${handles} handles, ` +
        `${files} files, reads ${shown(readP50Ms)} / ${shown(readP99Ms)} ms, writes ${shown(writeP50Ms)} / ` +
        `${shown(writeP99Ms)} ms, ${shown(cpuPercent)} % of a core, ${operations} operations`,
    );
  },
});
print(report);
if (values.keep) keep(report);
if (report.failures.length > 0 || report.judged.some(({ flat }) => !flat)) process.exitCode = 1;

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  console.error(`--${name} must be a number above 0.`);
  process.exit(2);
}

function print({ counts, failures, judged }: SoakReport): void {
  const rows = judged.map(({ measure, unit, median, growth, allowed, flat }) => [
    `${measure.replace(/(MiB|Ms)$/, '')}${unit ? `, ${unit}` : ''}`,
    ...[median, growth, allowed],
    flat ? 'flat' : 'GROWS',
  ]);
  console.log(`\n${table(['measure', 'median', 'growth', 'allowed', ''], rows)}\n`);
  console.log(
    Object.entries(counts)
      .map(([what, count]) => `${what}: ${count}`)
      .join(', '),
  );
  for (const failure of failures.slice(0, 20)) console.log(`FAILED ${failure}`);
}

function keep(kept: SoakReport): void {
  const folder = join(import.meta.dirname, '..', 'docs', 'soak');
  mkdirSync(folder, { recursive: true });
  // Digits beyond the third say nothing.
  const rounded = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);
  writeFileSync(join(folder, 'soak.json'), `${JSON.stringify(kept, rounded, 2)}\n`);
  writeFileSync(join(folder, 'soak.svg'), soakChart(kept));
  console.log(`Kept in docs/soak.`);
}
