import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import { SERVICES, type Service } from '../db/tables/roles.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import type { Context } from './context.ts';
import { findDevice, maySeeDevice } from './devices.ts';
import { type EffectivePolicy, effectivePolicy } from './effective-policy.ts';
import { servicesSeen } from './policies.ts';
import { authorize } from './principal.ts';

/** What holds on a device, and whether it works by it already. */
export interface DevicePolicy extends EffectivePolicy {
  /** Whether what the device reported last is what holds now. */
  readonly applied: boolean;
  /** When the device reported what it works by; null where it never did. */
  readonly appliedAt: number | null;
}

const appliedOn = prepared('applied_policy', (q) =>
  q
    .select({ fingerprint: serviceActivations.appliedPolicy, at: serviceActivations.appliedAt })
    .from(serviceActivations)
    .where(
      and(
        eq(serviceActivations.deviceId, sql.placeholder('deviceId')),
        eq(serviceActivations.service, sql.placeholder('service')),
      ),
    ),
);

/**
 * What holds on a device for each service, or for the one named. A device sees its own; a member of its company what
 * it may assign policies of; others nothing.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN.
 */
export async function devicePolicies(
  ctx: Context,
  deviceId: string,
  service?: Service | null | undefined,
): Promise<DevicePolicy[]> {
  const principal = authorize(ctx, 'READ', 'account', 'device');
  const q = ctx.db.read;
  const device = await findDevice(q, deviceId);
  if (!device || !(await maySeeDevice(q, principal, device))) return [];
  let seen: readonly Service[] = SERVICES;
  if (principal.kind === 'account') {
    seen = device.companyId ? await servicesSeen(q, principal, device.companyId, ctx.clock.now()) : [];
  }
  const policies: DevicePolicy[] = [];
  for (const each of seen) {
    if (service && each !== service) continue;
    const effective = await effectivePolicy(q, deviceId, each);
    const [reported] = await appliedOn(q, { deviceId, service: each });
    policies.push({
      ...effective,
      applied: reported?.fingerprint === effective.fingerprint,
      appliedAt: reported?.at ?? null,
    });
  }
  return policies;
}
