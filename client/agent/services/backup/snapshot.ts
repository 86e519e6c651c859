import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { excludedBy, isWithin } from '../paths.ts';
import { chunksOf } from './chunker.ts';
import { CHUNKS_A_LINE, type Entry, putEntries } from './entries.ts';
import { withLock } from './lock.ts';
import { BackupError } from './problems.ts';
import type { Repository, SnapshotRecord } from './repository.ts';

export interface SnapshotOptions {
  /** What it is called; the retention is of each name by itself. */
  readonly name?: string | undefined;
  /** Paths and names that are left out, with all below them; `*` and `?` stand for other characters. */
  readonly exclude?: readonly string[] | undefined;
  /** When it is taken. */
  readonly now: Date;
  /** Told of everything that could not be read and why; the snapshot goes on without it. */
  readonly onSkipped?: ((path: string, reason: string) => void) | undefined;
}

/** So much is read of a file at once, in bytes. */
const READ_BYTES = 1024 * 1024;

/**
 * Takes a snapshot of folders (or single files): what is in the repository already is not kept again. Symbolic links
 * are kept as links. Sockets, pipes and devices are skipped, hard links become files of their own, extended attributes
 * are not kept. A file that is written meanwhile is kept as it was read.
 * Whenever it is interrupted, the snapshots that were there stay whole, and this one is not there.
 * @throws BackupError where a folder is not there, or another process is at work on the repository.
 */
export async function takeSnapshot(
  repository: Repository,
  folders: readonly string[],
  { name = '', exclude = [], now, onSkipped = () => {} }: SnapshotOptions,
): Promise<SnapshotRecord> {
  const roots = [...new Set(folders.map((folder) => resolve(folder)))];
  // What lies in another one of them is kept with it.
  const outer = roots.filter((root) => !roots.some((other) => other !== root && isWithin(other, root)));
  // A repository that keeps itself would never end.
  const itself = resolve(repository.path);
  const isExcluded = excludedBy(exclude);
  const count = { files: 0, bytes: 0, added: 0, skipped: 0 };

  const skip = (path: string, reason: string): void => {
    count.skipped += 1;
    onSkipped(path, reason);
  };

  async function* walk(path: string): AsyncGenerator<Entry> {
    if (isWithin(itself, path) || isExcluded(path)) return;
    try {
      const status = await lstat(path);
      const common = {
        path: path.split(sep).join('/'),
        mode: status.mode & 0o7777,
        uid: status.uid,
        gid: status.gid,
        changedMs: status.mtimeMs,
      };
      if (status.isSymbolicLink()) {
        yield { type: 'link', ...common, to: await readlink(path) };
      } else if (status.isFile()) {
        yield* readFileEntry(path, common);
      } else if (status.isDirectory()) {
        const names = await readdir(path, { encoding: 'buffer' });
        yield { type: 'folder', ...common };
        for (const entry of names.map(textOf).sort()) {
          if (entry === null) skip(path, 'it holds a name that is no text');
          else yield* walk(join(path, entry));
        }
      } else skip(path, 'it is neither a file, a folder nor a link');
    } catch (error) {
      // What belongs to the repository is not about this file.
      if (error instanceof BackupError || !isAbout(error, path)) throw error;
      skip(path, (error as NodeJS.ErrnoException).code ?? 'it cannot be read');
    }
  }

  async function* readFileEntry(path: string, common: Omit<Extract<Entry, { type: 'folder' }>, 'type'>) {
    const lines: string[][] = [[]];
    let bytes = 0;
    for await (const chunk of chunksOf(readParts(path), repository.chunkSizes)) {
      const { hash, added } = await repository.putChunk(chunk);
      count.added += added;
      bytes += chunk.length;
      if (lines.at(-1)?.length === CHUNKS_A_LINE) lines.push([]);
      lines.at(-1)?.push(hash);
    }
    const [chunks = [], ...more] = lines;
    count.files += 1;
    count.bytes += bytes;
    yield { type: 'file' as const, ...common, bytes, chunks };
    for (const line of more) yield { type: 'more' as const, chunks: line };
  }

  async function* all(): AsyncGenerator<Entry> {
    for (const root of outer) yield* walk(root);
  }

  return withLock(repository.path, async () => {
    for (const root of outer) {
      await lstat(root).catch(() => {
        throw new BackupError(({ serviceProblems }) => serviceProblems.backup.notThere(root));
      });
    }
    const entries = await putEntries(repository, all());
    const record: SnapshotRecord = {
      id: `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`,
      name,
      takenAt: now.toISOString(),
      folders: outer,
      files: count.files,
      bytes: count.bytes,
      addedBytes: count.added + entries.added,
      skipped: count.skipped,
      entries: entries.hashes,
      entriesHash: entries.hash,
    };
    await repository.putSnapshot(record);
    return record;
  });
}

/** The content of a file; never of what somebody put in its place as a link or pipe. */
async function* readParts(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    for (;;) {
      // A buffer of its own each time: chunks are made of its parts.
      const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Whether reading this path failed, rather than writing to the repository. */
function isAbout(error: unknown, path: string): boolean {
  const { path: at, syscall } = error as NodeJS.ErrnoException;
  return at === path || syscall === 'read';
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function textOf(name: Buffer): string | null {
  try {
    return UTF8.decode(name);
  } catch {
    return null;
  }
}
