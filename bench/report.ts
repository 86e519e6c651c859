import { cpus } from 'node:os';

type Cell = string | number;

/** One limit that a figure is held against. */
export interface Verdict {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly kept: boolean;
}

/** What every figure depends on, in one line. */
export function machineLine(): string {
  const models = cpus();
  return `${models.length} cores (${models[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}`;
}

/** A table for the terminal: the first column is text, the others stand right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows.map((row) => row.map(shown))];
  const widths = head.map((_title, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   '),
    )
    .map((line, i) => `  ${line.trimEnd()}${i === 0 ? `\n  ${'─'.repeat(line.length)}` : ''}`)
    .join('\n');
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(
    ['limit', 'asked', 'measured', ''],
    verdicts.map(({ what, limit, measured, kept }) => [what, limit, measured, kept ? 'pass' : 'missed']),
  );
}

/** Three digits that count: 3,120 · 31.2 · 0.31. */
export function shown(value: Cell): string {
  if (typeof value === 'string') return value;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Says what is going on, over itself where a person watches and not at all otherwise. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** Says what is measured from now on, on a line of its own: where nobody watches, too. */
export function stage(text: string): void {
  progress('');
  process.stderr.write(`── ${text}\n`);
}
