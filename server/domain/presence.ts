import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import { LOOK_AGAIN } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type DeviceConnection, deviceConnections, devices, nodes, notRemoved } from '../db/tables/devices.ts';
import type { Timer } from '../lib/clock.ts';
import { type Change, change } from './change.ts';
import type { Context } from './context.ts';
import { Denial, notFound } from './denials.ts';
import { deviceStreams } from './event-log.ts';
import { authorize } from './principal.ts';

/** How long a node counts as alive after it last said so: three renewals may go missing. */
export const LEASE_MS = 30_000;

/** How often a node renews its lease and looks for others that have died. */
export const RENEWAL_MS = 10_000;

const connectionsOf = prepared('connections_of_device', (q) =>
  q
    .select({ id: deviceConnections.id })
    .from(deviceConnections)
    .where(
      and(
        eq(deviceConnections.deviceId, sql.placeholder('deviceId')),
        eq(deviceConnections.nodeId, sql.placeholder('nodeId')),
      ),
    ),
);

const connectionById = prepared('connection_by_id', (q) =>
  q
    .select({ id: deviceConnections.id })
    .from(deviceConnections)
    .where(eq(deviceConnections.id, sql.placeholder('id'))),
);

/** Connections that one transaction closes (some 30 ms on PostgreSQL); more are taken in the next, so that none takes long. */
const BATCH = 100;

/**
 * Records that a stream of the calling device is open on this node; it is online while there is at least one.
 * Event: device ONLINE, where it is the first.
 * @returns What to close it by.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN; NOT_FOUND for any device but the calling one, or one that was removed.
 */
export async function openPresence(ctx: Context, deviceId: string): Promise<string> {
  const principal = authorize(ctx, 'READ', 'device');
  if (principal.deviceId !== deviceId) throw notFound('deviceId');
  const id = randomUUID();
  try {
    await change(ctx, 'openPresence', {}, (tx) => open(tx, { id, deviceId, nodeId: ctx.nodeId, openedAt: tx.now }));
  } catch (error) {
    // Where the connection was lost over the commit, it may be recorded all the same.
    if (!(error instanceof Denial)) ctx.leftOpen.add(id);
    throw error;
  }
  return id;
}

async function open(tx: Change, connection: DeviceConnection): Promise<void> {
  const device = await seeDevice(tx, connection.deviceId);
  if (!device) throw notFound('deviceId');
  await tx.q.insert(deviceConnections).values(connection);
  if (device.online) return;
  await tx.q.update(devices).set({ online: true }).where(eq(devices.id, device.id));
  tx.emit({ concept: 'device', change: 'ONLINE', subject: device.id, streams: deviceStreams(device) });
}

/**
 * Records that a stream is open no more. Nothing happens where that is recorded already; may be repeated.
 * Event: device OFFLINE, where it was the last.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function closePresence(ctx: Context, connectionId: string): Promise<void> {
  const principal = authorize(ctx, 'READ', 'device', 'system');
  await change(ctx, 'closePresence', {}, async (tx) => {
    const [connection] = await tx.q.select().from(deviceConnections).where(eq(deviceConnections.id, connectionId));
    if (!connection) return;
    if (principal.kind === 'device' && principal.deviceId !== connection.deviceId) throw notFound('connectionId');
    await close(tx, connection);
  });
}

/**
 * Makes sure that an open stream is recorded, for as long as it is open: another node strikes out the streams of one
 * that slept through its lease. Reads only, where all is well. Event: device ONLINE, where it had to be put right.
 * `isOpen` tells whether the stream still is: one that ends meanwhile is not recorded anew for good.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN; NOT_FOUND where the device was removed.
 */
export async function keepPresence(ctx: Context, connectionId: string, isOpen: () => boolean): Promise<void> {
  const { deviceId } = authorize(ctx, 'READ', 'device');
  const recorded = await ctx.wakeUps.share('connections', deviceId, async () => {
    const rows = await connectionsOf(ctx.db.read, { deviceId, nodeId: ctx.nodeId });
    return new Set(rows.map(({ id }) => id));
  });
  if (recorded.has(connectionId)) return;
  const [present] = await connectionById(ctx.db.read, { id: connectionId });
  if (present || !isOpen()) return;
  await change(ctx, 'keepPresence', {}, async (tx) => {
    const [meanwhile] = await connectionById(tx.q, { id: connectionId });
    if (!meanwhile) await open(tx, { id: connectionId, deviceId, nodeId: ctx.nodeId, openedAt: tx.now });
  });
  if (!isOpen()) await closePresence(ctx, connectionId);
}

/**
 * As `closePresence`, of the calling device's stream; where it fails, it is done when the lease of this node is renewed.
 * Never throws. Event: device OFFLINE, where it was the last.
 */
export async function endPresence(ctx: Context, connectionId: string): Promise<void> {
  try {
    await closePresence(ctx, connectionId);
  } catch (error) {
    ctx.leftOpen.add(connectionId);
    ctx.log.error({ err: error, connectionId }, 'a device could not be marked offline');
  }
}

async function close(tx: Change, { id, deviceId }: DeviceConnection): Promise<void> {
  const device = await seeDevice(tx, deviceId);
  await tx.q.delete(deviceConnections).where(eq(deviceConnections.id, id));
  if (!device?.online) return;
  const [other] = await tx.q
    .select({ id: deviceConnections.id })
    .from(deviceConnections)
    .where(eq(deviceConnections.deviceId, deviceId))
    .limit(1);
  if (other) return;
  await tx.q.update(devices).set({ online: false }).where(eq(devices.id, deviceId));
  tx.emit({ concept: 'device', change: 'OFFLINE', subject: deviceId, streams: deviceStreams(device) });
}

/** As `close`, for many at once: a handful of statements, whatever their number. */
async function closeAll(tx: Change, connections: readonly DeviceConnection[]): Promise<void> {
  if (connections.length === 0) return;
  const ids = [...new Set(connections.map(({ deviceId }) => deviceId))];
  const seen = await tx.q
    .update(devices)
    .set({ lastSeenAt: tx.now })
    .where(and(anyOf(devices.id, ids), isNull(devices.removedAt)))
    .returning();
  const closed = connections.map(({ id }) => id);
  await tx.q.delete(deviceConnections).where(anyOf(deviceConnections.id, closed));
  const others = await tx.q
    .selectDistinct({ id: deviceConnections.deviceId })
    .from(deviceConnections)
    .where(anyOf(deviceConnections.deviceId, ids));
  const present = new Set(others.map(({ id }) => id));
  const gone = seen.filter(({ id, online }) => online && !present.has(id));
  if (gone.length === 0) return;
  const offline = gone.map(({ id }) => id);
  await tx.q.update(devices).set({ online: false }).where(anyOf(devices.id, offline));
  for (const device of gone) {
    tx.emit({ concept: 'device', change: 'OFFLINE', subject: device.id, streams: deviceStreams(device) });
  }
}

/**
 * Notes that the device was seen now, and locks its row by that: on PostgreSQL the opening and closing of its streams
 * come one after another, so that the first and the last are known. Null where it was removed.
 */
async function seeDevice(tx: Change, id: string) {
  const [device] = await tx.q
    .update(devices)
    .set({ lastSeenAt: tx.now })
    .where(and(eq(devices.id, id), notRemoved))
    .returning();
  return device ?? null;
}

/**
 * Keeps this node's lease while the server runs, and closes the connections of nodes that hold none any more: their
 * devices are offline until they connect anew. When the promise resolves, the first round is done; what a SQLite server
 * left behind when it was killed is closed then, because there is no other node.
 * `stop` closes this node's own connections; end the streams before. Events: device OFFLINE.
 */
export async function keepLease(ctx: Context): Promise<{ stop(): Promise<void> }> {
  authorize(ctx, 'READ', 'system');
  let timer: Timer | null = null;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const round = async (): Promise<void> => {
    try {
      await renewLease(ctx);
    } catch (error) {
      ctx.log.error({ err: error }, 'the lease of this node could not be kept; trying again');
    }
    if (!stopped) timer = ctx.clock.at(ctx.clock.now() + RENEWAL_MS, look);
  };
  const look = () => {
    running = round();
  };

  await takeLease(ctx);
  const left = ctx.config.engine === 'sqlite' ? ne(deviceConnections.nodeId, ctx.nodeId) : null;
  await closeWhile(ctx, left ?? deadConnections(ctx.nodeId, ctx.clock.now()));
  timer = ctx.clock.at(ctx.clock.now() + RENEWAL_MS, look);
  return {
    async stop() {
      stopped = true;
      timer?.cancel();
      await running;
      timer?.cancel();
      await closeWhile(ctx, eq(deviceConnections.nodeId, ctx.nodeId));
      await ctx.db.write(async ({ q }) => {
        await q.delete(nodes).where(eq(nodes.id, ctx.nodeId));
      });
    },
  };
}

async function takeLease({ db, clock, nodeId }: Context): Promise<void> {
  const leaseUntil = clock.now() + LEASE_MS;
  await db.write(async ({ q }) => {
    await q
      .insert(nodes)
      .values({ id: nodeId, leaseUntil })
      .onConflictDoUpdate({ target: nodes.id, set: { leaseUntil } });
  });
}

/**
 * One round of `keepLease`: renews this node's lease, then closes the connections of nodes that hold none any more, and those
 * of this one that it could not close when they ended. May be repeated. Events: device OFFLINE.
 */
export async function renewLease(ctx: Context): Promise<void> {
  authorize(ctx, 'READ', 'system');
  const now = ctx.clock.now();
  const until = now + LEASE_MS;
  const renewed = await ctx.db.write(({ q }) =>
    Promise.resolve(
      q
        .update(nodes)
        // Never backwards: a round that waited for its turn knows an older present.
        .set({ leaseUntil: sql`case when ${nodes.leaseUntil} > ${until} then ${nodes.leaseUntil} else ${until} end` })
        .where(and(eq(nodes.id, ctx.nodeId), gt(nodes.leaseUntil, now)))
        .returning({ id: nodes.id }),
    ),
  );
  if (renewed.length > 0) await closeWhile(ctx, deadConnections(ctx.nodeId, now));
  // Whoever overslept itself cannot tell who else did: the others may just not have had their turn.
  else await takeLease(ctx);
  await closeLeftOpen(ctx);
  await forgetLapsed(ctx);
}

async function closeLeftOpen(ctx: Context): Promise<void> {
  const left = [...ctx.leftOpen];
  if (left.length === 0) return;
  await closeWhile(ctx, anyOf(deviceConnections.id, left));
  for (const id of left) ctx.leftOpen.delete(id);
}

/** Connections of other nodes that hold no lease, or whose lease has lapsed. */
function deadConnections(nodeId: string, now: number) {
  const alive = sql`(select ${nodes.id} from ${nodes} where ${nodes.leaseUntil} > ${now})`;
  return and(ne(deviceConnections.nodeId, nodeId), sql`${deviceConnections.nodeId} not in ${alive}`);
}

/** Closes all connections for which the condition holds, in batches, always in the order of their devices. */
async function closeWhile(ctx: Context, condition: SQL | undefined): Promise<void> {
  let more = true;
  while (more) {
    more = await change(ctx, 'closeConnections', {}, async (tx) => {
      const batch = await tx.q
        .select()
        .from(deviceConnections)
        .where(condition)
        .orderBy(asc(deviceConnections.deviceId), asc(deviceConnections.id))
        .limit(BATCH);
      await closeAll(tx, batch);
      return batch.length === BATCH;
    });
  }
}

/**
 * Lapsed leases of other nodes say nothing more than their absence. What a node announced last may have died with it, so
 * that everybody looks again.
 */
async function forgetLapsed(ctx: Context): Promise<void> {
  const lapsed = and(ne(nodes.id, ctx.nodeId), lte(nodes.leaseUntil, ctx.clock.now() - LEASE_MS));
  const [any] = await ctx.db.read.select({ id: nodes.id }).from(nodes).where(lapsed).limit(1);
  if (!any) return;
  await ctx.db.write(async ({ q, notify }) => {
    const forgotten = await q.delete(nodes).where(lapsed).returning({ id: nodes.id });
    if (forgotten.length > 0) await notify(LOOK_AGAIN);
  });
}
