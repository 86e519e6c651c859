import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import SqliteDatabase from 'better-sqlite3';
import { eq, gt, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testApp, testConfig } from '../testing/app.ts';
import { buildCompany, buildDevice } from '../testing/builders.ts';
import { freshDatabase } from '../testing/database.ts';
import { SILENT_DATABASE_LOG } from '../testing/database-log.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { prepared } from './prepared.ts';
import { RememberedRows } from './remembered-rows.ts';
import { openSqlite, sqliteFile } from './sqlite.ts';
import { companies } from './tables/companies.ts';
import { deviceGroupMembers, deviceGroups } from './tables/devices.ts';
import { settings } from './tables/settings.ts';

const groupsOf = prepared('test_groups_of_company', (q) =>
  q
    .select()
    .from(deviceGroups)
    .where(eq(deviceGroups.companyId, sql.placeholder('companyId'))),
);

const membersOf = prepared('test_members_of_group', (q) =>
  q
    .select()
    .from(deviceGroupMembers)
    .where(eq(deviceGroupMembers.groupId, sql.placeholder('groupId'))),
);

const withNames = prepared('test_devices_with_groups', (q) =>
  q
    .select({ deviceId: deviceGroupMembers.deviceId, name: deviceGroups.name })
    .from(deviceGroupMembers)
    .innerJoin(deviceGroups, eq(deviceGroups.id, deviceGroupMembers.groupId)),
);

const addedSince = prepared('test_groups_added_since', (q) =>
  q
    .select()
    .from(deviceGroups)
    .where(gt(deviceGroups.createdAt, sql.placeholder('now'))),
);

const valuesOf = prepared('test_setting', (q) =>
  q
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, sql.placeholder('name'))),
);

async function groups() {
  const app = await testApp();
  const { companyId } = await buildCompany(app);
  const device = await buildDevice(app);
  const { db } = app.services;
  const add = (id: string, name = id) => ({ id, companyId, name, nameKey: name, createdAt: 0 });
  return { db, companyId, deviceId: device.device.id, add };
}

/** What a transaction may do with groups and their members; the last has it undone. */
const STEPS = ['ADD', 'RENAME', 'PUT_IN', 'REMOVE', 'THROW'] as const;

test('prepared statements find what is committed, whatever was read, written, cascaded or undone before', async () => {
  const { db, companyId, deviceId, add } = await groups();
  const id = fc.constantFrom('a', 'b', 'c');
  const transaction = fc.array(fc.tuple(fc.constantFrom(...STEPS), id), { minLength: 1, maxLength: 4 });
  let names = 0;
  const run = (steps: [(typeof STEPS)[number], string][]) =>
    db
      .write(async ({ q }) => {
        for (const [step, group] of steps) {
          if (step === 'THROW') throw new Error('undone');
          if (step === 'ADD')
            await q
              .insert(deviceGroups)
              .values(add(group, `${names++}`))
              .onConflictDoNothing();
          if (step === 'RENAME') {
            await q
              .update(deviceGroups)
              .set({ name: `renamed ${names++}` })
              .where(eq(deviceGroups.id, group));
          }
          if (step === 'PUT_IN') {
            const found = q.select({ id: deviceGroups.id }).from(deviceGroups).where(eq(deviceGroups.id, group));
            await q.run(
              sql`insert into ${deviceGroupMembers} select *, ${deviceId} from (${found}) where true on conflict do nothing`,
            );
          }
          if (step === 'REMOVE') await q.delete(deviceGroups).where(eq(deviceGroups.id, group));
        }
      })
      .catch((error: Error) => expect(error.message).toBe('undone'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(transaction, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      async (rounds) => {
        await run(['a', 'b', 'c'].map((group) => ['REMOVE', group]));
        for (const together of rounds) {
          await Promise.all(together.map(run));
          const q = db.read;
          expect(await groupsOf(q, { companyId })).toEqual(
            await q.select().from(deviceGroups).where(eq(deviceGroups.companyId, companyId)),
          );
          for (const groupId of ['a', 'b', 'c']) {
            expect(await membersOf(q, { groupId })).toEqual(
              await q.select().from(deviceGroupMembers).where(eq(deviceGroupMembers.groupId, groupId)),
            );
          }
          expect(await withNames(q, {})).toEqual(
            await q
              .select({ deviceId: deviceGroupMembers.deviceId, name: deviceGroups.name })
              .from(deviceGroupMembers)
              .innerJoin(deviceGroups, eq(deviceGroups.id, deviceGroupMembers.groupId)),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('rows are remembered until one of their tables changes, and cannot be changed by who reads them', async () => {
  const { db, companyId, add } = await groups();
  await db.write(async ({ q }) => void (await q.insert(deviceGroups).values(add('a'))));
  const first = await groupsOf(db.read, { companyId });
  expect(await groupsOf(db.read, { companyId })).toBe(first);
  expect(await groupsOf(db.read, { companyId: 'another' })).toEqual([]);
  expect(() => Object.assign(first[0] ?? {}, { name: 'mine' })).toThrow(TypeError);

  await db.write(async ({ q }) => void (await q.update(companies).set({ name: 'Other' })));
  expect(await groupsOf(db.read, { companyId })).toBe(first);
  await db.write(async ({ q }) => void (await q.insert(deviceGroups).values(add('b'))));
  expect(await groupsOf(db.read, { companyId })).toHaveLength(2);
});

test('what triggers write is not remembered beyond the transaction that they ran in', () => {
  const tables = new Map(['things', 'things_fts', 'things_counted', 'others'].map((name) => [name, []]));
  const memory = new RememberedRows(tables, new Map([['things', ['things_fts', 'things_counted']]]), () => 0);
  let found = 0;
  const read = (table: string) => {
    const statement = memory.of(`select * from "${table}"`);
    return () => statement.rows({}, () => [found++])[0];
  };
  const [index, counted, others] = [read('things_fts'), read('things_counted'), read('others')];
  for (const [i, written] of ['insert into "things"', 'update "things" set', 'delete from "things"'].entries()) {
    expect([index(), counted(), others()]).toEqual([index(), counted(), 2]);
    expect(index()).toBe(i === 0 ? 0 : 2 * i + 1);
    memory.written(written);
  }
  expect([index(), counted(), others()]).toEqual([7, 8, 2]);
});

test('what another process has written is found a moment later', async () => {
  // Without the jobs of a server, one of which might be about to write in this very process.
  const config = testConfig(await freshDatabase());
  const db = await openSqlite(config, SILENT_DATABASE_LOG);
  closeAfterTest(() => db.close());
  expect(await valuesOf(db.read, { name: 'token' })).toEqual([]);
  const other = new SqliteDatabase(sqliteFile(config));
  closeAfterTest(() => void other.close());
  for (const value of ['first', 'second']) {
    other.prepare('insert or replace into settings (name, value) values (?, ?)').run('token', value);
    await setTimeout(2);
    expect(await valuesOf(db.read, { name: 'token' })).toEqual([{ value }]);
  }
});

test('what goes by the time is asked for anew, and what a transaction reads is never remembered', async () => {
  const { db, companyId, add } = await groups();
  await db.write(async ({ q }) => void (await q.insert(deviceGroups).values(add('a'))));
  expect(await addedSince(db.read, { now: -1 })).not.toBe(await addedSince(db.read, { now: -1 }));
  await db.write(async ({ q }) => {
    expect(await groupsOf(q, { companyId })).toHaveLength(1);
    await q.insert(deviceGroups).values(add('b'));
    expect(await groupsOf(q, { companyId })).toHaveLength(2);
    expect(await groupsOf(db.read, { companyId })).toHaveLength(1);
  });
  expect(await groupsOf(db.read, { companyId })).toHaveLength(2);
});

test('rows that nobody asks for make room for others, those that are asked for stay', () => {
  const memory = new RememberedRows(new Map([['things', []]]), new Map(), () => 0);
  const statement = memory.of('select * from "things" where id = +?');
  let found = 0;
  const read = (id: number) => statement.rows({ id }, () => [{ id, found: found++ }]);
  const [often, once] = [read(0), read(1)];
  for (let id = 2; id < 100_000; id++) {
    read(id);
    if (id % 1000 === 0) expect(read(0)).toBe(often);
  }
  expect(read(1)).not.toBe(once);
});

test('rows of a state that is over are let go of at the next question, and not when there is no room for more', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const memory = new RememberedRows(new Map([['things', []]]), new Map(), () => 0);
  const statement = memory.of('select * from "things" where id = ?');
  const row = (id: number) => new WeakRef(statement.rows({ id }, () => [{ id }])[0] as object);
  const rows = Array.from({ length: 100 }, (_, id) => row(id));
  const held = async () => {
    // A WeakRef keeps what it was asked for until the turn ends.
    await setTimeout(1);
    collectGarbage();
    return rows.filter((ref) => ref.deref()).length;
  };
  expect(await held()).toBe(100);
  memory.written('update "things" set name = ?');
  row(0);
  expect(await held()).toBe(0);
});
