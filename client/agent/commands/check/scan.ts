import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { knownThreatsIn } from '../../known-threats.ts';
import { UsageError } from '../../problems.ts';
import { protect, threatFinding } from '../../services/protection/protect.ts';
import { Quarantine, QuarantineError } from '../../services/protection/quarantine.ts';
import { bytesInWords, numberFrom, sayFinding, table } from './output.ts';

interface ScanCommandOptions {
  readonly quarantine?: string;
  readonly exclude: string[];
  readonly hashes?: string;
  readonly largest: number;
}

const BYTES_A_MEBIBYTE = 1024 * 1024;

export function scanCheck(check: Command): void {
  check
    .command('scan')
    .argument('<folder...>')
    .description(
      'Scan folders for threats, with ClamAV where it is installed, else by known hashes and the EICAR test file.',
    )
    .option('--quarantine <folder>', 'move what is found there (default: it stays)')
    .option('--exclude <pattern...>', 'paths and names that are not scanned', [])
    .option('--hashes <file>', 'known threats: on each line a SHA-256 and a name')
    .option('--largest <MiB>', 'larger files are not scanned', numberFrom(1, 1_000_000), 100)
    .action(async (folders: string[], options: ScanCommandOptions) => {
      for (const folder of folders) if (!existsSync(folder)) throw new UsageError(`There is no ${folder}.`);
      const { engine, scanned, threats } = await protect({
        folders,
        known: options.hashes === undefined ? new Map() : knownThreatsIn(options.hashes),
        exclude: options.exclude,
        largestBytes: options.largest * BYTES_A_MEBIBYTE,
        quarantine: options.quarantine === undefined ? null : new Quarantine(options.quarantine),
        now: new Date(),
        onSkipped: (path, reason) => console.log(`  not read: ${path} (${reason})`),
      });
      const count = scanned
        ? `: ${scanned.files} files, ${bytesInWords(scanned.bytes)}, ${scanned.tooLarge} too large, ${scanned.unread} not readable`
        : '';
      console.log(`Scanned with ${engine}${count}. ${threats.length} threats.`);
      for (const threat of threats) sayFinding(threatFinding(threat));
    });
}

export function quarantineCheck(check: Command): void {
  check
    .command('quarantine')
    .argument('<folder>', 'where threats were moved to')
    .argument('[id]', 'what to put back to where it was (default: list all)')
    .description('List what is in quarantine, or put a file back.')
    .action(async (folder: string, id: string | undefined) => {
      const quarantine = new Quarantine(folder);
      if (id === undefined) {
        const rows = (await quarantine.list()).map(({ id, at, threat, path }) => [id, at, threat, path]);
        console.log(rows.length === 0 ? 'There is nothing in quarantine.' : table(rows).join('\n'));
        return;
      }
      try {
        console.log(`Put back: ${(await quarantine.restore(id)).path}`);
      } catch (error) {
        throw error instanceof QuarantineError ? new UsageError(error.message) : error;
      }
    });
}
