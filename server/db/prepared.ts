import { getColumns, getTableName, type InferSelectModel, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Queries } from './database.ts';
import type { RememberedRows, StatementMemory } from './remembered-rows.ts';

/** What Drizzle gives for a statement that is run: a promise, which SQLite's can do without. */
type Result<Row> = PromiseLike<Row[]> & { sync?(): Row[] };
type Statement<Args, Row> = { execute(args: Args): Result<Row>; getQuery(): { sql: string } };

/** A statement of Drizzle's with placeholders. */
export interface Preparable<Args, Row> {
  prepare(name?: string): Statement<Args, Row>;
}

/** The memories of databases that have one. */
const memories = new WeakMap<Queries, RememberedRows>();

/** Has the rows that prepared statements find there remembered. */
export function remember(q: Queries, memory: RememberedRows): void {
  memories.set(q, memory);
}

/**
 * A statement that is built once for each connection and then only filled in: `build` writes it with
 * `sql.placeholder`s; calling the result runs it. Building costs more than running (design, Reading fast). What it finds may
 * be remembered until its tables change; an argument `now` says that it goes by the time, too.
 */
export function prepared<Args extends Record<string, unknown>, Row>(
  name: string,
  build: (q: Queries) => Preparable<Args, Row>,
): (q: Queries, args: Args) => Promise<readonly Row[]> {
  const statements = new WeakMap<Queries, { statement: Statement<Args, Row>; memory: StatementMemory | null }>();
  return async (q, args) => {
    let found = statements.get(q);
    if (!found) {
      const statement = build(q).prepare(name);
      found = { statement, memory: memories.get(q)?.of(statement.getQuery().sql) ?? null };
      statements.set(q, found);
    }
    const { statement, memory } = found;
    // Drizzle's three promises around rows that are there at once cost as much as finding some of them.
    if (memory) return memory.rows(args, () => (statement.execute(args) as Required<Result<Row>>).sync());
    const result = statement.execute(args);
    return result.sync ? result.sync() : await result;
  };
}

/** As `prepared`, for a statement that returns nothing. */
export function preparedWrite<Args extends Record<string, unknown>>(
  name: string,
  build: (q: Queries) => { prepare(name?: string): { execute(args: Args): PromiseLike<unknown> } },
): (q: Queries, args: Args) => Promise<unknown> {
  return prepared(name, build as unknown as Parameters<typeof prepared<Args, never>>[1]);
}

/** As `prepared`, for the insertion of a row of which every column has a value, or null. */
export function preparedInsert<T extends SQLiteTable>(
  table: T,
): (q: Queries, row: InferSelectModel<T>) => Promise<unknown> {
  const values = Object.fromEntries(Object.keys(getColumns(table)).map((key) => [key, sql.placeholder(key)]));
  return preparedWrite(`insert_into_${getTableName(table)}`, (q) => q.insert(table).values(values as never) as never);
}

/** As `prepared`, for a statement that comes in variants: each is built when it is first asked for. */
export function preparedVariants<Variant extends readonly string[], Args extends Record<string, unknown>, Row>(
  name: string,
  build: (q: Queries, ...variant: Variant) => Preparable<Args, Row>,
): (q: Queries, variant: Variant, args: Args) => Promise<readonly Row[]> {
  const statements = new Map<string, (q: Queries, args: Args) => Promise<readonly Row[]>>();
  return (q, variant, args) => {
    const key = [name, ...variant].join('_').toLowerCase();
    let statement = statements.get(key);
    if (!statement) {
      statement = prepared(key, (queries) => build(queries, ...variant));
      statements.set(key, statement);
    }
    return statement(q, args);
  };
}
