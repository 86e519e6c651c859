import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { databaseEngine } from '../config.ts';
import type { Queries } from './database.ts';
import { preparedVariants } from './prepared.ts';
import { devices } from './tables/devices.ts';

/** Characters of the longest part of a text that is indexed; all shorter ones are, too. */
const WIDTH = 3;

/** Parts that a search goes by: those that fewest devices have. The rows that they lead to are compared in full. */
const RAREST = 3;

/** Rows by which is judged how rare a part is. */
const SAMPLE = 64;

/** Candidates that are looked at one by one; where there are more, the list is read in its order instead, and soon full. */
export const MOST_CANDIDATES = 500;

/** The devices that an expression of the index leads to: as condition of a statement with the placeholder `match`. */
export const isCandidate: SQL = sql`${devices.id} in (select device_id from device_search where number in
  (select rowid from device_search_fts where device_search_fts match ${sql.placeholder('match')}))`;

/** A column by which SQLite is to look for no index: that is what its unary plus says. */
export function withoutIndex(column: SQLWrapper): SQL {
  return databaseEngine() === 'postgres' ? sql`${column}` : sql`+${column}`;
}

/** How many rows an expression finds, `most` at most, and how far apart they lie. */
const rows = preparedVariants('device_search_rows', (q) => {
  const found = sql`(select rowid from device_search_fts where device_search_fts match ${sql.placeholder('match')} limit ${sql.placeholder('most')})`;
  return q.select({ count: sql<number>`count(*)`, span: sql<number>`max(rowid) - min(rowid)` }).from(found);
});

/**
 * The expression of SQLite's index for devices of the company that may have one of the texts in them: null where more than
 * `MOST_CANDIDATES` may, and where there is no such index (PostgreSQL finds out for itself). The texts are folded.
 */
export async function candidates(q: Queries, companyId: string, texts: readonly string[]): Promise<string | null> {
  if (databaseEngine() === 'postgres') return null;
  const each: string[] = [];
  for (const text of new Set(texts)) each.push(`(${(await rarest(q, companyId, text)).join(' AND ')})`);
  const match = each.join(' OR ');
  const [found] = await rows(q, [], { match, most: MOST_CANDIDATES + 1 });
  return (found?.count ?? 0) > MOST_CANDIDATES ? null : match;
}

async function rarest(q: Queries, companyId: string, text: string): Promise<string[]> {
  const all = gramsOf(companyId, text);
  if (all.length <= RAREST) return all;
  const judged: { gram: string; often: number }[] = [];
  for (const gram of all) {
    const [found] = await rows(q, [], { match: gram, most: SAMPLE });
    const { count, span } = found ?? { count: 0, span: 0 };
    judged.push({ gram, often: count < SAMPLE ? count / SAMPLE : 1 + SAMPLE / (span || 1) });
  }
  return judged
    .sort((a, b) => a.often - b.often)
    .slice(0, RAREST)
    .map(({ gram }) => gram);
}

/** The parts of a text as the migration `device_search` writes them. */
function gramsOf(companyId: string, text: string): string[] {
  const characters = [...text];
  const width = Math.min(WIDTH, characters.length);
  const grams = characters.slice(0, characters.length - width + 1).map((_, i) => {
    const bytes = Buffer.from(characters.slice(i, i + width).join(''));
    return `"${companyId}_${bytes.toString('hex')}"`;
  });
  return [...new Set(grams)];
}
