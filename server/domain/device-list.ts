import { and, asc, desc, eq, inArray, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import { countOf } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { candidates, isCandidate, withoutIndex } from '../db/device-search.ts';
import { prepared, preparedVariants } from '../db/prepared.ts';
import { type Company, companies } from '../db/tables/companies.ts';
import { type Device, deviceGroupMembers, devices } from '../db/tables/devices.ts';
import { findAccounts } from './accounts.ts';
import { findCompany } from './companies.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { findDeviceGroups, groupsOfDevices } from './device-groups.ts';
import type { DeviceChildren } from './devices.ts';
import { memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { policiesOn } from './policies.ts';
import { authorize } from './principal.ts';
import { containing, searchText } from './search.ts';
import { activationsOfDevices } from './service-overview.ts';

export type DeviceOrder = 'NAME' | 'ADDED';

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
  const orderBy = args.orderBy ?? 'NAME';
  const { list, shape, keyOf } = ORDERS[orderBy];
  const after = keyAfter<readonly [string | number, string]>(list, args, shape);
  const given = await withCandidates(q, companyId, filtersOf(args));
  const filters = await withGroupSize(q, companyId, given, pageSize(args));
  const names = (Object.keys(CONDITIONS) as FilterName[]).filter((name) => name in filters);
  const rows = await pageOfDevices(q, [orderBy, after ? 'AFTER' : 'START', ...names], {
    ...filters,
    companyId,
    limit: pageSize(args) + 1,
    afterKey: after?.[0],
    afterId: after?.[1],
  });
  return pageOf(list, args, await withChildren(ctx, rows, wanted), keyOf, async () => {
    if (names.length < 2) {
      const kept = await keptCount(q, companyId, names[0], filters);
      if (kept !== null) return kept;
    }
    const [row] = await countOfDevices(q, names, { ...filters, companyId });
    return totalOf(row?.count ?? 0);
  });
}

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

interface Order {
  readonly list: string;
  /** An example of the key, for cursors. */
  readonly shape: readonly [string | number, string];
  readonly keyOf: (device: Device) => readonly [string | number, string];
  readonly by: SQL[];
  readonly after: SQL;
}

const ORDERS: Readonly<Record<DeviceOrder, Order>> = {
  NAME: {
    list: 'devicesByName',
    shape: ['', ''],
    keyOf: (device) => [device.name, device.id],
    by: [asc(devices.name), asc(devices.id)],
    after: sql`(${devices.name}, ${devices.id}) > (${sql.placeholder('afterKey')}, ${sql.placeholder('afterId')})`,
  },
  ADDED: {
    list: 'devicesByEnrolment',
    shape: [0, ''],
    keyOf: (device) => [device.enrolledAt ?? 0, device.id],
    by: [desc(devices.enrolledAt), desc(devices.id)],
    after: sql`(${devices.enrolledAt}, ${devices.id}) < (${sql.placeholder('afterKey')}, ${sql.placeholder('afterId')})`,
  },
};

interface Filters {
  groupId?: string;
  /** In place of `groupId`, where so many devices are in it that the list in its order meets them soon. */
  largeGroupId?: string;
  online?: true;
  offline?: true;
  text?: string;
  /** In place of `text`, where few devices can have it: `match` leads to them. */
  rareText?: string;
  match?: string;
  /** The text without its blanks, for IDs: always along with a text. */
  digits?: string;
}

type FilterName = Exclude<keyof Filters, 'digits' | 'match'>;

/** The filters that are set, as the arguments of the statement. @throws Denial BAD_USER_INPUT. */
function filtersOf({ groupId, online, search }: DeviceListArgs): Filters {
  const text = searchText(search);
  return {
    ...(typeof groupId === 'string' ? { groupId } : {}),
    ...(typeof online === 'boolean' ? { [online ? 'online' : 'offline']: true } : {}),
    ...(text === '' ? {} : { text, digits: text.replace(/\s+/g, '') }),
  };
}

/** The filters with the texts as patterns, and by the index where that is quicker than to read the list in its order. */
async function withCandidates(q: Queries, companyId: string, { text, digits, ...others }: Filters): Promise<Filters> {
  if (text === undefined || digits === undefined) return others;
  const match = await candidates(q, companyId, [text, digits]);
  const patterns = { [match === null ? 'text' : 'rareText']: containing(text), digits: containing(digits) };
  return { ...others, ...patterns, ...(match === null ? {} : { match }) };
}

/** What it costs to sort one device of a group, in steps along the list that look for one. */
const SORTING_STEPS = 3;

/**
 * The filters as they cost least: the devices of a small group are sorted; for those of a large one the list is read in
 * its order, until the page is full.
 */
async function withGroupSize(q: Queries, companyId: string, filters: Filters, size: number): Promise<Filters> {
  const { groupId, ...others } = filters;
  if (groupId === undefined || others.rareText !== undefined) return filters;
  const [grouped, [all]] = [await countOf(q, 'GROUPED_DEVICES', groupId), await deviceCountOf(q, { companyId })];
  const steps = (size * (all?.count ?? 0)) / (grouped || 1);
  return steps < grouped * SORTING_STEPS ? { ...others, largeGroupId: groupId } : filters;
}

/** The ID is a part of the search key: asked for in both, it is found by PostgreSQL's one index of these. */
const hasText = (text: 'text' | 'rareText') => {
  const has = (column: SQLWrapper, part: string) => sql`${column} like ${sql.placeholder(part)} escape '\\'`;
  return or(has(devices.searchKey, text), and(has(devices.searchKey, 'digits'), has(devices.address, 'digits')));
};

const CONDITIONS: Readonly<Record<FilterName, (q: Queries) => SQL | undefined>> = {
  groupId: (q) =>
    inArray(
      devices.id,
      q
        .select({ id: deviceGroupMembers.deviceId })
        .from(deviceGroupMembers)
        .where(eq(deviceGroupMembers.groupId, sql.placeholder('groupId'))),
    ),
  largeGroupId: () => sql`exists (select 1 from ${deviceGroupMembers} where ${deviceGroupMembers.groupId} =
    ${sql.placeholder('largeGroupId')} and ${deviceGroupMembers.deviceId} = ${devices.id})`,
  // Two filters and no parameter: the indexes of those that are online are found by the very same words only.
  online: () => sql`${devices.online}`,
  offline: () => sql`not ${devices.online}`,
  text: () => hasText('text'),
  rareText: () => and(isCandidate, hasText('rareText')),
};

function matching(q: Queries, names: readonly FilterName[]): SQL | undefined {
  // The few that a search or a group leads to are read by themselves, whatever index there is.
  const few = names.includes('rareText') || names.includes('groupId');
  const company = few ? withoutIndex(devices.companyId) : sql`${devices.companyId}`;
  return and(
    eq(company, sql.placeholder('companyId')),
    isNull(devices.removedAt),
    ...names.map((name) => CONDITIONS[name](q)),
  );
}

/** One statement for each combination of order and filters that is asked for: 108 at most. */
const pageOfDevices = preparedVariants(
  'devices_of_company',
  (q, orderBy: DeviceOrder, from: 'START' | 'AFTER', ...names: FilterName[]) => {
    const { by, after } = ORDERS[orderBy];
    return q
      .select()
      .from(devices)
      .where(and(matching(q, names), from === 'AFTER' ? after : undefined))
      .orderBy(...by)
      .limit(sql.placeholder('limit'));
  },
);

const countOfDevices = preparedVariants('count_devices_of_company', (q, ...names: FilterName[]) =>
  countUpTo(q, devices, matching(q, names)),
);

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
