import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { databaseEngine } from '../config.ts';
import { MOST_COUNTED } from './bounded-count.ts';
import type { Queries } from './database.ts';
import { prepared } from './prepared.ts';
import { devices } from './tables/devices.ts';

const onPostgres = databaseEngine() === 'postgres';

/**
 * Devices are found in `device_endings`, where triggers (migration `device_endings`) keep each ending of their names, aliases
 * and IDs, from every character on: those who have a text in them are neighbours there, for they have an ending that begins
 * with it. However many devices there are, it is read where these are, and nowhere else (decision 26).
 */
export interface Endings {
  /** Endings of names and aliases that begin with the text: from this one on, and before that one. */
  readonly from: string;
  readonly to: string;
  /** Endings of IDs that begin with it; none where it is no digits. */
  readonly idFrom: string;
  readonly idTo: string;
}

/** What comes behind all that begins alike: the last of all characters, as often as the longest name has any. */
const LAST = '\u{10ffff}'.repeat(100);

/** What an ending of an ID begins with (migration `device_endings`). */
const ID = '\n';

/** Where the endings are of those who have the text in them, or in their IDs without its blanks; it is folded. */
export function endingsOf(text: string): Endings {
  const digits = text.replace(/\s/g, '');
  const id = /^\d+$/.test(digits)
    ? { idFrom: `${ID}${digits}`, idTo: `${ID}${digits}${LAST}` }
    : { idFrom: ID, idTo: ID };
  return { from: text, to: `${text}${LAST}`, ...id };
}

/**
 * A value that PostgreSQL does not see while it plans. Where it does, it finds that hardly any endings are in the range, but for
 * all ranges reckons with one in 200 of what there is: with many devices it plans each search anew, as that seems to be
 * worth it. It takes longer than the search, and comes to the same plan (decision 26).
 */
const unseen = (name: keyof Endings | 'most', type: 'text' | 'integer') =>
  onPostgres ? sql`(select cast(${sql.placeholder(name)} as ${sql.raw(type)}))` : sql`${sql.placeholder(name)}`;

const between = (from: keyof Endings, to: keyof Endings) => sql`select device from device_endings
  where company = (select number from search_companies where company_id = ${sql.placeholder('companyId')})
  and ending >= ${unseen(from, 'text')} and ending < ${unseen(to, 'text')}`;

/** The numbers of the devices that `Endings` lead to: each as often as it has the text in it. */
const found = sql`${between('from', 'to')} union all ${between('idFrom', 'idTo')}`;

/** A column is one of the few that a query finds. PostgreSQL would expect many of them, and read the other table from end to end. */
const isOneOf = (column: SQLWrapper, few: SQL) =>
  onPostgres ? sql`${column} = any(array(${few}))` : sql`${column} in (${few})`;

/** What lists of devices are in order by. */
export type Sorted = Readonly<Record<'id' | 'name' | 'enrolledAt', SQLWrapper>>;

/** As `device_search` has it. */
export const searched: Sorted = { id: sql`device_id`, name: sql`name`, enrolledAt: sql`enrolled_at` };

/**
 * A device of the company that `Endings` lead to: as condition of a statement with placeholders for these.
 * @param some which of them, by the columns that are `searched`; absent: all.
 */
export function isFound(some: (found: SQL) => SQL = (found) => found): SQL {
  return isOneOf(devices.id, sql`select device_id from device_search where ${some(isOneOf(sql`number`, found))}`);
}

/** A column by which SQLite is to look for no index: that is what its unary plus says. */
export function withoutIndex(column: SQLWrapper): SQL {
  return onPostgres ? sql`${column}` : sql`+${column}`;
}

/** What it costs to find and sort one device of a search or a group, in steps along the list that look for one. */
export const SORTING_STEPS = 3;

/**
 * How many may be found for it to be quicker to sort them than to read the list until the page is full: among so many
 * devices that takes page × devices ÷ found steps.
 */
const mostSorted = sql`select cast(sqrt(${sql.placeholder('rows')} * device_count / ${sql.raw(`${SORTING_STEPS}.0`)}) as integer)
  from companies where id = ${sql.placeholder('companyId')}`;

const few = prepared('few_devices_found', (q) =>
  q
    .select({
      few: sql`count(*) <= (${mostSorted})`.mapWith(Boolean),
      among: sql`(select device_count from companies where id = ${sql.placeholder('companyId')})`.mapWith(Number),
    })
    .from(sql`(select device from (${found}) as found limit 1 + (${mostSorted})) as counted`),
);

/** Whether so few have the text that a page of so many rows is read sooner by sorting them than by reading the list; and among how many devices. */
export async function foundFew(
  q: Queries,
  companyId: string,
  endings: Endings,
  rows: number,
): Promise<{ few: boolean; among: number }> {
  const [row] = await few(q, { companyId, ...endings, rows });
  return row ?? { few: false, among: 0 };
}

const counted = prepared('count_devices_found', (q) =>
  q
    .select({
      endings: sql`count(*)`.mapWith(Number),
      devices: sql`count(distinct device)`.mapWith(Number),
    })
    .from(sql`(select device from (${found}) as found limit ${unseen('most', 'integer')}) as counted`),
);

/** So many times as many endings are counted where those that were counted are of too few devices: in most texts one is there once or twice. */
const MORE = 3;

/** How many have the text, as `countUpTo` counts. */
export async function countFound(q: Queries, companyId: string, endings: Endings): Promise<number> {
  for (let most = MOST_COUNTED + 1; ; most *= MORE) {
    const [row] = await counted(q, { companyId, ...endings, most });
    const { endings: read, devices: many } = row ?? { endings: 0, devices: 0 };
    if (read < most || many > MOST_COUNTED) return many;
  }
}
