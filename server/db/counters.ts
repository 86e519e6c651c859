import { and, eq, sql } from 'drizzle-orm';
import { anyOf, idList } from './any-of.ts';
import type { Queries } from './database.ts';
import { prepared } from './prepared.ts';
import { type Counted, counters } from './tables/counters.ts';

const countersOf = prepared('counters_of', (q) =>
  q
    .select({ scope: counters.scope, kind: counters.kind, count: counters.count })
    .from(counters)
    .where(and(anyOf(counters.scope, sql.placeholder('scopes')), eq(counters.counted, sql.placeholder('counted')))),
);

/** How many rows of each kind there are of a company, a group or a stream; the kind in its parts. */
export async function countsBy(
  q: Queries,
  counted: Counted,
  scope: string,
): Promise<{ kind: string[]; count: number }[]> {
  const rows = await countersOf(q, { counted, scopes: idList([scope]) });
  return rows.map(({ kind, count }) => ({ kind: kind.split('/'), count }));
}

/** How many rows of each kind there are, of many at once. */
export async function countsOfEach(
  q: Queries,
  counted: Counted,
  scopes: readonly string[],
): Promise<{ scope: string; kind: string[]; count: number }[]> {
  if (scopes.length === 0) return [];
  const rows = await countersOf(q, { counted, scopes: idList(scopes) });
  return rows.map(({ kind, ...row }) => ({ ...row, kind: kind.split('/') }));
}

/** How many there are whose kind has these parts, in their places; undefined stands for any. */
export async function countOf(
  q: Queries,
  counted: Counted,
  scope: string,
  parts: readonly (readonly string[] | string | null | undefined)[] = [],
): Promise<number> {
  const fits = (wanted: (typeof parts)[number], part: string | undefined) =>
    wanted === undefined || wanted === null || [wanted].flat().includes(part ?? '');
  const rows = await countsBy(q, counted, scope);
  return rows
    .filter(({ kind }) => parts.every((wanted, i) => fits(wanted, kind[i])))
    .reduce((sum, { count }) => sum + count, 0);
}

/** As `countOf`, for many at once. */
export async function countsOf(q: Queries, counted: Counted, scopes: readonly string[]): Promise<number[]> {
  const sums = new Map<string, number>();
  for (const { scope, count } of await countersOf(q, { counted, scopes: idList(scopes) })) {
    sums.set(scope, (sums.get(scope) ?? 0) + count);
  }
  return scopes.map((scope) => sums.get(scope) ?? 0);
}
