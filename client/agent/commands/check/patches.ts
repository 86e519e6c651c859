import type { Command } from 'commander';
import { UsageError } from '../../problems.ts';
import { approvedOf, pendingFinding } from '../../services/patches/approval.ts';
import { installUpdates } from '../../services/patches/install.ts';
import { pendingUpdates } from '../../services/patches/pending.ts';
import { sayFinding, table } from './output.ts';

export function patchesCheck(check: Command): void {
  check
    .command('patches')
    .description('List the updates that the system’s package manager knows of.')
    .option('--apply <name...>', 'install the updates of these packages; * stands for any letters')
    .option('--allow-patching', 'the leave that installing needs')
    .action(async (options: { apply?: string[]; allowPatching?: boolean }) => {
      const { manager, updates } = await pendingUpdates();
      if (manager === null) {
        console.log('Neither apt, dnf, brew nor winget is here: nothing can be said about updates.');
        return;
      }
      const rows = updates.map(({ name, installed, available, security }) => {
        return [`  ${name}`, `${installed ?? ''} → ${available}`, security ? 'security' : ''];
      });
      console.log(`${updates.length} updates wait, as ${manager} tells.`);
      for (const line of table(rows)) console.log(line);
      if (options.apply === undefined) {
        const finding = pendingFinding(updates);
        if (finding) sayFinding(finding);
        return;
      }
      if (!options.allowPatching) throw new UsageError('Installing needs your leave: --allow-patching.');
      const settings = { approve: 'NONE' as const, approved: options.apply, excluded: [], window: null };
      const approved = approvedOf(settings, updates);
      if (approved.length === 0) throw new UsageError('No update that waits has such a name.');
      await installUpdates(manager, approved);
      console.log(`Installed: ${approved.map(({ name }) => name).join(', ')}.`);
    });
}
