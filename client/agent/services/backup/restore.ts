import { randomUUID } from 'node:crypto';
import { chmod, lchown, lstat, lutimes, mkdir, open, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Entry, entriesOf } from './entries.ts';
import { BackupError } from './problems.ts';
import type { Repository } from './repository.ts';

export interface RestoreOptions {
  /** What to restore, as it was named when the snapshot was taken, with all below it; empty: all. */
  readonly paths?: readonly string[] | undefined;
}

export interface Restored {
  readonly files: number;
  readonly bytes: number;
}

type Placed = Exclude<Entry, { type: 'more' }>;

/**
 * Restores a snapshot into a folder, below which everything has its whole former path (`/etc/hosts` →
 * `<target>/etc/hosts`). Every byte is compared with its hash on the way. Nothing that is there is overwritten, and
 * nothing is written outside of the folder, whatever the snapshot says. Owners are restored only by root.
 * @throws BackupError where anything is missing, damaged or in the way; what was restored before it stays.
 */
export async function restoreSnapshot(
  repository: Repository,
  snapshotId: string,
  target: string,
  { paths = [] }: RestoreOptions = {},
): Promise<Restored> {
  const snapshot = await repository.snapshot(snapshotId);
  const place = new Placement(resolve(target));
  const wanted = paths.map((path) => segmentsOf(path).join('/'));
  const missing = new Set(wanted);
  const isWanted = (path: string): boolean => {
    if (wanted.length === 0) return true;
    const found = wanted.filter((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    for (const prefix of found) missing.delete(prefix);
    return found.length > 0;
  };
  await mkdir(target, { recursive: true, mode: 0o700 });

  // Links come after all files, so that nothing is written through one; folders are made unwritable at the very end.
  const folders: Placed[] = [];
  const links: Extract<Placed, { type: 'link' }>[] = [];
  const restored = { files: 0, bytes: 0 };
  let file: FileBeingRestored | null = null;
  const finish = async (): Promise<void> => {
    if (file) restored.bytes += await file.finish();
    if (file) restored.files += 1;
    file = null;
  };
  try {
    for await (const entry of entriesOf(repository, snapshot)) {
      if (entry.type === 'more') {
        await (file as FileBeingRestored | null)?.append(entry.chunks);
        continue;
      }
      await finish();
      if (!isWanted(segmentsOf(entry.path).join('/'))) continue;
      if (entry.type === 'folder') {
        await place.folder(entry.path);
        folders.push(entry);
      } else if (entry.type === 'link') links.push(entry);
      else {
        file = await FileBeingRestored.start(repository, await place.leaf(entry.path), entry);
        await file.append(entry.chunks);
      }
    }
    await finish();
  } finally {
    await (file as FileBeingRestored | null)?.abandon();
  }
  if (missing.size > 0) {
    throw new BackupError(({ serviceProblems }) => serviceProblems.backup.notHeld([...missing].join(', ')));
  }
  for (const link of links) {
    const path = await place.leaf(link.path);
    await symlink(link.to, path);
    await dress(path, link);
    restored.files += 1;
  }
  for (const folder of folders.reverse()) await dress(place.of(folder.path), folder);
  return restored;
}

/** A file under a name of its own, until it is whole. */
class FileBeingRestored {
  readonly #repository: Repository;
  readonly #path: string;
  readonly #draft: string;
  readonly #entry: Extract<Placed, { type: 'file' }>;
  readonly #handle: Awaited<ReturnType<typeof open>>;
  #bytes = 0;
  #open = true;

  private constructor(
    repository: Repository,
    path: string,
    draft: string,
    entry: Extract<Placed, { type: 'file' }>,
    handle: Awaited<ReturnType<typeof open>>,
  ) {
    this.#repository = repository;
    this.#path = path;
    this.#draft = draft;
    this.#entry = entry;
    this.#handle = handle;
  }

  static async start(repository: Repository, path: string, entry: Extract<Placed, { type: 'file' }>) {
    const draft = join(dirname(path), `.restoring-${randomUUID()}`);
    return new FileBeingRestored(repository, path, draft, entry, await open(draft, 'wx', 0o600));
  }

  async append(chunks: readonly string[]): Promise<void> {
    for (const hash of chunks) {
      const content = await this.#repository.getChunk(hash);
      await this.#handle.writeFile(content);
      this.#bytes += content.length;
    }
  }

  async finish(): Promise<number> {
    if (this.#bytes !== this.#entry.bytes) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.notWhole(this.#entry.path));
    }
    await this.#handle.sync();
    await this.#handle.close();
    this.#open = false;
    await rename(this.#draft, this.#path);
    await dress(this.#path, this.#entry);
    return this.#bytes;
  }

  async abandon(): Promise<void> {
    if (this.#open) await this.#handle.close();
    await rm(this.#draft, { force: true });
  }
}

/** Where things go, below one folder; a link that stands in the way is not followed. */
class Placement {
  readonly #target: string;
  readonly #made = new Set<string>();

  constructor(target: string) {
    this.#target = target;
  }

  of(path: string): string {
    return join(this.#target, ...segmentsOf(path));
  }

  async folder(path: string): Promise<void> {
    let at = this.#target;
    for (const name of segmentsOf(path)) {
      at = join(at, name);
      if (this.#made.has(at)) continue;
      await mkdir(at, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      if (!(await lstat(at)).isDirectory()) {
        throw new BackupError(({ serviceProblems }) => serviceProblems.backup.inTheWay(at));
      }
      this.#made.add(at);
    }
  }

  /** Where a file or link goes. @throws BackupError where something is there already. */
  async leaf(path: string): Promise<string> {
    await this.folder(segmentsOf(path).slice(0, -1).join('/'));
    const at = this.of(path);
    const there = await lstat(at).catch(() => null);
    if (there) throw new BackupError(({ serviceProblems }) => serviceProblems.backup.thereAlready(at));
    return at;
  }
}

/** The names of a path, without a drive’s colon. @throws BackupError where a name leads elsewhere. */
function segmentsOf(path: string): string[] {
  const names = path
    .replaceAll('\\', process.platform === 'win32' ? '/' : '\\')
    .split('/')
    .filter(Boolean);
  return names.map((name, index) => {
    const plain = index === 0 && /^[A-Za-z]:$/.test(name) ? name.slice(0, 1) : name;
    if (plain === '.' || plain === '..' || plain.includes('\0')) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.leadsElsewhere(path));
    }
    return plain;
  });
}

/** Gives back what is not content: owner (only root may), mode, time. */
async function dress(path: string, { type, mode, uid, gid, changedMs }: Placed): Promise<void> {
  const seconds = changedMs / 1000;
  if (process.getuid?.() === 0) await lchown(path, uid, gid);
  if (type === 'link') {
    await lutimes(path, seconds, seconds);
    return;
  }
  await chmod(path, mode);
  await utimes(path, seconds, seconds);
}
