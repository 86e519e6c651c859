import { createServer } from 'node:net';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startProxy } from '../../client/testing/proxy.ts';
import { databaseEngine } from '../config.ts';
import { freshDatabase } from '../testing/database.ts';
import { SILENT_DATABASE_LOG } from '../testing/database-log.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { openPostgres, RECONNECT_MS } from './postgres.ts';

/** Tries of the listening connection during the outage: enough that doubling ones would be many. */
const TRIES = 4;

/** A timer may fire a little before its time by the clock that is read here. */
const EARLY_MS = 20;

it.runIf(databaseEngine() === 'postgres')(
  'while the database is away the listening connection is tried one at a time; then one listens again, and all look again',
  async () => {
    const address = new URL((await freshDatabase()).DATABASE_URL);
    const proxy = await startProxy(Number(address.port));
    closeAfterTest(() => proxy.close());
    const real = proxy.target;
    const { promise: tried, resolve: enough } = Promise.withResolvers<void>();
    const instants: number[] = [];
    const away = createServer((socket) => {
      instants.push(performance.now());
      socket.destroy();
      if (instants.length === TRIES) enough();
    });
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
    closeAfterTest(() => void away.close());

    const through = new URL(address);
    through.port = String(proxy.port);
    const database = await openPostgres(through.href, SILENT_DATABASE_LOG);
    closeAfterTest(() => database.close());
    const { promise: lookedAgain, resolve: again } = Promise.withResolvers<void>();
    database.onGap(again);
    proxy.target = (away.address() as { port: number }).port;
    proxy.cut();
    await tried;
    const gaps = instants.slice(1).map((instant, i) => instant - (instants[i] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(RECONNECT_MS - EARLY_MS);

    proxy.target = real;
    await lookedAgain;
    const client = new pg.Client({ connectionString: address.href });
    await client.connect();
    closeAfterTest(() => client.end());
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'beckon listener'",
    );
    expect(rows).toHaveLength(1);
    const heard = Promise.withResolvers<string>();
    database.listen(heard.resolve);
    await database.write((tx) => tx.notify('there'));
    expect(await heard.promise).toBe('there');
  },
);
