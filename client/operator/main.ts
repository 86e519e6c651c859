import { CommanderError } from 'commander';
import { languageFrom } from '../cli/language.ts';
import { OPERATOR_WORDS } from './catalogue/catalogue.ts';
import { exitCodeOf, problemInWords } from './problems.ts';
import { operatorProgram } from './program.ts';

const words = OPERATOR_WORDS[languageFrom(process.argv.slice(2), process.env)];

try {
  await operatorProgram(words).parseAsync();
} catch (error) {
  // commander has said what is wrong already.
  if (!(error instanceof CommanderError)) {
    const [first = '', ...more] = problemInWords(error, words);
    console.error(`✗ ${first}`);
    for (const line of more) console.error(`  ${line}`);
  }
  process.exitCode = exitCodeOf(error);
}
