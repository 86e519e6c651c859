import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './problems.ts';

/** How often a lock whose holder is gone is taken over, before giving up to whoever is faster. */
const TRIES = 3;

/**
 * Does something as the only process that changes the repository: a snapshot must not name what is being collected.
 * A process that was killed leaves its lock behind; it is taken over once no process has its number.
 * @throws BackupError where another one is at work.
 */
export async function withLock<T>(repository: string, work: () => Promise<T>): Promise<T> {
  const path = join(repository, 'lock');
  for (let tries = 0; !(await take(path)); tries++) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (tries >= TRIES || isRunning(holder)) {
      throw new BackupError(({ serviceProblems }) => serviceProblems.backup.busy);
    }
    await rm(path, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(String(process.pid));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
