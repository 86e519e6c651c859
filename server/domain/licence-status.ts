import { and, gt, isNotNull, isNull, lte, type SQL } from 'drizzle-orm';
import { type Licence, licences } from '../db/tables/licences.ts';

/**
 * ISSUED: nobody has activated it yet. ACTIVE: its service can be put on devices. SUSPENDED, EXPIRED: not for now, and
 * not any more, whether it was activated or not.
 */
export type LicenceStatus = 'ISSUED' | 'ACTIVE' | 'SUSPENDED' | 'EXPIRED';

/** Where the licence stands at an instant: it has expired at the end of its term, announced or not. */
export function licenceStatusAt(
  licence: Pick<Licence, 'expiresAt' | 'suspendedAt' | 'holderId'>,
  now: number,
): LicenceStatus {
  if (licence.expiresAt <= now) return 'EXPIRED';
  if (licence.suspendedAt !== null) return 'SUSPENDED';
  return licence.holderId === null ? 'ISSUED' : 'ACTIVE';
}

/** The same, as a condition of the database. */
export function withLicenceStatus(status: LicenceStatus, now: number): SQL | undefined {
  if (status === 'EXPIRED') return lte(licences.expiresAt, now);
  const running = gt(licences.expiresAt, now);
  if (status === 'SUSPENDED') return and(running, isNotNull(licences.suspendedAt));
  const holder = status === 'ISSUED' ? isNull(licences.holderId) : isNotNull(licences.holderId);
  return and(running, isNull(licences.suspendedAt), holder);
}
