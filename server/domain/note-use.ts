import type { Queries } from '../db/database.ts';
import type { Services } from './context.ts';

/**
 * Notes that a sign-in or token was used. Where the database takes no writes, as on a full disk, that is logged and keeps nobody
 * from reading: what is known of the last use, and the end of a sign-in that is not used, stay where they were.
 */
export async function noteUse(
  { db, log }: Pick<Services, 'db' | 'log'>,
  write: (q: Queries) => Promise<void>,
): Promise<void> {
  try {
    await db.write(({ q }) => write(q));
  } catch (error) {
    log.warn({ err: error }, 'the use of a credential could not be noted');
  }
}
