import { and, desc, eq, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import { countUpTo } from '../db/bounded-count.ts';
import { countOf } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { withoutIndex } from '../db/device-search.ts';
import { preparedVariants } from '../db/prepared.ts';
import { type Alert, type AlertSeverity, type AlertState, alerts } from '../db/tables/alerts.ts';
import { devices } from '../db/tables/devices.ts';
import { SERVICES, type Service } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { permissionsIn } from './permissions.ts';
import { type AccountPrincipal, authorize, type DevicePrincipal } from './principal.ts';

/** Whose alerts a member sees, service by service (PER-04 … PER-06); it acknowledges the same ones. */
export interface AlertSight {
  readonly accountId: string;
  readonly companyId: string;
  /** The services of which it sees the alerts of all devices. */
  readonly all: readonly Service[];
  /** The services of which it sees those of the devices that it is signed in on. */
  readonly own: readonly Service[];
}

/** Null for who belongs to no company, and where no permission shows any alert. */
export async function alertSight(q: Queries, accountId: string, now: number): Promise<AlertSight | null> {
  const member = await memberOf(q, accountId);
  if (!member) return null;
  const { companyId } = member;
  const held = await permissionsIn(q, accountId, companyId, now);
  const all = SERVICES.filter((service) => held.has(service, 'HANDLE_ALL_ALERTS'));
  const own = SERVICES.filter((service) => !all.includes(service) && held.has(service, 'HANDLE_OWN_ALERTS'));
  return all.length + own.length === 0 ? null : { accountId, companyId, all, own };
}

type Terms = { readonly [Name in keyof AlertSight]: AlertSight[Name] | SQLWrapper };

/**
 * The alert is within the sight: given itself, or as the placeholders of a prepared statement.
 * @param company how the company is looked at: by its indexes, or not where something else leads to few alerts.
 */
export function isVisible(
  { accountId, companyId, all, own }: Terms,
  company: SQLWrapper = alerts.companyId,
): SQL | undefined {
  return and(
    eq(company, companyId),
    or(anyOf(alerts.service, all), and(anyOf(alerts.service, own), isOfOwnDevice(accountId))),
  );
}

/** As `isVisible`, for who sees the alerts of its own devices only: these are gone by, and not all alerts of the company. */
export function isOwn({ accountId, companyId, own }: Omit<Terms, 'all'>): SQL | undefined {
  return and(
    isOfOwnDevice(accountId),
    eq(withoutIndex(alerts.companyId), companyId),
    anyOf(withoutIndex(alerts.service), own),
  );
}

/** The alert was raised by a device that the account is signed in on. */
function isOfOwnDevice(accountId: string | SQLWrapper): SQL {
  return sql`${alerts.deviceId} in (select ${devices.id} from ${devices}
    where ${devices.accountId} = ${accountId} and ${devices.removedAt} is null)`;
}

export interface AlertFilter {
  service?: Service | null | undefined;
  state?: AlertState | null | undefined;
  kind?: Alert['kind'] | null | undefined;
  severity?: AlertSeverity | null | undefined;
  deviceId?: string | null | undefined;
}

type FilterName = keyof AlertFilter;

const FILTERS = {
  service: alerts.service,
  state: alerts.state,
  kind: alerts.kind,
  severity: alerts.severity,
  deviceId: alerts.deviceId,
} as const;

/** Who looks: a device sees its own alerts, an account those within its sight, of all devices, its own, or one of them. */
type Looking = 'DEVICE' | 'ACCOUNT' | 'ACCOUNT_OWN' | 'ACCOUNT_ON_ONE';

const SIGHT = {
  accountId: sql.placeholder('accountId'),
  companyId: sql.placeholder('companyId'),
  all: sql.placeholder('all'),
  own: sql.placeholder('own'),
};

const WITHIN: Readonly<Record<Looking, SQL | undefined>> = {
  DEVICE: eq(alerts.deviceId, sql.placeholder('principalId')),
  ACCOUNT: isVisible(SIGHT),
  ACCOUNT_OWN: isOwn(SIGHT),
  ACCOUNT_ON_ONE: isVisible(SIGHT, withoutIndex(alerts.companyId)),
};

function matching(looking: Looking, filters: readonly FilterName[]): SQL | undefined {
  return and(WITHIN[looking], ...filters.map((name) => eq(FILTERS[name], sql.placeholder(name))));
}

const newest = sql`(${alerts.lastRaisedAt}, ${alerts.id}) < (${sql.placeholder('afterAt')}, ${sql.placeholder('afterId')})`;

const pageOfAlerts = preparedVariants(
  'alerts_page',
  (q, looking: Looking, from: 'START' | 'AFTER', ...filters: FilterName[]) =>
    q
      .select()
      .from(alerts)
      .where(and(matching(looking, filters), from === 'AFTER' ? newest : undefined))
      .orderBy(desc(alerts.lastRaisedAt), desc(alerts.id))
      .limit(sql.placeholder('limit')),
);

const countOfAlerts = preparedVariants('alerts_count', (q, looking: Looking, ...filters: FilterName[]) =>
  countUpTo(q, alerts, matching(looking, filters)),
);

/**
 * Alerts and threats of a company, those raised last first: as many as the caller's permissions show, none without.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT; NOT_FOUND for who is no member.
 */
export async function listCompanyAlerts(
  ctx: Context,
  companyId: string,
  args: AlertFilter & PageArgs,
): Promise<Page<Alert>> {
  const principal = authorize(ctx, 'READ', 'account');
  await requireMember(ctx.db.read, principal, companyId);
  return listVisible(ctx, principal, 'alerts', args);
}

/**
 * Alerts and threats of one device, as `listCompanyAlerts`; the device itself sees all of its own.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, BAD_USER_INPUT.
 */
export async function listDeviceAlerts(
  ctx: Context,
  deviceId: string,
  args: AlertFilter & PageArgs,
): Promise<Page<Alert>> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  return listVisible(ctx, principal, `alerts ${deviceId}`, { ...args, deviceId });
}

/** Who looks, with what its statement is filled in with; null for who sees no alert at all. */
async function looking(
  ctx: Context,
  principal: AccountPrincipal | DevicePrincipal,
  deviceId?: string | null,
): Promise<{ who: Looking; terms: Record<string, unknown>; sight?: AlertSight } | null> {
  if (principal.kind === 'device') return { who: 'DEVICE', terms: { principalId: principal.deviceId } };
  const sight = await alertSight(ctx.db.read, principal.accountId, ctx.clock.now());
  const who = deviceId ? 'ACCOUNT_ON_ONE' : sight?.all.length === 0 ? 'ACCOUNT_OWN' : 'ACCOUNT';
  return sight && { who, terms: { ...sight, all: idList(sight.all), own: idList(sight.own) }, sight };
}

async function listVisible(
  ctx: Context,
  principal: AccountPrincipal | DevicePrincipal,
  list: string,
  args: AlertFilter & PageArgs,
): Promise<Page<Alert>> {
  const q = ctx.db.read;
  const size = pageSize(args);
  const after = keyAfter<readonly [number, string]>(list, args, [0, '']);
  const seen = await looking(ctx, principal, args.deviceId);
  const filters = (Object.keys(FILTERS) as FilterName[]).filter((name) => args[name]);
  const terms = { ...seen?.terms, ...Object.fromEntries(filters.map((name) => [name, args[name]])) };
  const page = { ...terms, limit: size + 1, afterAt: after?.[0], afterId: after?.[1] };
  const rows = seen ? await pageOfAlerts(q, [seen.who, after ? 'AFTER' : 'START', ...filters], page) : [];
  return pageOf(
    list,
    args,
    rows,
    (row) => [row.lastRaisedAt, row.id],
    async () => {
      const sight = seen?.sight;
      if (sight && sight.own.length === 0 && !args.deviceId) {
        const services = sight.all.filter((service) => !args.service || service === args.service);
        return countOf(q, 'ALERTS', sight.companyId, [services, args.state, args.kind, args.severity]);
      }
      const [all] = seen ? await countOfAlerts(q, [seen.who, ...filters], terms) : [];
      return totalOf(all?.count ?? 0);
    },
  );
}

const byId = preparedVariants('alert_by_id', (q, who: Looking) =>
  q
    .select()
    .from(alerts)
    .where(and(WITHIN[who], eq(alerts.id, sql.placeholder('id')))),
);

/**
 * An alert, for whoever its permissions show it to, and for the device that raised it.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getAlert(ctx: Context, id: string): Promise<Alert> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const seen = await looking(ctx, principal);
  const [alert] = seen ? await byId(ctx.db.read, [seen.who], { ...seen.terms, id }) : [];
  if (!alert) throw notFound('id');
  return alert;
}

/** Whether somebody with this sight may know of what happened to an alert of the service on the device. */
export async function seesAlertsOf(
  q: Queries,
  sight: AlertSight,
  service: Service,
  deviceId: string,
): Promise<boolean> {
  if (sight.all.includes(service)) return true;
  if (!sight.own.includes(service)) return false;
  const [own] = await q
    .select({ id: devices.id })
    .from(devices)
    .where(and(eq(devices.id, deviceId), eq(devices.accountId, sight.accountId), isNull(devices.removedAt)));
  return own !== undefined;
}
