import { createHash } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { anyOf, idList } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { deviceGroupMembers } from '../db/tables/devices.ts';
import { policies, policyAssignments, policyVersions } from '../db/tables/policies.ts';
import type { Service } from '../db/tables/roles.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { type OpenSettings, type SettingsOf, settingsSchemaOf } from './policy-settings/services.ts';
import { defaultsOf } from './policy-settings/setting.ts';

/** A policy that reaches a device: by a group that it is in, or assigned to the device itself. */
export interface PolicyLayer {
  readonly layer: 'GROUP' | 'DEVICE';
  /** The group's or the device's id. */
  readonly targetId: string;
  readonly policyId: string;
  readonly version: number;
  readonly settings: OpenSettings;
  readonly assignedAt: number;
}

/** Where a setting's value comes from; the default is no policy's. */
export type SettingOrigin = { readonly layer: 'DEFAULT' } | Omit<PolicyLayer, 'settings' | 'assignedAt'>;

export interface EffectiveSetting {
  readonly setting: string;
  readonly value: unknown;
  readonly origin: SettingOrigin;
  /** Groups whose policies say something else, and lost to the group that the value comes from. */
  readonly conflicts: readonly { readonly value: unknown; readonly origin: SettingOrigin }[];
}

/** What holds on a device for a service, and why (SVC-09). */
export interface EffectivePolicy<S extends Service = Service> {
  readonly deviceId: string;
  readonly service: S;
  /** The value of every setting. */
  readonly settings: SettingsOf<S>;
  /** The same, each with its origin, in the order of the schema. */
  readonly origins: readonly EffectiveSetting[];
  /** SHA-256 of the service and the values, base64url: what the device reports as applied. Equal values, equal fingerprint. */
  readonly fingerprint: string;
}

/**
 * The later in this order, the stronger: the default, then groups – among them the one that was assigned its policy
 * last, and of several in the same instant the one with the greater id –, then the device. Settings are overlaid one by
 * one; a list counts as one setting.
 */
function byStrength(a: PolicyLayer, b: PolicyLayer): number {
  if (a.layer !== b.layer) return a.layer === 'GROUP' ? -1 : 1;
  return a.assignedAt - b.assignedAt || (a.targetId < b.targetId ? -1 : 1);
}

/** What the layers that reach a device come to, in whatever order they are given. */
export function resolvePolicy<S extends Service>(
  deviceId: string,
  service: S,
  layers: readonly PolicyLayer[],
): EffectivePolicy<S> {
  const schema = settingsSchemaOf(service);
  const strongestFirst = [...layers].sort(byStrength).reverse();
  const defaults = defaultsOf(schema) as Readonly<Record<string, unknown>>;
  const origins = Object.keys(schema).map((setting): EffectiveSetting => {
    const setters = strongestFirst.filter(({ settings }) => Object.hasOwn(settings, setting));
    const [winner, ...others] = setters;
    if (!winner) return { setting, value: defaults[setting], origin: { layer: 'DEFAULT' }, conflicts: [] };
    const value = winner.settings[setting];
    // A device's policy is there to say something else than its groups'; only groups contradict each other.
    const conflicts = winner.layer === 'DEVICE' ? [] : others.filter((other) => !same(other.settings[setting], value));
    return {
      setting,
      value,
      origin: originOf(winner),
      conflicts: conflicts.map((other) => ({ value: other.settings[setting], origin: originOf(other) })),
    };
  });
  const settings = Object.fromEntries(origins.map(({ setting, value }) => [setting, value])) as SettingsOf<S>;
  return { deviceId, service, settings, origins, fingerprint: fingerprintOf(service, settings) };
}

const originOf = ({ layer, targetId, policyId, version }: PolicyLayer): SettingOrigin => ({
  layer,
  targetId,
  policyId,
  version,
});

const same = (a: unknown, b: unknown): boolean => canonicalJson([a]) === canonicalJson([b]);

function fingerprintOf(service: Service, settings: unknown): string {
  return createHash('sha256').update(canonicalJson({ service, settings })).digest('base64url');
}

const layer = {
  policyId: policyAssignments.policyId,
  targetId: policyAssignments.targetId,
  assignedAt: policyAssignments.assignedAt,
  version: policies.version,
  settings: policyVersions.settings,
};

const versionInForce = and(eq(policyVersions.policyId, policies.id), eq(policyVersions.version, policies.version));

const ownLayers = prepared('policy_layers_of_devices', (q) =>
  q
    .select({ deviceId: policyAssignments.targetId, ...layer })
    .from(policyAssignments)
    .innerJoin(policies, and(eq(policies.id, policyAssignments.policyId), isNull(policies.removedAt)))
    .innerJoin(policyVersions, versionInForce)
    .where(
      and(
        anyOf(policyAssignments.targetId, sql.placeholder('ids')),
        eq(policyAssignments.service, sql.placeholder('service')),
      ),
    ),
);

const groupLayers = prepared('policy_layers_of_groups', (q) =>
  q
    .select({ deviceId: deviceGroupMembers.deviceId, ...layer })
    .from(deviceGroupMembers)
    .innerJoin(policyAssignments, eq(policyAssignments.targetId, deviceGroupMembers.groupId))
    .innerJoin(policies, and(eq(policies.id, policyAssignments.policyId), isNull(policies.removedAt)))
    .innerJoin(policyVersions, versionInForce)
    .where(
      and(
        anyOf(deviceGroupMembers.deviceId, sql.placeholder('ids')),
        eq(policyAssignments.service, sql.placeholder('service')),
      ),
    ),
);

/** The policies of a service that reach each of the devices, in two statements. */
export async function policyLayers(
  q: Queries,
  deviceIds: readonly string[],
  service: Service,
): Promise<Map<string, PolicyLayer[]>> {
  const layers = new Map<string, PolicyLayer[]>(deviceIds.map((id) => [id, []]));
  const args = { ids: idList(deviceIds), service };
  for (const { deviceId, ...row } of await groupLayers(q, args)) {
    layers.get(deviceId)?.push({ layer: 'GROUP', ...row });
  }
  for (const { deviceId, ...row } of await ownLayers(q, args)) {
    layers.get(deviceId)?.push({ layer: 'DEVICE', ...row });
  }
  return layers;
}

/** The effective policy of each device for a service, in the order of the ids; judges nobody. */
export async function effectivePolicies<S extends Service>(
  q: Queries,
  deviceIds: readonly string[],
  service: S,
): Promise<EffectivePolicy<S>[]> {
  const layers = await policyLayers(q, deviceIds, service);
  return deviceIds.map((id) => resolvePolicy(id, service, layers.get(id) ?? []));
}

/** What holds on a device for a service: all defaults where no policy reaches it. Judges nobody. */
export async function effectivePolicy<S extends Service>(
  q: Queries,
  deviceId: string,
  service: S,
): Promise<EffectivePolicy<S>> {
  const [effective] = await effectivePolicies(q, [deviceId], service);
  return effective as EffectivePolicy<S>;
}
