import type { Log } from '../domain/context.ts';
import { closeAfterTest } from './resources.ts';

export interface Logged {
  readonly level: 'error' | 'warn' | 'info';
  readonly details: object;
  readonly message: string;
}

export interface TestLog extends Log {
  readonly lines: Logged[];
  /** Says that errors with this message are what the test is about. */
  expectError(message: string): void;
}

/** Keeps what is logged; an error that the test did not expect fails it. */
export function testLog(): TestLog {
  const lines: Logged[] = [];
  const expected = new Set<string>();
  closeAfterTest(() => {
    const surprise = lines.find(({ level, message }) => level === 'error' && !expected.has(message));
    if (surprise) {
      const { err } = surprise.details as { err?: Error };
      throw new Error(`unexpected error in the log: ${surprise.message}`, { cause: err ?? surprise.details });
    }
  });
  const line = (level: Logged['level']) => (details: object, message: string) => {
    lines.push({ level, details, message });
  };
  return {
    lines,
    expectError: (message) => expected.add(message),
    error: line('error'),
    warn: line('warn'),
    info: line('info'),
  };
}
