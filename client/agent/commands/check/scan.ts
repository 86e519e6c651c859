import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { knownThreatsIn } from '../../known-threats.ts';
import { UsageError } from '../../problems.ts';
import { protect, threatFinding } from '../../services/protection/protect.ts';
import { Quarantine } from '../../services/protection/quarantine.ts';
import { table } from '../table.ts';
import { numberFrom, sayFinding } from './output.ts';

interface ScanCommandOptions {
  readonly quarantine?: string;
  readonly exclude: string[];
  readonly hashes?: string;
  readonly largest: number;
}

const BYTES_A_MEBIBYTE = 1024 * 1024;

export function scanCheck(check: Command, words: AgentWords): void {
  const { placeholders, formats, checks, services } = words;
  const help = words.checkHelp.scan;
  check
    .command('scan')
    .argument(`<${placeholders.folder}...>`)
    .description(help.description)
    .option(`--quarantine <${placeholders.folder}>`, help.quarantine)
    .option(`--exclude <${placeholders.pattern}...>`, help.exclude, [])
    .option(`--hashes <${placeholders.file}>`, help.hashes)
    .option(`--largest <${placeholders.mebibytes}>`, help.largest, numberFrom(1, 1_000_000, words), 100)
    .action(async (folders: string[], options: ScanCommandOptions) => {
      for (const folder of folders) {
        if (!existsSync(folder)) throw new UsageError(({ problems }) => problems.noFile(folder));
      }
      const { engine, scanned, threats } = await protect({
        folders,
        known: options.hashes === undefined ? new Map() : knownThreatsIn(options.hashes, words),
        exclude: options.exclude,
        largestBytes: options.largest * BYTES_A_MEBIBYTE,
        quarantine: options.quarantine === undefined ? null : new Quarantine(options.quarantine),
        now: new Date(),
        onSkipped: (path, reason) => console.log(`  ${checks.scan.notRead(path, reason)}`),
      });
      console.log(checks.scan.done(services.scanners[engine], threats.length));
      if (scanned) {
        const { files, bytes, tooLarge, unread } = scanned;
        console.log(`  ${checks.scan.counted(files, formats.bytes(bytes), tooLarge, unread)}`);
      }
      for (const threat of threats) sayFinding(threatFinding(threat, words));
    });
}

export function quarantineCheck(check: Command, { checkHelp, checks, placeholders }: AgentWords): void {
  const help = checkHelp.quarantine;
  check
    .command('quarantine')
    .argument(`<${placeholders.folder}>`, help.folder)
    .argument('[id]', help.id)
    .description(help.description)
    .action(async (folder: string, id: string | undefined) => {
      const quarantine = new Quarantine(folder);
      if (id === undefined) {
        const rows = (await quarantine.list()).map(({ id, at, threat, path }) => [id, at, threat, path]);
        console.log(rows.length === 0 ? checks.scan.nothing : table(rows).join('\n'));
        return;
      }
      console.log(checks.scan.putBack((await quarantine.restore(id)).path));
    });
}
