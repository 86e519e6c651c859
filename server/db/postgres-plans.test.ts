import pg from 'pg';
import { expect, it, vi } from 'vitest';
import type { Fillable } from '../../bench/growth-fill.ts';
import { databaseEngine } from '../config.ts';
import { testApp } from '../testing/app.ts';
import { GROWING, grownCompany } from '../testing/growing.ts';
import { connectToPostgres } from '../testing/postgres-client.ts';
import { Batch } from './statement-batch.ts';

/** Enough that the planner takes an index wherever there is a fit one. */
const DEVICES = 5_000;

/** Those that are filled; what is planned for an empty table says nothing of a full one. */
const FILLED = GROWING.filter((name) =>
  [
    'alerts',
    'device_endings',
    'device_group_members',
    'device_search',
    'devices',
    'events',
    'service_activations',
  ].includes(name),
);

/** So often PostgreSQL plans a statement with a name for its parameters before it weighs whether one plan for any is as good. */
const RUNS_BEFORE_GENERIC = 5;

/** Rows that may be sorted for one answer. */
const MOST_SORTED = 1_000;

/** A statement that was sent; one with a name is planned for all parameters after it was run a few times. */
interface Sent {
  readonly text: string;
  readonly name: string;
  readonly values: unknown[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

function* steps(plan: Plan): Generator<Plan> {
  yield plan;
  for (const below of plan.Plans ?? []) yield* steps(below);
}

/**
 * PostgreSQL plans by what tables hold, so that they are filled and analyzed here. Each statement is explained as it is planned
 * for its parameters and, where it has a name, for any: it comes to that after five runs. What may not be is a growing
 * table that is read from end to end, or so many rows that are sorted; nor a search that is planned anew each time.
 */
it.runIf(databaseEngine() === 'postgres')(
  'API-04 on PostgreSQL no list, filter, order, count or search reads or sorts a growing table from end to end',
  async () => {
    const app = await testApp();
    const client = await connectToPostgres(app.config.DATABASE_URL);
    const fillable: Fillable = {
      engine: 'postgres',
      run: async (sql) => void (await client.query(sql)),
      rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    };
    const { ask } = await grownCompany(app, fillable, DEVICES);
    const sent = new Map<string, Sent>();
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await ask();
    for (const [batch] of query.mock.calls as unknown as [unknown][]) {
      for (const { plan, values } of batch instanceof Batch ? batch.statements : []) {
        if (/^(select|with)/i.test(plan.text)) sent.set(plan.text, { ...plan, values });
      }
    }
    query.mockRestore();
    expect(sent.size).toBeGreaterThan(40);
    const plansOf = async ({ text, name, values }: Sent) => {
      const plans = [await client.query(`explain (format json) ${text}`, values)];
      if (name) plans.push(await client.query(`explain (generic_plan, format json) ${text}`));
      return plans.map(({ rows }) => [...steps(rows[0]['QUERY PLAN'][0].Plan as Plan)]);
    };
    const slow: string[] = [];
    // What a search that nearly all match reads from end to end, it leaves soon.
    for (const one of [...sent.values()].filter(({ text }) => !text.includes(' like $'))) {
      for (const step of (await plansOf(one)).flat()) {
        const reads = step['Node Type'] === 'Seq Scan' && FILLED.includes(step['Relation Name'] ?? '');
        const sorts = step['Node Type'] === 'Sort' && (step.Plans?.[0]?.['Plan Rows'] ?? 0) > MOST_SORTED;
        if (reads || sorts) slow.push(`${step['Node Type']} ${step['Relation Name'] ?? ''}: ${one.text}`);
      }
    }
    expect(slow).toEqual([]);
    const near = [...sent.values()].filter(({ text }) => text.includes(' offset '));
    expect(near.length).toBeGreaterThan(0);
    for (const plan of (await Promise.all(near.map(plansOf))).flat()) {
      const bounds = plan.filter((step) => step['Index Cond']?.includes('ROW(name, id) < ROW('));
      expect(bounds.map((step) => step['Index Name'])).toEqual(['devices_name']);
    }
    const searches = [...sent.values()].filter(({ text }) => text.includes('device_endings'));
    expect(searches.length).toBeGreaterThan(3);
    for (const one of searches) {
      for (const plan of await plansOf(one)) {
        const through = plan.filter((step) => step['Relation Name'] === 'device_endings');
        expect(
          through.map((step) => [step['Index Name'], step['Index Cond']?.match(/ending (>=|<) /g)]),
          one.text,
        ).toEqual(Array(2).fill(['device_endings_pkey', ['ending >= ', 'ending < ']]));
      }
    }
    for (const { text, name, values } of searches) {
      for (let run = 0; run <= RUNS_BEFORE_GENERIC; run++) await client.query({ name: name ?? '', text }, values);
      const { rows } = await client.query('select generic_plans from pg_prepared_statements where name = $1', [name]);
      expect(rows, text).toEqual([{ generic_plans: '1' }]);
    }
  },
);
