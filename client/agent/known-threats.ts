import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from './problems.ts';
import { readKnownThreats } from './services/protection/threats.ts';

/** Reads the list of known threats in a file. @throws UsageError where it is not there, or is none. */
export function knownThreatsIn(path: string): Map<string, string> {
  if (!existsSync(path)) throw new UsageError(`There is no ${path}.`);
  try {
    return readKnownThreats(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
}
