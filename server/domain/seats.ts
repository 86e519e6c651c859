import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { licences } from '../db/tables/licences.ts';
import { SERVICES, type Service } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import { withLicenceStatus } from './licence-status.ts';

/**
 * Takes one seat for a service on one device out of the company's licences that are active now, and returns the
 * licence it is of; null where none has a free seat (`seatsOf` tells whether there is a licence at all). Of two that
 * race for the last seat, on whatever nodes, one gets it (LIC-12). For operations that have judged who may; to be
 * repeated with care, because each call takes a seat.
 */
export async function takeSeat(tx: Change, companyId: string, service: Service): Promise<string | null> {
  const free = and(withLicenceStatus('ACTIVE', tx.now), lt(licences.seatsUsed, licences.seats));
  // Always in one order, so that transactions that take many never wait for each other in a circle. The longest term
  // comes first: a seat of it has not to be taken anew soon.
  const candidates = await tx.q
    .select({ id: licences.id })
    .from(licences)
    .where(and(eq(licences.companyId, companyId), eq(licences.product, service), free))
    .orderBy(desc(licences.expiresAt), asc(licences.id));
  for (const { id } of candidates) {
    const [taken] = await tx.q
      .update(licences)
      .set({ seatsUsed: sql`${licences.seatsUsed} + 1` })
      .where(and(eq(licences.id, id), eq(licences.companyId, companyId), free))
      .returning({ id: licences.id });
    if (taken) return taken.id;
  }
  return null;
}

/**
 * Locks the company's licences of a service, after the devices: nobody takes or frees a seat, suspends or renews
 * before the transaction is through, so that all of a call is judged by what it finds.
 */
export async function lockSeats(tx: Change, companyId: string, service: Service): Promise<void> {
  const all = tx.q
    .select({ id: licences.id })
    .from(licences)
    .where(and(eq(licences.companyId, companyId), eq(licences.product, service)))
    .orderBy(asc(licences.id));
  await locked(all, licences);
}

/**
 * Gives one seat of a licence back, whatever became of the licence. Who calls it makes sure, by a conditional update
 * of what held the seat, that it is given back once.
 */
export async function freeSeat(tx: Change, licenceId: string): Promise<void> {
  await tx.q
    .update(licences)
    .set({ seatsUsed: sql`${licences.seatsUsed} - 1` })
    .where(and(eq(licences.id, licenceId), gt(licences.seatsUsed, 0)));
}

/** What the company's active licences of one service cover together. `licences` 0: it was not bought, or lapsed. */
export interface Seats {
  readonly service: Service;
  readonly licences: number;
  readonly seats: number;
  readonly seatsUsed: number;
}

/** The seats of every service, in the order of the catalogue, with zeros for what was not bought (SVC-01, SVC-02). */
export async function seatsByService(q: Queries, companyId: string, now: number): Promise<Seats[]> {
  const rows = await q
    .select({ product: licences.product, seats: licences.seats, seatsUsed: licences.seatsUsed })
    .from(licences)
    .where(and(eq(licences.companyId, companyId), withLicenceStatus('ACTIVE', now)));
  return SERVICES.map((service) => {
    const own = rows.filter(({ product }) => product === service);
    const sum = (column: 'seats' | 'seatsUsed') => own.reduce((total, row) => total + row[column], 0);
    return { service, licences: own.length, seats: sum('seats'), seatsUsed: sum('seatsUsed') };
  });
}

/** The seats of one service. Its overview offers to activate it where `licences` is not 0 (SVC-01, SVC-02). */
export async function seatsOf(q: Queries, companyId: string, service: Service, now: number): Promise<Seats> {
  const found = (await seatsByService(q, companyId, now)).find((seats) => seats.service === service);
  if (!found) throw new Error(`no service ${service}`);
  return found;
}
