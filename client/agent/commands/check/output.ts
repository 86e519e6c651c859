import { InvalidArgumentError } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import type { Decision, Finding } from '../../services/findings.ts';
import { paint } from '../../terminal.ts';

const COLOURS = { INFORMATION: 'cyan', WARNING: 'yellow', CRITICAL: 'red' } as const;

/** Says what was found, and has the command end with status 1. */
export function sayFinding({ severity, message, subject }: Finding): void {
  console.log(`${paint(COLOURS[severity], `⚠ ${message}`)} ${paint('dim', subject)}`);
  process.exitCode = 1;
}

export function sayDecision(decision: Decision, { checks }: AgentWords): void {
  if (decision.kind === 'raise') sayFinding(decision.finding);
  else console.log(paint('green', `✓ ${checks.over(decision.subject)}`));
}

/** Reads a number of an option. */
export function numberFrom(min: number, max: number, { problems }: AgentWords): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new InvalidArgumentError(problems.numberBetween(min, max));
    }
    return value;
  };
}
