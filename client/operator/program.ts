import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { changeCommands } from './commands/changes.ts';
import { issueCommand } from './commands/issue.ts';
import { listCommand } from './commands/list.ts';
import { DEFAULT_SERVER, TOKEN_VARIABLE } from './context.ts';

/** The operator's command line. It throws instead of exiting, so that whoever runs it decides. */
export function operatorProgram(): Command {
  const program = new Command('operator')
    .usage('[options] <command>')
    .description('What the operator of a Beckon server does with licences.')
    .option('--server <url>', 'the server', process.env['BECKON_URL'] || DEFAULT_SERVER)
    .option('--token-file <file>', `a file with the operator’s token (default: ${TOKEN_VARIABLE} in the environment)`)
    .addHelpText(
      'after',
      `
Start here:
  $ npm start -- operator-token                 on the server: shows a new token, bkn_opr_…
  $ export ${TOKEN_VARIABLE}=bkn_opr_…
  $ npm run operator -- issue it@north.example monitoring:10:12m
  $ npm run operator -- list

Each command has examples of its own: npm run operator -- issue --help
Ends with 0 when it was done, 1 when it was refused or failed, 2 when it was called in a wrong way.`,
    )
    .exitOverride();
  for (const add of [issueCommand, listCommand, changeCommands, auditCommand]) add(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
