import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { buildExample, type Example } from './example.ts';
import { progress } from './report.ts';

/** Devices that are made by the domain's own operations; all others are copies of theirs. */
const TEMPLATES = 100;

/** Events of the company's log for each device. */
const EVENTS_PER_DEVICE = 10;

/** One device in so many is online. */
const ONE_ONLINE_IN = 20;

/** Bytes of the file that the copying connection keeps in memory, in KiB (negative: SQLite's own notation). */
const CACHE_KIB = -500_000;

/** A column of a copy, as SQL on the template `t` and the number of the copy `n.i`; what is not named is copied. */
type Columns = Readonly<Record<string, string>>;

/** The number of the copied device among all: 1, 2, 3 … */
const NUMBER = `((n.i - 1) * ${TEMPLATES} + t.nth)`;
/** The ids of the copies are the template's with the number of the copy, as long as any other id. */
const copyOf = (column: string) => `substr(t.${column}, 1, 21) || printf('%07X', n.i)`;

const DEVICE: Columns = {
  id: copyOf('id'),
  address: `cast(9000000000 + ${NUMBER} as text)`,
  alias: `printf('ws%07d@example', ${NUMBER})`,
  alias_key: `printf('ws%07d@example', ${NUMBER})`,
  name: `printf('Workstation %07d', ${NUMBER})`,
  credential_hash: `substr(t.credential_hash, 1, 56) || printf('%08x', n.i)`,
  online: `${NUMBER} % ${ONE_ONLINE_IN} = 0`,
  enrolled_at: `t.enrolled_at - ${NUMBER} * 1000`,
};

const OF_DEVICE: Columns = { device_id: copyOf('device_id') };

const COPIES: Readonly<Record<string, Columns>> = {
  devices: DEVICE,
  device_group_members: OF_DEVICE,
  service_activations: { ...OF_DEVICE, id: copyOf('id') },
  alerts: {
    ...OF_DEVICE,
    id: copyOf('id'),
    open_key: `t.open_key || n.i`,
    raised_at: `t.raised_at - ${NUMBER} * 1000`,
    last_raised_at: `t.last_raised_at - ${NUMBER} * 1000`,
    severity: `case ${NUMBER} % 3 when 0 then 'CRITICAL' else t.severity end`,
    state: `case when ${NUMBER} % 4 = 0 then 'OPEN' else 'RESOLVED' end`,
  },
};

/**
 * An example company with so many devices. A hundred of them, with services, groups, alerts and policies, are made by the
 * domain's own operations; the others are copied from them by SQL, and the company's log is filled up with copies of its
 * own records (their hashes are no chain: nothing that is measured verifies it).
 */
export async function buildLarge(deviceCount: number): Promise<Example> {
  const example = await buildExample(TEMPLATES);
  try {
    const db = new SqliteDatabase(join(example.folder, SQLITE_FILE));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = OFF');
    db.pragma(`cache_size = ${CACHE_KIB}`);
    db.exec('begin');
    for (const [table, columns] of Object.entries(COPIES)) {
      progress(`filling up to ${deviceCount.toLocaleString('en')} devices: ${table}`);
      copy(db, table, columns, Math.floor(deviceCount / TEMPLATES) - 1);
    }
    db.exec(`update companies set device_count = (select count(*) from devices where removed_at is null)`);
    progress(`filling up to ${deviceCount.toLocaleString('en')} devices: events`);
    const restore = setAside(db, 'events');
    fillLog(db, example.companyId, deviceCount * EVENTS_PER_DEVICE);
    restore();
    db.exec('commit');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return example;
  } catch (error) {
    example.remove();
    throw error;
  }
}

/** Copies all rows of a table so many times. */
function copy(db: SqliteDatabase.Database, table: string, columns: Columns, times: number): void {
  if (times < 1) return;
  const names = db.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table);
  // The copies of a device all have its number among the templates in them, whatever the table.
  const device = table === 'devices' ? 't.id' : 't.device_id';
  db.exec(`
    create temp table template as
      select t.*, d.nth from ${table} t
      join (select id, row_number() over (order by name) as nth from devices) d on d.id = ${device};
    insert into ${table} (${names.join(', ')})
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${times})
      select ${names.map((name) => columns[name] ?? `t.${name}`).join(', ')} from n, temp.template t;
    drop table temp.template`);
}

/** Takes a table's indexes and triggers away until the result is called: ten million rows are indexed sooner at once. */
function setAside(db: SqliteDatabase.Database, table: string): () => void {
  const parts = db
    .prepare<[string], { type: string; name: string; sql: string }>(
      `select type, name, sql from sqlite_master where type in ('index', 'trigger') and tbl_name = ? and sql is not null`,
    )
    .all(table);
  for (const { type, name } of parts) db.exec(`drop ${type} ${name}`);
  return () => {
    for (const { sql } of parts) db.exec(sql);
    db.exec(`
      delete from counters where counted = 'EVENTS';
      insert into counters (scope, counted, kind, count)
        select stream, 'EVENTS', concept || '/' || change, count(*) from events
        where stream like 'company:%' group by stream, concept, change`);
  };
}

/** Fills the company's log up to so many records: its own ones again and again, each a second after the one before. */
function fillLog(db: SqliteDatabase.Database, companyId: string, records: number): void {
  const stream = `company:${companyId}`;
  const own: Columns = {
    number: 's.last + n.i',
    at: 's.at + n.i * 1000',
    subject: `substr(t.subject, 1, 21) || printf('%07X', n.i / 10)`,
  };
  const names = db.prepare<[], string>(`select name from pragma_table_info('events')`).pluck().all();
  db.prepare(`
    insert into events (${names.join(', ')})
      with recursive
        s as materialized (select last, (select max(at) from events where stream = @stream) as at from streams where name = @stream),
        n(i) as (select 1 union all select i + 1 from n where i < @records - (select last from s))
      select ${names.map((name) => own[name] ?? `t.${name}`).join(', ')}
      from s, n, events t where t.stream = @stream and t.number = 1 + n.i % s.last`).run({ stream, records });
  db.prepare(
    `update streams set last = (select max(number) from events where stream = @stream) where name = @stream`,
  ).run({ stream });
}
