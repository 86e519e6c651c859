import { and, eq } from 'drizzle-orm';
import { policies, policyAssignments, policyVersions } from '../db/tables/policies.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { newId } from '../lib/ids.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { LENGTHS, lineOf } from './input.ts';
import { requireMember } from './members.ts';
import { requirePermission } from './permissions.ts';
import { emitPolicy, type GivenSettings, type PolicyInForce, policyToChange, requireService } from './policies.ts';
import { affectedBy } from './policy-impact.ts';
import { type OpenSettings, settingDifferences, settingsOf } from './policy-settings/services.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';

/**
 * Makes a policy of a service, version 1; for who manages the service's policies. Event: policy CREATED.
 * @throws Refusal InvalidInput, SettingsRefused with all that is wrong, AlreadyTaken NAME_TAKEN (case is ignored).
 * @throws Denial FORBIDDEN.
 */
export async function createPolicy(
  ctx: Context,
  input: Repeatable & { name: string; settings: GivenSettings },
): Promise<PolicyInForce> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  const { service } = input.settings;
  const settings = settingsOf(service, input.settings.values);
  return change(ctx, 'createPolicy', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await requirePermission(tx.q, principal, companyId, service, 'MANAGE_POLICIES', tx.now);
    const [policy] = await tx.q
      .insert(policies)
      .values({
        id: newId('Policy'),
        companyId,
        service,
        name,
        nameKey: name.toLowerCase(),
        version: 1,
        createdAt: tx.now,
        removedAt: null,
      })
      .onConflictDoNothing({ target: [policies.companyId, policies.service, policies.nameKey] })
      .returning();
    if (!policy) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
    await tx.q
      .insert(policyVersions)
      .values({ policyId: policy.id, version: 1, settings, createdAt: tx.now, createdBy: principal.accountId });
    emitPolicy(tx, 'CREATED', policy, { after: { settings } });
    return { ...policy, settings, changedAt: tx.now, changedBy: principal.accountId };
  });
}

/**
 * Writes a new version of a policy, which is in force at once; what is not set any more is left open. Nothing happens
 * where nothing differs. For who manages the service's policies. Event: policy UPDATED, also to the devices on which
 * something else holds since.
 * @throws Refusal SettingsRefused, InvalidInput CONTRADICTION for another service's settings, VersionOutdated.
 * @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function updatePolicy(
  ctx: Context,
  input: Repeatable & { id: string; expectedVersion: number; settings: GivenSettings },
): Promise<PolicyInForce> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const settings = settingsOf(input.settings.service, input.settings.values);
  return change(ctx, 'updatePolicy', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.id, 'MANAGE_POLICIES');
    requireService(policy, input.settings.service);
    return writeVersion(tx, principal, policy, input.expectedVersion, settings);
  });
}

/**
 * Writes an older version of a policy once more, as the newest. Otherwise as `updatePolicy`.
 * @throws Refusal VersionOutdated, SettingsRefused where the older version has a setting that is not possible any more.
 * @throws Denial NOT_FOUND, also for a version that there is not; FORBIDDEN.
 */
export async function restorePolicyVersion(
  ctx: Context,
  input: Repeatable & { id: string; version: number; expectedVersion: number },
): Promise<PolicyInForce> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'restorePolicyVersion', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.id, 'MANAGE_POLICIES');
    const [older] = await tx.q
      .select()
      .from(policyVersions)
      .where(and(eq(policyVersions.policyId, policy.id), eq(policyVersions.version, input.version)));
    if (!older) throw notFound('version');
    return writeVersion(tx, principal, policy, input.expectedVersion, settingsOf(policy.service, older.settings));
  });
}

async function writeVersion(
  tx: Change,
  principal: AccountPrincipal,
  policy: PolicyInForce,
  expectedVersion: number,
  settings: OpenSettings,
): Promise<PolicyInForce> {
  if (policy.version !== expectedVersion) {
    throw new Refusal('VersionOutdated', 'VERSION_OUTDATED', ['expectedVersion'], { currentVersion: policy.version });
  }
  const differences = settingDifferences(policy.service, policy.settings, settings);
  if (differences.length === 0) return policy;
  const affected = await affectedBy(tx.q, policy, settings);
  const version = policy.version + 1;
  await tx.q
    .insert(policyVersions)
    .values({ policyId: policy.id, version, settings, createdAt: tx.now, createdBy: principal.accountId });
  await tx.q.update(policies).set({ version }).where(eq(policies.id, policy.id));
  const after = { ...policy, version, settings, changedAt: tx.now, changedBy: principal.accountId };
  emitPolicy(
    tx,
    'UPDATED',
    after,
    { before: { version: policy.version, settings: policy.settings }, after: { settings } },
    affected.map(({ deviceId }) => deviceId),
  );
  return after;
}

/**
 * Gives a policy another name; for who manages the service's policies. Event: policy RENAMED, where it is another.
 * @throws Refusal InvalidInput, AlreadyTaken NAME_TAKEN. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function renamePolicy(
  ctx: Context,
  input: Repeatable & { id: string; name: string },
): Promise<PolicyInForce> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const name = lineOf(input.name, ['name'], LENGTHS.name);
  return change(ctx, 'renamePolicy', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.id, 'MANAGE_POLICIES');
    if (policy.name === name) return policy;
    const after = { ...policy, name, nameKey: name.toLowerCase() };
    try {
      await tx.q.update(policies).set({ name, nameKey: after.nameKey }).where(eq(policies.id, policy.id)).returning();
    } catch (error) {
      if (isUniqueViolation(error)) throw new Refusal('AlreadyTaken', 'NAME_TAKEN', ['name']);
      throw error;
    }
    emitPolicy(tx, 'RENAMED', after, { before: { name: policy.name } });
    return after;
  });
}

/**
 * Removes a policy that is assigned to nothing; its name is free again, its versions stay for the history. For who
 * manages the service's policies. Event: policy REMOVED.
 * @throws Refusal PolicyInUse, with how many devices and groups it is assigned to. @throws Denial NOT_FOUND, FORBIDDEN.
 */
export async function removePolicy(ctx: Context, input: Repeatable & { id: string }): Promise<{ id: string }> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  return change(ctx, 'removePolicy', input, async (tx) => {
    const policy = await policyToChange(tx, principal, input.id, 'MANAGE_POLICIES');
    const assignments = await tx.q.$count(policyAssignments, eq(policyAssignments.policyId, policy.id));
    if (assignments > 0) throw new Refusal('PolicyInUse', 'POLICY_IN_USE', ['id'], { assignments });
    // The id is the name of nothing else.
    await tx.q.update(policies).set({ removedAt: tx.now, nameKey: policy.id }).where(eq(policies.id, policy.id));
    emitPolicy(tx, 'REMOVED', policy, { before: { name: policy.name, settings: policy.settings } });
    return { id: policy.id };
  });
}
