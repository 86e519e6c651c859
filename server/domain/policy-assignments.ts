import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { deviceGroups, devices } from '../db/tables/devices.ts';
import { type PolicyAssignment, policies, policyAssignments } from '../db/tables/policies.ts';
import type { Service } from '../db/tables/roles.ts';
import { typeOfId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { memberOf } from './members.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { requirePermission } from './permissions.ts';
import { emitPolicy, findPolicy, getPolicy, type PolicyInForce, policyToChange } from './policies.ts';
import { devicesUnder } from './policy-impact.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/** Devices and groups that one call assigns a policy to, or takes it from. */
export const ASSIGNMENT_MOST = 250;

export type TargetOutcome = 'ASSIGNED' | 'REPLACED' | 'UNASSIGNED' | 'UNCHANGED' | 'TARGET_UNKNOWN';

/** What became (or, in a preview, would become) of one device or group. */
export interface TargetAnswer {
  readonly targetId: string;
  readonly outcome: TargetOutcome;
  /** The policy that was there before, where another takes its place. */
  readonly replacedPolicyId: string | null;
}

export interface AssignmentInput extends Repeatable {
  policyId: string;
  targetIds: readonly string[];
  dryRun?: boolean | null | undefined;
}

/**
 * Assigns a policy to devices and groups of the company; one that has another policy of the service gets this one
 * instead. Each target is answered; one that is unknown does not stop the others. With `dryRun` nothing is changed
 * (API-03). For who may assign the service's policies. Events: policy ASSIGNED, also to the devices under the targets;
 * UNASSIGNED for each that was there before.
 * @throws Refusal InvalidInput REQUIRED, TOO_MANY. @throws Denial NOT_FOUND for the policy, FORBIDDEN.
 */
export async function assignPolicy(ctx: Context, input: AssignmentInput): Promise<TargetAnswer[]> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const targetIds = targetsOf(input.targetIds);
  if (input.dryRun) return preview(ctx, principal, input.policyId, targetIds, toAssign);
  return change(ctx, 'assignPolicy', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.policyId, 'ASSIGN_POLICIES', 'policyId');
    await lockTargets(tx, policy.companyId, targetIds);
    const answers = await toAssign(tx.q, policy, targetIds);
    await putPolicyOn(
      tx,
      policy,
      answers.filter(({ outcome }) => outcome === 'ASSIGNED' || outcome === 'REPLACED').map(({ targetId }) => targetId),
    );
    return answers;
  });
}

/**
 * Takes a policy from devices and groups. Otherwise as `assignPolicy`; the event is policy UNASSIGNED.
 * @throws Refusal InvalidInput REQUIRED, TOO_MANY. @throws Denial NOT_FOUND for the policy, FORBIDDEN.
 */
export async function unassignPolicy(ctx: Context, input: AssignmentInput): Promise<TargetAnswer[]> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const targetIds = targetsOf(input.targetIds);
  if (input.dryRun) return preview(ctx, principal, input.policyId, targetIds, toUnassign);
  return change(ctx, 'unassignPolicy', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.policyId, 'ASSIGN_POLICIES', 'policyId');
    await lockTargets(tx, policy.companyId, targetIds);
    const answers = await toUnassign(tx.q, policy, targetIds);
    const taken = answers.filter(({ outcome }) => outcome === 'UNASSIGNED').map(({ targetId }) => targetId);
    if (taken.length === 0) return answers;
    await tx.q
      .delete(policyAssignments)
      .where(and(eq(policyAssignments.policyId, policy.id), anyOf(policyAssignments.targetId, taken)));
    emitPolicy(tx, 'UNASSIGNED', policy, { before: { targetIds: taken } }, await devicesUnder(tx.q, taken));
    return answers;
  });
}

/**
 * Puts a policy on targets of its company, for operations that have judged who may and that they are there. The one
 * assigned last is the strongest among a device's groups. Events: policy ASSIGNED, where there is a target; UNASSIGNED for
 * each that was there before.
 */
export async function putPolicyOn(
  tx: Change,
  policy: Pick<PolicyInForce, 'id' | 'companyId' | 'service' | 'name' | 'version'>,
  targetIds: readonly string[],
): Promise<void> {
  if (targetIds.length === 0) return;
  const { service } = policy;
  const before = await assignmentsOn(tx.q, service, targetIds);
  await tx.q
    .insert(policyAssignments)
    .values(targetIds.map((targetId) => ({ targetId, service, policyId: policy.id, assignedAt: tx.now })))
    .onConflictDoUpdate({
      target: [policyAssignments.targetId, policyAssignments.service],
      set: { policyId: policy.id, assignedAt: tx.now },
    });
  const replaced = targetIds.flatMap((targetId) => {
    const policyId = before.get(targetId);
    return policyId && policyId !== policy.id ? [{ targetId, policyId }] : [];
  });
  await emitTaken(tx, replaced);
  // The policy itself stays as it was: what it is assigned to is all that changes.
  const assigned = { before: {}, after: { targetIds } };
  emitPolicy(tx, 'ASSIGNED', policy, assigned, await devicesUnder(tx.q, targetIds));
}

/** Takes all policies from a target that is about to be no more. Event: policy UNASSIGNED for each. */
export async function dropAssignments(tx: Change, targetId: string): Promise<void> {
  await emitTaken(tx, await tx.q.delete(policyAssignments).where(eq(policyAssignments.targetId, targetId)).returning());
}

/** For the company's log (API-04): the devices are told of what took the policies' place, or of the group's end. */
async function emitTaken(tx: Change, taken: readonly Pick<PolicyAssignment, 'targetId' | 'policyId'>[]): Promise<void> {
  if (taken.length === 0) return;
  const byPolicy = Map.groupBy(taken, ({ policyId }) => policyId);
  const found = await tx.q
    .select()
    .from(policies)
    .where(anyOf(policies.id, [...byPolicy.keys()]))
    .orderBy(asc(policies.id));
  for (const policy of found) {
    const targetIds = byPolicy.get(policy.id)?.map(({ targetId }) => targetId);
    emitPolicy(tx, 'UNASSIGNED', policy, { before: { targetIds } });
  }
}

type Judge = (q: Queries, policy: PolicyInForce, targetIds: readonly string[]) => Promise<TargetAnswer[]>;

async function preview(
  ctx: Context,
  principal: AccountPrincipal,
  policyId: string,
  targetIds: readonly string[],
  judge: Judge,
): Promise<TargetAnswer[]> {
  const q = ctx.db.read;
  const policy = await policyToAssign(q, principal, policyId, ctx.clock.now());
  return judge(q, policy, targetIds);
}

/** As `policyToChange`, where nothing is going to be written. */
async function policyToAssign(
  q: Queries,
  principal: AccountPrincipal,
  id: string,
  now: number,
): Promise<PolicyInForce> {
  const policy = await findPolicy(q, id);
  const member = policy && (await memberOf(q, principal.accountId));
  if (!policy || member?.companyId !== policy.companyId) throw notFound('policyId');
  await requirePermission(q, principal, policy.companyId, policy.service, 'ASSIGN_POLICIES', now);
  return policy;
}

const toAssign: Judge = async (q, policy, targetIds) => {
  const known = await knownTargets(q, policy.companyId, targetIds);
  const present = await assignmentsOn(q, policy.service, targetIds);
  return targetIds.map((targetId) => {
    const there = present.get(targetId);
    if (!known.has(targetId)) return { targetId, outcome: 'TARGET_UNKNOWN', replacedPolicyId: null };
    if (!there) return { targetId, outcome: 'ASSIGNED', replacedPolicyId: null };
    if (there === policy.id) return { targetId, outcome: 'UNCHANGED', replacedPolicyId: null };
    return { targetId, outcome: 'REPLACED', replacedPolicyId: there };
  });
};

const toUnassign: Judge = async (q, policy, targetIds) => {
  const known = await knownTargets(q, policy.companyId, targetIds);
  const present = await assignmentsOn(q, policy.service, targetIds);
  return targetIds.map((targetId) => {
    const there = present.get(targetId) === policy.id;
    const outcome = !known.has(targetId) ? 'TARGET_UNKNOWN' : there ? 'UNASSIGNED' : 'UNCHANGED';
    return { targetId, outcome, replacedPolicyId: null };
  });
};

/** Each target once, in the order given. @throws Refusal InvalidInput REQUIRED, TOO_MANY. */
function targetsOf(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  if (unique.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['targetIds']);
  if (unique.length > ASSIGNMENT_MOST) {
    throw new Refusal('InvalidInput', 'TOO_MANY', ['targetIds'], { limit: ASSIGNMENT_MOST });
  }
  return unique;
}

/** What is no id at all would be no parameter for PostgreSQL either. */
const idsOf = (targetIds: readonly string[], type: 'Device' | 'DeviceGroup') =>
  targetIds.filter((id) => typeOfId(id) === type);

/** So that none of them is removed before the transaction is through (PostgreSQL). */
async function lockTargets(tx: Change, companyId: string, targetIds: readonly string[]): Promise<void> {
  const ofDevices = and(anyOf(devices.id, idsOf(targetIds, 'Device')), eq(devices.companyId, companyId));
  await locked(tx.q.select({ id: devices.id }).from(devices).where(ofDevices).orderBy(asc(devices.id)), devices);
  const ofGroups = and(anyOf(deviceGroups.id, idsOf(targetIds, 'DeviceGroup')), eq(deviceGroups.companyId, companyId));
  const groups = tx.q.select({ id: deviceGroups.id }).from(deviceGroups).where(ofGroups).orderBy(asc(deviceGroups.id));
  await locked(groups, deviceGroups);
}

/** Those that are devices or groups of the company. */
async function knownTargets(q: Queries, companyId: string, targetIds: readonly string[]): Promise<Set<string>> {
  const own = await q
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(anyOf(devices.id, idsOf(targetIds, 'Device')), eq(devices.companyId, companyId), isNull(devices.removedAt)),
    );
  const groups = await q
    .select({ id: deviceGroups.id })
    .from(deviceGroups)
    .where(and(anyOf(deviceGroups.id, idsOf(targetIds, 'DeviceGroup')), eq(deviceGroups.companyId, companyId)));
  return new Set([...own, ...groups].map(({ id }) => id));
}

/** Which policy of the service each target has; targets without one are left out. */
async function assignmentsOn(q: Queries, service: Service, targetIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...idsOf(targetIds, 'Device'), ...idsOf(targetIds, 'DeviceGroup')];
  const rows = await q
    .select({ targetId: policyAssignments.targetId, policyId: policyAssignments.policyId })
    .from(policyAssignments)
    .where(and(anyOf(policyAssignments.targetId, ids), eq(policyAssignments.service, service)));
  return new Map(rows.map(({ targetId, policyId }) => [targetId, policyId]));
}

const LIST = 'policyAssignments';

/** What a policy is assigned to, in a stable order; for who may see it. @throws Denial NOT_FOUND, BAD_USER_INPUT. */
export async function listPolicyAssignments(
  ctx: Context,
  policyId: string,
  args: PageArgs,
): Promise<Page<PolicyAssignment>> {
  await getPolicy(ctx, policyId);
  const q = ctx.db.read;
  const after = keyAfter<readonly [string]>(LIST, args, ['']);
  const own = eq(policyAssignments.policyId, policyId);
  const rows = await q
    .select()
    .from(policyAssignments)
    .where(after ? and(own, gt(policyAssignments.targetId, after[0])) : own)
    .orderBy(asc(policyAssignments.targetId))
    .limit(pageSize(args) + 1);
  return pageOf(
    LIST,
    args,
    rows,
    ({ targetId }) => [targetId],
    () => q.$count(policyAssignments, own),
  );
}
