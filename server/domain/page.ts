import { MOST_COUNTED } from '../db/bounded-count.ts';
import { Denial } from './denials.ts';
import { UNFIT } from './input.ts';

/** Pages go forward from a key, never by offset: the thousandth costs what the first does. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNext: boolean;
  /** Whether it came after another page. */
  readonly hasPrevious: boolean;
  cursorOf(row: Row): string;
  /** How many rows all pages have together, or at least; asked only when a query wants it. */
  count(): Promise<number>;
  /** Whether there are no more than that. */
  countIsExact(): Promise<boolean>;
}

/** How many rows a list has: so many, or more than that. */
export interface Total {
  readonly count: number;
  readonly exact: boolean;
}

/** The total of a list whose rows were counted by `countUpTo`. */
export function totalOf(counted: number): Total {
  return { count: Math.min(counted, MOST_COUNTED), exact: counted <= MOST_COUNTED };
}

/** Rows of a page where nothing is said, and at most (GitHub: 1 … 100). */
export const PAGE_DEFAULT = 25;
export const PAGE_MOST = 100;

type Key = readonly (string | number)[];

/** @throws Denial BAD_USER_INPUT for a size outside of 1 … 100. */
export function pageSize({ first }: PageArgs): number {
  const size = first ?? PAGE_DEFAULT;
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MOST) {
    throw new Denial('BAD_USER_INPUT', { argument: 'first', limit: PAGE_MOST });
  }
  return size;
}

/**
 * The key after which the page starts, or null for the first page. `list` names what is paged through, so that a
 * cursor of one list is refused by another; `shape` is an example of the key.
 * @throws Denial BAD_USER_INPUT for a cursor that is none of this list's.
 */
export function keyAfter<K extends Key>(list: string, { after }: PageArgs, shape: K): K | null {
  if (after === undefined || after === null) return null;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
  } catch {
    parts = null;
  }
  const fits =
    Array.isArray(parts) &&
    parts.length === shape.length + 1 &&
    parts[0] === list &&
    shape.every((example, i) => {
      const part: unknown = parts[i + 1];
      // What is of the type alone may still be no parameter that PostgreSQL takes.
      return typeof example === 'number' ? Number.isSafeInteger(part) : typeof part === 'string' && !UNFIT.test(part);
    });
  if (!fits) throw new Denial('BAD_USER_INPUT', { argument: 'after' });
  return (parts as unknown[]).slice(1) as unknown as K;
}

/** A page out of rows of which one more than the page's size was read. A number is an exact total. */
export function pageOf<Row>(
  list: string,
  args: PageArgs,
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  count: () => Promise<number | Total>,
): Page<Row> {
  const size = pageSize(args);
  let counted: Promise<number | Total> | null = null;
  // Both are asked for at once, and counted once.
  const total = async (): Promise<Total> => {
    counted ??= count();
    const found = await counted;
    return typeof found === 'number' ? { count: found, exact: true } : found;
  };
  return {
    rows: rows.slice(0, size),
    hasNext: rows.length > size,
    hasPrevious: Boolean(args.after),
    cursorOf: (row) => Buffer.from(JSON.stringify([list, ...keyOf(row)])).toString('base64url'),
    count: async () => (await total()).count,
    countIsExact: async () => (await total()).exact,
  };
}
