import { existsSync, readFileSync } from 'node:fs';
import type { AgentWords } from './catalogue/catalogue.ts';
import { UsageError } from './problems.ts';
import { readKnownThreats } from './services/protection/threats.ts';
import { messageOf } from './spoken-error.ts';

/** Reads the list of known threats in a file. @throws UsageError where it is not there, or is none. */
export function knownThreatsIn(path: string, { services }: AgentWords): Map<string, string> {
  if (!existsSync(path)) throw new UsageError(({ problems }) => problems.noFile(path));
  try {
    return readKnownThreats(readFileSync(path, 'utf8'), services.knownThreat);
  } catch (error) {
    throw new UsageError((words) => words.problems.inFile(path, messageOf(error, words)));
  }
}
