import type { BeckonClient } from '../api/client.ts';
import { BeckonError } from '../api/errors.ts';
import { DeviceState } from '../api/operations/devices.ts';
import type { DeviceStateQuery } from '../graphql/graphql.ts';
import { EN, FR } from './catalogue/catalogue.ts';
import type { Inbox } from './inbox.ts';

/** The device as the server has it now: itself, what waits, what runs. */
export type DeviceNow = NonNullable<DeviceStateQuery['viewer']['device']>;

/** @throws BeckonError, UNAUTHENTICATED also where the credential is no device's. */
export async function readDevice(client: BeckonClient): Promise<DeviceNow> {
  const { device } = (await client.query(DeviceState, {})).viewer;
  if (!device) {
    throw new BeckonError('UNAUTHENTICATED', { en: EN.problems.notADevice, fr: FR.problems.notADevice });
  }
  return device;
}

/** Puts what waits and what runs into the inbox, in place of what it held. */
export function fillInbox(inbox: Inbox, device: DeviceNow): void {
  inbox.clear();
  for (const invitation of device.invitations?.nodes ?? []) {
    if (invitation.__typename === 'DirectInvitation') inbox.addInvitation(invitation);
  }
  for (const request of device.sessionRequests?.nodes ?? []) inbox.addRequest(request);
  for (const session of device.sessions?.nodes ?? []) {
    inbox.addSession(session);
    for (const { id, status, permissions } of session.permissionRequests) {
      if (status === 'PENDING') inbox.addPermissionRequest(id, permissions, session);
    }
  }
}
