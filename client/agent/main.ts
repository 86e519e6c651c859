import { CommanderError } from 'commander';
import { languageFrom } from '../cli/language.ts';
import { AGENT_WORDS } from './catalogue/catalogue.ts';
import { exitCodeOf, problemInWords } from './problems.ts';
import { agentProgram } from './program.ts';
import { paintError } from './terminal.ts';

const words = AGENT_WORDS[languageFrom(process.argv.slice(2), process.env)];

try {
  await agentProgram(words).parseAsync();
} catch (error) {
  // commander has said what is wrong already.
  if (!(error instanceof CommanderError)) {
    const [first = '', ...more] = problemInWords(error, words);
    console.error(paintError('red', `✗ ${first}`));
    for (const line of more) console.error(`  ${line}`);
  }
  process.exitCode = exitCodeOf(error);
}
// Sockets that are closing hold the process for some seconds more; nothing is left to do in them.
process.exit();
