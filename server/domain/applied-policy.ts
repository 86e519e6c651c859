import type { ServiceActivation } from '../db/tables/service-activations.ts';
import type { Context } from './context.ts';
import { type EffectivePolicy, effectivePolicy } from './effective-policy.ts';

/** What a service is to work by on its device at present; for who was given the activation. */
export function runningPolicy(
  ctx: Pick<Context, 'db'>,
  { deviceId, service }: Pick<ServiceActivation, 'deviceId' | 'service'>,
): Promise<EffectivePolicy> {
  return effectivePolicy(ctx.db.read, deviceId, service);
}
