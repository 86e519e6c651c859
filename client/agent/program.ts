import { Command } from 'commander';
import { checkCommand } from './commands/check/check.ts';
import { enrolCommand } from './commands/enrol.ts';
import { inviteCommand } from './commands/invite.ts';
import { runCommand } from './commands/run.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { statusCommand } from './commands/status.ts';
import { unenrolCommand } from './commands/unenrol.ts';
import { DEFAULT_SERVER } from './context.ts';
import { AGENT_VERSION } from './machine.ts';
import { DEFAULT_STATE_FILE } from './state-file.ts';

/** The agent's command line. It throws instead of exiting, so that whoever runs it decides. */
export function agentProgram(): Command {
  const program = new Command('agent')
    .usage('[options] <command>')
    .description(
      'The device’s side of Beckon: makes this machine a device, and takes part in invitations and sessions.',
    )
    .version(AGENT_VERSION)
    .option('--state <file>', 'the file with this device’s identity', DEFAULT_STATE_FILE)
    .option('--server <url>', `the server, when it is first met (default: ${DEFAULT_SERVER})`)
    .addHelpText(
      'after',
      `
Start here, in two terminals:
  $ npm run agent -- enrol                       this machine gets an ID
  $ npm run agent -- run                         it is online and shows who invites it

  $ npm run agent -- --state data/two.json enrol      a second device, to try it alone
  $ npm run agent -- --state data/two.json invite 123 456 789

Each command has examples of its own: npm run agent -- run --help`,
    )
    .exitOverride();
  for (const add of [
    enrolCommand,
    runCommand,
    inviteCommand,
    statusCommand,
    sessionsCommand,
    checkCommand,
    unenrolCommand,
  ]) {
    add(program);
  }
  for (const command of program.commands) command.exitOverride();
  return program;
}
