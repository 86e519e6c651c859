import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readAcceptance } from '../acceptance.ts';
import { type GlobalOptions, registered, saveTo } from '../context.ts';
import { knownThreatsIn } from '../known-threats.ts';
import { Live } from '../live.ts';
import { UsageError } from '../problems.ts';
import { readScript, SCRIPT_HELP, type ScriptRule } from '../script.ts';
import type { ServiceOptions } from '../services/runner/worker.ts';
import { PROMPT_HELP } from '../typed-commands.ts';

interface Options {
  accept: string[];
  act?: string;
  allowPatching?: boolean;
  repository?: string;
  backupRoot?: string;
  knownThreats?: string;
}

export function runCommand(program: Command): void {
  program
    .command('run')
    .description('Be online: show what comes in, take answers at the prompt, until quit.')
    .option('--accept <who...>', 'answer unattended: all, none, or from ID-OR-ALIAS,…', ['none'])
    .option('--act <script>', 'act by a script of rules (see below); @FILE reads it from a file')
    .option('--allow-patching', 'Patch management may install approved updates')
    .option('--repository <folder>', 'where Backup keeps its snapshots; without it, it cannot be installed')
    .option('--backup-root <folder>', 'where Backup writes what it restores, each time into a folder of its own')
    .option('--known-threats <file>', 'for Endpoint protection without ClamAV: on each line a SHA-256 and a name')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run agent -- run
  $ npm run agent -- run --repository data/backup --backup-root data/restored
  $ npm run agent -- run --accept from desk@acme,123456789
  $ npm run agent -- run --accept all --act "on hosting after 10s end"

At the prompt:
${indent(PROMPT_HELP)}

${SCRIPT_HELP}

The agent goes on where it stopped: what happened while it was not running is told
first. When the server is lost it tries again by itself. Where the output is no
terminal it writes plain lines, and reads commands from its input.

It runs the services that the company activates on this device, by the policy in force,
and keeps what they remember beside the state file. Try them by hand: agent check --help`,
    )
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const live = new Live({
        state: registered(globals),
        save: saveTo(globals),
        acceptance: readAcceptance(options.accept),
        script: scriptIn(options.act),
        services: servicesFrom(globals),
        input: process.stdin,
        output: process.stdout,
      });
      const quit = (): void => live.quit();
      process.once('SIGINT', quit);
      process.once('SIGTERM', quit);
      await live.run();
    });
}

function servicesFrom(options: GlobalOptions & Options): ServiceOptions {
  return {
    folder: `${options.state}.services`,
    allowPatching: options.allowPatching ?? false,
    repository: options.repository ?? null,
    backupRoot: options.backupRoot ?? null,
    knownThreats: options.knownThreats === undefined ? new Map() : knownThreatsIn(options.knownThreats),
  };
}

function scriptIn(text: string | undefined): ScriptRule[] {
  if (text === undefined) return [];
  if (!text.startsWith('@')) return readScript(text);
  const path = text.slice(1);
  if (!existsSync(path)) throw new UsageError(`There is no script ${path}.`);
  return readScript(readFileSync(path, 'utf8'));
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
