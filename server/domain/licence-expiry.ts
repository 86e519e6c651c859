import { and, asc, eq, isNotNull, isNull, lte, min } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { licences } from '../db/tables/licences.ts';
import type { Change } from './change.ts';
import { emitLicence } from './licences.ts';

/** Activated licences whose end has not been announced: before that nobody is there to be told. */
const unannounced = () => and(isNotNull(licences.holderId), isNull(licences.expiryAnnouncedAt));

/**
 * Announces licences whose term is over, at most `limit`; returns how many were due. It decides nothing: what is past
 * its end is expired for everyone already. Of several nodes, one announces each, once. Event: licence EXPIRED.
 */
export async function expireLicences(tx: Change, limit: number): Promise<number> {
  const due = await tx.q
    .select({ id: licences.id })
    .from(licences)
    .where(and(unannounced(), lte(licences.expiresAt, tx.now)))
    .orderBy(asc(licences.expiresAt))
    .limit(limit);
  for (const { id } of due) {
    // The end is asked again: it may have been renewed meanwhile.
    const [licence] = await tx.q
      .update(licences)
      .set({ expiryAnnouncedAt: tx.now })
      .where(and(eq(licences.id, id), unannounced(), lte(licences.expiresAt, tx.now)))
      .returning();
    if (licence) emitLicence(tx, 'EXPIRED', licence, { after: { expiresAt: licence.expiresAt } });
  }
  return due.length;
}

/** The nearest end that is to be announced; null where there is none. */
export async function nearestLicenceExpiry(q: Queries): Promise<number | null> {
  const [row] = await q
    .select({ at: min(licences.expiresAt) })
    .from(licences)
    .where(unannounced());
  return row?.at === null || row?.at === undefined ? null : Number(row.at);
}
