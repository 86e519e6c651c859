import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { prune, verifySnapshot } from '../../services/backup/maintenance.ts';
import { BackupError } from '../../services/backup/problems.ts';
import { Repository } from '../../services/backup/repository.ts';
import { restoreSnapshot } from '../../services/backup/restore.ts';
import { takeSnapshot } from '../../services/backup/snapshot.ts';
import { table } from '../table.ts';
import { numberFrom } from './output.ts';

interface At {
  readonly repository: string;
}

interface PruneOptions extends At {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

export function backupCheck(check: Command, words: AgentWords): void {
  const { placeholders, formats, checks } = words;
  const help = words.checkHelp.backup;
  const say = checks.backup;
  const backup = check.command('backup').usage(`[options] <${placeholders.command}>`).description(help.description);
  const at = (name: string) =>
    backup.command(name).requiredOption(`--repository <${placeholders.folder}>`, help.repository);

  at('snapshot')
    .argument(`<${placeholders.folder}...>`)
    .description(help.snapshot.description)
    .option(`--name <${placeholders.name}>`, help.snapshot.name, '')
    .option(`--exclude <${placeholders.pattern}...>`, help.snapshot.exclude, [])
    .action(async (folders: string[], options: At & { name: string; exclude: string[] }) => {
      const repository = await Repository.open(options.repository);
      const onSkipped = (path: string, reason: string): void => console.log(`  ${say.leftOut(path, reason)}`);
      const { name, exclude } = options;
      const taken = await takeSnapshot(repository, folders, { name, exclude, now: new Date(), onSkipped });
      console.log(say.taken(taken.id, taken.files, formats.bytes(taken.bytes), formats.bytes(taken.addedBytes)));
    });

  at('list')
    .description(help.list)
    .action(async (options: At) => {
      const snapshots = await (await Repository.open(options.repository)).snapshots();
      const rows = snapshots.map(({ id, files, bytes, folders, name }) => {
        return [id, say.files(files), formats.bytes(bytes), name, folders.join(', ')];
      });
      console.log(rows.length === 0 ? say.none : table(rows).join('\n'));
    });

  at('verify')
    .argument(`<${placeholders.snapshot}>`)
    .description(help.verify)
    .action(async (snapshot: string, options: At) => {
      const { chunks, damaged } = await verifySnapshot(await Repository.open(options.repository), snapshot);
      if (damaged.length === 0) console.log(say.whole(chunks));
      else throw new BackupError(({ serviceProblems }) => serviceProblems.backup.chunksDamaged(damaged.length, chunks));
    });

  at('restore')
    .argument(`<${placeholders.snapshot}>`)
    .argument(`[${placeholders.path}...]`, help.restore.path)
    .requiredOption(`--to <${placeholders.folder}>`, help.restore.to)
    .description(help.restore.description)
    .action(async (snapshot: string, paths: string[], options: At & { to: string }) => {
      const repository = await Repository.open(options.repository);
      const { files, bytes } = await restoreSnapshot(repository, snapshot, options.to, {
        paths: paths.map((path) => resolve(path)),
      });
      console.log(say.restored(files, formats.bytes(bytes), options.to));
    });

  const count = (min: number) => numberFrom(min, 10_000, words);
  at('prune')
    .description(help.prune.description)
    .option(`--last <${placeholders.number}>`, help.prune.last, count(1), 1)
    .option(`--daily <${placeholders.number}>`, help.prune.daily, count(0), 7)
    .option(`--weekly <${placeholders.number}>`, help.prune.weekly, count(0), 4)
    .option(`--monthly <${placeholders.number}>`, help.prune.monthly, count(0), 12)
    .action(async (options: PruneOptions) => {
      const { removed, freedBytes } = await prune(await Repository.open(options.repository), options);
      console.log(say.pruned(removed.length, formats.bytes(freedBytes)));
    });
}
