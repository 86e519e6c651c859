import { InvalidArgumentError } from 'commander';
import type { Decision, Finding } from '../../services/findings.ts';
import { paint } from '../../terminal.ts';

const COLOURS = { INFORMATION: 'cyan', WARNING: 'yellow', CRITICAL: 'red' } as const;

/** Says what was found, and has the command end with status 1. */
export function sayFinding({ severity, message, subject }: Finding): void {
  console.log(`${paint(COLOURS[severity], `⚠ ${message}`)} ${paint('dim', subject)}`);
  process.exitCode = 1;
}

export function sayDecision(decision: Decision): void {
  if (decision.kind === 'raise') sayFinding(decision.finding);
  else console.log(paint('green', `✓ over: ${decision.subject}`));
}

/** Bytes as people write them: `1.5 GiB`. */
export function bytesInWords(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0);
  const amount = bytes / 1024 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}

/** Columns as wide as their longest cell; the last one as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((found, row) => {
    for (const [at, cell] of row.entries()) {
      found[at] = Math.max(found[at] ?? 0, cell.length);
    }
    return found;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Reads a number of an option. */
export function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new InvalidArgumentError(`It is a number from ${min} to ${max}.`);
    }
    return value;
  };
}
