import { createServer } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startProxy } from '../../client/testing/proxy.ts';
import { databaseEngine } from '../config.ts';
import { freshDatabase } from '../testing/database.ts';
import { SILENT_DATABASE_LOG } from '../testing/database-log.ts';
import { connectToPostgres } from '../testing/postgres-client.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { RECONNECT_MS } from './channel.ts';
import type { Queries } from './database.ts';
import { openPostgres } from './postgres.ts';
import { prepared } from './prepared.ts';
import { signInFailures } from './tables/rate-limits.ts';
import { isUniqueViolation } from './unique-violation.ts';

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

describe.runIf(databaseEngine() === 'postgres')('writes that return nothing are not waited for', () => {
  const add = (q: Queries, emailKey: string) =>
    q.insert(signInFailures).values({ emailKey, failures: 1, blockedUntil: 0 });

  async function opened() {
    const database = await openPostgres((await freshDatabase()).DATABASE_URL, SILENT_DATABASE_LOG);
    closeAfterTest(() => database.close());
    await database.write(({ q }) => add(q, 'there'));
    const kept = async () => (await database.read.select().from(signInFailures)).map(({ emailKey }) => emailKey).sort();
    return { database, kept };
  }

  it('are seen by what is read after them, and kept in their order', async () => {
    const { database, kept } = await opened();
    const seen = await database.write(async ({ q }) => {
      await add(q, 'new');
      await q.delete(signInFailures).where(eq(signInFailures.emailKey, 'there'));
      await add(q, 'there');
      return q.select().from(signInFailures);
    });
    expect(seen).toHaveLength(2);
    expect(await kept()).toEqual(['new', 'there']);
  });

  it.each<[string, (q: Queries) => PromiseLike<unknown>, boolean?]>([
    ['the commit', async () => {}],
    ['the commit, to which PostgreSQL says nothing but ROLLBACK where nothing is announced', async () => {}, false],
    ['the next statement that returns something', (q: Queries) => q.select().from(signInFailures)],
    ['the commit, though others failed after them', (q: Queries) => q.delete(signInFailures)],
  ])('what they fail with is thrown by %s, and nothing is kept', async (_by, next, announced = true) => {
    const { database, kept } = await opened();
    const writing = database.write(async (tx) => {
      await add(tx.q, 'new');
      await add(tx.q, 'there');
      await next(tx.q);
      if (announced) await tx.notify('never');
    });
    await expect(writing).rejects.toSatisfy(isUniqueViolation);
    expect(await kept()).toEqual(['there']);
    // The connection is as good as before.
    await database.write(({ q }) => add(q, 'later'));
    expect(await kept()).toEqual(['later', 'there']);
  });

  it('are undone where the work throws before they are answered', async () => {
    const { database, kept } = await opened();
    const writing = database.write(async ({ q }) => {
      await add(q, 'new');
      throw new Error('changed its mind');
    });
    await expect(writing).rejects.toThrow('changed its mind');
    expect(await kept()).toEqual(['there']);
  });

  it('those that were never run because of one before them run the next time', async () => {
    const { database, kept } = await opened();
    // On the connection that was opened first, as nothing else is under way: none of these was planned there.
    const write = (emailKey: string) =>
      database.write(async ({ q }) => {
        await add(q, emailKey);
        await q.update(signInFailures).set({ failures: 2 }).where(eq(signInFailures.emailKey, emailKey));
        await q.update(signInFailures).set({ failures: 3 }).where(eq(signInFailures.emailKey, emailKey));
        return q.select({ failures: signInFailures.failures }).from(signInFailures).orderBy(signInFailures.emailKey);
      });
    await expect(write('there')).rejects.toSatisfy(isUniqueViolation);
    expect(await write('new')).toEqual([{ failures: 3 }, { failures: 1 }]);
    expect(await kept()).toEqual(['new', 'there']);
  });

  it('statements beyond those that stay planned run as well, those that have a name of their own among them', async () => {
    const { database, kept } = await opened();
    const named = prepared('named_failures', (q) =>
      q
        .select({ failures: signInFailures.failures })
        .from(signInFailures)
        .where(eq(signInFailures.emailKey, sql.placeholder('key'))),
    );
    await database.write(async ({ q }) => {
      for (let i = 0; i < 310; i++) await q.update(signInFailures).set({ failures: sql.raw(`failures + ${i}`) });
    });
    for (let round = 0; round < 2; round++) {
      await database.write(async ({ q }) => {
        expect(await named(q, { key: 'there' })).toEqual([{ failures: 47_896 }]);
        await add(q, `round ${round}`);
      });
      expect(await named(database.read, { key: 'there' })).toEqual([{ failures: 47_896 }]);
    }
    expect(await kept()).toEqual(['round 0', 'round 1', 'there']);
  });

  it('one that failed the first time that it was run is run again by the same connection', async () => {
    const { database, kept } = await opened();
    const write = (emailKey: string) => database.write(({ q }) => add(q, emailKey).returning());
    await expect(write('there')).rejects.toSatisfy(isUniqueViolation);
    expect(await write('new')).toHaveLength(1);
    expect(await write('newer')).toHaveLength(1);
    expect(await kept()).toEqual(['new', 'newer', 'there']);
  });

  it('what was read and failed is read again by the same connection', async () => {
    const { database } = await opened();
    const divided = (by: number) =>
      database.read.select({ half: sql<number>`failures / ${by}::int` }).from(signInFailures);
    await expect(divided(0)).rejects.toMatchObject({ cause: { code: '22012' } });
    expect(await divided(1)).toEqual([{ half: '1' }]);
    expect(await divided(1)).toEqual([{ half: '1' }]);
  });

  it('a failure that the work passes over is thrown by the commit all the same, which keeps nothing', async () => {
    const { database, kept } = await opened();
    const writing = database.write(async ({ q }) => {
      await add(q, 'new');
      await add(q, 'there')
        .returning()
        .catch(() => {});
    });
    await expect(writing).rejects.toSatisfy(isUniqueViolation);
    expect(await kept()).toEqual(['there']);
  });

  it('one that returns something fails where it stands', async () => {
    const { database } = await opened();
    const where = await database
      .write(async ({ q }) => {
        await add(q, 'there')
          .returning()
          .catch((error: unknown) => {
            throw new Error('here', { cause: error });
          });
      })
      .catch((error: Error) => error.message);
    expect(where).toBe('here');
  });
});

describe.runIf(databaseEngine() === 'postgres')('announcements', () => {
  /** A database, and what a listener that is no node of it hears. */
  async function announcing() {
    const { DATABASE_URL: url } = await freshDatabase();
    const lost = Promise.withResolvers<void>();
    const database = await openPostgres(url, { ...SILENT_DATABASE_LOG, lostConnection: () => lost.resolve() });
    const client = await connectToPostgres(url);
    const heard: string[] = [];
    let waiting: { count: number; resolve(): void } | null = null;
    client.on('notification', ({ payload = '' }) => {
      heard.push(payload);
      if (heard.length === waiting?.count) waiting.resolve();
    });
    await client.query('listen beckon');
    const hear = async (count: number) => {
      await new Promise<void>((resolve) => {
        waiting = { count, resolve };
        if (heard.length >= count) resolve();
      });
      return heard;
    };
    const announce = (text: string) => database.write((tx) => tx.notify(text));
    return { url, database, client, hear, announce, lost: lost.promise };
  }

  it('are heard by this process with the commit, and by all others once each', async () => {
    const { url, database, hear, announce } = await announcing();
    closeAfterTest(() => database.close());
    const other = await openPostgres(url, SILENT_DATABASE_LOG);
    closeAfterTest(() => other.close());
    const here: string[] = [];
    const told = Promise.withResolvers<void>();
    database.listen((text) => {
      here.push(text);
      if (text === 'back') told.resolve();
    });
    await announce('first');
    expect(here).toEqual(['first']);
    const texts = Array.from({ length: 30 }, (_, i) => `text ${i}`);
    await Promise.all(texts.map(announce));
    expect([...here].sort()).toEqual(['first', ...texts].sort());
    expect([...(await hear(31))].sort()).toEqual(['first', ...texts].sort());
    // What comes back of its own would come before this.
    await other.write((tx) => tx.notify('back'));
    await told.promise;
    expect(here).toHaveLength(32);
  });

  it('nobody hears of what was not committed', async () => {
    const { database, hear, announce } = await announcing();
    closeAfterTest(() => database.close());
    const undone = database.write(async (tx) => {
      await tx.notify('undone');
      throw new Error('changed its mind');
    });
    await expect(undone).rejects.toThrow('changed its mind');
    await announce('done');
    expect(await hear(1)).toEqual(['done']);
  });

  it('wait for a connection that is lost, and are sent when it is there again', async () => {
    const { database, client, hear, announce, lost } = await announcing();
    closeAfterTest(() => database.close());
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'beckon listener'",
    );
    await lost;
    await announce('meanwhile');
    expect(await hear(1)).toEqual(['meanwhile']);
  });

  it('are all sent before the database is closed', async () => {
    const { database, hear, announce } = await announcing();
    await announce('first');
    await announce('last');
    await database.close();
    expect(await hear(2)).toEqual(['first', 'last']);
  });

  it('are made, too, where the connection broke as it committed: nobody knows whether it has', async () => {
    const address = new URL((await freshDatabase()).DATABASE_URL);
    const proxy = await startProxy(Number(address.port));
    closeAfterTest(() => proxy.close());
    address.port = String(proxy.port);
    const database = await openPostgres(address.href, SILENT_DATABASE_LOG);
    closeAfterTest(() => database.close());
    const heard = Promise.withResolvers<string>();
    database.listen(heard.resolve);
    const writing = database.write(async (tx) => {
      await tx.q.select().from(signInFailures);
      await tx.notify('in doubt');
      proxy.cut();
    });
    await expect(writing).rejects.toThrow();
    expect(await heard.promise).toBe('in doubt');
  });
});
