import { and, asc, eq, isNull } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { locked } from '../db/locked.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import type { Service } from '../db/tables/roles.ts';
import { type ServiceActivation, serviceActivations } from '../db/tables/service-activations.ts';
import { newId } from '../lib/ids.ts';
import { activationsOn, type Condition, isRunning, judgeDevices, wellFormed } from './activation-conditions.ts';
import { resolveAlertsOf } from './alert-changes.ts';
import { type Change, change } from './change.ts';
import type { Context } from './context.ts';
import { requireMember } from './members.ts';
import { permissionsIn } from './permissions.ts';
import { lockPolicy } from './policies.ts';
import { putPolicyOn } from './policy-assignments.ts';
import type { Previewable } from './preview.ts';
import { type AccountPrincipal, authorize } from './principal.ts';
import { Refusal } from './refusals.ts';
import { cancelRestoresOn } from './restore-events.ts';
import { freeSeat, lockSeats, takeSeat } from './seats.ts';
import { emitService } from './service-events.ts';

/** Most devices in one call (Shopify takes as many in an input list). */
export const ACTIVATION_MOST = 250;

export interface ActivateServiceInput extends Previewable {
  deviceIds: readonly string[];
  service: Service;
  /** The policy to assign along with it; a preview can do without. */
  policyId?: string | null | undefined;
}

/** The answer for one device. */
export interface ActivationOutcome {
  readonly deviceId: string;
  /** All that stands against it, by name; empty where it was done, or would be. */
  readonly unmet: readonly Condition[];
  /** Null where nothing was done. */
  readonly activationId: string | null;
}

/**
 * Puts a service on devices, with one policy (SVC-04, SVC-05). Each device is judged by itself, by every condition, and
 * those that fail leave the others alone. All of it is one transaction: a device's conditions are known before its
 * first write, and its licences are locked, so that nothing has to be undone.
 * The device installs it when it is told, or when it comes back (SVC-08). Backup stays with the account that the device
 * is assigned to at this moment (PER-08a). Events: service REQUESTED for each device, policy ASSIGNED,
 * and UNASSIGNED for each that was there before.
 * @throws Refusal InvalidInput: TOO_MANY devices; REQUIRED: no device, or no policy although it is no preview.
 * @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN for who has no company, NOT_FOUND for the policy.
 */
export async function activateService(ctx: Context, input: ActivateServiceInput): Promise<ActivationOutcome[]> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const deviceIds = devicesOf(input.deviceIds);
  const { service, policyId, dryRun } = input;
  if (dryRun) {
    const { companyId } = await requireMember(ctx.db.read, principal);
    const wanted = { deviceIds, service, policyId };
    const judged = await judgeDevices(ctx.db.read, principal, companyId, wanted, ctx.clock.now());
    return judged.map(({ deviceId, unmet }) => ({ deviceId, unmet, activationId: null }));
  }
  if (!policyId) throw new Refusal('InvalidInput', 'REQUIRED', ['policyId']);
  return change(ctx, 'activateService', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    // Before the devices, as in `assignPolicy`.
    const policy = await lockPolicy(tx, companyId, policyId, 'policyId');
    await lockDevices(tx, deviceIds);
    await lockSeats(tx, companyId, service);
    const judged = await judgeDevices(tx.q, principal, companyId, { deviceIds, service, policyId }, tx.now);
    const outcomes: ActivationOutcome[] = [];
    for (const { deviceId, device, activation, unmet } of judged) {
      if (!device || unmet.length > 0) {
        outcomes.push({ deviceId, unmet, activationId: null });
        continue;
      }
      const licenceId = await takeSeat(tx, companyId, service);
      if (!licenceId) throw new Error(`a seat of ${service} that was free is not any more`);
      const row = await request(tx, device, activation, { companyId, service, licenceId });
      outcomes.push({ deviceId, unmet: [], activationId: row.id });
    }
    const activated = outcomes.filter(({ activationId }) => activationId !== null);
    await putPolicyOn(
      tx,
      policy,
      activated.map(({ deviceId }) => deviceId),
    );
    return outcomes;
  });
}

async function request(
  tx: Change,
  device: Device,
  before: ServiceActivation | null,
  on: { companyId: string; service: Service; licenceId: string },
): Promise<ServiceActivation> {
  const values = {
    ...on,
    state: 'PENDING',
    failure: null,
    appliedPolicy: null,
    appliedAt: null,
    assignedAccountId: on.service === 'BACKUP' ? device.accountId : null,
    generation: (before?.generation ?? 0) + 1,
    requestedAt: tx.now,
    changedAt: tx.now,
  } as const;
  const [after] = before
    ? await tx.q.update(serviceActivations).set(values).where(eq(serviceActivations.id, before.id)).returning()
    : await tx.q
        .insert(serviceActivations)
        .values({ id: newId('ServiceActivation'), deviceId: device.id, ...values })
        .returning();
  if (!after) throw new Error(`no activation of ${on.service} on ${device.id}`);
  emitService(tx, 'REQUESTED', device, before, after);
  return after;
}

/** Why a service cannot be taken off a device. */
export type DeactivationObstacle = Extract<Condition, 'DEVICE_UNKNOWN' | 'NO_PERMISSION'> | 'NOT_ACTIVE';

export interface DeactivationOutcome {
  readonly deviceId: string;
  readonly unmet: readonly DeactivationObstacle[];
  readonly activationId: string | null;
}

export interface DeactivateServiceInput extends Previewable {
  deviceIds: readonly string[];
  service: Service;
}

/**
 * Takes a service off devices; their seats are free at once. For who may assign the service's policies and, for Backup,
 * the account that it is assigned to. Snapshots stay, and stay that account's. With `dryRun` it tells what would happen,
 * and changes nothing (API-03). Event: service DEACTIVATED for each.
 * @throws Refusal InvalidInput. @throws Denial UNAUTHENTICATED, EMAIL_NOT_VERIFIED, FORBIDDEN for who has no company.
 */
export async function deactivateService(ctx: Context, input: DeactivateServiceInput): Promise<DeactivationOutcome[]> {
  const principal = authorize(ctx, 'DEVICES', 'account');
  const deviceIds = devicesOf(input.deviceIds);
  const { service, dryRun } = input;
  if (dryRun) {
    const { companyId } = await requireMember(ctx.db.read, principal);
    const judged = await judgeActive(ctx.db.read, principal, companyId, { deviceIds, service }, ctx.clock.now());
    return judged.map(({ deviceId, unmet }) => ({ deviceId, unmet, activationId: null }));
  }
  return change(ctx, 'deactivateService', input, async (tx) => {
    const { companyId } = await requireMember(tx.q, principal);
    await lockDevices(tx, deviceIds);
    const outcomes: DeactivationOutcome[] = [];
    const judged = await judgeActive(tx.q, principal, companyId, { deviceIds, service }, tx.now);
    for (const { deviceId, device, activation, unmet } of judged) {
      const done = device && activation && unmet.length === 0;
      if (done) await endService(tx, device, activation, 'DEACTIVATED');
      outcomes.push({ deviceId, unmet, activationId: done ? activation.id : null });
    }
    return outcomes;
  });
}

interface ActiveJudgement {
  readonly deviceId: string;
  readonly device: Device | null;
  readonly activation: ServiceActivation | null;
  readonly unmet: readonly DeactivationObstacle[];
}

/** Judges whether the service can be taken off each device, in the order given: for preview and doing alike. */
async function judgeActive(
  q: Queries,
  principal: AccountPrincipal,
  companyId: string,
  { deviceIds, service }: Pick<DeactivateServiceInput, 'deviceIds' | 'service'>,
  now: number,
): Promise<ActiveJudgement[]> {
  const rows = await q
    .select()
    .from(devices)
    .where(and(anyOf(devices.id, wellFormed(deviceIds)), eq(devices.companyId, companyId), isNull(devices.removedAt)));
  const known = new Map(rows.map((device) => [device.id, device]));
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  const present = await activationsOn(q, service, [...known.keys()]);
  return deviceIds.map((deviceId) => {
    const device = known.get(deviceId) ?? null;
    const activation = present.get(deviceId) ?? null;
    const own = service === 'BACKUP' && activation?.assignedAccountId === principal.accountId;
    const unmet: DeactivationObstacle[] = [];
    if (!device) unmet.push('DEVICE_UNKNOWN');
    if (!own && !held.has(service, 'ASSIGN_POLICIES')) unmet.push('NO_PERMISSION');
    if (device && !isRunning(activation) && activation?.state !== 'RETIRED') unmet.push('NOT_ACTIVE');
    return { deviceId, device, activation, unmet };
  });
}

/**
 * Ends a service on a device that the caller has locked: its seat is free, its alerts are resolved, its restores
 * cancelled. Events: service, of the state's name; alert RESOLVED; restore CANCELLED.
 */
export async function endService(
  tx: Change,
  device: Pick<Device, 'id' | 'accountId' | 'companyId'>,
  before: ServiceActivation,
  state: 'DEACTIVATED' | 'RETIRED' | 'FAILED',
  failure: string | null = null,
): Promise<ServiceActivation> {
  if (before.licenceId) await freeSeat(tx, before.licenceId);
  if (before.service === 'BACKUP') await cancelRestoresOn(tx, device);
  const [after] = await tx.q
    .update(serviceActivations)
    .set({ state, failure, licenceId: null, changedAt: tx.now })
    .where(eq(serviceActivations.id, before.id))
    .returning();
  if (!after) throw new Error(`no activation ${before.id}`);
  // After the row is written, for which an alert that is being raised holds us up: so that it is resolved too.
  await resolveAlertsOf(tx, device.id, before.service);
  emitService(tx, state, device, before, after);
  return after;
}

/** Each device once. @throws Refusal InvalidInput REQUIRED, TOO_MANY. */
function devicesOf(ids: readonly string[]): string[] {
  if (ids.length === 0) throw new Refusal('InvalidInput', 'REQUIRED', ['deviceIds']);
  if (ids.length > ACTIVATION_MOST)
    throw new Refusal('InvalidInput', 'TOO_MANY', ['deviceIds'], { limit: ACTIVATION_MOST });
  return [...new Set(ids)];
}

/** Locks all of them at once, before any licence: whoever takes both takes them in this order. */
async function lockDevices(tx: Change, ids: readonly string[]): Promise<void> {
  const present = tx.q
    .select({ id: devices.id })
    .from(devices)
    .where(and(anyOf(devices.id, wellFormed(ids)), isNull(devices.removedAt)))
    .orderBy(asc(devices.id));
  await locked(present, devices);
}
