import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

export interface Results {
  readonly at: string;
  readonly machine: string;
  /** Processes that wanted to run, in the last minute of the run: above the number of cores, others took part. */
  readonly load: number;
  readonly parts: Readonly<Record<string, Outcome>>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT = `${ROOT}docs/performance.md`;
const MARKS = ['<!-- written by npm run bench -->', '<!-- end -->'] as const;

/** Keeps what a run found: a file for the day, to which a later run of other parts is added. Returns its path. */
export function keepResults(parts: Readonly<Record<string, Outcome>>, load: number): string {
  const at = new Date().toISOString();
  const path = `bench/results/${at.slice(0, 10)}.json`;
  mkdirSync(`${ROOT}bench/results`, { recursive: true });
  const results: Results = { at, machine: machineLine(), load, parts: { ...earlier(ROOT + path), ...parts } };
  writeFileSync(ROOT + path, `${JSON.stringify(results, rounded, 2)}\n`);
  writeDocument(results);
  return path;
}

function earlier(file: string): Results['parts'] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Results).parts;
  } catch {
    return {};
  }
}

/** Digits beyond the third say nothing, and make each run differ. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}

/** The tables and charts of docs/performance.md, between its marks. */
function writeDocument({ at, machine, load, parts }: Results): void {
  const [begin, end] = MARKS;
  const [before, rest = ''] = readFileSync(DOCUMENT, 'utf8').split(begin);
  const after = rest.split(end)[1] ?? '';
  mkdirSync(`${ROOT}docs/charts`, { recursive: true });
  const sections = Object.entries(parts).flatMap(([part, { comparisons }]) =>
    comparisons.map((comparison, i) => {
      const chart = `${part}-${i + 1}.svg`;
      writeFileSync(`${ROOT}docs/charts/${chart}`, barChart(comparison));
      return `### ${comparison.title}\n\n![${comparison.title}](charts/${chart})\n\n${markdownTable(comparison)}`;
    }),
  );
  const head = `Measured ${at.slice(0, 10)} on ${machine}; load ${shown(load)} at the end.`;
  writeFileSync(DOCUMENT, [before, begin, '\n\n', [head, ...sections].join('\n\n'), '\n\n', end, after].join(''));
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
