import { and, asc, desc, eq, inArray, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { countUpTo } from '../db/bounded-count.ts';
import type { Queries } from '../db/database.ts';
import { isFound, type Sorted, searched, withoutIndex } from '../db/device-search.ts';
import { preparedVariants } from '../db/prepared.ts';
import { type Device, deviceGroupMembers, devices } from '../db/tables/devices.ts';

export type DeviceOrder = 'NAME' | 'ADDED';

interface Order {
  readonly list: string;
  /** An example of the key, for cursors. */
  readonly shape: readonly [string | number, string];
  readonly keyOf: (device: Device) => readonly [string | number, string];
  readonly key: (columns: Sorted) => SQL;
  readonly by: (columns: Sorted) => SQL[];
  /** How the key of a device compares with that of one before it, and of one after it. */
  readonly follows: SQL;
  readonly precedes: SQL;
}

export const ORDERS: Readonly<Record<DeviceOrder, Order>> = {
  NAME: {
    list: 'devicesByName',
    shape: ['', ''],
    keyOf: (device) => [device.name, device.id],
    key: ({ name, id }) => sql`${name}, ${id}`,
    by: ({ name, id }) => [asc(name), asc(id)],
    follows: sql`>`,
    precedes: sql`<`,
  },
  ADDED: {
    list: 'devicesByEnrolment',
    shape: [0, ''],
    keyOf: (device) => [device.enrolledAt ?? 0, device.id],
    key: ({ enrolledAt, id }) => sql`${enrolledAt}, ${id}`,
    by: ({ enrolledAt, id }) => [desc(enrolledAt), desc(id)],
    follows: sql`<`,
    precedes: sql`>`,
  },
};

/** The filters of a list of devices, as the arguments of its statements. */
export interface Filters {
  groupId?: string;
  /** In place of `groupId`, where so many devices are in it that the list in its order meets them soon. */
  largeGroupId?: string;
  online?: true;
  offline?: true;
  /** A text as a pattern, along with `digits`: the list is read in its order, and each compared. */
  text?: string;
  /** The text without its blanks, for IDs. */
  digits?: string;
  /** In place of a text, where few have it: `Endings` lead to them. */
  few?: true;
}

export type FilterName = Exclude<keyof Filters, 'digits'>;

/** Steps along a list within which most texts that many have fill a page. */
export const NEAR = 500;

const has = (column: SQLWrapper, part: 'text' | 'digits') => sql`${column} like ${sql.placeholder(part)} escape '\\'`;

export const CONDITIONS: Readonly<Record<FilterName, (q: Queries, few?: (found: SQL) => SQL) => SQL | undefined>> = {
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
  text: () => or(has(devices.searchKey, 'text'), has(devices.address, 'digits')),
  few: (_q, few) => isFound(few),
};

/** @param few what of the few that a search finds is to be read, where that is not all of them. */
function matching(q: Queries, names: readonly FilterName[], few?: (found: SQL) => SQL): SQL | undefined {
  // The few that a search or a group leads to are read by themselves, whatever index there is.
  const alone = names.includes('few') || names.includes('groupId');
  const company = alone ? withoutIndex(devices.companyId) : sql`${devices.companyId}`;
  return and(
    eq(company, sql.placeholder('companyId')),
    isNull(devices.removedAt),
    ...names.map((name) => CONDITIONS[name](q, few)),
  );
}

/**
 * One statement for each combination of order and filters that is asked for: 112 at most. `near` leaves out what comes behind
 * the first steps of the list: a list of no more than these, too.
 */
export const pageOfDevices = preparedVariants(
  'devices_of_company',
  (q, orderBy: DeviceOrder, from: 'START' | 'AFTER', ...all: (FilterName | 'near')[]) => {
    const names = all.filter((name) => name !== 'near');
    const { key, by, follows, precedes } = ORDERS[orderBy];
    const after = (columns: Sorted) =>
      from === 'AFTER'
        ? sql`(${key(columns)}) ${follows} (${sql.placeholder('afterKey')}, ${sql.placeholder('afterId')})`
        : undefined;
    const sorted = (columns: Sorted) => sql`order by ${sql.join(by(columns), sql`, `)}`;
    const end = sql`(select ${key(devices)} from ${devices} where ${and(matching(q, []), after(devices))}
      ${sorted(devices)} limit 1 offset ${sql.raw(String(NEAR))})`;
    const limit = sql.placeholder('limit');
    // Of a search without other filters only those of the page are read: of a thousand that are found one in fifty.
    const few = (found: SQL) =>
      names.length > 1 ? found : sql`${and(found, after(searched))} ${sorted(searched)} limit ${limit}`;
    return q
      .select()
      .from(devices)
      .where(
        and(
          matching(q, names, few),
          after(devices),
          names.length < all.length ? sql`(${key(devices)}) ${precedes} ${end}` : undefined,
        ),
      )
      .orderBy(...by(devices))
      .limit(limit);
  },
);

export const countOfDevices = preparedVariants('count_devices_of_company', (q, ...names: FilterName[]) =>
  countUpTo(q, devices, matching(q, names)),
);
