import { type Licence, licences } from '../db/tables/licences.ts';
import { DAY_MS } from '../domain/rate-limits.ts';
import { newId } from '../lib/ids.ts';
import type { RunningApp } from './app.ts';
import { buildAccount } from './builders.ts';

/**
 * A licence for Monitoring with ten seats and a month, written straight away: active where a company is given, not
 * activated otherwise. What issues and activates licences has tests of its own.
 */
export async function buildLicence(app: RunningApp, values: Partial<Licence> = {}): Promise<Licence> {
  const now = app.clock.now();
  const active = values.companyId
    ? { holderId: values.holderId ?? (await buildAccount(app)).account.id, activatedAt: now }
    : {};
  const licence: Licence = {
    id: newId('Licence'),
    product: 'MONITORING',
    edition: 'CORPORATE',
    seats: 10,
    seatsUsed: 0,
    purchaseEmail: 'buyer@example.test',
    issuedAt: now,
    expiresAt: now + 30 * DAY_MS,
    expiryAnnouncedAt: null,
    suspendedAt: null,
    holderId: null,
    companyId: null,
    activatedAt: null,
    ...values,
    ...active,
  };
  await app.services.db.write(async ({ q }) => {
    await q.insert(licences).values(licence);
  });
  return licence;
}
