import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import type { Device } from '../db/tables/devices.ts';
import type { Service } from '../db/tables/roles.ts';
import { type ActivationState, type ServiceActivation, serviceActivations } from '../db/tables/service-activations.ts';
import { activationsOn, isRunning, RUNNING_STATES } from './activation-conditions.ts';
import { type Change, change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';
import { notFound } from './denials.ts';
import { lockDevice } from './device-access.ts';
import { lineOf, proseOf } from './input.ts';
import { authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { endService } from './service-activation.ts';
import { emitService } from './service-events.ts';

/** What a device can report of a service. */
export type ReportedState = Extract<ActivationState, 'INSTALLING' | 'ACTIVE' | 'FAILED'>;

/** From which state each can be reached (SVC-08); a state may be reported again. */
const FROM: Readonly<Record<ReportedState, ActivationState>> = {
  INSTALLING: 'PENDING',
  ACTIVE: 'INSTALLING',
  FAILED: 'INSTALLING',
};

/** One or two sentences of a failed installation, in characters. */
const FAILURE_LENGTH = { min: 1, max: 500 };
/** A fingerprint of a policy; a SHA-256 in any notation fits. */
const FINGERPRINT_LENGTH = { min: 1, max: 100 };

export interface ReportServiceStateInput extends Repeatable {
  service: Service;
  /** The activation that the report is about, so that a late one changes nothing of a newer one. */
  generation: number;
  state: ReportedState;
  /** Why it failed; with FAILED, and only then. */
  failure?: string | null | undefined;
  /** The fingerprint of the effective policy that it works by now; with ACTIVE. */
  appliedPolicy?: string | null | undefined;
}

/**
 * A device tells how far it is with a service that it was given (SVC-06, SVC-08). May be repeated. A failed one gives
 * its seat back. Events: service INSTALLING, ACTIVE, FAILED; POLICY_APPLIED where only the applied policy is another.
 * @throws Refusal InvalidInput; ServiceReportRefused SERVICE_NOT_ASSIGNED, ACTIVATION_OUTDATED, ILLEGAL_TRANSITION.
 * @throws Denial UNAUTHENTICATED, FORBIDDEN for everyone but devices.
 */
export async function reportServiceState(ctx: Context, input: ReportServiceStateInput): Promise<ServiceActivation> {
  const { deviceId } = authorize(ctx, 'DEVICES', 'device');
  const { service, generation, state } = input;
  const failure = state === 'FAILED' ? proseOf(input.failure ?? '', ['failure'], FAILURE_LENGTH) : null;
  const applied =
    state === 'ACTIVE' && input.appliedPolicy
      ? lineOf(input.appliedPolicy, ['appliedPolicy'], FINGERPRINT_LENGTH)
      : null;
  return change(ctx, 'reportServiceState', input, async (tx) => {
    const device = await lockDevice(tx.q, deviceId);
    if (!device) throw notFound('deviceId');
    const before = (await activationsOn(tx.q, service, [deviceId])).get(deviceId);
    // One that has failed is over, and yet the same report may come again.
    if (!before || (!isRunning(before) && before.state !== 'FAILED')) {
      throw new Refusal('ServiceReportRefused', 'SERVICE_NOT_ASSIGNED', ['service'], { state: before?.state ?? null });
    }
    if (before.generation !== generation) {
      throw new Refusal('ServiceReportRefused', 'ACTIVATION_OUTDATED', ['generation'], {
        state: before.state,
        generation: before.generation,
      });
    }
    if (before.state !== state && before.state !== FROM[state]) {
      throw new Refusal('ServiceReportRefused', 'ILLEGAL_TRANSITION', ['state'], { state: before.state, to: state });
    }
    if (state === 'FAILED') return before.state === 'FAILED' ? before : endService(tx, device, before, state, failure);
    return proceed(tx, device, before, state, applied);
  });
}

async function proceed(
  tx: Change,
  device: Device,
  before: ServiceActivation,
  state: 'INSTALLING' | 'ACTIVE',
  applied: string | null,
): Promise<ServiceActivation> {
  const moved = before.state !== state;
  const newPolicy = applied !== null && applied !== before.appliedPolicy;
  if (!moved && !newPolicy) return before;
  const [after] = await tx.q
    .update(serviceActivations)
    .set({
      ...(moved ? { state, changedAt: tx.now } : {}),
      ...(newPolicy ? { appliedPolicy: applied, appliedAt: tx.now } : {}),
    })
    .where(eq(serviceActivations.id, before.id))
    .returning();
  if (!after) throw new Error(`no activation ${before.id}`);
  emitService(tx, moved ? state : 'POLICY_APPLIED', device, before, after);
  return after;
}

/**
 * What the calling device should run, by service: what waits to be installed, and what is on it. What is not among them
 * is to be taken off. @throws Denial UNAUTHENTICATED, FORBIDDEN for everyone but devices.
 */
export async function listServiceAssignments(ctx: Context): Promise<ServiceActivation[]> {
  const { deviceId } = authorize(ctx, 'READ', 'device');
  return runningOn(ctx.db.read, deviceId);
}

/** The services that run, or are about to run, on a device. Judges nothing. */
export async function runningOn(q: Queries, deviceId: string): Promise<ServiceActivation[]> {
  return q
    .select()
    .from(serviceActivations)
    .where(and(eq(serviceActivations.deviceId, deviceId), inArray(serviceActivations.state, [...RUNNING_STATES])))
    .orderBy(asc(serviceActivations.service));
}
