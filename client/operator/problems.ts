import { CommanderError } from 'commander';
import { BeckonError } from '../api/errors.ts';
import { RefusalError } from '../api/results.ts';

/** Something that the person at the terminal can put right; the message is a sentence for them. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What to do next, by the code of a refusal or an error; the server's message says what is wrong. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  ALREADY_ACTIVATED: 'There is nothing to send or revoke any more. To stop its use: suspend.',
  LICENCE_SUSPENDED: 'Resume it first.',
  LICENCE_EXPIRED: 'Renew it first.',
  NETWORK: 'Is the server running there? Another address is given with --server URL.',
  UNAUTHENTICATED:
    'This is not the operator’s token (any more). Make a new one on the server: npm start -- operator-token',
  FORBIDDEN: 'This takes the operator’s token, which begins with bkn_opr_.',
  NOT_FOUND: 'List the licences, and copy the whole id.',
  PROTOCOL: 'Give the address of a Beckon server with --server URL.',
};

/** What went wrong, and, on a line of its own, what to do next. Anything unexpected keeps its stack. */
export function problemInWords(error: unknown): string[] {
  if (error instanceof UsageError) return [error.message];
  if (error instanceof RefusalError) {
    const { code, path } = error.refusal;
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    return [`${where}${error.message}`, ...nextStep(code)];
  }
  if (error instanceof BeckonError) return [error.message, ...nextStep(error.code)];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function nextStep(code: string): string[] {
  const next = NEXT_STEPS[code];
  return next === undefined ? [] : [next];
}

/** 1: refused or failed. 2: called in a wrong way. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 1;
}
