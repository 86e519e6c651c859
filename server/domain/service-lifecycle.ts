import { and, eq, inArray } from 'drizzle-orm';
import type { Device } from '../db/tables/devices.ts';
import { serviceActivations } from '../db/tables/service-activations.ts';
import type { Change } from './change.ts';
import { lockDevice } from './device-access.ts';
import { endService } from './service-activation.ts';
import { runningOn } from './service-states.ts';

/**
 * What becomes of a device's services when the device is removed: all end, their seats are free, and nothing is
 * restored any more. The caller has locked the device. Events as those of `endService`.
 */
export async function endServicesOf(tx: Change, device: Device): Promise<void> {
  for (const activation of await runningOn(tx.q, device.id)) await endService(tx, device, activation, 'DEACTIVATED');
}

/**
 * Retires Backup on a device that acts for another account from now on, or for none: it runs no more, its seat is free,
 * its data waits for the account that it is assigned to, and for nobody else (PER-08a). `device` is as it is since.
 * Events as those of `endService`.
 */
export async function retireBackupOf(tx: Change, device: Device): Promise<void> {
  for (const activation of await runningOn(tx.q, device.id)) {
    if (activation.service !== 'BACKUP' || activation.assignedAccountId === device.accountId) continue;
    await endService(tx, device, activation, 'RETIRED');
  }
}

/** Retires every Backup of a company that is assigned to an account which is no member any more (PER-08a). Gives how many. */
export async function retireBackupsOfMember(tx: Change, companyId: string, accountId: string): Promise<number> {
  let retired = 0;
  const own = await tx.q
    .select()
    .from(serviceActivations)
    .where(
      and(
        eq(serviceActivations.companyId, companyId),
        eq(serviceActivations.service, 'BACKUP'),
        eq(serviceActivations.assignedAccountId, accountId),
        inArray(serviceActivations.state, ['PENDING', 'INSTALLING', 'ACTIVE']),
      ),
    );
  for (const { deviceId } of own) {
    const device = await lockDevice(tx.q, deviceId);
    if (!device) continue;
    const activation = (await runningOn(tx.q, deviceId)).find(({ service }) => service === 'BACKUP');
    if (activation?.assignedAccountId !== accountId) continue;
    await endService(tx, device, activation, 'RETIRED');
    retired += 1;
  }
  return retired;
}
