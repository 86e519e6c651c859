import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../problems.ts';
import { prune, verifySnapshot } from '../../services/backup/maintenance.ts';
import { BackupError } from '../../services/backup/problems.ts';
import { Repository } from '../../services/backup/repository.ts';
import { restoreSnapshot } from '../../services/backup/restore.ts';
import { takeSnapshot } from '../../services/backup/snapshot.ts';
import { bytesInWords, numberFrom, table } from './output.ts';

interface At {
  readonly repository: string;
}

interface PruneOptions extends At {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

export function backupCheck(check: Command): void {
  const backup = check.command('backup').description('Take, verify, restore and prune snapshots of folders.');
  const at = (name: string) => backup.command(name).requiredOption('--repository <folder>', 'where snapshots are kept');

  at('snapshot')
    .argument('<folder...>')
    .description('Keep the present state of folders; what is kept already is not kept again.')
    .option('--name <name>', 'what it is called', '')
    .option('--exclude <pattern...>', 'paths and names that are left out', [])
    .action(async (folders: string[], options: At & { name: string; exclude: string[] }) => {
      await inWords(async () => {
        const repository = await Repository.open(options.repository);
        const onSkipped = (path: string, reason: string): void => console.log(`  left out: ${path} (${reason})`);
        const { name, exclude } = options;
        const taken = await takeSnapshot(repository, folders, { name, exclude, now: new Date(), onSkipped });
        console.log(
          `${taken.id}: ${taken.files} files, ${bytesInWords(taken.bytes)}, ${bytesInWords(taken.addedBytes)} new.`,
        );
      });
    });

  at('list')
    .description('List the snapshots, oldest first.')
    .action(async (options: At) => {
      await inWords(async () => {
        const snapshots = await (await Repository.open(options.repository)).snapshots();
        const rows = snapshots.map(({ id, files, bytes, folders, name }) => {
          return [id, `${files} files`, bytesInWords(bytes), name, folders.join(', ')];
        });
        console.log(rows.length === 0 ? 'There are no snapshots.' : table(rows).join('\n'));
      });
    });

  at('verify')
    .argument('<snapshot>')
    .description('Read everything that a snapshot needs and compare it with its hashes.')
    .action(async (snapshot: string, options: At) => {
      await inWords(async () => {
        const { chunks, damaged } = await verifySnapshot(await Repository.open(options.repository), snapshot);
        if (damaged.length === 0) console.log(`All ${chunks} chunks are whole.`);
        else throw new BackupError(`${damaged.length} of ${chunks} chunks are damaged or missing.`);
      });
    });

  at('restore')
    .argument('<snapshot>')
    .argument('[path...]', 'what to restore (default: all)')
    .requiredOption('--to <folder>', 'where to; nothing that is there is overwritten')
    .description('Restore a snapshot, or some paths of it, below a folder.')
    .action(async (snapshot: string, paths: string[], options: At & { to: string }) => {
      await inWords(async () => {
        const repository = await Repository.open(options.repository);
        const { files, bytes } = await restoreSnapshot(repository, snapshot, options.to, {
          paths: paths.map((path) => resolve(path)),
        });
        console.log(`Restored ${files} files, ${bytesInWords(bytes)}, below ${options.to}.`);
      });
    });

  at('prune')
    .description('Remove old snapshots, and all that no other needs.')
    .option('--last <n>', 'keep the newest ones', numberFrom(1, 10_000), 1)
    .option('--daily <n>', 'keep the newest of so many days', numberFrom(0, 10_000), 7)
    .option('--weekly <n>', 'keep the newest of so many weeks', numberFrom(0, 10_000), 4)
    .option('--monthly <n>', 'keep the newest of so many months', numberFrom(0, 10_000), 12)
    .action(async (options: PruneOptions) => {
      await inWords(async () => {
        const { removed, freedBytes } = await prune(await Repository.open(options.repository), options);
        console.log(`${removed.length} snapshots removed, ${bytesInWords(freedBytes)} freed.`);
      });
    });
}

/** What cannot be done is said in a sentence. */
async function inWords(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof BackupError ? new UsageError(error.message) : error;
  }
}
