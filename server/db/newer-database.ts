import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An older program on a newer database would write rows that the newer one does not understand: it is not to start.
 * @param applied The names of the migrations that the database has.
 * @param folder Where those are that this program knows.
 * @throws Error BECKON_NEWER_DATABASE with the first that it does not know.
 */
export function refuseNewer(applied: readonly string[], folder: string): void {
  const unknown = applied.find((name) => !existsSync(join(folder, name)));
  if (unknown === undefined) return;
  throw Object.assign(new Error(`this version of Beckon does not know ${unknown}`), { code: 'BECKON_NEWER_DATABASE' });
}
