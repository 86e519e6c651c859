import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import { countUpTo } from '../db/bounded-count.ts';
import { countOf, countsBy } from '../db/counters.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import type { Service } from '../db/tables/roles.ts';
import { type ActivationState, type ServiceActivation, serviceActivations } from '../db/tables/service-activations.ts';
import { CONDITIONS, type Condition, licenceObstacles } from './activation-conditions.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { findDeviceOrNone, maySeeDevice } from './devices.ts';
import { requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize, totalOf } from './page.ts';
import { permissionsIn } from './permissions.ts';
import { authorize } from './principal.ts';
import { type Seats, seatsOf } from './seats.ts';

export interface ServiceOverview extends Seats {
  readonly companyId: string;
  /** Whether the company has an active licence for it, without which there is nothing to activate (SVC-01). */
  readonly bought: boolean;
  /** Whether the caller may put it on devices; Backup, on those that act for it (PER-07). */
  readonly mayActivate: boolean;
}

/**
 * How a service stands in the company, for its members (SVC-01, SVC-02, SVC-07).
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function getServiceOverview(ctx: Context, companyId: string, service: Service): Promise<ServiceOverview> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  await requireMember(q, principal, companyId);
  const now = ctx.clock.now();
  const seats = await seatsOf(q, companyId, service, now);
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  const bought = seats.licences > 0;
  const mayActivate = bought && (service === 'BACKUP' || held.has(service, 'ASSIGN_POLICIES'));
  return { ...seats, companyId, bought, mayActivate };
}

/**
 * What stands against the caller's putting the service on any device: the permission, the licences, the seats. Empty
 * where nothing does; what single devices lack is told by a preview. For who was given the overview.
 */
export async function activationObstacles(
  ctx: Context,
  { companyId, service }: Pick<ServiceOverview, 'companyId' | 'service'>,
): Promise<Condition[]> {
  const { accountId } = authorize(ctx, 'READ', 'account');
  const now = ctx.clock.now();
  const found = new Set(await licenceObstacles(ctx.db.read, companyId, service, now));
  const held = await permissionsIn(ctx.db.read, accountId, companyId, now);
  if (service !== 'BACKUP' && !held.has(service, 'ASSIGN_POLICIES')) found.add('NO_PERMISSION');
  return CONDITIONS.filter((condition) => found.has(condition));
}

/** On how many devices a service is in each state; for who was given the overview. */
export async function countStates(
  ctx: Context,
  { companyId, service }: Pick<ServiceOverview, 'companyId' | 'service'>,
): Promise<ReadonlyMap<ActivationState, number>> {
  const rows = await countsBy(ctx.db.read, 'ACTIVATIONS', companyId);
  const own = rows.filter(({ kind, count }) => kind[0] === service && count > 0);
  return new Map(own.map(({ kind, count }) => [kind[1] as ActivationState, count]));
}

/**
 * A service's activations in a company, in an order that stays; those that were ended only where asked for. With `mine`,
 * those of Backup that are assigned to the caller. For the members of the company.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.
 */
export async function listActivations(
  ctx: Context,
  { companyId, service }: Pick<ServiceOverview, 'companyId' | 'service'>,
  args: PageArgs & { state?: ActivationState | null | undefined; mine?: boolean | null | undefined },
): Promise<Page<ServiceActivation>> {
  const principal = authorize(ctx, 'READ', 'account');
  const size = pageSize(args);
  const after = keyAfter<readonly [string]>('activations', args, ['']);
  await requireMember(ctx.db.read, principal, companyId);
  const wanted = and(
    eq(serviceActivations.companyId, companyId),
    eq(serviceActivations.service, service),
    args.state ? eq(serviceActivations.state, args.state) : ne(serviceActivations.state, 'DEACTIVATED'),
    args.mine ? eq(serviceActivations.assignedAccountId, principal.accountId) : undefined,
  );
  const rows = await ctx.db.read
    .select()
    .from(serviceActivations)
    .where(after ? and(wanted, gt(serviceActivations.id, after[0])) : wanted)
    .orderBy(asc(serviceActivations.id))
    .limit(size + 1);
  return pageOf(
    'activations',
    args,
    rows,
    (row) => [row.id],
    async () => {
      if (!args.mine) {
        const count = (state?: string | null) => countOf(ctx.db.read, 'ACTIVATIONS', companyId, [service, state]);
        return (await count(args.state)) - (args.state ? 0 : await count('DEACTIVATED'));
      }
      const [all] = await countUpTo(ctx.db.read, serviceActivations, wanted);
      return totalOf(all?.count ?? 0);
    },
  );
}

const byId = prepared('service_activation_by_id', (q) =>
  q
    .select()
    .from(serviceActivations)
    .where(eq(serviceActivations.id, sql.placeholder('id'))),
);

/**
 * A service on a device, for who sees the device as its own.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN, NOT_FOUND.
 */
export async function getActivation(ctx: Context, id: string): Promise<ServiceActivation> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const [activation] = await byId(ctx.db.read, { id });
  const device = await findDeviceOrNone(ctx.db.read, activation?.deviceId);
  const seen = await maySeeDevice(ctx.db.read, principal, device);
  if (!activation || !seen) throw notFound('id');
  return activation;
}

const byDevices = prepared('service_activations_by_devices', (q) =>
  q
    .select()
    .from(serviceActivations)
    .where(anyOf(serviceActivations.deviceId, sql.placeholder('ids')))
    .orderBy(asc(serviceActivations.service)),
);

/**
 * What is, or was, on each of these devices, by service, in one statement; for who was given the devices. At most one for
 * each service.
 */
export async function activationsOfDevices(q: Queries, deviceIds: readonly string[]): Promise<ServiceActivation[][]> {
  const lists = new Map<string, ServiceActivation[]>(deviceIds.map((id) => [id, []]));
  for (const row of await byDevices(q, { ids: idList(deviceIds) })) lists.get(row.deviceId)?.push(row);
  return deviceIds.map((id) => lists.get(id) ?? []);
}
