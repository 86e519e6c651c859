import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { barChart } from './charts.ts';
import { machineLine, shown, type Verdict } from './report.ts';

/** One bar of a chart and one row of a table: how often as fast as the limit, or how much of what it takes. */
export interface Figure {
  readonly name: string;
  /** Against the limit of the same run. */
  readonly ratio: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What was compared with one limit, which is the first of the figures. */
export interface Comparison {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** What one benchmark found. */
export interface Outcome {
  readonly comparisons: readonly Comparison[];
  readonly verdicts: readonly Verdict[];
}

/** The same, with what its figures depend on. */
interface Kept extends Outcome {
  readonly at: string;
  readonly machine: string;
  /** Processes that wanted to run, in its last minute: above the number of cores, others took part. Null: not noted. */
  readonly load: number | null;
}

type Parts = Readonly<Record<string, Kept>>;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${ROOT}bench/results`;
const DOCUMENT = `${ROOT}docs/performance.md`;
const MARKS = ['<!-- written by npm run bench -->', '<!-- end -->'] as const;

/** Keeps what a part found in the file of the day, and draws the last of each part. Returns the file's path. */
export function keepResults(part: string, outcome: Outcome, load: number): string {
  const at = new Date().toISOString();
  const name = `${at.slice(0, 10)}.json`;
  mkdirSync(FOLDER, { recursive: true });
  const parts: Parts = { ...keptIn(name), [part]: { at, machine: machineLine(), load, ...outcome } };
  writeFileSync(`${FOLDER}/${name}`, `${JSON.stringify({ parts }, rounded, 2)}\n`);
  writeDocument(readdirSync(FOLDER).sort().map(keptIn));
  return `bench/results/${name}`;
}

function keptIn(name: string): Parts {
  const file = `${FOLDER}/${name}`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { parts: Parts }).parts : {};
}

/** Digits beyond the third say nothing, and make each run differ. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}

/**
 * The tables and charts of docs/performance.md, between its marks: of each part what the last day has that measured it, in
 * the order in which they were measured.
 */
function writeDocument(days: readonly Parts[]): void {
  const [begin, end] = MARKS;
  const [before, rest = ''] = readFileSync(DOCUMENT, 'utf8').split(begin);
  const after = rest.split(end)[1] ?? '';
  mkdirSync(`${ROOT}docs/charts`, { recursive: true });
  const last: Parts = Object.assign({}, ...days);
  const inOrder = Object.entries(last).sort(([, a], [, b]) => a.at.localeCompare(b.at));
  const sections = inOrder.flatMap(([part, kept]) =>
    kept.comparisons.map((comparison, i) => {
      const chart = `${part}-${i + 1}.svg`;
      writeFileSync(`${ROOT}docs/charts/${chart}`, barChart(comparison));
      const picture = `![${comparison.title}](charts/${chart})`;
      return [`### ${comparison.title}`, picture, markdownTable(comparison), conditions(kept)].join('\n\n');
    }),
  );
  writeFileSync(DOCUMENT, [before, begin, '\n\n', sections.join('\n\n'), '\n\n', end, after].join(''));
}

function conditions({ at, machine, load }: Kept): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC, ${machine}; load ${load === null ? 'not noted' : shown(load)}.`;
}

function markdownTable({ figures }: Comparison): string {
  const names = Object.keys(figures[0]?.values ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...names, '÷ first']),
    line(['---', ...names.map(() => '--:'), '--:']),
    ...figures.map(({ name, values, ratio }) =>
      line([name, ...names.map((each) => shown(values[each] ?? Number.NaN)), shown(ratio)]),
    ),
  ].join('\n');
}
