import type { Device } from '../db/tables/devices.ts';
import type { ServiceActivation } from '../db/tables/service-activations.ts';
import type { Change } from './change.ts';
import { deviceStreams, streamOf } from './event-log.ts';

/** What can happen to a service on a device; the first six are the states that it comes into. */
export type ServiceChange =
  | 'REQUESTED'
  | 'INSTALLING'
  | 'ACTIVE'
  | 'FAILED'
  | 'DEACTIVATED'
  | 'RETIRED'
  | 'POLICY_APPLIED'
  | 'PASSED_ON';

const FACTS = ['state', 'generation', 'failure', 'appliedPolicy', 'assignedAccountId', 'licenceId'] as const;

/**
 * Logs what happened to a service on a device: to the device, the account signed in on it, the company that it was put
 * on for and, for Backup, the account that it is assigned to.
 */
export function emitService(
  tx: Change,
  what: ServiceChange,
  device: Pick<Device, 'id' | 'accountId' | 'companyId'>,
  before: ServiceActivation | null,
  after: ServiceActivation,
): void {
  const facts = (row: ServiceActivation) => Object.fromEntries(FACTS.map((name) => [name, row[name]]));
  const assigned = [before?.assignedAccountId, after.assignedAccountId].filter((id) => typeof id === 'string');
  tx.emit({
    concept: 'service',
    change: what,
    subject: after.id,
    before: before && facts(before),
    after: { ...facts(after), service: after.service, deviceId: after.deviceId },
    streams: [...deviceStreams({ ...device, companyId: after.companyId }), ...assigned.map(streamOf.account)],
  });
}
