import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { favourites } from '../db/tables/contacts.ts';
import { devices } from '../db/tables/devices.ts';
import { lockAdditions } from './accounts.ts';
import { deviceAt } from './addresses.ts';
import { type Change, change, type Repeatable } from './change.ts';
import { type Contact, companyOf, contactOf } from './contacts.ts';
import type { Context } from './context.ts';
import { streamOf } from './event-log.ts';
import { newestFirst, olderThan } from './newest-first.ts';
import type { Page, PageArgs } from './page.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Most favourites of one account: as many as one address book holds. */
export const MOST_FAVOURITES = 1_000;

export interface Favourite extends Contact {
  readonly addedAt: number;
}

/**
 * Marks the device with this ID or alias as a favourite of the calling account (INV-26). Nothing happens where it is
 * one already. Event: favourite ADDED.
 * @throws Refusal AddressRefused; InvalidInput TOO_MANY. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function addFavourite(ctx: Context, input: Repeatable & { address: string }): Promise<Favourite> {
  const principal = authorize(ctx, 'CONTACTS', 'account');
  return change(ctx, 'addFavourite', input, async (tx) => {
    const { accountId } = principal;
    const device = await deviceAt(tx.q, input.address, ['address']);
    await lockAdditions(tx.q, accountId);
    const own = eq(favourites.accountId, accountId);
    const [already] = await tx.q
      .select()
      .from(favourites)
      .where(and(own, eq(favourites.deviceId, device.id)));
    if (!already) {
      const [all] = await tx.q.select({ count: count() }).from(favourites).where(own);
      if ((all?.count ?? 0) >= MOST_FAVOURITES) {
        throw new Refusal('InvalidInput', 'TOO_MANY', ['address'], { limit: MOST_FAVOURITES });
      }
      await tx.q.insert(favourites).values({ accountId, deviceId: device.id, addedAt: tx.now });
      emit(tx, 'ADDED', accountId, device.id);
    }
    const contact = contactOf(device, 'FAVORITES', await companyOf(tx.q, principal));
    return { ...contact, addedAt: already?.addedAt ?? tx.now };
  });
}

/**
 * Takes a device off the calling account's favourites; `removed` says whether it was one. Event: favourite REMOVED.
 * @throws Refusal AddressRefused. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function removeFavourite(
  ctx: Context,
  input: Repeatable & { address: string },
): Promise<{ removed: boolean }> {
  const { accountId } = authorize(ctx, 'CONTACTS', 'account');
  return change(ctx, 'removeFavourite', input, async (tx) => {
    const device = await deviceAt(tx.q, input.address, ['address']);
    const gone = await tx.q
      .delete(favourites)
      .where(and(eq(favourites.accountId, accountId), eq(favourites.deviceId, device.id)))
      .returning({ deviceId: favourites.deviceId });
    if (gone.length > 0) emit(tx, 'REMOVED', accountId, device.id);
    return { removed: gone.length > 0 };
  });
}

function emit(tx: Change, what: 'ADDED' | 'REMOVED', accountId: string, deviceId: string): void {
  tx.emit({ concept: 'favourite', change: what, subject: deviceId, streams: [streamOf.account(accountId)] });
}

const own = (q: Queries) =>
  q
    .select({ addedAt: favourites.addedAt, device: devices })
    .from(favourites)
    .innerJoin(devices, and(eq(devices.id, favourites.deviceId), isNull(devices.removedAt)));

const favouriteRows = prepared('favourites_of', (q) =>
  own(q)
    .where(
      and(eq(favourites.accountId, sql.placeholder('accountId')), olderThan(favourites.addedAt, favourites.deviceId)),
    )
    .orderBy(desc(favourites.addedAt), desc(favourites.deviceId))
    .limit(sql.placeholder('limit')),
);

const favouriteCount = prepared('count_favourites_of', (q) =>
  q
    .select({ rows: count() })
    .from(favourites)
    .innerJoin(devices, and(eq(devices.id, favourites.deviceId), isNull(devices.removedAt)))
    .where(eq(favourites.accountId, sql.placeholder('accountId'))),
);

/**
 * The account's favourites, the last added first; devices that were removed are left out.
 * Null where the account is not the caller. @throws Denial UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function favouritesOf(ctx: Context, accountId: string, page: PageArgs): Promise<Page<Favourite> | null> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (principal.kind !== 'account' || principal.accountId !== accountId) return null;
  const q = ctx.db.read;
  const companyId = await companyOf(q, principal);
  const source = {
    rows: async (before: { at: number; id: string; limit: number }) =>
      (await favouriteRows(q, { accountId, ...before })).map(({ device, addedAt }) => ({
        ...contactOf(device, 'FAVORITES', companyId),
        addedAt,
      })),
    count: async () => (await favouriteCount(q, { accountId }))[0]?.rows ?? 0,
  };
  return newestFirst('favourites', page, [source], (row) => ({ at: row.addedAt, id: row.deviceId }));
}

const markedOf = prepared('favourites_of_account_among', (q) =>
  q
    .select({ deviceId: favourites.deviceId })
    .from(favourites)
    .where(
      and(
        eq(favourites.accountId, sql.placeholder('accountId')),
        anyOf(favourites.deviceId, sql.placeholder('deviceIds')),
      ),
    ),
);

/** Whether each of these devices is a favourite of the account beside it; for whoever hands out that account’s own view. */
export async function areFavourites(
  q: Queries,
  pairs: readonly { readonly accountId: string; readonly deviceId: string }[],
): Promise<boolean[]> {
  const marked = new Set<string>();
  for (const accountId of new Set(pairs.map((pair) => pair.accountId))) {
    const deviceIds = idList(pairs.filter((pair) => pair.accountId === accountId).map(({ deviceId }) => deviceId));
    for (const { deviceId } of await markedOf(q, { accountId, deviceIds })) marked.add(`${accountId} ${deviceId}`);
  }
  return pairs.map(({ accountId, deviceId }) => marked.has(`${accountId} ${deviceId}`));
}
