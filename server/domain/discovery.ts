import { and, asc, countDistinct, eq, gt, isNull, lte, max, ne, sql } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import { preparedVariants } from '../db/prepared.ts';
import { discoveries } from '../db/tables/contacts.ts';
import { devices } from '../db/tables/devices.ts';
import { publicIdOf } from './addresses.ts';
import { change, type Repeatable } from './change.ts';
import { type Contact, companyOf, contactOf } from './contacts.ts';
import type { Context } from './context.ts';
import { ownDevice } from './devices.ts';
import { streamOf } from './event-log.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { mayRead, ownerId, type Whose, type WhoseKind } from './whose.ts';

const LIST = 'discovered';

/** How long a device stays discovered after it was last seen (decided: clients report every few minutes). */
export const DISCOVERY_TTL_MS = 10 * 60 * 1000;

/** Most addresses in one report (security.md: input lists). */
export const MOST_ADDRESSES = 250;

export interface DiscoveredDevice extends Contact {
  readonly seenAt: number;
}

/**
 * The calling device reports the public IDs that it sees on its local network (INV-26). Of these it keeps the devices
 * that take part in Discovery themselves, for ten minutes; the others are left out without a word. Repeat it as long
 * as they are seen. Event: discovery SEEN, where some were not known before.
 * @throws Refusal DiscoveryOff where the device itself takes no part; AddressRefused INVALID_ADDRESS; InvalidInput
 * TOO_MANY. @throws Denial UNAUTHENTICATED, FORBIDDEN.
 */
export async function reportDiscovery(
  ctx: Context,
  input: Repeatable & { addresses: readonly string[] },
): Promise<DiscoveredDevice[]> {
  const principal = authorize(ctx, 'CONTACTS', 'device');
  if (input.addresses.length > MOST_ADDRESSES) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['addresses'], { limit: MOST_ADDRESSES });
  }
  const addresses = input.addresses.map((written, i) => {
    const address = publicIdOf(written);
    if (!address) throw new Refusal('AddressRefused', 'INVALID_ADDRESS', ['addresses', String(i)]);
    return address;
  });
  return change(ctx, 'reportDiscovery', input, async (tx) => {
    const reporter = await ownDevice(tx, principal, null);
    if (!reporter.discovery) throw new Refusal('DiscoveryOff', 'DISCOVERY_OFF');
    const seen = await tx.q
      .select()
      .from(devices)
      .where(
        and(
          anyOf(devices.address, addresses),
          eq(devices.discovery, true),
          isNull(devices.removedAt),
          ne(devices.id, reporter.id),
        ),
      )
      .orderBy(asc(devices.address));
    const own = eq(discoveries.deviceId, reporter.id);
    await tx.q.delete(discoveries).where(and(own, lte(discoveries.seenAt, tx.now - DISCOVERY_TTL_MS)));
    const known = new Set((await tx.q.select().from(discoveries).where(own)).map((row) => row.seenDeviceId));
    if (seen.length > 0) {
      await tx.q
        .insert(discoveries)
        .values(seen.map(({ id }) => ({ deviceId: reporter.id, seenDeviceId: id, seenAt: tx.now })))
        .onConflictDoUpdate({ target: [discoveries.deviceId, discoveries.seenDeviceId], set: { seenAt: tx.now } });
    }
    const appeared = seen.filter(({ id }) => !known.has(id)).map(({ address }) => address);
    if (appeared.length > 0) {
      // Who comes and goes on a network is nothing for the company's audit log.
      const streams = [streamOf.device(reporter.id)];
      if (reporter.accountId) streams.push(streamOf.account(reporter.accountId));
      tx.emit({ concept: 'discovery', change: 'SEEN', subject: reporter.id, after: { addresses: appeared }, streams });
    }
    return seen.map((device) => ({ ...contactOf(device, 'DISCOVERY', reporter.companyId), seenAt: tx.now }));
  });
}

/** Deletes what was seen too long ago to count, whoever saw it. May be repeated. */
export async function forgetDiscoveries(ctx: Context): Promise<void> {
  authorize(ctx, 'CONTACTS', 'system');
  await ctx.db.write(async ({ q }) => {
    await q.delete(discoveries).where(lte(discoveries.seenAt, ctx.clock.now() - DISCOVERY_TTL_MS));
  });
}

/** Seen not too long ago by one of the owner's devices, both being opted in still. */
function present(kind: WhoseKind) {
  const owner = eq(kind === 'DEVICE' ? devices.id : devices.accountId, sql.placeholder('owner'));
  const reporters = and(owner, eq(devices.discovery, true), isNull(devices.removedAt));
  return and(
    sql`${discoveries.deviceId} in (select ${devices.id} from ${devices} where ${reporters})`,
    gt(discoveries.seenAt, sql.placeholder('since')),
    eq(devices.discovery, true),
    isNull(devices.removedAt),
  );
}

const discoveredRows = preparedVariants('discovered_by', (q, kind: WhoseKind) =>
  q
    .select({ seenAt: max(discoveries.seenAt), device: devices })
    .from(discoveries)
    .innerJoin(devices, eq(devices.id, discoveries.seenDeviceId))
    .where(and(present(kind), gt(devices.address, sql.placeholder('after'))))
    .groupBy(devices.id)
    .orderBy(asc(devices.address))
    .limit(sql.placeholder('limit')),
);

const discoveredCount = preparedVariants('count_discovered_by', (q, kind: WhoseKind) =>
  q
    .select({ rows: countDistinct(discoveries.seenDeviceId) })
    .from(discoveries)
    .innerJoin(devices, eq(devices.id, discoveries.seenDeviceId))
    .where(present(kind)),
);

/**
 * What the device, or the account's devices, saw on the local network during the last ten minutes, by public ID.
 * Null where the list is not the caller's to read. @throws Denial UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function discoveredBy(ctx: Context, whose: Whose, page: PageArgs): Promise<Page<DiscoveredDevice> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (!mayRead(principal, whose)) return null;
  const q = ctx.db.read;
  const limit = pageSize(page) + 1;
  const [after] = keyAfter(LIST, page, [''] as const) ?? [''];
  const args = { owner: ownerId(whose), since: ctx.clock.now() - DISCOVERY_TTL_MS };
  const companyId = await companyOf(q, principal);
  const addressOf = new Map<string, string>();
  const rows = (await discoveredRows(q, [whose.kind], { ...args, after, limit })).map(({ device, seenAt }) => {
    addressOf.set(device.id, device.address);
    return { ...contactOf(device, 'DISCOVERY', companyId), seenAt: Number(seenAt) };
  });
  return pageOf(
    LIST,
    page,
    rows,
    (row) => [addressOf.get(row.deviceId) ?? ''],
    async () => (await discoveredCount(q, [whose.kind], args))[0]?.rows ?? 0,
  );
}
