import { and, eq } from 'drizzle-orm';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { databaseEngine } from '../config.ts';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';
import { connectToPostgres } from '../testing/postgres-client.ts';
import { lookup } from './lookup.ts';
import { Batch } from './statement-batch.ts';
import { devices, notRemoved } from './tables/devices.ts';

const nameOf = lookup('test_device_name', devices.id, (q, asked) =>
  q.select({ key: devices.id, name: devices.name }).from(devices).where(asked),
);

it('each who asks in one turn gets the row of its own key, by one statement on PostgreSQL, and what is written since', async () => {
  const app = await testApp();
  const { device: one } = await buildDevice(app, { name: 'One' });
  const { device: other } = await buildDevice(app, { name: 'Other' });
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const keys = [one.id, 'nobody', other.id, '{"quoted","}', one.id];
  const found = await Promise.all(keys.map((key) => nameOf(app.services.db.read, key)));
  expect(found.map((row) => row?.name)).toEqual(['One', undefined, 'Other', undefined, 'One']);
  const batches = query.mock.calls.map(([batch]): unknown => batch).filter((batch) => batch instanceof Batch);
  // The server's own jobs may ask for something meanwhile.
  const sent = batches.flatMap(({ statements }) => statements.filter(({ plan }) => plan.name === 'test_device_name'));
  expect(sent).toHaveLength(databaseEngine() === 'postgres' ? 1 : 0);
  query.mockRestore();

  await app.services.db.write(async ({ q }) => void (await q.update(devices).set({ name: 'Renamed' })));
  expect((await nameOf(app.services.db.read, one.id))?.name).toBe('Renamed');
});

it('more keys than one statement takes are asked for by several', async () => {
  const app = await testApp();
  const { device } = await buildDevice(app, { name: 'Last' });
  const keys = [...Array.from({ length: 1_200 }, (_, i) => `nobody ${i}`), device.id];
  const found = await Promise.all(keys.map((key) => nameOf(app.services.db.read, key)));
  expect(found.filter(Boolean)).toEqual([{ key: device.id, name: 'Last' }]);
});

it.runIf(databaseEngine() === 'postgres')(
  'a device is found by its key, not among all, also while PostgreSQL knows nothing of their table',
  async () => {
    const app = await testApp();
    const client = await connectToPostgres(app.config.DATABASE_URL);
    // Where it was told that there are few, it may read them all. An earlier test's database may have been told.
    await client.query('alter table devices set (autovacuum_enabled = false); truncate devices cascade');
    for (let i = 0; i < 130; i++) await buildDevice(app);
    for (const key of [devices.id, devices.address, devices.aliasKey, devices.credentialHash]) {
      const byKey = app.services.db.read
        .select()
        .from(devices)
        .where(and(eq(key, 'one'), notRemoved));
      const { rows } = await client.query(`explain (generic_plan) ${byKey.toSQL().sql}`);
      expect(rows.map((row) => row['QUERY PLAN']).join()).toContain(`Index Cond: (${key.name} = $1)`);
    }
  },
);
