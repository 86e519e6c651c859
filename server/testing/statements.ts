import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';
import { databaseEngine } from '../config.ts';
import { StatementMemory } from '../db/remembered-rows.ts';

/** The statements that run meanwhile, in their order, without their values; what is remembered is read all the same. */
export async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const forgetful = vi.spyOn(StatementMemory.prototype, 'rows').mockImplementation((_args, find) => find());
  const recorder = databaseEngine() === 'postgres' ? onPostgres() : onSqlite();
  try {
    await work();
    return recorder.statements;
  } finally {
    recorder.stop();
    forgetful.mockRestore();
  }
}

interface Recorder {
  readonly statements: string[];
  stop(): void;
}

function onSqlite(): Recorder {
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
  const stop = (): void => {
    for (const spy of spies) spy.mockRestore();
  };
  return { statements, stop };
}

function onPostgres(): Recorder {
  const statements: string[] = [];
  const original = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args;
    statements.push(typeof query === 'string' ? query : (query as { text: string }).text);
    return Reflect.apply(original, this, args);
  } as typeof original);
  return { statements, stop: () => spy.mockRestore() };
}
