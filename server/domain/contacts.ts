import type { Queries } from '../db/database.ts';
import type { Device } from '../db/tables/devices.ts';
import type { InvitationOrigin } from '../db/tables/invitations.ts';
import { findDevice } from './devices.ts';
import { memberOf } from './members.ts';
import type { AccountPrincipal, DevicePrincipal } from './principal.ts';

/** A tile that an invitation can be started from (INV-26, INV-27). */
export interface Contact {
  readonly deviceId: string;
  /** The origin to invite it with. */
  readonly origin: InvitationOrigin;
  /** What the person who listed it calls it; null: by its alias or ID. */
  readonly label: string | null;
  /** The device's own name; null where it is not of the reader's company. */
  readonly name: string | null;
  /** Whether it is online; null where it is not of the reader's company. */
  readonly online: boolean | null;
}

/** The company whose devices' names and presence the caller may see; null where it belongs to none. */
export async function companyOf(q: Queries, principal: AccountPrincipal | DevicePrincipal): Promise<string | null> {
  const belonging =
    principal.kind === 'device' ? await findDevice(q, principal.deviceId) : await memberOf(q, principal.accountId);
  return belonging?.companyId ?? null;
}

/** The device as a contact, for a reader of the company. */
export function contactOf(
  device: Pick<Device, 'id' | 'companyId' | 'name' | 'online'>,
  origin: InvitationOrigin,
  companyId: string | null,
  label: string | null = null,
): Contact {
  const colleague = companyId !== null && device.companyId === companyId;
  return {
    deviceId: device.id,
    origin,
    label,
    name: colleague ? device.name : null,
    online: colleague ? device.online : null,
  };
}
