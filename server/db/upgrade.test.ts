import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, test } from 'vitest';
import { databaseEngine } from '../config.ts';
import { ROOT } from '../lib/root.ts';
import { testConfig } from '../testing/app.ts';
import { emptyDatabase } from '../testing/database.ts';
import { SILENT_DATABASE_LOG } from '../testing/database-log.ts';
import { closeAfterTest } from '../testing/resources.ts';
import { countOf, countsBy } from './counters.ts';
import { openDatabase } from './database.ts';
import { countFound, endingsOf } from './device-search.ts';
import { sqliteFile } from './sqlite.ts';
import { devices } from './tables/devices.ts';

const onPostgres = databaseEngine() === 'postgres';

/** What a database of before the counters may hold, in the SQL of both engines. */
const ROWS = [
  `insert into companies (id, name, namespace, created_at) values ('com_old', 'Old', 'old', 0)`,
  `insert into devices (id, company_id, address, alias, alias_key, name, platform, client_kind, client_version,
     credential_hash, locks, online, registered_at, enrolled_at)
   values ('dev_old', 'com_old', '123456789', 'Till@old', 'till@old', 'Élodie', 'WINDOWS', 'FULL_CLIENT', '1', 'x', '[]', true, 0, 0)`,
  `insert into alerts (id, company_id, device_id, service, subject, severity, kind, message, state, raised_at, last_raised_at)
   values ('alt_old', 'com_old', 'dev_old', 'MONITORING', 'CPU', 'WARNING', 'ALERT', 'Busy.', 'OPEN', 86400000, 86400000)`,
  `insert into events (stream, number, at, concept, change, subject, actor, request_id, hash)
   values ('company:com_old', 1, 0, 'device', 'ENROLLED', 'dev_old', '{"kind":"SYSTEM","id":null}', 'r', 'h')`,
];

/** The migrations before the one that is called so. */
function migrationsBefore(name: string): string {
  const all = join(ROOT, 'server/db/migrations', databaseEngine());
  const some = mkdtempSync(join(tmpdir(), 'beckon-migrations-'));
  closeAfterTest(async () => rmSync(some, { recursive: true }));
  const folders = readdirSync(all).sort();
  const end = folders.findIndex((folder) => folder.endsWith(`_${name}`));
  for (const folder of folders.slice(0, end)) cpSync(join(all, folder), join(some, folder), { recursive: true });
  return some;
}

/** Of before the migration of this name, and what its rows had that those above lack. */
const BEFORE = [
  ['device_search', []],
  ['device_endings', ["update devices set search_key = 'élodie' || chr(10) || 'till@old' || chr(10) || '123456789'"]],
] as const;

test.each(BEFORE)(
  'API-04 what a database held before %s is counted and found when it is upgraded',
  async (name, more) => {
    const config = testConfig(await emptyDatabase());
    const migrationsFolder = migrationsBefore(name);
    const rows = [...ROWS, ...more];
    if (onPostgres) {
      const client = new pg.Client({ connectionString: config.DATABASE_URL ?? '' });
      await client.connect();
      await migratePostgres(drizzlePostgres({ client }), { migrationsFolder });
      for (const sql of rows) await client.query(sql);
      await client.end();
    } else {
      const client = new SqliteDatabase(sqliteFile(config));
      migrateSqlite(drizzleSqlite({ client }), { migrationsFolder });
      for (const sql of rows) client.exec(sql.replaceAll('chr(', 'char('));
      client.close();
    }
    const database = await openDatabase(config, SILENT_DATABASE_LOG);
    closeAfterTest(() => database.close());
    const q = database.read;
    expect(await q.select({ key: devices.searchKey }).from(devices)).toEqual([{ key: 'élodie\ntill@old\n123456789' }]);
    expect(await countOf(q, 'ONLINE_DEVICES', 'com_old')).toBe(1);
    expect(await countOf(q, 'ALERTS', 'com_old', ['MONITORING', 'OPEN', 'ALERT', 'WARNING'])).toBe(1);
    expect(await countsBy(q, 'ALERT_DAYS', 'com_old/1')).toEqual([{ kind: ['MONITORING', 'WARNING'], count: 1 }]);
    expect(await countOf(q, 'EVENTS', 'company:com_old', ['device', 'ENROLLED'])).toBe(1);
    for (const [text, found] of [
      ['élo', 1],
      ['LL@', 0],
      ['ll@', 1],
      ['345 67', 1],
      ['zq', 0],
    ] as const) {
      expect([text, await countFound(q, 'com_old', endingsOf(text))]).toEqual([text, found]);
    }
  },
);
