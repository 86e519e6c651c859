import { entriesOf } from './entries.ts';
import { withLock } from './lock.ts';
import { BackupError } from './problems.ts';
import type { Repository, SnapshotRecord } from './repository.ts';

/**
 * How many snapshots of a name are kept: the newest ones, and the newest of so many days, weeks and months that have any.
 */
export interface Retention {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

export interface Verified {
  readonly chunks: number;
  readonly damaged: readonly string[];
}

/**
 * Reads everything that a snapshot needs and compares it with its hashes. Damaged chunks are put aside, so that the
 * next snapshot keeps them anew where their content is still to be had.
 */
export async function verifySnapshot(repository: Repository, snapshotId: string): Promise<Verified> {
  const snapshot = await repository.snapshot(snapshotId);
  const seen = new Set<string>();
  const damaged: string[] = [];
  try {
    for await (const entry of entriesOf(repository, snapshot)) {
      if (entry.type !== 'file' && entry.type !== 'more') continue;
      for (const hash of entry.chunks) {
        if (seen.has(hash)) continue;
        seen.add(hash);
        if (!(await isWhole(repository, hash))) damaged.push(hash);
      }
    }
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    for (const hash of snapshot.entries) {
      if (!(await isWhole(repository, hash))) damaged.push(hash);
    }
    if (damaged.length === 0) throw error;
  }
  return { chunks: seen.size + snapshot.entries.length, damaged };
}

async function isWhole(repository: Repository, hash: string): Promise<boolean> {
  try {
    await repository.getChunk(hash);
    return true;
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    await repository.setAside(hash);
    return false;
  }
}

/**
 * Removes the snapshots that the retention does not keep, then every chunk that no snapshot needs. Keeps the names of
 * all chunks in memory: about 150 MB for a terabyte. Interrupted, it only leaves more to collect.
 * @returns the ids of the snapshots that went, and the bytes that became free.
 */
export async function prune(
  repository: Repository,
  retention: Retention,
): Promise<{ removed: string[]; freedBytes: number }> {
  return withLock(repository.path, async () => {
    const snapshots = await repository.snapshots();
    const byName = Map.groupBy(snapshots, ({ name }) => name);
    const kept = new Set([...byName.values()].flatMap((group) => keptSnapshots(group, retention)));
    const removed = snapshots.map(({ id }) => id).filter((id) => !kept.has(id));
    // All that is needed is known before anything goes: a list that cannot be read stops it here.
    const needed = new Set<string>();
    for (const snapshot of snapshots) {
      if (!kept.has(snapshot.id)) continue;
      for (const hash of snapshot.entries) needed.add(hash);
      for await (const entry of entriesOf(repository, snapshot)) {
        if (entry.type === 'file' || entry.type === 'more') for (const hash of entry.chunks) needed.add(hash);
      }
    }
    for (const id of removed) await repository.removeSnapshot(id);
    let freedBytes = 0;
    for await (const { hash, bytes } of repository.chunks()) {
      if (needed.has(hash)) continue;
      await repository.removeChunk(hash);
      freedBytes += bytes;
    }
    await repository.emptyTemporary();
    return { removed, freedBytes };
  });
}

/** The ids of the snapshots that are kept; the newest always is. Pure; days are those of UTC. */
export function keptSnapshots(
  snapshots: readonly Pick<SnapshotRecord, 'id' | 'takenAt'>[],
  { last, daily, weekly, monthly }: Retention,
): string[] {
  const newestFirst = [...snapshots].sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  const kept = new Set(newestFirst.slice(0, Math.max(1, last)).map(({ id }) => id));
  const periods: [number, (takenAt: string) => string][] = [
    [daily, (takenAt) => takenAt.slice(0, 10)],
    [weekly, weekOf],
    [monthly, (takenAt) => takenAt.slice(0, 7)],
  ];
  for (const [count, periodOf] of periods) {
    const newest = new Map<string, string>();
    for (const { id, takenAt } of newestFirst) {
      const period = periodOf(takenAt);
      if (!newest.has(period) && newest.size < count) newest.set(period, id);
    }
    for (const id of newest.values()) kept.add(id);
  }
  return snapshots.map(({ id }) => id).filter((id) => kept.has(id));
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Weeks from Monday to Sunday; 1 January 1970 was a Thursday. */
function weekOf(takenAt: string): string {
  return String(Math.floor((Date.parse(takenAt) / DAY_MS + 3) / 7));
}
