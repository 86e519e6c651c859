import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Config } from '../config.ts';
import { claimSqlite, migrationsIn, SQLITE_MIGRATIONS, sqliteFile } from './sqlite.ts';

/** A sentence for whoever runs the server: why nothing was done. Nothing was changed. */
export class BackupError extends Error {}

/** What a backup holds. */
export interface BackupContent {
  /** Of the file, in bytes. */
  readonly bytes: number;
  readonly tables: number;
  /** Of the newest migration that was applied. */
  readonly migration: string;
}

type Where = Pick<Config, 'engine' | 'DATABASE_URL' | 'DATA_DIR'>;

/** Pages copied at one go; the server writes between two. 4 MiB with SQLite's pages of 4 KiB. */
const PAGES_AT_ONCE = 1_000;

/**
 * Copies the database to a new file while the server may go on serving it, and verifies the copy before it gets its name.
 * @param progress told from 0 to 1.
 * @throws BackupError
 */
export async function backUp(config: Where, target: string, progress: (part: number) => void): Promise<BackupContent> {
  const source = embedded(config);
  if (!existsSync(source)) throw new BackupError(`There is no database at ${source}.`);
  if (existsSync(target)) throw new BackupError(`${target} is there already; a backup replaces no file.`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  // Nobody else on the machine is to read it, not even while it is being written.
  closeSync(openSync(unfinished, 'w', 0o600));
  const client = new SqliteDatabase(source, { fileMustExist: true });
  try {
    await client.backup(unfinished, {
      progress: ({ totalPages, remainingPages }) => {
        if (totalPages > 0) progress(1 - remainingPages / totalPages);
        return PAGES_AT_ONCE;
      },
    });
    const content = verify(unfinished);
    toDisk(unfinished);
    renameSync(unfinished, target);
    toDisk(dirname(target));
    progress(1);
    return content;
  } finally {
    client.close();
    rmSync(unfinished, { force: true });
  }
}

/**
 * Puts a backup in the place of the database, which is kept beside it under another name. No server may be serving it.
 * @returns what it holds, and where the former database is; null where there was none.
 * @throws BackupError where the backup is damaged, none of Beckon's or of a newer version, or a server runs.
 */
export function restore(
  config: Where,
  backup: string,
  stamp: string,
): { content: BackupContent; former: string | null } {
  const file = embedded(config);
  if (!existsSync(backup)) throw new BackupError(`There is no file ${backup}.`);
  const claim = claimed(config);
  try {
    const unfinished = `${file}.restoring`;
    copyFileSync(backup, unfinished);
    let content: BackupContent;
    try {
      content = verify(unfinished);
      toDisk(unfinished);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
    const former = existsSync(file) ? `${file}.before-${stamp}` : null;
    if (former) {
      // What the log of the former database holds goes into its file first, so that the file alone is all of it.
      fold(file);
      renameSync(file, former);
    }
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    renameSync(unfinished, file);
    toDisk(dirname(file));
    return { content, former };
  } finally {
    claim.release();
  }
}

function embedded(config: Where): string {
  if (config.engine === 'postgres') {
    throw new BackupError(
      'This is for the embedded database. PostgreSQL has pg_dump and pg_restore: docs/operations.md.',
    );
  }
  return sqliteFile(config);
}

function claimed(config: Where): { release(): void } {
  try {
    return claimSqlite(config);
  } catch (error) {
    if ((error as { code?: string }).code !== 'BECKON_IN_USE') throw error;
    throw new BackupError('A server is serving this database. Stop it first.');
  }
}

/** Reads every page, index and reference of the file. @throws BackupError where anything is not as it should be. */
function verify(file: string): BackupContent {
  let client: SqliteDatabase.Database | undefined;
  try {
    client = new SqliteDatabase(file, { fileMustExist: true });
    client.pragma('journal_mode = DELETE');
    const problems = client.pragma('integrity_check') as { integrity_check: string }[];
    if (problems[0]?.integrity_check !== 'ok') throw new BackupError(`${file} is damaged.`);
    if ((client.pragma('foreign_key_check') as unknown[]).length > 0) throw new BackupError(`${file} is not whole.`);
    const tables = client.prepare("select count(*) from sqlite_master where type = 'table'").pluck().get() as number;
    const applied = migrationsIn(client);
    const migration = applied.at(-1);
    if (migration === undefined) throw new BackupError(`${file} is no database of Beckon's.`);
    const unknown = applied.find((name) => !existsSync(join(SQLITE_MIGRATIONS, name)));
    if (unknown) throw new BackupError(`${file} is of a newer version of Beckon: this one does not know ${unknown}.`);
    const bytes =
      Number(client.pragma('page_count', { simple: true })) * Number(client.pragma('page_size', { simple: true }));
    return { bytes, tables, migration };
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} cannot be read as a database (${(error as Error).message}).`);
  } finally {
    client?.close();
  }
}

/** Moves what the write-ahead log holds into the file. */
function fold(file: string): void {
  try {
    const client = new SqliteDatabase(file);
    client.pragma('wal_checkpoint(TRUNCATE)');
    client.close();
  } catch {
    // A damaged one is what is being replaced: it is kept as it is.
  }
}

function toDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
