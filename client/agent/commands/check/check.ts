import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { assetsCheck } from './assets.ts';
import { backupCheck } from './backup.ts';
import { monitoringCheck } from './monitoring.ts';
import { patchesCheck } from './patches.ts';
import { quarantineCheck, scanCheck } from './scan.ts';
import { webCheck } from './web.ts';

/** Each of the six services by hand, without a server. */
export function checkCommand(program: Command, words: AgentWords): void {
  const check = program
    .command('check')
    .usage(`[options] <${words.placeholders.command}>`)
    .description(words.checkHelp.description)
    .addHelpText('after', words.checkHelp.examples);
  for (const add of [monitoringCheck, assetsCheck, patchesCheck, webCheck, scanCheck, quarantineCheck, backupCheck]) {
    add(check, words);
  }
  for (const command of check.commands) {
    command.exitOverride();
    for (const deeper of command.commands) deeper.exitOverride();
  }
}
