import { shown } from '../../bench/report.ts';
import type { SoakReport } from './run.ts';
import type { Window } from './verdict.ts';

const WIDTH = 720;
const LEFT = 150;
const RIGHT = 70;
const BAND = 64;
const GAP = 14;

/** Colours that can be told apart on white and on black (bench/charts.ts). */
const LINE = '#2f7de1';
const GRID = '#888888';

const DRAWN: readonly (readonly [of: keyof Window, title: string])[] = [
  ['rssMiB', 'resident, MiB'],
  ['heapMiB', 'heap, MiB'],
  ['handles', 'handles'],
  ['files', 'open files'],
  ['readP50Ms', 'read p50, ms'],
  ['readP99Ms', 'read p99, ms'],
  ['writeP50Ms', 'write p50, ms'],
  ['writeP99Ms', 'write p99, ms'],
  ['loopDelayP99Ms', 'loop delay p99, ms'],
  ['cpuPercent', 'CPU, % of a core'],
];

/** One band for each measure, all over the same time, each from 0 to its greatest. */
export function soakChart({ windows, options }: SoakReport): string {
  const last = windows.at(-1)?.at ?? 1;
  const bands = DRAWN.map(([of, title], i) => {
    const bottom = GAP + (i + 1) * (BAND + GAP);
    const values = windows.map((window) => window[of]);
    const top = Math.max(...values, 1e-9);
    const points = windows.map(({ at, [of]: value }) => {
      const x = LEFT + (at / last) * (WIDTH - LEFT - RIGHT);
      return `${x.toFixed(1)},${(bottom - (Number(value) / top) * BAND).toFixed(1)}`;
    });
    return [
      `<text x="${LEFT - 10}" y="${bottom - BAND / 2 + 5}" text-anchor="end">${title}</text>`,
      `<path d="M${LEFT} ${bottom}H${WIDTH - RIGHT}" stroke="${GRID}" stroke-width="0.5"/>`,
      `<polyline points="${points.join(' ')}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`,
      `<text x="${WIDTH - RIGHT + 8}" y="${bottom - BAND + 10}">${shown(top)}</text>`,
      `<text x="${WIDTH - RIGHT + 8}" y="${bottom}">0</text>`,
    ].join('');
  });
  const height = GAP + DRAWN.length * (BAND + GAP) + 30;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${(options.seconds / 60).toFixed(0)} minutes of everything at once, ${options.rate} activities a second</title>`,
    '<style>text{font:13px system-ui,sans-serif;fill:#777}</style>',
    ...bands,
    `<text x="${LEFT}" y="${height - 8}">0 min</text>`,
    `<text x="${WIDTH - RIGHT}" y="${height - 8}" text-anchor="end">${(last / 60).toFixed(0)} min</text>`,
    '</svg>\n',
  ].join('\n');
}
