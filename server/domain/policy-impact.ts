import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { deviceGroupMembers, devices } from '../db/tables/devices.ts';
import { type Policy, policyAssignments } from '../db/tables/policies.ts';
import type { Context } from './context.ts';
import { policyLayers, resolvePolicy } from './effective-policy.ts';
import { keyAfter, type Page, type PageArgs, pageOf, pageSize } from './page.ts';
import { type GivenSettings, getPolicy, requireService } from './policies.ts';
import { type OpenSettings, settingDifferences, settingsOf } from './policy-settings/services.ts';

/** A device on which something else would hold. */
export interface AffectedDevice {
  readonly deviceId: string;
  /** The names of the settings that would have another value. */
  readonly settings: readonly string[];
}

/** The ids of the devices that a policy reaches, itself or by a group, whether or not it prevails there; in their order. */
async function devicesReached(q: Queries, policyId: string): Promise<string[]> {
  const targets = await q
    .select({ id: policyAssignments.targetId })
    .from(policyAssignments)
    .where(eq(policyAssignments.policyId, policyId));
  return devicesUnder(
    q,
    targets.map(({ id }) => id),
  );
}

/** The ids of the devices among these targets, and of those in the groups among them; in their order. */
export async function devicesUnder(q: Queries, targetIds: readonly string[]): Promise<string[]> {
  const inGroups = q
    .select({ id: deviceGroupMembers.deviceId })
    .from(deviceGroupMembers)
    .where(anyOf(deviceGroupMembers.groupId, targetIds));
  const rows = await q
    .select({ id: devices.id })
    .from(devices)
    .where(and(isNull(devices.removedAt), or(anyOf(devices.id, targetIds), inArray(devices.id, inGroups))))
    .orderBy(asc(devices.id));
  return rows.map(({ id }) => id);
}

/** The devices on which something else would hold if the policy said this instead; in the order of their ids. */
export async function affectedBy(
  q: Queries,
  policy: Pick<Policy, 'id' | 'service'>,
  settings: OpenSettings,
): Promise<AffectedDevice[]> {
  const { service } = policy;
  const deviceIds = await devicesReached(q, policy.id);
  const layers = await policyLayers(q, deviceIds, service);
  return deviceIds.flatMap((deviceId) => {
    const present = layers.get(deviceId) ?? [];
    const drafted = present.map((layer) => (layer.policyId === policy.id ? { ...layer, settings } : layer));
    const before = resolvePolicy(deviceId, service, present);
    const after = resolvePolicy(deviceId, service, drafted);
    if (before.fingerprint === after.fingerprint) return [];
    const differences = settingDifferences(service, before.settings, after.settings);
    return [{ deviceId, settings: differences.map(({ setting }) => setting) }];
  });
}

const LIST = 'affectedDevices';

/**
 * Who would change if the policy said this, and in which settings: to be looked at before it is edited. For who may
 * see the policy.
 * @throws Refusal SettingsRefused, InvalidInput CONTRADICTION. @throws Denial NOT_FOUND, BAD_USER_INPUT.
 */
export async function affectedDevices(
  ctx: Context,
  input: PageArgs & { policyId: string; settings: GivenSettings },
): Promise<Page<AffectedDevice>> {
  const policy = await getPolicy(ctx, input.policyId);
  requireService(policy, input.settings.service);
  const settings = settingsOf(policy.service, input.settings.values);
  const after = keyAfter<readonly [string]>(LIST, input, ['']);
  const all = await affectedBy(ctx.db.read, policy, settings);
  const rest = after ? all.filter(({ deviceId }) => deviceId > after[0]) : all;
  return pageOf(
    LIST,
    input,
    rest.slice(0, pageSize(input) + 1),
    ({ deviceId }) => [deviceId],
    async () => all.length,
  );
}
