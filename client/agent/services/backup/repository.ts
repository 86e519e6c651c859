import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { messageOf } from '../../spoken-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { CHUNK_SIZES, type ChunkSizes } from './chunker.ts';
import { BackupError } from './problems.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** What is told of a snapshot; its content is in chunks, and so is the list of what it holds. */
export interface SnapshotRecord {
  /** Its name in the repository, which sorts by time. */
  readonly id: string;
  /** What was backed up, in a person's words; empty where it has no name. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly folders: readonly string[];
  readonly files: number;
  readonly bytes: number;
  /** What it added to the repository, in bytes as stored. */
  readonly addedBytes: number;
  /** What could not be read, and was left out. */
  readonly skipped: number;
  /** The chunks of the list of entries, and the SHA-256 of that list as a whole. */
  readonly entries: readonly string[];
  readonly entriesHash: string;
}

interface Format {
  readonly format: 'beckon-backup';
  readonly version: 1;
  readonly chunkSizes: ChunkSizes;
}

/** How a chunk is stored; its first byte. */
const PLAIN = 0;
const DEFLATED = 1;

const HASH = /^[0-9a-f]{64}$/;
const SNAPSHOT_ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/**
 * Snapshots in a folder: chunks under the SHA-256 of their content, and a record for each snapshot, which is written
 * last. A chunk that no record names is left over from a snapshot that did not end, and is collected.
 */
export class Repository {
  readonly path: string;
  readonly chunkSizes: ChunkSizes;

  private constructor(path: string, chunkSizes: ChunkSizes) {
    this.path = path;
    this.chunkSizes = chunkSizes;
  }

  /** Opens it; makes it where the folder is empty or not there. @throws BackupError where it is something else. */
  static async open(path: string, chunkSizes: ChunkSizes = CHUNK_SIZES): Promise<Repository> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const marker = join(path, 'format.json');
    if (!(await exists(marker))) {
      const others = (await readdir(path)).filter((name) => name !== 'temporary');
      if (others.length > 0) throw new BackupError(({ serviceProblems }) => serviceProblems.backup.otherFolder(path));
      await mkdir(join(path, 'temporary'), { recursive: true, mode: 0o700 });
      const format: Format = { format: 'beckon-backup', version: 1, chunkSizes };
      await writeAtomically(marker, `${JSON.stringify(format)}\n`, join(path, 'temporary'));
    }
    const format = JSON.parse(await readFile(marker, 'utf8')) as Partial<Format>;
    if (format.format !== 'beckon-backup' || format.version !== 1 || !format.chunkSizes) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.otherVersion(path));
    }
    for (const name of ['chunks', 'snapshots', 'temporary', 'damaged']) {
      await mkdir(join(path, name), { recursive: true, mode: 0o700 });
    }
    return new Repository(path, format.chunkSizes);
  }

  /** Keeps a chunk, unless it is there already. @returns its name, and how many bytes it added on disk. */
  async putChunk(content: Buffer): Promise<{ hash: string; added: number }> {
    const hash = createHash('sha256').update(content).digest('hex');
    const path = this.chunkPath(hash);
    if (await exists(path)) return { hash, added: 0 };
    const deflated = await deflate(content, { level: 6 });
    const stored =
      deflated.length < content.length
        ? Buffer.concat([Buffer.of(DEFLATED), deflated])
        : Buffer.concat([Buffer.of(PLAIN), content]);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeAtomically(path, stored, join(this.path, 'temporary'));
    return { hash, added: stored.length };
  }

  /** Reads a chunk and compares it with its name. @throws BackupError where it is missing or damaged. */
  async getChunk(hash: string): Promise<Buffer> {
    if (!HASH.test(hash)) throw new BackupError(({ serviceProblems }) => serviceProblems.backup.badChunk);
    const stored = await readFile(this.chunkPath(hash)).catch((error: NodeJS.ErrnoException) => {
      throw new BackupError((words) => {
        return error.code === 'ENOENT' ? words.serviceProblems.backup.chunkMissing(hash) : messageOf(error, words);
      });
    });
    const content = await unpack(stored, this.chunkSizes.max).catch(() => null);
    if (!content || createHash('sha256').update(content).digest('hex') !== hash) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.chunkDamaged(hash));
    }
    return content;
  }

  /** Puts a damaged chunk aside, so that the next snapshot keeps it anew where its content is still to be had. */
  async setAside(hash: string): Promise<void> {
    await rename(this.chunkPath(hash), join(this.path, 'damaged', hash)).catch(() => {});
  }

  async *chunks(): AsyncGenerator<{ hash: string; bytes: number }> {
    for (const prefix of await readdir(join(this.path, 'chunks'))) {
      for (const hash of await readdir(join(this.path, 'chunks', prefix))) {
        if (HASH.test(hash)) yield { hash, bytes: (await stat(this.chunkPath(hash))).size };
      }
    }
  }

  async removeChunk(hash: string): Promise<void> {
    await rm(this.chunkPath(hash), { force: true });
  }

  /** All snapshots, oldest first. */
  async snapshots(): Promise<SnapshotRecord[]> {
    const names = (await readdir(join(this.path, 'snapshots'))).map((name) => name.replace(/\.json$/, ''));
    const ids = names.filter((name) => SNAPSHOT_ID.test(name)).sort();
    return Promise.all(ids.map((id) => this.snapshot(id)));
  }

  /** @throws BackupError where there is none of this name. */
  async snapshot(id: string): Promise<SnapshotRecord> {
    const path = this.#snapshotPath(id);
    const text = SNAPSHOT_ID.test(id) ? await readFile(path, 'utf8').catch(() => null) : null;
    if (text === null) throw new BackupError(({ serviceProblems }) => serviceProblems.backup.noSnapshot(id));
    return JSON.parse(text) as SnapshotRecord;
  }

  /** The snapshot is there from this moment on. */
  async putSnapshot(record: SnapshotRecord): Promise<void> {
    const text = `${JSON.stringify(record)}\n`;
    await writeAtomically(this.#snapshotPath(record.id), text, join(this.path, 'temporary'));
  }

  async removeSnapshot(id: string): Promise<void> {
    await rm(this.#snapshotPath(id), { force: true });
  }

  /** Removes what a crash left half written; only under the lock. */
  async emptyTemporary(): Promise<void> {
    for (const name of await readdir(join(this.path, 'temporary'))) {
      await rm(join(this.path, 'temporary', name), { force: true });
    }
  }

  chunkPath(hash: string): string {
    return join(this.path, 'chunks', hash.slice(0, 2), hash);
  }

  #snapshotPath(id: string): string {
    return join(this.path, 'snapshots', `${id}.json`);
  }
}

async function unpack(stored: Buffer, max: number): Promise<Buffer | null> {
  const content = stored.subarray(1);
  if (stored[0] === PLAIN) return content;
  // More than the longest chunk is no chunk of ours: a bomb is not unpacked.
  return stored[0] === DEFLATED ? inflate(content, { maxOutputLength: max }) : null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
