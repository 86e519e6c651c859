import { withoutSecrets } from './secrets.ts';

/** What a log keeps of an error. */
export interface LoggableError {
  readonly type: string;
  readonly message: string;
  /** Of the system, SQLite or PostgreSQL: `ENOSPC`, `SQLITE_FULL`, `40001`. */
  readonly code?: string;
  /** Where it was thrown. */
  readonly at?: string;
  readonly cause?: LoggableError;
}

/** Causes of causes that are kept. */
const MOST_CAUSES = 5;

/**
 * An error as it may stand in a log: what went wrong and where, but not the values that it was about. Drizzle's errors
 * carry all parameters of a statement, PostgreSQL's the row: hashes of passwords and tokens, and links out of mails.
 */
export function loggableError(error: unknown, causes = MOST_CAUSES): LoggableError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'what was thrown is no error' };
  const { code, cause } = error as Error & { code?: unknown };
  const at = framesOf(error);
  return {
    type: error.name,
    message: withoutSecrets(withoutParameters(error.message)),
    ...(typeof code === 'string' ? { code } : {}),
    ...(at ? { at } : {}),
    ...(cause === undefined || causes === 0 ? {} : { cause: loggableError(cause, causes - 1) }),
  };
}

/** drizzle-orm 1.0.0-rc.5 ends the message of a failed statement with them. */
function withoutParameters(message: string): string {
  const at = message.indexOf('\nparams: ');
  return at < 0 ? message : message.slice(0, at);
}

/** The lines of the stack behind the message, which stands in it once more. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  return stack.slice(start < 0 ? stack.length : start + message.length).trim();
}
