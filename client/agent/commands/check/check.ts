import type { Command } from 'commander';
import { assetsCheck } from './assets.ts';
import { backupCheck } from './backup.ts';
import { monitoringCheck } from './monitoring.ts';
import { patchesCheck } from './patches.ts';
import { quarantineCheck, scanCheck } from './scan.ts';
import { webCheck } from './web.ts';

/** Each of the six services by hand, without a server. */
export function checkCommand(program: Command): void {
  const check = program
    .command('check')
    .description('Try what the services do, on this machine, by hand; no server is asked.')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run agent -- check monitoring --cpu 80
  $ npm run agent -- check assets --packages
  $ npm run agent -- check patches
  $ npm run agent -- check web https://example.org
  $ npm run agent -- check scan ~/Downloads --quarantine data/quarantine
  $ npm run agent -- check backup snapshot ~/documents --repository data/backup

It ends with status 1 where something is found that would be an alert.`,
    );
  for (const add of [monitoringCheck, assetsCheck, patchesCheck, webCheck, scanCheck, quarantineCheck, backupCheck]) {
    add(check);
  }
  for (const command of check.commands) {
    command.exitOverride();
    for (const deeper of command.commands) deeper.exitOverride();
  }
}
