import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { type Licence, licences } from '../db/tables/licences.ts';
import type { Service } from '../db/tables/roles.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildCompany } from '../testing/builders.ts';
import { buildLicence } from '../testing/licences.ts';
import { change } from './change.ts';
import { systemContext } from './context.ts';
import { DAY_MS } from './rate-limits.ts';
import { freeSeat, seatsByService, seatsOf, takeSeat } from './seats.ts';

/** Rounds of the race for the last seat. */
const ROUNDS = 200;

const take = (app: TestApp, companyId: string, service: Service = 'MONITORING') =>
  change(systemContext(app.services), 'take', {}, (tx) => takeSeat(tx, companyId, service));
const free = (app: TestApp, id: string) =>
  change(systemContext(app.services), 'free', {}, (tx) => freeSeat(tx, id).then(() => null));
const used = async (app: TestApp, { id }: Licence) =>
  (await app.services.db.read.select().from(licences).where(eq(licences.id, id)))[0]?.seatsUsed;

describe('seats', () => {
  it('LIC-12 are taken until none is left, and can be taken again when given back', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const licence = await buildLicence(app, { companyId, seats: 2 });
    expect(await take(app, companyId)).toBe(licence.id);
    expect(await take(app, companyId)).toBe(licence.id);
    expect(await take(app, companyId)).toBeNull();
    expect(await seatsOf(app.services.db.read, companyId, 'MONITORING', app.clock.now())).toEqual({
      service: 'MONITORING',
      licences: 1,
      seats: 2,
      seatsUsed: 2,
    });
    await free(app, licence.id);
    expect(await take(app, companyId)).toBe(licence.id);
  });

  it('LIC-12 never go below none', async () => {
    const app = await testApp();
    const licence = await buildLicence(app, { companyId: (await buildCompany(app)).companyId });
    await free(app, licence.id);
    expect(await used(app, licence)).toBe(0);
  });

  it('LIC-11 come from licences of the service, of the company, activated, not suspended and within their term', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const other = await buildCompany(app);
    const now = app.clock.now();
    await buildLicence(app, { companyId, product: 'BACKUP' });
    await buildLicence(app, { companyId: other.companyId });
    await buildLicence(app, { companyId: null });
    await buildLicence(app, { companyId, suspendedAt: now });
    await buildLicence(app, { companyId, expiresAt: now });
    expect(await take(app, companyId)).toBeNull();
    expect(await seatsOf(app.services.db.read, companyId, 'MONITORING', now)).toMatchObject({ licences: 0, seats: 0 });
    const last = await buildLicence(app, { companyId, expiresAt: now + 1 });
    expect(await take(app, companyId)).toBe(last.id);
  });

  it('LIC-12 the licence with the longest term is filled first, then the next', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const now = app.clock.now();
    const short = await buildLicence(app, { companyId, seats: 1, expiresAt: now + DAY_MS });
    const long = await buildLicence(app, { companyId, seats: 1, expiresAt: now + 2 * DAY_MS });
    expect([await take(app, companyId), await take(app, companyId), await take(app, companyId)]).toEqual([
      long.id,
      short.id,
      null,
    ]);
  });

  it('SVC-01 SVC-02 of every service are told, with none for what was not bought', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    await buildLicence(app, { companyId, product: 'BACKUP', seats: 3 });
    await buildLicence(app, { companyId, product: 'BACKUP', seats: 4 });
    const all = await seatsByService(app.services.db.read, companyId, app.clock.now());
    expect(all).toHaveLength(6);
    expect(all.filter((seats) => seats.licences > 0)).toEqual([
      { service: 'BACKUP', licences: 2, seats: 7, seatsUsed: 0 },
    ]);
  });

  it(`LIC-12 the last seat, raced for by two on two nodes ${ROUNDS} times, goes to one of them each time`, async () => {
    const app = await testApp();
    const other = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    const { companyId } = await buildCompany(app);
    const licence = await buildLicence(app, { companyId, seats: 2 });
    await take(app, companyId);
    for (let round = 0; round < ROUNDS; round++) {
      const nodes = round % 2 === 0 ? [app, other] : [other, app];
      const outcomes = await Promise.all(nodes.map((node) => take(node, companyId)));
      expect(outcomes.filter((id) => id === licence.id)).toHaveLength(1);
      expect(outcomes.filter((id) => id === null)).toHaveLength(1);
      expect(await used(app, licence)).toBe(2);
      await free(app, licence.id);
    }
  });

  it('LIC-12 many at once take no more than there are, over several licences', async () => {
    const app = await testApp();
    const other = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    const { companyId } = await buildCompany(app);
    await buildLicence(app, { companyId, seats: 3 });
    await buildLicence(app, { companyId, seats: 4 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => take(i % 2 ? app : other, companyId)));
    expect(outcomes.filter((id) => id !== null)).toHaveLength(7);
  });
});
