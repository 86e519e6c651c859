import { and, count, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { type Alert, type AlertSeverity, type AlertState, alerts } from '../db/tables/alerts.ts';
import { devices } from '../db/tables/devices.ts';
import { SERVICES, type Service } from '../db/tables/roles.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
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

/** The alert is within the sight. */
export function isVisible(sight: AlertSight): SQL | undefined {
  const ownDevices = sql`${alerts.deviceId} in (select ${devices.id} from ${devices}
    where ${devices.accountId} = ${sight.accountId} and ${devices.removedAt} is null)`;
  return and(
    eq(alerts.companyId, sight.companyId),
    or(
      sight.all.length > 0 ? inArray(alerts.service, [...sight.all]) : undefined,
      sight.own.length > 0 ? and(inArray(alerts.service, [...sight.own]), ownDevices) : undefined,
    ),
  );
}

export interface AlertFilter {
  service?: Service | null | undefined;
  state?: AlertState | null | undefined;
  kind?: Alert['kind'] | null | undefined;
  severity?: AlertSeverity | null | undefined;
  deviceId?: string | null | undefined;
}

function matches({ service, state, kind, severity, deviceId }: AlertFilter): SQL | undefined {
  return and(
    service ? eq(alerts.service, service) : undefined,
    state ? eq(alerts.state, state) : undefined,
    kind ? eq(alerts.kind, kind) : undefined,
    severity ? eq(alerts.severity, severity) : undefined,
    deviceId ? eq(alerts.deviceId, deviceId) : undefined,
  );
}

const NOTHING = sql`1 = 0`;

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
  return listVisible(ctx, await visibleTo(ctx, principal), 'alerts', args);
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
  const visible = await visibleTo(ctx, principal);
  return listVisible(ctx, visible, `alerts ${deviceId}`, { ...args, deviceId });
}

/** Which alerts a principal sees. */
async function visibleTo(ctx: Context, principal: AccountPrincipal | DevicePrincipal): Promise<SQL | undefined> {
  if (principal.kind === 'device') return eq(alerts.deviceId, principal.deviceId);
  const sight = await alertSight(ctx.db.read, principal.accountId, ctx.clock.now());
  return sight ? isVisible(sight) : NOTHING;
}

async function listVisible(
  ctx: Context,
  visible: SQL | undefined,
  list: string,
  args: AlertFilter & PageArgs,
): Promise<Page<Alert>> {
  const size = pageSize(args);
  const after = keyAfter<readonly [number, string]>(list, args, [0, '']);
  const matching = and(visible, matches(args));
  const rows = await ctx.db.read
    .select()
    .from(alerts)
    .where(and(matching, after ? sql`(${alerts.lastRaisedAt}, ${alerts.id}) < (${after[0]}, ${after[1]})` : undefined))
    .orderBy(desc(alerts.lastRaisedAt), desc(alerts.id))
    .limit(size + 1);
  return pageOf(
    list,
    args,
    rows,
    (row) => [row.lastRaisedAt, row.id],
    async () => {
      const [all] = await ctx.db.read.select({ count: count() }).from(alerts).where(matching);
      return all?.count ?? 0;
    },
  );
}

/**
 * An alert, for whoever its permissions show it to, and for the device that raised it.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getAlert(ctx: Context, id: string): Promise<Alert> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const [alert] = await ctx.db.read
    .select()
    .from(alerts)
    .where(and(await visibleTo(ctx, principal), eq(alerts.id, id)));
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
