import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { countOf } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { countFound, endingsOf, foundFew, SORTING_STEPS } from '../db/device-search.ts';
import { prepared } from '../db/prepared.ts';
import { type Company, companies } from '../db/tables/companies.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import { findAccounts } from './accounts.ts';
import { findCompany } from './companies.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { findDeviceGroups, groupsOfDevices } from './device-groups.ts';
import {
  CONDITIONS,
  countOfDevices,
  type DeviceOrder,
  type FilterName,
  type Filters,
  NEAR,
  ORDERS,
  pageOfDevices,
} from './device-pages.ts';
import type { DeviceChildren } from './devices.ts';
import { memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { policiesOn } from './policies.ts';
import { authorize } from './principal.ts';
import { containing, searchText } from './search.ts';
import { activationsOfDevices } from './service-overview.ts';

/** What can be read along with the devices of a page: in one statement or two each, whatever its size. */
export type WantedChildren = { readonly [Child in keyof DeviceChildren]?: boolean };

export interface DeviceListArgs extends PageArgs {
  groupId?: string | null | undefined;
  online?: boolean | null | undefined;
  /** Part of a name, an alias or an ID (blanks ignored); case is ignored. */
  search?: string | null | undefined;
  orderBy?: DeviceOrder | null | undefined;
}

type DeviceRow = Device & DeviceChildren;

/**
 * The managed devices of a company, by name or newest first; for its members.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listDevices(
  ctx: Context,
  companyId: string,
  args: DeviceListArgs,
  wanted: WantedChildren,
): Promise<Page<DeviceRow>> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  await requireMember(q, principal, companyId);
  const order = args.orderBy ?? 'NAME';
  const { list, shape, keyOf } = ORDERS[order];
  const after = keyAfter<readonly [string | number, string]>(list, args, shape);
  const limit = pageSize(args) + 1;
  const text = searchText(args.search);
  const endings = text === '' ? null : endingsOf(text);
  const found = endings && (await foundFew(q, companyId, endings, limit));
  const given = { ...filtersOf(args), ...(found?.few ? { few: true as const } : endings && patternsOf(text)) };
  const filters = await withGroupSize(q, companyId, given, pageSize(args));
  const names = (Object.keys(CONDITIONS) as FilterName[]).filter((name) => name in filters);
  const values = { ...filters, ...endings, companyId, limit, afterKey: after?.[0], afterId: after?.[1] };
  const read = (...by: (FilterName | 'near')[]) => pageOfDevices(q, [order, after ? 'AFTER' : 'START', ...by], values);

  /** Of many that have a text all may be far behind: sorted after all, where they are not too many, rather than read up to. */
  async function readMany(): Promise<readonly Device[]> {
    const near = await read('near', 'text');
    if (near.length === limit || !endings) return near;
    const sorted = await foundFew(q, companyId, endings, limit * MORE_SORTED ** 2);
    return read(sorted.few ? 'few' : 'text');
  }
  const isLong = (found?.among ?? 0) > LONG * NEAR;
  const rows = names.join() === 'text' && isLong ? await readMany() : await read(...names);
  return pageOf(list, args, await withChildren(ctx, rows, wanted), keyOf, async () => {
    if (names.length < 2) {
      const kept = await keptCount(q, companyId, names[0], filters);
      if (kept !== null) return kept;
    }
    if (names.length === 1 && endings) return totalOf(await countFound(q, companyId, endings));
    const [row] = await countOfDevices(q, names, values);
    return totalOf(row?.count ?? 0);
  });
}

/** A list that is so many times as long as its beginning is not read to its end at once. */
const LONG = 20;

/** So many times as many are sorted where none of them were near, as that costs no more than it is likely to take to come to them. */
const MORE_SORTED = 16;

/** Counts that are kept (tables/counters.ts), because counting a million rows takes long; null for any other. */
async function keptCount(
  q: Queries,
  companyId: string,
  filter: FilterName | undefined,
  { groupId = '', largeGroupId = groupId }: Filters,
): Promise<number | null> {
  if (filter === 'groupId' || filter === 'largeGroupId') {
    const [group] = await findDeviceGroups(q, [largeGroupId]);
    return group?.companyId === companyId ? countOf(q, 'GROUPED_DEVICES', largeGroupId) : 0;
  }
  if (filter === 'online') return countOf(q, 'ONLINE_DEVICES', companyId);
  if (filter !== undefined && filter !== 'offline') return null;
  const [row] = await deviceCountOf(q, { companyId });
  return (row?.count ?? 0) - (filter ? await countOf(q, 'ONLINE_DEVICES', companyId) : 0);
}

/** Kept by the transactions that enrol and remove, because counting a million rows takes 10 ms (performance.md). */
const deviceCountOf = prepared('company_device_count', (q) =>
  q
    .select({ count: companies.deviceCount })
    .from(companies)
    .where(eq(companies.id, sql.placeholder('companyId'))),
);

/** The filters that are set but for a search, as the arguments of the statement. */
function filtersOf({ groupId, online }: DeviceListArgs): Filters {
  return {
    ...(typeof groupId === 'string' ? { groupId } : {}),
    ...(typeof online === 'boolean' ? { [online ? 'online' : 'offline']: true } : {}),
  };
}

function patternsOf(text: string): Filters {
  return { text: containing(text), digits: containing(text.replace(/\s/g, '')) };
}

/**
 * The filters as they cost least: the devices of a small group are sorted; for those of a large one the list is read in
 * its order, until the page is full.
 */
async function withGroupSize(q: Queries, companyId: string, filters: Filters, size: number): Promise<Filters> {
  const { groupId, ...others } = filters;
  if (groupId === undefined || others.few) return filters;
  const [grouped, [all]] = [await countOf(q, 'GROUPED_DEVICES', groupId), await deviceCountOf(q, { companyId })];
  const steps = (size * (all?.count ?? 0)) / (grouped || 1);
  return steps < grouped * SORTING_STEPS ? { ...others, largeGroupId: groupId } : filters;
}

/** Reads what is wanted of all devices of a page at once. */
async function withChildren(
  ctx: Context,
  rows: readonly Device[],
  wanted: WantedChildren,
): Promise<readonly DeviceRow[]> {
  if (rows.length === 0 || !Object.values(wanted).includes(true)) return rows;
  const q = ctx.db.read;
  const ids = rows.map(({ id }) => id);
  const accountIds = new Set(wanted.account ? rows.flatMap(({ accountId }) => accountId ?? []) : []);
  const [groups, services, policies, accounts] = await Promise.all([
    wanted.groups ? groupsOfDevices(q, ids) : null,
    wanted.services ? activationsOfDevices(q, ids) : null,
    wanted.policies ? policiesOn(ctx, rows) : null,
    accountIds.size > 0 ? findAccounts(q, [...accountIds]) : [],
  ]);
  const accountById = new Map(accounts.map((row) => [row.id, row]));
  return rows.map((row, i) => ({
    ...row,
    ...(groups ? { groups: groups[i] ?? [] } : {}),
    ...(services ? { services: services[i] ?? [] } : {}),
    ...(policies ? { policies: policies[i] ?? [] } : {}),
    ...(wanted.account ? { account: accountById.get(row.accountId ?? '') ?? null } : {}),
  }));
}

const LIST_OF_ACCOUNT = 'devicesOfAccount';

const devicesOfAccount = prepared('devices_of_account', (q) =>
  q
    .select()
    .from(devices)
    .where(
      and(
        eq(devices.accountId, sql.placeholder('accountId')),
        isNull(devices.removedAt),
        sql`${devices.id} > ${sql.placeholder('after')}`,
      ),
    )
    .orderBy(asc(devices.id))
    .limit(sql.placeholder('limit')),
);

/**
 * The devices that an account is signed in on, in an order that stays; for itself and for the members of its company.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listDevicesOfAccount(
  ctx: Context,
  accountId: string,
  args: PageArgs,
  wanted: WantedChildren,
): Promise<Page<DeviceRow>> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  if (principal.accountId !== accountId) {
    const [own, other] = [await memberOf(q, principal.accountId), await memberOf(q, accountId)];
    if (!own || own.companyId !== other?.companyId) throw notFound('id');
  }
  const after = keyAfter<readonly [string]>(LIST_OF_ACCOUNT, args, ['']);
  const rows = await devicesOfAccount(q, { accountId, after: after?.[0] ?? '', limit: pageSize(args) + 1 });
  return pageOf(
    LIST_OF_ACCOUNT,
    args,
    await withChildren(ctx, rows, wanted),
    (device) => [device.id],
    () => q.$count(devices, and(eq(devices.accountId, accountId), isNull(devices.removedAt))),
  );
}

/** The company that manages a device, for who was let see the device. @throws Denial UNAUTHENTICATED, FORBIDDEN. */
export async function companyOfDevice(ctx: Context, { companyId }: Device): Promise<Company | null> {
  authorize(ctx, 'READ', 'account', 'device');
  return companyId ? findCompany(ctx.db.read, companyId) : null;
}
