/**
 * The limit for queries: what somebody writes by hand who needs this one answer and nothing else. node:http, one
 * prepared statement for each level, JSON.stringify; no GraphQL, no sign-in, no limits. It answers the same bytes from
 * the same database file.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import SqliteDatabase from 'better-sqlite3';

const db = new SqliteDatabase(process.env['SQLITE_FILE'] ?? '', { readonly: true });

/** How parameters are written: `+?` is what server/db/sqlite.ts has found out, and nobody's habit. */
const p = process.env['PARAMETER'] ?? '?';

const companyById = db.prepare<[string]>(`select id, name from companies where id = ${p}`);
const page = db.prepare<[string, number]>(
  `select id, address, alias, name, platform, online, last_seen_at, account_id
   from devices where company_id = ${p} and removed_at is null order by name, id limit ${p}`,
);
const groupsOf = db.prepare<[string]>(
  `select m.device_id, g.id, g.name from device_group_members m join device_groups g on g.id = m.group_id
   where m.device_id in (select value from json_each(${p})) order by g.name_key`,
);
const accountsOf = db.prepare<[string]>(
  `select id, name, email from accounts where id in (select value from json_each(${p}))`,
);

interface DeviceRow {
  id: string;
  address: string;
  alias: string | null;
  name: string;
  platform: string;
  online: 0 | 1;
  last_seen_at: number | null;
  account_id: string;
}
type GroupRow = { device_id: string; id: string; name: string };
type AccountRow = { id: string; name: string; email: string };

function answer({ company: companyId, first }: { company: string; first: number }): string {
  const company = companyById.get(companyId) as { id: string; name: string };
  const rows = page.all(companyId, first + 1) as DeviceRow[];
  const devices = rows.slice(0, first);
  const groups = new Map<string, { id: string; name: string }[]>(devices.map(({ id }) => [id, []]));
  for (const row of groupsOf.all(JSON.stringify(devices.map(({ id }) => id))) as GroupRow[]) {
    groups.get(row.device_id)?.push({ id: row.id, name: row.name });
  }
  const accounts = new Map<string, object>();
  const ids = [...new Set(devices.map((row) => row.account_id))];
  for (const row of accountsOf.all(JSON.stringify(ids)) as AccountRow[]) {
    accounts.set(row.id, { accountId: row.id, name: row.name, email: row.email });
  }
  const last = devices.at(-1);
  return JSON.stringify({
    data: {
      node: {
        id: company.id,
        name: company.name,
        devices: {
          nodes: devices.map((row) => ({
            id: row.id,
            address: row.address,
            alias: row.alias,
            name: row.name,
            platform: row.platform,
            online: row.online === 1,
            lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at).toISOString(),
            account: accounts.get(row.account_id) ?? null,
            groups: groups.get(row.id) ?? [],
          })),
          pageInfo: {
            hasNextPage: rows.length > first,
            endCursor: last
              ? Buffer.from(JSON.stringify(['devicesByName', last.name, last.id])).toString('base64url')
              : null,
          },
        },
      },
    },
  });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    const body = answer(variables);
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
