import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

/** The thread of `checkpoints.ts`: checkpoints the file by a connection of its own whenever it is asked, and says when it has. */

const client = new SqliteDatabase(workerData as string);
parentPort?.on('message', (asked: 'checkpoint' | 'close') => {
  if (asked === 'close') {
    client.close();
    parentPort?.close();
    return;
  }
  // Waits for nobody, and nobody for it: what writers add meanwhile is left for the next time.
  client.pragma('wal_checkpoint(PASSIVE)');
  parentPort?.postMessage('done');
});
