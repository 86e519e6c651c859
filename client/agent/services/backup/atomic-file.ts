import { randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that it is there as a whole or not at all, whenever the machine stops.
 * @param temporary A folder on the same file system; what is left in it of a crash may be removed.
 */
export async function writeAtomically(path: string, content: Uint8Array | string, temporary: string): Promise<void> {
  const draft = join(temporary, randomUUID());
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a rename in the folder last; where folders cannot be synced (Windows) the file system sees to it. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Not to be had here.
  }
}
