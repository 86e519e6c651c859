import type { SQLiteAsyncDatabase } from 'drizzle-orm/sqlite-core';
import type { Config } from '../config.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Drizzle on the engine in use, under the type of its asynchronous SQLite: use the part that both engines share
 * (select, insert, update, delete, onConflict…, returning) and await every statement.
 */
export type Queries = SQLiteAsyncDatabase<'async', unknown>;

export interface Database {
  /** Reads what is committed. Never write through it. */
  readonly read: Queries;
  /**
   * Runs `work`, whose reads all find one and the same state, whatever is committed meanwhile. Nothing may be written in it that
   * is to be read in it. (SQLite: for as long as nothing but the database is awaited, which is so of every query.)
   */
  snapshot<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one write transaction and commits it, or rolls it back where `work` throws; then throws the same.
   * Nothing but the database may be awaited inside. `work` may be run again after a conflict (PostgreSQL), so it must
   * have no effect outside of `tx`.
   */
  write<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T>;
  /** Calls `hear` with each text that `WriteTransaction.notify` announced, from this process and every other node. */
  listen(hear: (text: string) => void): void;
  /** Calls `again` when announcements may have been missed (a lost connection to PostgreSQL came back). */
  onGap(again: () => void): void;
  /** Transactions that wait for their turn: for the writer (SQLite), or for a connection (PostgreSQL). */
  queued(): number;
  /** Throws unless the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Announced in place of what may have been lost: everybody who waits looks again, as after a gap. */
export const LOOK_AGAIN = '["*"]';

export interface WriteTransaction {
  /** What a statement fails with that returns nothing may be thrown by a later one, or when `work` is done (PostgreSQL). */
  readonly q: Queries;
  /**
   * Announces a text (at most 7,000 bytes) to every listener of every node, once this transaction has committed. Other nodes
   * miss it where this one dies at that very moment: who finds it dead has everybody look again (`keepLease`).
   */
  notify(text: string): Promise<void>;
}

/** What the log and the metrics are told by the database layer. */
export interface DatabaseLog {
  /** So many transactions were made durable by one commit; they took so long together. */
  committed(transactions: number, milliseconds: number): void;
  slowWrite(milliseconds: number): void;
  /** The thread that checkpoints has ended (SQLite); the next one is tried after some more commits. */
  checkpointFailed(error: Error): void;
  lostConnection(error: Error): void;
  /** The connection that hears announcements is there again (PostgreSQL). */
  reconnected(): void;
}

/** A write transaction that takes longer than this holds everybody up, and is logged (design, Data). */
export const SLOW_WRITE_MS = 50;

/** Opens the database that the settings name and applies the migrations that it lacks. */
export function openDatabase(
  config: Pick<Config, 'engine' | 'DATABASE_URL' | 'DATA_DIR' | 'SQLITE_SYNCHRONOUS'>,
  log: DatabaseLog,
): Promise<Database> {
  return config.engine === 'postgres' ? openPostgres(config.DATABASE_URL ?? '', log) : openSqlite(config, log);
}
