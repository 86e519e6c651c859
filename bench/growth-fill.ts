import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Events of the company's log for each device. */
const EVENTS_PER_DEVICE = 10;

/** One device in so many is online. */
const ONE_ONLINE_IN = 20;

/** A database to fill: SQL that both engines understand, but for what is told apart by `engine`. */
export interface Fillable {
  readonly engine: 'sqlite' | 'postgres';
  run(sql: string): Promise<void>;
  /** The rows that a query finds. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
}

/** A column of a copy, as SQL on the template `t` and the number of the copy `n.i`; what is not named is copied. */
type Columns = Readonly<Record<string, string>>;

/** A number as so many digits, in SQL of both engines. */
const digits = (number: string, width: number) => `substr(cast(1${'0'.repeat(width)} + ${number} as text), 2)`;

/** The ids of the copies are the template's with the number of the copy, as long as any other id. */
const copyOf = (column: string) => `substr(t.${column}, 1, 21) || ${digits('n.i', 7)}`;

/** @param number the number of the copied device among all: 1, 2, 3 … */
function copies(number: string): Readonly<Record<string, Columns>> {
  const alias = `'ws' || ${digits(number, 7)} || '@example'`;
  const address = `cast(9000000000 + ${number} as text)`;
  const ofDevice = { device_id: copyOf('device_id') };
  return {
    devices: {
      id: copyOf('id'),
      address,
      alias,
      alias_key: alias,
      name: `'Workstation ' || ${digits(number, 7)}`,
      // As server/domain/search.ts writes it.
      search_key: `'workstation ' || ${digits(number, 7)} || '\n' || ${alias} || '\n' || ${address}`,
      credential_hash: `substr(t.credential_hash, 1, 56) || ${digits('n.i', 8)}`,
      online: `${number} % ${ONE_ONLINE_IN} = 0`,
      // People are signed in on a few devices each, however many there are.
      account_id: 'null',
      enrolled_at: `t.enrolled_at - ${number} * 1000`,
    },
    device_group_members: ofDevice,
    service_activations: { ...ofDevice, id: copyOf('id') },
    alerts: {
      ...ofDevice,
      id: copyOf('id'),
      open_key: `t.open_key || n.i`,
      raised_at: `t.raised_at - ${number} * 1000`,
      last_raised_at: `t.last_raised_at - ${number} * 1000`,
      severity: `case ${number} % 3 when 0 then 'CRITICAL' else t.severity end`,
      state: `case when ${number} % 4 = 0 then 'OPEN' else 'RESOLVED' end`,
    },
  };
}

/**
 * Fills a company up to so many devices, and its log to ten times as many records: with copies, made by SQL, of what it has
 * (of the records the hashes are no chain: nothing that is measured verifies it).
 */
export async function fillUp(
  db: Fillable,
  companyId: string,
  deviceCount: number,
  progress: (what: string) => void = () => {},
): Promise<void> {
  const [found] = await db.rows('select count(*) as templates from devices');
  const templates = Number(found?.['templates']);
  // One row of a counter, written a million times in one transaction, is what PostgreSQL is slowest at.
  if (db.engine === 'postgres') await db.run('set session_replication_role = replica');
  await db.run('begin');
  const restoreDevices = await setAside(db, 'devices');
  for (const [table, columns] of Object.entries(copies(`((n.i - 1) * ${templates} + t.nth)`))) {
    progress(table);
    await copy(db, table, columns, Math.floor(deviceCount / templates) - 1);
  }
  await db.run('update companies set device_count = (select count(*) from devices where removed_at is null)');
  progress('events');
  const restoreEvents = await setAside(db, 'events');
  await fillLog(db, `company:${companyId}`, deviceCount * EVENTS_PER_DEVICE);
  await restoreEvents();
  progress('endings');
  await writeEndings(db);
  await restoreDevices();
  progress('counters');
  await countAnew(db);
  await db.run('commit');
  if (db.engine === 'postgres') {
    await db.run('set session_replication_role = origin');
    await db.run('vacuum analyze');
  }
}

/** The columns of a table, in their order. */
async function columnsOf(db: Fillable, table: string): Promise<string[]> {
  const sql =
    db.engine === 'sqlite'
      ? `select name from pragma_table_info('${table}')`
      : `select column_name as name from information_schema.columns where table_name = '${table}' and table_schema = 'public' order by ordinal_position`;
  return (await db.rows(sql)).map(({ name }) => String(name));
}

/** Copies all rows of a table so many times. */
async function copy(db: Fillable, table: string, columns: Columns, times: number): Promise<void> {
  if (times < 1) return;
  const names = await columnsOf(db, table);
  // The copies of a device all have its number among the templates in them, whatever the table.
  const device = table === 'devices' ? 't.id' : 't.device_id';
  await db.run(`
    create temp table template as
      select t.*, d.nth from ${table} t
      join (select id, row_number() over (order by name) as nth from devices) d on d.id = ${device}`);
  await db.run(`
    insert into ${table} (${names.join(', ')})
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${times})
      select ${names.map((name) => columns[name] ?? `t.${name}`).join(', ')} from n, template t`);
  await db.run('drop table template');
}

/** Takes a table's indexes and triggers away on SQLite until the result is called: ten million rows are indexed sooner at once. */
async function setAside(db: Fillable, table: string): Promise<() => Promise<void>> {
  if (db.engine === 'postgres') return async () => {};
  const parts = await db.rows(
    `select type, name, sql from sqlite_master where type in ('index', 'trigger') and tbl_name = '${table}' and sql is not null`,
  );
  for (const { type, name } of parts) await db.run(`drop ${type} ${name}`);
  return async () => {
    for (const { sql } of parts) await db.run(String(sql));
  };
}

/** Fills a log up to so many records: its own ones again and again, each a second after the one before. */
async function fillLog(db: Fillable, stream: string, records: number): Promise<void> {
  const own: Columns = {
    number: 's.last + n.i',
    at: 's.at + n.i * 1000',
    subject: `substr(t.subject, 1, 21) || ${digits('n.i / 10', 7)}`,
  };
  const names = await columnsOf(db, 'events');
  await db.run(`
    insert into events (${names.join(', ')})
      with recursive
        s as materialized (select last, (select max(at) from events where stream = '${stream}') as at from streams where name = '${stream}'),
        n(i) as (select 1 union all select i + 1 from n where i < ${records} - (select last from s))
      select ${names.map((name) => own[name] ?? `t.${name}`).join(', ')}
      from s, n, events t where t.stream = '${stream}' and t.number = 1 + n.i % s.last`);
  await db.run(
    `update streams set last = (select max(number) from events where stream = '${stream}') where name = '${stream}'`,
  );
}

/** Counts all that is counted, as the migrations do that began to. */
async function countAnew(db: Fillable): Promise<void> {
  const folder = fileURLToPath(new URL(`../server/db/migrations/${db.engine}`, import.meta.url));
  await db.run('delete from counters');
  for (const path of globSync('*/migration.sql', { cwd: folder }).sort()) {
    for (const statement of readFileSync(join(folder, path), 'utf8').split('--> statement-breakpoint')) {
      if (/^\s*INSERT INTO [`"]counters[`"]/.test(statement)) await db.run(statement);
    }
  }
}

/** Writes what the copies are found by, as the migration `device_endings` does. */
async function writeEndings(db: Fillable): Promise<void> {
  await db.run(`
    insert into device_search (device_id, name, enrolled_at)
      select id, name, enrolled_at from devices where company_id is not null and removed_at is null on conflict do nothing`);
  await db.run(`
    insert into device_endings (company, ending, device)
      select company, ending, device from endings_of_devices where true order by 1, 2, 3 on conflict do nothing`);
}
