import type { Queries } from '../db/database.ts';
import type { ServiceActivation } from '../db/tables/service-activations.ts';
import { type EffectivePolicy, effectivePolicies } from './effective-policy.ts';

/** A service on a device. */
export type OnDevice = Pick<ServiceActivation, 'deviceId' | 'service'>;

/**
 * What each of these services is to work by on its device at present, in their order; two statements for each service
 * among them. For who was given the activations.
 */
export async function runningPolicies(q: Queries, pairs: readonly OnDevice[]): Promise<EffectivePolicy[]> {
  const byPair = new Map<string, EffectivePolicy>();
  for (const service of new Set(pairs.map((pair) => pair.service))) {
    const ids = pairs.filter((pair) => pair.service === service).map(({ deviceId }) => deviceId);
    for (const policy of await effectivePolicies(q, ids, service)) byPair.set(`${policy.deviceId} ${service}`, policy);
  }
  return pairs.map(({ deviceId, service }) => byPair.get(`${deviceId} ${service}`) as EffectivePolicy);
}
