/**
 * The limit for what is written: rows that Beckon left behind, by prepared inserts into tables of the same columns and
 * indexes in a file of its own, with the same durability; nothing is looked up, checked or updated.
 */
import { readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';

export type Row = Record<string, unknown>;
/** A row, and the table that it goes to. */
export type Insert = readonly [table: string, row: Row];

/** What an invitation leaves, from its creation to the end of its session. */
const TABLES = ['events', 'invitations', 'support_sessions'] as const;

/** What makes a row another one than the same row of the round before. */
export const KEYS: ReadonlySet<string> = new Set(['id', 'stream', 'invitation_id', 'request_id']);

/** How the tables are made, with their indexes and without their triggers. */
export function tablesOf(source: SqliteDatabase.Database): string[] {
  const names = JSON.stringify(TABLES);
  const made = source.prepare<[string], { sql: string }>(
    `select sql from sqlite_master where tbl_name in (select value from json_each(?)) and type in ('table', 'index') and sql is not null
     order by type desc`,
  );
  return made.all(names).map(({ sql }) => sql);
}

export class BareRows {
  readonly #db: SqliteDatabase.Database;
  readonly #inserts = new Map<string, SqliteDatabase.Statement>();

  constructor(file: string, tables: readonly string[]) {
    this.#db = new SqliteDatabase(file);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('foreign_keys = OFF');
    for (const sql of tables) this.#db.exec(sql);
  }

  /** One transaction, which is on the disk when this returns. */
  write(inserts: readonly Insert[]): void {
    this.#db.exec('begin immediate');
    for (const [name, row] of inserts) this.#insert(name, row);
    this.#db.exec('commit');
  }

  clear(): void {
    for (const name of TABLES) this.#db.exec(`delete from ${name}`);
  }

  close(): void {
    this.#db.close();
  }

  #insert(name: string, row: Row): void {
    let insert = this.#inserts.get(name);
    if (!insert) {
      const columns = Object.keys(row);
      insert = this.#db.prepare(
        `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '+?').join(', ')})`,
      );
      this.#inserts.set(name, insert);
    }
    insert.run(...Object.values(row));
  }
}

/** The same rows with keys of their own. */
export function renewed(inserts: readonly Insert[], round: string): Insert[] {
  return inserts.map(([name, row]) => [
    name,
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [column, KEYS.has(column) ? `${value}${round}` : value]),
    ),
  ]);
}

/** What a server of the benchmark keeps before it tells anybody: the same as Beckon. */
export interface WritePlan {
  readonly file: string;
  readonly tables: readonly string[];
  readonly inserts: readonly Insert[];
}

/** Has the rows of a plan written, with new keys each time. */
export function plannedWrite(planFile: string): () => void {
  const { file, tables, inserts } = JSON.parse(readFileSync(planFile, 'utf8')) as WritePlan;
  const rows = new BareRows(file, tables);
  let round = 0;
  return () => rows.write(renewed(inserts, ` ${++round}`));
}
