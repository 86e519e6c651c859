import { CommanderError } from 'commander';
import { BeckonError } from '../api/errors.ts';
import { RefusalError } from '../api/results.ts';
import { ToolError } from './services/run-tool.ts';
import { StateFileError } from './state-file.ts';

/** Something that the person at the terminal can put right; the message is a sentence for them. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What to do about a refusal, by its code; the server's message says what is wrong. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  UNKNOWN_ADDRESS: 'Check the ID or alias with the other side; their agent shows it at the top of `run`.',
  INVALID_ADDRESS: 'For example: invite 123 456 789, or invite front-desk@acme.',
  AMBIGUOUS_ADDRESS: 'For example: invite front-desk@acme.',
  OWN_DEVICE: 'Name another device: an invitation goes to somebody else.',
  VERSION_TOO_OLD: 'Update the client on that side, or invite by e-mail.',
  PLATFORM_NOT_SUPPORTED: 'Whoever runs the server can allow more platforms (INVITATION_PLATFORMS).',
  PROFILE_DISABLED: 'Choose another with --profile NAME; `status` lists them.',
  PERMISSIONS_LOCKED: 'Leave these out and try again.',
  NOT_PENDING: 'There is nothing left to do about this one; send a new one.',
  REVISION_OUTDATED: 'Read the new offer, then answer again.',
  CONTRADICTION: 'Name each permission once.',
  SESSION_ENDED: 'Start a new one with invite or request.',
  CODE_UNKNOWN: 'Check it letter by letter, or ask whoever gave it to you for a new one.',
  CODE_SPENT: 'Ask whoever gave it to you for a new one.',
  CODE_EXPIRED: 'Ask whoever gave it to you for a new one.',
  CODE_REVOKED: 'Ask whoever gave it to you for a new one.',
  ALREADY_MANAGED: 'Nothing has to be done. To move it to another company, unenrol it first.',
};

const NEXT_STEPS_AFTER_ERRORS: Readonly<Record<string, string>> = {
  NETWORK: 'Is the server running there? Another address is given with --server URL.',
  UNAUTHENTICATED:
    'The server does not know this device (any more). Forget it with `unenrol --forget`, then enrol again.',
  FORBIDDEN: 'The other side may be able to.',
  NOT_FOUND: 'It may have been removed. `status` shows what there is.',
  PROTOCOL: 'Give the address of a Beckon server with --server URL.',
};

/** What went wrong, and, on a line of its own, what to do next. Anything unexpected keeps its stack. */
export function problemInWords(error: unknown): string[] {
  if (error instanceof RefusalError) return lines(error.message, NEXT_STEPS[error.refusal.code]);
  if (error instanceof BeckonError) {
    const wait = error.retryAfterSeconds;
    const next = wait === undefined ? NEXT_STEPS_AFTER_ERRORS[error.code] : `Try again in ${wait} s.`;
    return lines(error.message, next);
  }
  if (error instanceof UsageError || error instanceof StateFileError || error instanceof ToolError) {
    return [error.message];
  }
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
