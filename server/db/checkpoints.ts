import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type SqliteDatabase from 'better-sqlite3';

/**
 * Commits between two checkpoints. An invitation's changes some 33 pages, and a checkpoint of 1,000 takes 5 to 15 ms
 * (docs/decisions/0025), which SQLite would have the commit that comes to 1,000 wait for, and everybody with it.
 */
const COMMITS = 64;

/**
 * Pages in the log at which SQLite checkpoints by itself, in the commit: large transactions, and what is left of a log that is
 * written to all the time, so that it is begun anew. Some 16 MiB, which are read in well under a second after a crash.
 */
const MOST_PAGES = 4_000;

/** Copies what was committed from SQLite's write-ahead log into its file, by a thread that begins when it is first needed. */
export class Checkpoints {
  readonly #file: string;
  readonly #failed: (error: Error) => void;
  #worker: Worker | null = null;
  #running = false;
  #commits = 0;

  /** For the file that `writer` writes to. `failed` is told what a thread ended with. */
  constructor(file: string, writer: SqliteDatabase.Database, failed: (error: Error) => void) {
    this.#file = file;
    this.#failed = failed;
    writer.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
  }

  /** To be called after each commit. */
  committed(): void {
    this.#commits += 1;
    if (this.#running || this.#commits < COMMITS) return;
    this.#commits = 0;
    this.#running = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage('checkpoint');
  }

  /**
   * Waits until the thread has come to its end by itself. One that was terminated while it loads better-sqlite3 would take the
   * process with it, for a native module takes that as fatal.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = null;
    const ended = new Promise((resolve) => void worker.once('exit', resolve));
    worker.ref();
    worker.postMessage('close');
    await ended;
  }

  #start(): Worker {
    // Beside this file, or beside the bundle that it is built into.
    const script = new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(script, { workerData: this.#file });
    worker.on('message', () => {
      this.#running = false;
    });
    // A disk that is full or broken: SQLite checkpoints by itself until the next thread does.
    worker.on('error', (error) => {
      this.#worker = null;
      this.#running = false;
      this.#failed(error as Error);
    });
    worker.unref();
    return worker;
  }
}
