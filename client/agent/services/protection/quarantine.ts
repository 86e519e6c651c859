import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SpokenError } from '../../spoken-error.ts';
import { writeAtomically } from '../backup/atomic-file.ts';
import { readRegular } from './scan.ts';
import type { Threat } from './threats.ts';

/** A file in quarantine, as it was before. */
export interface Quarantined {
  readonly id: string;
  readonly path: string;
  readonly threat: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mode: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Something about the quarantine that cannot be done. */
export class QuarantineError extends SpokenError {
  override name = 'QuarantineError';
}

/** Every byte is turned by this: the file does not run, and other scanners do not find it again. */
const DEFANG = 0xa5;

const DAY_MS = 24 * 60 * 60 * 1000;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A folder that only its owner can open, with what was found and a record of where each came from. */
export class Quarantine {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /**
   * Moves a threat here: copied, defanged and written down first, removed from its place last. A file that is not what
   * was found any more stays where it is.
   * @throws QuarantineError, or the error of the file system.
   */
  async take(threat: Threat & { sha256?: string | undefined }, now: Date): Promise<Quarantined> {
    await this.#prepare();
    const id = randomUUID();
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const source = await open(threat.path, flags);
    try {
      const status = await source.stat();
      if (!status.isFile())
        throw new QuarantineError(({ serviceProblems }) => serviceProblems.quarantine.noFile(threat.path));
      const hash = createHash('sha256');
      async function* content() {
        for await (const part of readRegular(threat.path, source)) {
          hash.update(part);
          yield part;
        }
      }
      const bytes = await writeTurned(content(), this.#content(id));
      const sha256 = hash.digest('hex');
      if (threat.sha256 !== undefined && sha256 !== threat.sha256) {
        throw new QuarantineError(({ serviceProblems }) => serviceProblems.quarantine.changed(threat.path));
      }
      const { path, name } = threat;
      const record = { id, path: resolve(path), threat: name, sha256, bytes, mode: status.mode & 0o7777 };
      const written: Quarantined = { ...record, at: now.toISOString() };
      await writeAtomically(this.#record(id), `${JSON.stringify(written)}\n`, this.path);
      await unlink(path);
      return written;
    } catch (error) {
      await this.remove(id);
      throw error;
    } finally {
      await source.close();
    }
  }

  /** What is here, oldest first. */
  async list(): Promise<Quarantined[]> {
    const names = await readdir(this.path).catch(() => []);
    const ids = names.map((name) => name.replace(/\.json$/, '')).filter((name) => ID.test(name));
    const records = await Promise.all(ids.map((id) => this.#read(id)));
    return records.sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /**
   * Puts a file back to where it was, as it was. Nothing that is there now is overwritten.
   * @throws QuarantineError where there is none, it is damaged, or its place is taken.
   */
  async restore(id: string): Promise<Quarantined> {
    const record = ID.test(id) ? await this.#read(id).catch(() => null) : null;
    if (!record) throw new QuarantineError(({ serviceProblems }) => serviceProblems.quarantine.none(id));
    const hash = createHash('sha256');
    async function* content(from: string) {
      for await (const part of readRegular(from)) yield part;
    }
    try {
      await writeTurned(content(this.#content(id)), record.path, hash);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new QuarantineError(({ serviceProblems }) => serviceProblems.quarantine.thereAlready(record.path));
    }
    if (hash.digest('hex') !== record.sha256) {
      await unlink(record.path);
      throw new QuarantineError(({ serviceProblems }) => serviceProblems.quarantine.damaged(record.path));
    }
    await chmod(record.path, record.mode);
    await this.remove(id);
    return record;
  }

  /** Deletes what has been here for longer. @returns what went. */
  async purge(days: number, now: Date): Promise<Quarantined[]> {
    const old = (await this.list()).filter(({ at }) => now.getTime() - Date.parse(at) > days * DAY_MS);
    for (const { id } of old) await this.remove(id);
    return old;
  }

  async remove(id: string): Promise<void> {
    await rm(this.#content(id), { force: true });
    await rm(this.#record(id), { force: true });
  }

  async #prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    // The folder may have been there before.
    await chmod(this.path, 0o700);
  }

  async #read(id: string): Promise<Quarantined> {
    return JSON.parse(await readFile(this.#record(id), 'utf8')) as Quarantined;
  }

  #content(id: string): string {
    return join(this.path, `${id}.quarantined`);
  }

  #record(id: string): string {
    return join(this.path, `${id}.json`);
  }
}

/** Writes a new file with every byte turned. @returns its length. @throws the error EEXIST where it is there. */
async function writeTurned(
  parts: AsyncIterable<Buffer>,
  path: string,
  hash?: ReturnType<typeof createHash>,
): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const part of parts) {
      const turned = part.map((byte) => byte ^ DEFANG);
      hash?.update(turned);
      await file.writeFile(turned);
      bytes += part.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}
