import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { UsageError } from '../../problems.ts';
import { approvedOf, pendingFinding } from '../../services/patches/approval.ts';
import { installUpdates } from '../../services/patches/install.ts';
import { pendingUpdates } from '../../services/patches/pending.ts';
import { rebootFinding, rebootNeed } from '../../services/patches/reboot.ts';
import { table } from '../table.ts';
import { sayFinding } from './output.ts';

export function patchesCheck(check: Command, words: AgentWords): void {
  const { checks, checkHelp, placeholders } = words;
  const say = checks.patches;
  check
    .command('patches')
    .description(checkHelp.patches.description)
    .option(`--apply <${placeholders.name}...>`, checkHelp.patches.apply)
    .option('--allow-patching', checkHelp.patches.allowPatching)
    .action(async (options: { apply?: string[]; allowPatching?: boolean }) => {
      const { manager, updates } = await pendingUpdates();
      if (manager === null) {
        console.log(say.noManager);
        return;
      }
      const rows = updates.map(({ name, installed, available, security }) => {
        return [`  ${name}`, `${installed ?? ''} → ${available}`, security ? say.security : ''];
      });
      console.log(say.waiting(updates.length, manager));
      for (const line of table(rows)) console.log(line);
      if (options.apply === undefined) {
        const findings = [pendingFinding(updates, words), rebootFinding(await rebootNeed(manager), words)];
        for (const finding of findings) if (finding) sayFinding(finding);
        return;
      }
      if (!options.allowPatching) throw new UsageError(({ checks: { patches } }) => patches.leave);
      const settings = { approve: 'NONE' as const, approved: options.apply, excluded: [], window: null };
      const approved = approvedOf(settings, updates);
      if (approved.length === 0) throw new UsageError(({ checks: { patches } }) => patches.noSuch);
      await installUpdates(manager, approved);
      console.log(say.installed(approved.map(({ name }) => name).join(', ')));
    });
}
