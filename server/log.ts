import { pino } from 'pino';
import type { Config } from './config.ts';
import type { Log } from './domain/context.ts';
import { loggableError } from './lib/loggable-error.ts';

/** The log of a server that runs for real: JSON lines on its standard output. */
export function createLog({ LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>): Log {
  return pino({ level: LOG_LEVEL, base: null, serializers: { err: (error: unknown) => loggableError(error) } });
}
