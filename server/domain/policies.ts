import { and, asc, eq, getColumns, isNull, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { prepared } from '../db/prepared.ts';
import { devices } from '../db/tables/devices.ts';
import { type Policy, policies, policyAssignments, policyVersions } from '../db/tables/policies.ts';
import { type Permission, SERVICES, type Service } from '../db/tables/roles.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { Denial, NO_ID, notFound } from './denials.ts';
import { streamOf } from './event-log.ts';
import { memberOf, requireMember } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { permissionsIn, requirePermission } from './permissions.ts';
import type { OpenSettings } from './policy-settings/services.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/** A policy with what its version in force says. */
export interface PolicyInForce extends Policy {
  readonly settings: OpenSettings;
  /** When the version in force was written, and by whom; null where that account is gone. */
  readonly changedAt: number;
  readonly changedBy: string | null;
}

const inForce = {
  ...getColumns(policies),
  settings: policyVersions.settings,
  changedAt: policyVersions.createdAt,
  changedBy: policyVersions.createdBy,
};

const versionInForce = and(eq(policyVersions.policyId, policies.id), eq(policyVersions.version, policies.version));

const byId = prepared('policy_by_id', (q) =>
  q
    .select(inForce)
    .from(policies)
    .innerJoin(policyVersions, versionInForce)
    .where(and(eq(policies.id, sql.placeholder('id')), isNull(policies.removedAt))),
);

/** The policy, unless it was removed, whoever asks: for operations that judge by themselves. */
export async function findPolicy(q: Queries, id: string): Promise<PolicyInForce | null> {
  const [policy] = await byId(q, { id });
  return policy ?? null;
}

const anyByIds = prepared('any_policies_by_ids', (q) =>
  q
    .select(inForce)
    .from(policies)
    .innerJoin(policyVersions, versionInForce)
    .where(anyOf(policies.id, sql.placeholder('ids'))),
);

/** The policies with these ids, removed ones too, in the order of the ids. Throws where one has no row. */
async function findPolicies(q: Queries, ids: readonly string[]): Promise<PolicyInForce[]> {
  const rows = new Map((await anyByIds(q, { ids: idList(ids) })).map((row) => [row.id, row]));
  return ids.map((id) => {
    const policy = rows.get(id);
    if (!policy) throw new Error(`no policy ${id}`);
    return policy;
  });
}

/** Settings as they come in: of which service, and what is set; null and absent ones are left open. */
export interface GivenSettings {
  service: Service;
  values: OpenSettings;
}

/** @throws Refusal InvalidInput CONTRADICTION where the settings are another service's. */
export function requireService(policy: { service: Service }, service: Service): void {
  if (policy.service !== service)
    throw new Refusal('InvalidInput', 'CONTRADICTION', ['settings'], { service: policy.service });
}

/** The services whose policies the account may see in the company: those that it may at least assign policies of. */
export async function servicesSeen(
  q: Queries,
  principal: AccountPrincipal,
  companyId: string,
  now: number,
): Promise<Service[]> {
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  return SERVICES.filter((service) => held.has(service, 'ASSIGN_POLICIES'));
}

const mayInstallBackup = prepared('may_install_backup', (q) =>
  q
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(
        eq(devices.accountId, sql.placeholder('accountId')),
        eq(devices.companyId, sql.placeholder('companyId')),
        isNull(devices.removedAt),
      ),
    )
    .limit(1),
);

/**
 * The services of whose policies the account has to choose one: those that it may assign, and Backup where a device is
 * assigned to it. Nobody else can put Backup there, whatever the roles are (PER-07).
 */
async function servicesToChoose(
  q: Queries,
  principal: AccountPrincipal,
  companyId: string,
  now: number,
): Promise<Service[]> {
  const seen = await servicesSeen(q, principal, companyId, now);
  if (seen.includes('BACKUP')) return seen;
  const [device] = await mayInstallBackup(q, { accountId: principal.accountId, companyId });
  if (!device || !(await memberOf(q, principal.accountId))) return seen;
  return SERVICES.filter((service) => service === 'BACKUP' || seen.includes(service));
}

/**
 * One policy, for members of its company who may at least assign the service's policies (PER-02); one of Backup, also for
 * members that a device is assigned to.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN; NOT_FOUND for everybody else.
 */
export async function getPolicy(ctx: Context, id: string): Promise<PolicyInForce> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const q = ctx.db.read;
  const policy = await findPolicy(q, id);
  // A device reads what holds on it, not the policies that it comes from.
  if (principal.kind === 'device') throw notFound('id');
  const seen = await servicesToChoose(q, principal, policy?.companyId ?? NO_ID, ctx.clock.now());
  if (!policy || !seen.includes(policy.service)) throw notFound('id');
  return policy;
}

/** A device or a group of devices. */
interface PolicyTarget {
  readonly id: string;
  readonly companyId: string | null;
}

const onTargets = prepared('policies_on_targets', (q) =>
  q
    .select({ targetId: policyAssignments.targetId, policyId: policyAssignments.policyId })
    .from(policyAssignments)
    .where(anyOf(policyAssignments.targetId, sql.placeholder('ids')))
    .orderBy(asc(policyAssignments.service)),
);

/**
 * The policies that are assigned to each device or group itself, one of a service at most; of the services that the
 * caller may assign policies of, so none for others than members of the company. Each policy is read once, on however
 * many of them it is.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function policiesOn(ctx: Context, targets: readonly PolicyTarget[]): Promise<PolicyInForce[][]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  if (principal.kind === 'device') return targets.map(() => []);
  const q = ctx.db.read;
  const seen = new Map<string, readonly Service[]>();
  for (const { companyId } of targets) {
    if (companyId === null || seen.has(companyId)) continue;
    seen.set(companyId, await servicesSeen(q, principal, companyId, ctx.clock.now()));
  }
  const assigned = await onTargets(q, { ids: idList(targets.map(({ id }) => id)) });
  const found = await findPolicies(q, [...new Set(assigned.map(({ policyId }) => policyId))]);
  const policyById = new Map(found.map((policy) => [policy.id, policy]));
  const lists = new Map(targets.map(({ id }) => [id, [] as PolicyInForce[]]));
  for (const { targetId, policyId } of assigned) {
    const policy = policyById.get(policyId);
    if (policy?.removedAt === null) lists.get(targetId)?.push(policy);
  }
  return targets.map(({ id, companyId }) => {
    const services = seen.get(companyId ?? '') ?? [];
    return (lists.get(id) ?? []).filter(({ service }) => services.includes(service));
  });
}

const LIST = 'policies';

/**
 * The policies of a company by service and name; those of one service where one is named. Without it, those of all
 * services that the caller may assign policies of; of Backup, also where a device is assigned to the caller.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, NOT_FOUND for who is no member, BAD_USER_INPUT; FORBIDDEN where
 * the caller has no permission for the service named.
 */
export async function listPolicies(
  ctx: Context,
  companyId: string,
  args: PageArgs & { service?: Service | null | undefined },
): Promise<Page<PolicyInForce>> {
  const principal = authorize(ctx, 'READ', 'account');
  const q = ctx.db.read;
  const now = ctx.clock.now();
  await requireMember(q, principal, companyId);
  const { service } = args;
  const seen = await servicesToChoose(q, principal, companyId, now);
  if (service && !seen.includes(service)) throw new Denial('FORBIDDEN', { permission: 'ASSIGN_POLICIES', service });
  const services = service ? [service] : seen;
  const after = keyAfter<readonly [string, string]>(LIST, args, ['', '']);
  const own = and(eq(policies.companyId, companyId), isNull(policies.removedAt), anyOf(policies.service, services));
  const rows = await q
    .select(inForce)
    .from(policies)
    .innerJoin(policyVersions, versionInForce)
    // Names are unique among the policies of a service.
    .where(after ? and(own, sql`(${policies.service}, ${policies.nameKey}) > (${after[0]}, ${after[1]})`) : own)
    .orderBy(asc(policies.service), asc(policies.nameKey))
    .limit(pageSize(args) + 1);
  return pageOf(
    LIST,
    args,
    rows,
    (policy) => [policy.service, policy.nameKey],
    () => q.$count(policies, own),
  );
}

/**
 * A policy of the company, which nobody else changes or removes until the transaction ends. Locked by itself: with its version
 * in one statement, PostgreSQL would find none after it had waited for an edit. @throws Denial NOT_FOUND at `argument`.
 */
export async function lockPolicy(tx: Change, companyId: string, id: string, argument: string): Promise<PolicyInForce> {
  const present = and(eq(policies.id, id), eq(policies.companyId, companyId), isNull(policies.removedAt));
  const [found] = await locked(tx.q.select({ id: policies.id }).from(policies).where(present), policies);
  const policy = found && (await findPolicy(tx.q, found.id));
  if (!policy) throw notFound(argument);
  return policy;
}

/**
 * A policy of the caller's company, which nobody else changes until the transaction ends, for who has the permission.
 * @throws Denial NOT_FOUND at `argument`, FORBIDDEN.
 */
export async function policyToChange(
  tx: Change,
  principal: AccountPrincipal,
  id: string,
  permission: Permission,
  argument = 'id',
): Promise<PolicyInForce> {
  const member = await memberOf(tx.q, principal.accountId);
  const policy = await lockPolicy(tx, member?.companyId ?? '', id, argument);
  await requirePermission(tx.q, principal, policy.companyId, policy.service, permission, tx.now);
  return policy;
}

export type PolicyChange = 'CREATED' | 'UPDATED' | 'RENAMED' | 'REMOVED' | 'ASSIGNED' | 'UNASSIGNED';

/** Tells the company, and the devices on which something else holds since. */
export function emitPolicy(
  tx: Change,
  what: PolicyChange,
  policy: Pick<Policy, 'id' | 'companyId' | 'service' | 'name' | 'version'>,
  { before = null, after = null }: { before?: Record<string, unknown> | null; after?: Record<string, unknown> | null },
  deviceIds: readonly string[] = [],
): void {
  const { service, name, version } = policy;
  tx.emit({
    concept: 'policy',
    change: what,
    subject: policy.id,
    before: before && { service, name, version, ...before },
    after: { service, name, version, ...after },
    streams: [streamOf.company(policy.companyId), ...deviceIds.map(streamOf.device)],
  });
}
