import { and, eq, gt, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * How rows with a deadline are chosen by status. The clock judges: one that is recorded as pending has expired once
 * its deadline is reached.
 */
export type StatusFilter = 'ANY' | 'PENDING' | 'EXPIRED' | 'SETTLED';

export function statusFilterOf(status: string | null | undefined): StatusFilter {
  if (status === null || status === undefined) return 'ANY';
  return status === 'PENDING' || status === 'EXPIRED' ? status : 'SETTLED';
}

interface WithDeadline {
  readonly status: SQLWrapper;
  readonly createdAt: SQLWrapper;
  readonly expiresAt: SQLWrapper;
}

/** The condition for prepared statements; its placeholders are filled by `statusArgs`. */
export function statusIs(filter: StatusFilter, row: WithDeadline): SQL | undefined {
  const now = sql.placeholder('now');
  switch (filter) {
    case 'ANY':
      return undefined;
    case 'PENDING':
      // Nothing older can be pending: so the index on `createdAt` is read as far as the longest wait, not to its end.
      return and(eq(row.status, 'PENDING'), gt(row.expiresAt, now), gt(row.createdAt, sql.placeholder('since')));
    case 'EXPIRED':
      return or(eq(row.status, 'EXPIRED'), and(eq(row.status, 'PENDING'), lte(row.expiresAt, now)));
    case 'SETTLED':
      return eq(row.status, sql.placeholder('status'));
  }
}

/** @param ttlMs How long a row of this kind can be pending. */
export function statusArgs(
  status: string | null | undefined,
  now: number,
  ttlMs: number,
): { now: number; since: number; status: string } {
  return { now, since: now - ttlMs, status: status ?? '' };
}
