import { Command } from 'commander';
import { speak } from '../cli/commander.ts';
import type { OperatorWords } from './catalogue/catalogue.ts';
import { auditCommand } from './commands/audit.ts';
import { changeCommands } from './commands/changes.ts';
import { issueCommand } from './commands/issue.ts';
import { listCommand } from './commands/list.ts';
import { DEFAULT_SERVER, TOKEN_VARIABLE } from './context.ts';

/** The operator's command line. It throws instead of exiting, so that whoever runs it decides. */
export function operatorProgram(words: OperatorWords): Command {
  const { help } = words;
  const { command, url, file } = help.placeholders;
  const program = new Command('operator')
    .usage(`[options] <${command}>`)
    .description(help.description)
    .option(`--server <${url}>`, help.server, process.env['BECKON_URL'] || DEFAULT_SERVER)
    .option(`--token-file <${file}>`, help.tokenFile(TOKEN_VARIABLE))
    .addHelpText('after', help.start(TOKEN_VARIABLE))
    .exitOverride();
  speak(program, words.language);
  for (const add of [issueCommand, listCommand, changeCommands, auditCommand]) add(program, words);
  for (const command of program.commands) command.exitOverride();
  return program;
}
