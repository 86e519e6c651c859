import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { updateDevice } from '../domain/device-changes.ts';
import { listDevices } from '../domain/device-list.ts';
import { openNode } from '../testing/app.ts';
import { buildCompany, buildDevice, setDevice } from '../testing/builders.ts';
import { FakeClock } from '../testing/clock.ts';
import { emptyDatabase } from '../testing/database.ts';
import { closeAfterTest } from '../testing/resources.ts';

/** As a host does that lets nobody have extensions. */
const FORBID = `
  create function forbid() returns event_trigger language plpgsql as $$ begin
    raise exception 'no extensions here' using errcode = 'insufficient_privilege';
  end $$;
  create event trigger no_extensions on ddl_command_start when tag in ('CREATE EXTENSION') execute function forbid()`;

const UNINDEXED = 'searches for devices have no index, and read all of a company’s';

it.runIf(databaseEngine() === 'postgres')(
  'API-04 where PostgreSQL has no pg_trgm each start says so and searches find the same; as soon as it can be had they have their index',
  async () => {
    const database = await emptyDatabase();
    const client = new pg.Client({ connectionString: database.DATABASE_URL });
    await client.connect();
    closeAfterTest(() => client.end());
    const indexes = async () =>
      (await client.query("select indexname from pg_indexes where indexname = 'devices_search'")).rows.length;
    await client.query(FORBID);

    const clock = new FakeClock();
    const app = await openNode(database, {}, clock);
    const { companyId, admin } = await buildCompany(app);
    const { device } = await setDevice(app, await buildDevice(app, { name: 'Till' }), { companyId });
    await updateDevice(admin.ctx, { deviceId: device.id, name: 'Élodie’s till' });
    const found = async (search: string) => {
      const page = await listDevices(admin.ctx, companyId, { search }, {});
      return [page.rows.map(({ name }) => name), await page.count()];
    };
    expect(await indexes()).toBe(0);
    expect(app.log.lines.filter(({ message }) => message === UNINDEXED)).toHaveLength(1);
    expect(await found('ÉLO')).toEqual([['Élodie’s till'], 1]);
    expect(await found('zebra')).toEqual([[], 0]);
    expect((await openNode(database, {}, clock)).log.lines.map(({ message }) => message)).toContain(UNINDEXED);

    await client.query('drop event trigger no_extensions');
    const next = await openNode(database, {}, clock);
    expect(next.log.lines.map(({ message }) => message)).not.toContain(UNINDEXED);
    expect(await indexes()).toBe(1);
    expect(await found('ÉLO')).toEqual([['Élodie’s till'], 1]);
  },
);
