import type { DatabaseLog } from '../db/database.ts';

/** For databases of tests that have no server above them. */
export const SILENT_DATABASE_LOG: DatabaseLog = {
  committed() {},
  slowWrite() {},
  checkpointFailed() {},
  lostConnection() {},
  reconnected() {},
};
