import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { anyOf } from '../db/any-of.ts';
import type { Queries } from '../db/database.ts';
import { type Device, devices } from '../db/tables/devices.ts';
import { type Licence, licences } from '../db/tables/licences.ts';
import { policies } from '../db/tables/policies.ts';
import type { Service } from '../db/tables/roles.ts';
import { type ActivationState, type ServiceActivation, serviceActivations } from '../db/tables/service-activations.ts';
import { typeOfId } from '../lib/ids.ts';
import { notFound } from './denials.ts';
import { licenceStatusAt } from './licence-status.ts';
import { permissionsIn } from './permissions.ts';
import type { AccountPrincipal } from './principal.ts';

/**
 * What has to be so before a service can be put on a device, each named by what is wrong where it is not (PRE-01,
 * PRE-02, PRE-04, PER-07, LIC-11, LIC-12). In the order in which they are told.
 */
export const CONDITIONS = [
  'DEVICE_UNKNOWN',
  'NOT_MANAGED',
  'CLIENT_KIND',
  'NO_PERMISSION',
  'BACKUP_NOT_ASSIGNED',
  'NO_LICENCE',
  'LICENCE_SUSPENDED',
  'LICENCE_EXPIRED',
  'NO_SEAT',
  'ALREADY_ACTIVE',
  'POLICY_OF_OTHER_SERVICE',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** In these a service is on the device, or about to be, and takes a seat; in all others it takes none. */
export const RUNNING_STATES = ['PENDING', 'INSTALLING', 'ACTIVE'] as const satisfies readonly ActivationState[];

export const isRunning = (activation: Pick<ServiceActivation, 'state'> | null | undefined): boolean =>
  (RUNNING_STATES as readonly (ActivationState | undefined)[]).includes(activation?.state);

export interface Judgement {
  readonly deviceId: string;
  /** Null where the caller may not know of it. */
  readonly device: Device | null;
  /** The row for this pair of device and service; null where there never was one. */
  readonly activation: ServiceActivation | null;
  /** Every condition that is not met; empty where the service can be activated. */
  readonly unmet: readonly Condition[];
}

export interface ToJudge {
  readonly deviceIds: readonly string[];
  readonly service: Service;
  readonly policyId?: string | null | undefined;
}

/**
 * Judges each device, in the order given, by every condition: the one place for preview and activation alike. Seats are
 * counted down as devices pass, so that of three devices and two seats the third has none.
 * @throws Denial NOT_FOUND for a policy that is not the company's.
 */
export async function judgeDevices(
  q: Queries,
  principal: AccountPrincipal,
  companyId: string,
  { deviceIds, service, policyId }: ToJudge,
  now: number,
): Promise<Judgement[]> {
  const held = await permissionsIn(q, principal.accountId, companyId, now);
  const licence = judgeLicences(await licencesFor(q, companyId, service), now);
  const ofCall: Condition[] = [...licence.unmet];
  // Whether somebody may put Backup on a device depends on nothing but the device (PER-07).
  if (service !== 'BACKUP' && !held.has(service, 'ASSIGN_POLICIES')) ofCall.push('NO_PERMISSION');
  if (policyId && (await serviceOfPolicy(q, companyId, policyId)) !== service) ofCall.push('POLICY_OF_OTHER_SERVICE');
  const known = new Map(
    (
      await q
        .select()
        .from(devices)
        .where(and(anyOf(devices.id, wellFormed(deviceIds)), isNull(devices.removedAt)))
    )
      .filter((device) => device.companyId === companyId || device.accountId === principal.accountId)
      .map((device) => [device.id, device]),
  );
  const present = await activationsOn(q, service, [...known.keys()]);
  let seats = licence.seats;
  return deviceIds.map((deviceId) => {
    const device = known.get(deviceId) ?? null;
    const activation = present.get(deviceId) ?? null;
    const found = new Set<Condition>(ofCall);
    if (!device) found.add('DEVICE_UNKNOWN');
    else for (const condition of judgeDevice(device, principal, companyId, service)) found.add(condition);
    if (isRunning(activation)) found.add('ALREADY_ACTIVE');
    else if (licence.unmet.length === 0 && seats === 0) found.add('NO_SEAT');
    if (found.size === 0) seats -= 1;
    return { deviceId, device, activation, unmet: CONDITIONS.filter((condition) => found.has(condition)) };
  });
}

/** Only what can be an id of a device goes to the database: PostgreSQL takes no text with a NUL in it. */
export function wellFormed(deviceIds: readonly string[]): string[] {
  return deviceIds.filter((id) => typeOfId(id) === 'Device');
}

function* judgeDevice(
  device: Device,
  principal: AccountPrincipal,
  companyId: string,
  service: Service,
): Generator<Condition> {
  if (device.companyId !== companyId) yield 'NOT_MANAGED';
  if (device.clientKind === 'QUICK_SUPPORT') yield 'CLIENT_KIND';
  if (service === 'BACKUP' && !isAssignedPerson(principal, device.accountId)) yield 'BACKUP_NOT_ASSIGNED';
}

/** Whether it is this account itself that calls: a token speaks for an account, but is nobody's own hand (PER-08). */
export function isAssignedPerson(principal: AccountPrincipal, accountId: string | null): boolean {
  return principal.accountId === accountId && principal.via.kind === 'session';
}

function licencesFor(q: Queries, companyId: string, service: Service): Promise<Licence[]> {
  return q
    .select()
    .from(licences)
    .where(and(eq(licences.companyId, companyId), eq(licences.product, service), isNotNull(licences.activatedAt)));
}

/** What is wrong with all of them together, and how many seats are free where nothing is. */
function judgeLicences(rows: readonly Licence[], now: number): { unmet: Condition[]; seats: number } {
  const usable = rows.filter((row) => licenceStatusAt(row, now) === 'ACTIVE');
  if (usable.length > 0) {
    return { unmet: [], seats: usable.reduce((sum, row) => sum + Math.max(0, row.seats - row.seatsUsed), 0) };
  }
  if (rows.length === 0) return { unmet: ['NO_LICENCE'], seats: 0 };
  const unmet = new Set(
    rows.map((row): Condition => (licenceStatusAt(row, now) === 'EXPIRED' ? 'LICENCE_EXPIRED' : 'LICENCE_SUSPENDED')),
  );
  return { unmet: [...unmet], seats: 0 };
}

/**
 * What stands against putting the service on whatever device of the company: its licences, and whether a seat is free.
 * Judges nobody.
 */
export async function licenceObstacles(
  q: Queries,
  companyId: string,
  service: Service,
  now: number,
): Promise<readonly Condition[]> {
  const { unmet, seats } = judgeLicences(await licencesFor(q, companyId, service), now);
  return unmet.length === 0 && seats === 0 ? ['NO_SEAT'] : unmet;
}

async function serviceOfPolicy(q: Queries, companyId: string, policyId: string): Promise<Service> {
  const [policy] = await q
    .select({ service: policies.service })
    .from(policies)
    .where(and(eq(policies.id, policyId), eq(policies.companyId, companyId), isNull(policies.removedAt)));
  if (!policy) throw notFound('policyId');
  return policy.service;
}

/** The rows of these devices for the service, by device. */
export async function activationsOn(
  q: Queries,
  service: Service,
  deviceIds: readonly string[],
): Promise<Map<string, ServiceActivation>> {
  const rows = await q
    .select()
    .from(serviceActivations)
    .where(and(anyOf(serviceActivations.deviceId, deviceIds), eq(serviceActivations.service, service)));
  return new Map(rows.map((row) => [row.deviceId, row]));
}
