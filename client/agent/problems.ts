import { CommanderError } from 'commander';
import { BeckonError } from '../api/errors.ts';
import { RefusalError } from '../api/results.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
import { messageOf, SpokenError } from './spoken-error.ts';
import { StateFileError } from './state-file.ts';

/** Something that the person at the terminal can put right. */
export class UsageError extends SpokenError {
  override name = 'UsageError';
}

type Steps = Readonly<Record<string, string | undefined>>;

/** What went wrong, and, on a line of its own, what to do next. Anything unexpected keeps its stack. */
export function problemInWords(error: unknown, words: AgentWords): string[] {
  const { refusals, errors, wait }: { refusals: Steps; errors: Steps; wait(seconds: number): string } = words.nextSteps;
  if (error instanceof RefusalError) return lines(error.message, refusals[error.refusal.code]);
  if (error instanceof BeckonError) {
    const { retryAfterSeconds: seconds, code } = error;
    return lines(messageOf(error, words), seconds === undefined ? errors[code] : wait(seconds));
  }
  if (error instanceof SpokenError) return [messageOf(error, words)];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function lines(message: string, next: string | undefined): string[] {
  return next === undefined ? [message] : [message, next];
}

/** 1: refused or failed. 2: called in a wrong way. 3: the device is not known to the server. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError || error instanceof StateFileError) return 2;
  if (error instanceof BeckonError && error.code === 'UNAUTHENTICATED') return 3;
  return 1;
}
