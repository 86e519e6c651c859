import { createHash } from 'node:crypto';
import { chunksOf } from './chunker.ts';
import { BackupError } from './problems.ts';
import type { Repository, SnapshotRecord } from './repository.ts';

interface Common {
  /** Where it was: absolute, with `/` between the names. */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** When it was changed last, in ms since 1970. */
  readonly changedMs: number;
}

/** What a snapshot holds, in the order in which it was found: folders before what is in them. */
export type Entry =
  | (Common & { readonly type: 'folder' })
  | (Common & { readonly type: 'link'; readonly to: string })
  | (Common & { readonly type: 'file'; readonly bytes: number; readonly chunks: readonly string[] })
  /** More chunks of the file before: no line grows with the size of a file. */
  | { readonly type: 'more'; readonly chunks: readonly string[] };

/** So many chunks stand in one line, at most. */
export const CHUNKS_A_LINE = 1_000;

/** Keeps a list of entries as chunks, as it comes. */
export async function putEntries(
  repository: Repository,
  entries: AsyncIterable<Entry>,
): Promise<{ hashes: string[]; hash: string; added: number }> {
  const whole = createHash('sha256');
  const hashes: string[] = [];
  let added = 0;
  async function* lines(): AsyncGenerator<Buffer> {
    for await (const entry of entries) {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      whole.update(line);
      yield line;
    }
  }
  for await (const chunk of chunksOf(lines(), repository.chunkSizes)) {
    const kept = await repository.putChunk(chunk);
    hashes.push(kept.hash);
    added += kept.added;
  }
  return { hashes, hash: whole.digest('hex'), added };
}

/** The entries of a snapshot, one after the other. @throws BackupError where the list is missing or damaged. */
export async function* entriesOf(repository: Repository, snapshot: SnapshotRecord): AsyncGenerator<Entry> {
  const whole = createHash('sha256');
  let rest = Buffer.alloc(0);
  for (const hash of snapshot.entries) {
    const chunk = await repository.getChunk(hash);
    whole.update(chunk);
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
      yield JSON.parse(rest.toString('utf8', start, end)) as Entry;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0 || whole.digest('hex') !== snapshot.entriesHash) {
    throw new BackupError(({ serviceProblems }) => serviceProblems.backup.listDamaged(snapshot.id));
  }
}
