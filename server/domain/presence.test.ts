import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databaseEngine } from '../config.ts';
import { deviceConnections, nodes } from '../db/tables/devices.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildAccount, buildCompany, buildDevice, setDevice, type TestDevice } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf } from '../testing/refusals.ts';
import { type Context, systemContext } from './context.ts';
import { removeDevice } from './device-removal.ts';
import { findAnyDevice } from './devices.ts';
import { appendEvents } from './event-append.ts';
import { streamOf } from './event-log.ts';
import { followDevice } from './inboxes.ts';
import { closePresence, keepLease, keepPresence, LEASE_MS, openPresence, RENEWAL_MS, renewLease } from './presence.ts';

const stateOf = async (app: TestApp, { device }: TestDevice) => {
  const { online, lastSeenAt } = await findAnyDevice(app.services.db.read, device.id);
  return { online, lastSeenAt };
};

/** The context of another node: another process on the same database, as far as presence can tell. */
const onNode = (ctx: Context, nodeId: string): Context => ({ ...ctx, nodeId });

/** A node that took a lease and then died: nothing of it runs on. */
async function deadNode(app: TestApp, nodeId: string): Promise<void> {
  await app.services.db.write(async ({ q }) => {
    await q.insert(nodes).values({ id: nodeId, leaseUntil: app.clock.now() + LEASE_MS });
  });
}

/** Lets the clock reach the next renewal, and this node take its round. */
async function nextRound(app: TestApp): Promise<void> {
  app.clock.advance(RENEWAL_MS);
  await renewLease(systemContext(app.services));
}

describe('presence', () => {
  it('a device is online from its first stream to its last, and every side hears of these two', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const owner = await buildAccount(app);
    const device = await setDevice(app, await buildDevice(app), { companyId, accountId: owner.account.id });
    const id = device.device.id;
    const streams = [streamOf.device(id), streamOf.account(owner.account.id), streamOf.company(companyId)];
    const listeners = await Promise.all(streams.map((stream) => listenTo(admin.ctx, stream)));
    expect(await stateOf(app, device)).toEqual({ online: false, lastSeenAt: null });
    const first = await openPresence(device.ctx, id);
    const second = await openPresence(device.ctx, id);
    app.clock.advance(5);
    await closePresence(device.ctx, first);
    expect(await stateOf(app, device)).toEqual({ online: true, lastSeenAt: app.clock.now() });
    app.clock.advance(5);
    await closePresence(device.ctx, second);
    await closePresence(device.ctx, second);
    expect(await stateOf(app, device)).toEqual({ online: false, lastSeenAt: app.clock.now() });
    await openPresence(device.ctx, id);
    for (const listener of listeners) {
      expect(await listener.changes(3)).toEqual(['device ONLINE', 'device OFFLINE', 'device ONLINE']);
    }
  });

  it('only a device itself opens its presence, and closes none of another', async () => {
    const app = await testApp();
    const [device, other] = [await buildDevice(app), await buildDevice(app)];
    await denialOf(openPresence(other.ctx, device.device.id), 'NOT_FOUND');
    await denialOf(openPresence((await buildAccount(app)).ctx, device.device.id), 'FORBIDDEN');
    const id = await openPresence(device.ctx, device.device.id);
    await denialOf(closePresence(other.ctx, id), 'NOT_FOUND');
    expect(await stateOf(app, device)).toMatchObject({ online: true });
  });

  it('a removed device opens no presence, and closing its last stream is no event', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const id = await openPresence(device.ctx, device.device.id);
    const events = await listenTo(device.ctx, streamOf.device(device.device.id));
    await removeDevice(device.ctx, {});
    await closePresence(device.ctx, id);
    await denialOf(openPresence(device.ctx, device.device.id), 'NOT_FOUND');
    await denialOf(
      keepPresence(device.ctx, id, () => true),
      'NOT_FOUND',
    );
    expect(await events.changes(1)).toEqual(['device REMOVED']);
  });

  it('a device whose last stream ends while the database is away is offline with the next renewal after', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const ctx = { ...device.ctx };
    const stream = await followDevice(ctx, null);
    expect(await stateOf(app, device)).toMatchObject({ online: true });
    Object.assign(ctx, { db: { ...ctx.db, write: () => Promise.reject(new Error('away')) } });
    app.log.expectError('a device could not be marked offline');
    await stream.return?.();
    expect(await stateOf(app, device)).toMatchObject({ online: true });
    await nextRound(app);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
  });

  it('a stream whose beginning is committed without a word, as the connection is lost, does not leave its device online', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const { db } = app.services;
    const unheard: typeof db.write = async (work) => {
      await db.write(work);
      throw new Error('lost');
    };
    const ctx = { ...device.ctx, db: { ...db, write: unheard } };
    await expect(openPresence(ctx, device.device.id)).rejects.toThrow('lost');
    expect(await stateOf(app, device)).toMatchObject({ online: true });
    await nextRound(app);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
  });

  it('streams that open and close at once leave a device in the right state', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const id = device.device.id;
    for (let round = 0; round < 10; round++) {
      const open = await openPresence(device.ctx, id);
      const [, again] = await Promise.all([closePresence(device.ctx, open), openPresence(device.ctx, id)]);
      expect(await stateOf(app, device)).toMatchObject({ online: true });
      await Promise.all([closePresence(device.ctx, again), closePresence(device.ctx, again)]);
      expect(await stateOf(app, device)).toMatchObject({ online: false });
    }
  });
});

describe('nodes that die', () => {
  it.each([-1, 0, 1])(
    'a dead node’s devices stay online until its lease has lapsed: %i ms from then',
    async (offset) => {
      const app = await testApp();
      const device = await buildDevice(app);
      await deadNode(app, 'node_dead');
      await openPresence(onNode(device.ctx, 'node_dead'), device.device.id);
      // The lease ends so far from a round of the living node.
      const rounds = LEASE_MS / RENEWAL_MS;
      await app.services.db.write(async ({ q }) => {
        const leaseUntil = app.clock.now() + LEASE_MS - offset;
        await q.update(nodes).set({ leaseUntil }).where(eq(nodes.id, 'node_dead'));
      });
      const events = await listenTo(device.ctx, streamOf.device(device.device.id));
      for (let round = 0; round < rounds; round++) await nextRound(app);
      expect(await stateOf(app, device)).toMatchObject({ online: offset < 0 });
      if (offset < 0) await nextRound(app);
      expect(await events.changes(1)).toEqual(['device OFFLINE']);
    },
  );

  it('a node without any lease is dead, too', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    await openPresence(onNode(device.ctx, 'node_unheard_of'), device.device.id);
    await nextRound(app);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
  });

  it('a stream that goes on, on a node that was taken for dead, is put right', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    const asleep = onNode(device.ctx, 'node_asleep');
    const id = await openPresence(asleep, device.device.id);
    await keepPresence(asleep, id, () => true);
    await nextRound(app);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
    await keepPresence(asleep, id, () => true);
    await keepPresence(asleep, id, () => true);
    expect(await stateOf(app, device)).toMatchObject({ online: true });
    await closePresence(asleep, id);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
  });

  it('a stream that ends while it is put right does not leave its device online', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    for (const answers of [[false], [true, false]]) {
      const id = await openPresence(device.ctx, device.device.id);
      await closePresence(device.ctx, id);
      await keepPresence(device.ctx, id, () => answers.shift() ?? false);
      expect(await stateOf(app, device)).toMatchObject({ online: false });
    }
  });

  it('a node that overslept judges nobody in that round: the others may just not have had their turn', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    await deadNode(app, 'node_other');
    await openPresence(onNode(device.ctx, 'node_other'), device.device.id);
    // As after a machine was suspended.
    app.clock.advance(LEASE_MS * 4);
    await renewLease(systemContext(app.services));
    expect(await stateOf(app, device)).toMatchObject({ online: true });
    await nextRound(app);
    expect(await stateOf(app, device)).toMatchObject({ online: false });
  });

  it('a running server looks for dead nodes by itself every ten seconds', async () => {
    const app = await testApp();
    const device = await buildDevice(app);
    await openPresence(onNode(device.ctx, 'node_unheard_of'), device.device.id);
    const events = await listenTo(device.ctx, streamOf.device(device.device.id));
    app.clock.advance(RENEWAL_MS);
    expect(await events.changes(1)).toEqual(['device OFFLINE']);
  });

  it('a node that stops closes its own streams and leaves no lease', async () => {
    const app = await testApp();
    const devices = [await buildDevice(app), await buildDevice(app)];
    const ctx = systemContext({ ...app.services, nodeId: 'node_stopping' });
    const lease = await keepLease(ctx);
    for (const device of devices) await openPresence(onNode(device.ctx, 'node_stopping'), device.device.id);
    const [one] = devices;
    if (!one) throw new Error('no device');
    await openPresence(one.ctx, one.device.id);
    await lease.stop();
    expect(await Promise.all(devices.map((device) => stateOf(app, device)))).toMatchObject([
      { online: true },
      { online: false },
    ]);
    expect(await app.services.db.read.select().from(nodes)).toMatchObject([{ id: app.services.nodeId }]);
    expect(await app.services.db.read.select().from(deviceConnections)).toHaveLength(1);
  });

  it('a SQLite server that was killed starts with nobody online', async () => {
    const app = await testApp();
    const many: TestDevice[] = [];
    for (let i = 0; i < 3; i++) many.push(await buildDevice(app));
    await deadNode(app, 'node_killed');
    for (const device of many) await openPresence(onNode(device.ctx, 'node_killed'), device.device.id);
    const lease = await keepLease(systemContext({ ...app.services, nodeId: 'node_next' }));
    const left = databaseEngine() === 'sqlite' ? 0 : 3;
    expect(await app.services.db.read.select().from(deviceConnections)).toHaveLength(left);
    await lease.stop();
  });

  it('API-01 what a node that died announced no more is heard once its lease is forgotten', async () => {
    const app = await testApp();
    const node = databaseEngine() === 'postgres' ? await app.anotherNode() : app;
    await deadNode(app, 'dead');
    const reader = await listenTo(node.as({ kind: 'system' }), 'device:dev_test');
    const told = reader.next();
    await app.services.db.write(({ q }) =>
      appendEvents(q, [{ concept: 'test', change: 'HAPPENED', subject: 's', streams: ['device:dev_test'] }], {
        at: app.clock.now(),
        actor: { kind: 'SYSTEM', id: null },
        requestId: 'rq_test',
        address: null,
      }),
    );
    for (let round = 0; round < (2 * LEASE_MS) / RENEWAL_MS; round++) await nextRound(app);
    expect(await told).toMatchObject({ concept: 'test', change: 'HAPPENED' });
  });
});
