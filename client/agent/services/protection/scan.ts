import { constants } from 'node:fs';
import { lstat, open, opendir, type open as openFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { excludedBy, isWithin } from '../paths.ts';
import { type Threat, ThreatDetector } from './threats.ts';

export interface ScanOptions {
  /** Names of threats by the SHA-256 of the whole file. */
  readonly known: ReadonlyMap<string, string>;
  /** Paths and names that are not scanned. */
  readonly exclude: readonly string[];
  /** Larger files are not scanned, in bytes. */
  readonly largestBytes: number;
  /** The quarantine's folder: what is in it was found already. */
  readonly quarantine: string | null;
  /** Told of everything that could not be read. */
  readonly onSkipped?: ((path: string, reason: string) => void) | undefined;
}

export interface Scanned {
  files: number;
  bytes: number;
  /** Files that were too large. */
  tooLarge: number;
  /** What could not be read. */
  unread: number;
}

/** So much of a file is held in memory at once, in bytes. */
const READ_BYTES = 256 * 1024;

/**
 * Scans folders by known hashes and for the EICAR test file, one threat after the other. Symbolic links are not
 * followed. Holds one part of one file, whatever there is to scan.
 * @param scanned Counted up on the way.
 */
export async function* scanFolders(
  folders: readonly string[],
  options: ScanOptions,
  scanned: Scanned = { files: 0, bytes: 0, tooLarge: 0, unread: 0 },
): AsyncGenerator<Threat & { sha256: string }> {
  const isExcluded = excludedBy(options.exclude);
  const quarantine = options.quarantine === null ? null : resolve(options.quarantine);

  async function* walk(path: string): AsyncGenerator<Threat & { sha256: string }> {
    if (isExcluded(path) || (quarantine !== null && isWithin(quarantine, path))) return;
    const status = await lstat(path).catch((error: NodeJS.ErrnoException) => skip(path, error));
    if (status?.isDirectory()) {
      const folder = await opendir(path).catch((error: NodeJS.ErrnoException) => skip(path, error));
      if (folder) for await (const { name } of folder) yield* walk(join(path, name));
    } else if (status?.isFile() && status.size > options.largestBytes) {
      scanned.tooLarge += 1;
    } else if (status?.isFile()) {
      const found = await inspect(path).catch((error: NodeJS.ErrnoException) => skip(path, error));
      if (found?.threat) yield { path, name: found.threat, sha256: found.sha256 };
    }
  }

  async function inspect(path: string) {
    const detector = new ThreatDetector(options.known);
    for await (const part of readRegular(path)) {
      detector.update(part);
      scanned.bytes += part.length;
    }
    scanned.files += 1;
    return detector.finish();
  }

  function skip(path: string, error: NodeJS.ErrnoException): null {
    scanned.unread += 1;
    options.onSkipped?.(path, error.code ?? error.message);
    return null;
  }

  for (const folder of folders) yield* walk(resolve(folder));
}

/** The content of a file, in a buffer that is used again for each part; never through a link that was put there since. */
export async function* readRegular(path: string, handle?: Awaited<ReturnType<typeof openFile>>) {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = handle ?? (await open(path, flags));
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    if (!handle) await file.close();
  }
}
