import { CommanderError } from 'commander';
import { exitCodeOf, problemInWords } from './problems.ts';
import { operatorProgram } from './program.ts';

try {
  await operatorProgram().parseAsync();
} catch (error) {
  // commander has said what is wrong already.
  if (!(error instanceof CommanderError)) {
    const [first = '', ...more] = problemInWords(error);
    console.error(`✗ ${first}`);
    for (const line of more) console.error(`  ${line}`);
  }
  process.exitCode = exitCodeOf(error);
}
