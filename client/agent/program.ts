import { Command } from 'commander';
import { speak } from '../cli/commander.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
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
export function agentProgram(words: AgentWords): Command {
  const { help, placeholders } = words;
  const program = new Command('agent')
    .usage(`[options] <${placeholders.command}>`)
    .description(help.description)
    .version(AGENT_VERSION, '-V, --version', help.version)
    .option(`--state <${placeholders.file}>`, help.state, DEFAULT_STATE_FILE)
    .option(`--server <${placeholders.url}>`, help.server(DEFAULT_SERVER))
    .addHelpText('after', help.start)
    .exitOverride();
  speak(program, words.language);
  for (const add of [
    enrolCommand,
    runCommand,
    inviteCommand,
    statusCommand,
    sessionsCommand,
    checkCommand,
    unenrolCommand,
  ]) {
    add(program, words);
  }
  for (const command of program.commands) command.exitOverride();
  return program;
}
