import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { benchSettings, buildExample } from './example.ts';
import { type Fillable, fillUp } from './growth-fill.ts';
import { startPostgres } from './postgres.ts';
import { progress } from './report.ts';

/** Devices that are made by the domain's own operations; all others are copies of theirs. */
const TEMPLATES = 100;

/** Bytes of the file that the copying connection keeps in memory, in KiB (negative: SQLite's own notation). */
const CACHE_KIB = -500_000;

const BUILD = fileURLToPath(new URL('./build-example.ts', import.meta.url));

/** A company with many devices, in a database of its own. */
export interface Large extends Fillable {
  readonly companyId: string;
  readonly token: string;
  /** The settings of the server over it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Has a server forget what it remembers. */
  forget(): void;
  close(): Promise<void>;
}

/** Where large companies are made: on SQLite, or on a PostgreSQL of their own. */
export interface Maker {
  make(deviceCount: number): Promise<Large>;
  close(): Promise<void>;
}

export const onSqlite: Maker = {
  async make(deviceCount) {
    const example = await buildExample(TEMPLATES);
    const db = new SqliteDatabase(join(example.folder, SQLITE_FILE));
    for (const pragma of ['journal_mode = WAL', 'synchronous = OFF', `cache_size = ${CACHE_KIB}`]) db.pragma(pragma);
    db.pragma('foreign_keys = OFF');
    const large: Fillable = {
      engine: 'sqlite',
      run: async (sql) => void db.exec(sql),
      rows: async (sql) => db.prepare<[], Record<string, unknown>>(sql).all(),
    };
    await fill(large, example.companyId, deviceCount);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('cache_size = -2000');
    const write = db.prepare(
      `insert into settings (name, value) values ('benchmark', '0') on conflict do update set value = value + 1`,
    );
    return {
      ...large,
      ...example,
      settings: benchSettings(example.folder),
      forget: () => void write.run(),
      async close() {
        db.close();
        example.remove();
      },
    };
  },
  async close() {},
};

/** A PostgreSQL as it comes, but that a start of it need not survive a crash: what is measured only reads. */
export async function onPostgres(): Promise<Maker> {
  progress('growth: making a PostgreSQL');
  const postgres = await startPostgres(['-c', 'fsync=off']);
  return {
    async make(deviceCount) {
      const url = await postgres.makeDatabase(`growth_${deviceCount}`);
      // The tables are those of one engine in each process.
      const env = { ...process.env, DATABASE_URL: url };
      const built = await promisify(execFile)(process.execPath, [BUILD, String(TEMPLATES)], { env });
      const { companyId, token } = JSON.parse(built.stdout) as { companyId: string; token: string };
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const large: Fillable = {
        engine: 'postgres',
        run: async (sql) => void (await client.query(sql)),
        rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      };
      await fill(large, companyId, deviceCount);
      return {
        ...large,
        companyId,
        token,
        settings: { ...benchSettings(tmpdir()), DATABASE_URL: url },
        // On PostgreSQL nothing is remembered.
        forget() {},
        close: () => client.end(),
      };
    },
    close: postgres.stop,
  };
}

async function fill(db: Fillable, companyId: string, deviceCount: number): Promise<void> {
  await fillUp(db, companyId, deviceCount, (what) => {
    progress(`filling up to ${deviceCount.toLocaleString('en')} devices: ${what}`);
  });
}
