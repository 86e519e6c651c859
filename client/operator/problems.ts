import { CommanderError } from 'commander';
import { BeckonError } from '../api/errors.ts';
import { RefusalError } from '../api/results.ts';
import { EN, type OperatorWords, type Sentence } from './catalogue/catalogue.ts';

/** Something that the person at the terminal can put right; its `message` is the English one. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence(EN));
    this.sentence = sentence;
  }
}

/** What went wrong, and, on a line of its own, what to do next. Anything unexpected keeps its stack. */
export function problemInWords(error: unknown, words: OperatorWords): string[] {
  if (error instanceof UsageError) return [error.sentence(words)];
  if (error instanceof RefusalError) {
    const { code, path } = error.refusal;
    const problem = path.length > 0 ? words.problems.at(path.join('.'), error.message) : error.message;
    return [problem, ...nextStep(code, words)];
  }
  if (error instanceof BeckonError) return [error.messageIn(words.language), ...nextStep(error.code, words)];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

/** By the code of a refusal or an error; the server's message says what is wrong. */
function nextStep(code: string, words: OperatorWords): string[] {
  const steps: Readonly<Record<string, string | undefined>> = words.nextSteps;
  const next = steps[code];
  return next === undefined ? [] : [next];
}

/** 1: refused or failed. 2: called in a wrong way. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 1;
}
