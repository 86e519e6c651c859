import SqliteDatabase from 'better-sqlite3';
import { vi } from 'vitest';
import { StatementMemory } from '../db/remembered-rows.ts';

/**
 * The statements that SQLite runs meanwhile, in their order, without their values; what is remembered is read all the same.
 * Of PostgreSQL's, several are under way at once, some of them still for an answer that was given before.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const statements: string[] = [];
  const example = new SqliteDatabase(':memory:').prepare('select 1');
  const prototype = Object.getPrototypeOf(example) as typeof example;
  const spies = (['all', 'get', 'run'] as const).map((method) => {
    const original = prototype[method];
    return vi.spyOn(prototype, method).mockImplementation(function (this: typeof example, ...values: unknown[]) {
      statements.push(this.source);
      return Reflect.apply(original, this, values);
    });
  });
  const forgetful = vi.spyOn(StatementMemory.prototype, 'rows').mockImplementation((_args, find) => find());
  try {
    await work();
  } finally {
    for (const spy of [...spies, forgetful]) spy.mockRestore();
  }
  return statements;
}
