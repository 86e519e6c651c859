import SqliteDatabase from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import type { Fillable } from '../../bench/growth-fill.ts';
import { testApp } from '../testing/app.ts';
import { GROWING, grownCompany } from '../testing/growing.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { sqliteFile } from './sqlite.ts';

/** Rows that are sorted are few, however many there are: of one page, of a small group or search, or of one device. */
const FEW = /json_each\(\+\?\)\) order by|row_number\(\)|\+"(devices|alerts)"\."company_id"|"alerts"\."device_id" = /;

/** What SQLite says where endings are read from the first that begins with a text to the last. */
const ENDINGS = 'SEARCH device_endings USING PRIMARY KEY (company=? AND ending>? AND ending<?)';

const DEVICES = 600;

/**
 * Each statement that the lists, filters, orders, counts and searches are made of is explained. SQLite plans by the indexes
 * alone, for it has no statistics here nor in production, so that few rows show what it does with millions. What may not be is
 * a growing table that is read from end to end (SCAN, or an index of which no column is compared), or sorted.
 */
it('API-04 no list, filter, order, count or search reads or sorts a growing table from end to end', async () => {
  const app = await testApp();
  const db = new SqliteDatabase(sqliteFile(app.config));
  closeAfterTest(() => void db.close());
  db.pragma('foreign_keys = OFF');
  const fillable: Fillable = {
    engine: 'sqlite',
    run: async (sql) => void db.exec(sql),
    rows: async (sql) => db.prepare<[], Record<string, unknown>>(sql).all(),
  };
  // So many that searches for what all have go by the list, and those for what few have by their endings.
  const { ask } = await grownCompany(app, fillable, DEVICES);
  const prepare = vi.spyOn(SqliteDatabase.prototype, 'prepare');
  await ask();
  const statements = new Set(prepare.mock.calls.map(([sql]) => sql).filter((sql) => /^(select|with)/i.test(sql)));
  prepare.mockRestore();
  const plans = [...statements].map((sql) => {
    const nulls = Array(sql.split('?').length - 1).fill(null);
    const steps = db.prepare(`explain query plan ${sql}`).all(...nulls) as { detail: string }[];
    return { sql, steps: steps.map(({ detail }) => detail) };
  });
  const slow = plans.flatMap(({ sql, steps }) =>
    steps
      .filter((step) => scans(step) || (/TEMP B-TREE FOR .*ORDER BY/.test(step) && !FEW.test(sql)))
      .map((step) => `${step}: ${sql}`),
  );
  expect(slow).toEqual([]);

  /** The indexes that the statements with these words go by. */
  const used = (words: RegExp) =>
    new Set(
      plans.flatMap(({ sql, steps }) =>
        words.test(sql) ? steps.flatMap((step) => /USING (?:COVERING )?INDEX (\w+)/.exec(step)?.[1] ?? []) : [],
      ),
    );
  expect([...used(/and \(?"devices"\."online"/)].sort()).toEqual(['online_devices_added', 'online_devices_name']);
  expect([...used(/from "counters"/)]).toEqual(['sqlite_autoindex_counters_1']);
  // The alerts of one device, and of one's own devices, are not looked for among those of the company.
  for (const words of [/"alerts"\."device_id" = /, /\+"alerts"\."company_id"/]) {
    expect([...used(words)].filter((name) => name.startsWith('alerts_'))).toEqual(['alerts_device']);
  }
  for (const [filter, index] of [
    ['"events"."concept" = ', 'audit_log_concept'],
    ['"events"."change" = ', 'audit_log_change'],
    ['"events"."subject" = ', 'audit_log_subject'],
    [`"events"."actor" ->> 'id') = `, 'audit_log_actor'],
  ] as const) {
    const of = used(new RegExp(filter.replace(/[.()>]/g, '\\$&')));
    expect(of, filter).toContain(index);
  }
  const near = plans.filter(({ sql }) => sql.includes(' offset '));
  expect(near.length).toBeGreaterThan(0);
  for (const { sql, steps } of near) {
    expect(steps, sql).toContain('SEARCH devices USING INDEX devices_name (company_id=? AND name<?)');
  }
  // Whether few have a text, who they are, and how many have it: each of both ends of the range, for texts and for IDs.
  const searched = plans.filter(({ sql }) => sql.includes('device_endings'));
  expect(searched.length).toBeGreaterThan(3);
  for (const { sql, steps } of searched) {
    expect(
      steps.filter((step) => step === ENDINGS),
      sql,
    ).toHaveLength(2);
  }
});

function scans(step: string): boolean {
  return GROWING.some((name) => new RegExp(`^SCAN ${name}\\b`).test(step));
}
