import type { Fillable } from './growth-fill.ts';

/** One list, count, filter, order or search that has to cost the same however many devices there are. */
export interface GrowthQuery {
  readonly title: string;
  /** The fields of the company. */
  readonly fields: string;
  /** Of a search: whether any device is to be found. */
  readonly finds?: boolean;
}

const PAGE = '{ nodes { __typename } pageInfo { hasNextPage endCursor } }';
const COUNT = '{ totalCount }';

const DEVICE_LISTS = ['', 'orderBy: ADDED', 'online: true', 'online: false', 'online: true, orderBy: ADDED'];
const ALERT_LISTS = [
  '',
  'state: OPEN',
  'severity: CRITICAL',
  'severity: INFORMATION',
  'kind: ALERT',
  'kind: THREAT',
  'service: MONITORING',
  'state: RESOLVED, severity: CRITICAL',
];

/** Texts that one device, or all, or none have in them. */
const SEARCHES = [
  ['a device by its name', 'Workstation 0000512', true],
  ['a device by its alias', 'ws0000512@', true],
  ['a device by its ID', '900 000 0512', true],
  ['a part of a name that ends it', '000512', true],
  ['what all devices have in their names', 'station', true],
  ['two letters that all have', 'st', true],
  ['what none has', 'zebra', false],
  ['two letters that none has', 'zq', false],
] as const;

const list = (field: string, args: string) => `${field}(first: 20${args === '' ? '' : `, ${args}`})`;

/** All that a company's pages ask for, at their beginnings, far behind them, and counted. */
export function growthQueries({ groupId, subject, accountId, until, halfway }: GrowthIds): GrowthQuery[] {
  const audit = [
    '',
    'order: OLDEST_FIRST',
    'concept: "alert"',
    'change: "REMOVED"',
    `subject: "${subject}"`,
    `actorId: "${accountId}"`,
    `until: "${until}"`,
    `concept: "policy", until: "${until}"`,
  ];
  const lists = [
    ...[...DEVICE_LISTS, `groupId: "${groupId}"`].map((args) => ['devices', args] as const),
    ...ALERT_LISTS.map((args) => ['alerts', args] as const),
    ...audit.map((args) => ['auditLog', args] as const),
  ];
  return [
    ...lists.map(([field, args]) => ({ title: `${field}(${args})`, fields: `${list(field, args)} ${PAGE}` })),
    ...lists.map(([field, args]) => ({ title: `${field}(${args}), counted`, fields: `${list(field, args)} ${COUNT}` })),
    ...Object.entries(halfway).map(([field, key]) => ({
      title: `${field}, after half of them`,
      fields: `${list(field, `after: "${Buffer.from(JSON.stringify(key)).toString('base64url')}"`)} ${PAGE}`,
    })),
    ...SEARCHES.flatMap(([what, text, finds]) => [
      { title: `search: ${what}`, fields: `${list('devices', `search: "${text}"`)} ${PAGE}`, finds },
      { title: `search: ${what}, counted`, fields: `${list('devices', `search: "${text}"`)} ${COUNT}` },
    ]),
    {
      title: 'serviceOverview: states',
      fields: 'serviceOverview(service: MONITORING) { seats seatsUsed states { state count } }',
    },
    {
      title: 'serviceOverview: activations',
      fields: `serviceOverview(service: MONITORING) { activations(first: 20) ${PAGE} }`,
    },
    {
      title: 'serviceOverview: activations, counted',
      fields:
        'serviceOverview(service: MONITORING) { activations(first: 20, state: PENDING) { totalCount } all: activations { totalCount } }',
    },
    { title: 'deviceGroups with their counts', fields: 'deviceGroups(first: 20) { nodes { name deviceCount } }' },
    { title: 'alertHistory', fields: 'alertHistory(days: 30) { date raised }' },
    { title: 'eventCursor, deviceCount', fields: 'eventCursor deviceCount' },
  ].map((query) => ({ ...query, title: query.title.replace('()', '') }));
}

/** What the filters of the lists name. */
export interface GrowthIds {
  readonly groupId: string;
  readonly subject: string;
  readonly accountId: string;
  readonly until: string;
  /** What cursors in the middle of the lists have in them, as server/domain/page.ts writes it. */
  readonly halfway: Readonly<Record<'devices' | 'alerts' | 'auditLog', readonly (string | number)[]>>;
}

/** What the company has that the filters are to name. */
export async function idsIn(db: Fillable, companyId: string): Promise<GrowthIds> {
  const find = async (sql: string) => Object.values((await db.rows(sql))[0] ?? {})[0] ?? '';
  const own = `company_id = '${companyId}'`;
  const log = `events where stream = 'company:${companyId}'`;
  const middle = (column: string, rows: string) =>
    find(`select ${column} from ${rows} order by ${column} limit 1 offset (select count(*) / 2 from ${rows})`);
  return {
    groupId: String(await find(`select id from device_groups where ${own} order by name_key`)),
    subject: String(await find(`select subject from ${log} and number > 500 and concept = 'device'`)),
    accountId: String(await find(`select account_id from members where ${own} order by joined_at desc`)),
    until: new Date(Number(await find(`select at from ${log} and number = 1000`))).toISOString(),
    halfway: {
      devices: ['devicesByName', String(await middle('name', `devices where ${own} and removed_at is null`)), ''],
      alerts: ['alerts', Number(await middle('last_raised_at', `alerts where ${own}`)), ''],
      auditLog: [`audit company:${companyId}`, Number(await middle('number', log))],
    },
  };
}
