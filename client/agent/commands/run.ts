import { existsSync, readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { readAcceptance } from '../acceptance.ts';
import type { AgentWords } from '../catalogue/catalogue.ts';
import { type GlobalOptions, registered, saveTo } from '../context.ts';
import { knownThreatsIn } from '../known-threats.ts';
import { Live } from '../live.ts';
import { UsageError } from '../problems.ts';
import { readScript, type ScriptRule, scriptHelp } from '../script.ts';
import type { ServiceOptions } from '../services/runner/worker.ts';

interface Options {
  accept: string[];
  act?: string;
  allowPatching?: boolean;
  allowReboot?: boolean;
  repository?: string;
  backupRoot?: string;
  knownThreats?: string;
}

export function runCommand(program: Command, words: AgentWords): void {
  const { runHelp: help, placeholders } = words;
  program
    .command('run')
    .description(help.description)
    .addOption(new Option(`--accept <${placeholders.who}...>`, help.accept).default(['none'], 'none'))
    .option(`--act <${placeholders.script}>`, help.act)
    .option('--allow-patching', help.allowPatching)
    .option('--allow-reboot', help.allowReboot)
    .option(`--repository <${placeholders.folder}>`, help.repository)
    .option(`--backup-root <${placeholders.folder}>`, help.backupRoot)
    .option(`--known-threats <${placeholders.file}>`, help.knownThreats)
    .addHelpText('after', help.more(indent(help.prompt), scriptHelp(words)))
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const live = new Live({
        state: registered(globals),
        save: saveTo(globals),
        acceptance: readAcceptance(options.accept),
        script: scriptIn(options.act),
        services: servicesFrom(globals, words),
        input: process.stdin,
        output: process.stdout,
        words,
      });
      const quit = (): void => live.quit();
      process.once('SIGINT', quit);
      process.once('SIGTERM', quit);
      await live.run();
    });
}

function servicesFrom(options: GlobalOptions & Options, words: AgentWords): ServiceOptions {
  if (options.allowReboot && !options.allowPatching) throw new UsageError(({ problems }) => problems.rebootAlone);
  return {
    words,
    folder: `${options.state}.services`,
    allowPatching: options.allowPatching ?? false,
    allowReboot: options.allowReboot ?? false,
    repository: options.repository ?? null,
    backupRoot: options.backupRoot ?? null,
    knownThreats: options.knownThreats === undefined ? new Map() : knownThreatsIn(options.knownThreats, words),
  };
}

function scriptIn(text: string | undefined): ScriptRule[] {
  if (text === undefined) return [];
  if (!text.startsWith('@')) return readScript(text);
  const path = text.slice(1);
  if (!existsSync(path)) throw new UsageError(({ problems }) => problems.noScript(path));
  return readScript(readFileSync(path, 'utf8'));
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
