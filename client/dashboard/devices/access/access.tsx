import { Stack } from '@mantine/core';
import { useData } from '../../data/use-data.tsx';
import { type ShownDevice, useStanding } from '../device.ts';
import { Discovery } from './discovery.tsx';
import { Locks } from './locks.tsx';
import { DeviceAccess } from './operations.ts';
import { Profiles } from './profiles.tsx';

/** What those may do who are let in to a device, and how it can be found. */
export default function Access({ device }: { device: ShownDevice }) {
  const { own, administrator } = useStanding(device);
  const { data, instead } = useData(DeviceAccess, { id: device.id });
  if (!data) return instead;
  if (data.node?.__typename !== 'Device') return null;
  const { permissionProfiles, locks, discovery } = data.node;
  const mayEdit = own || administrator;
  return (
    <Stack>
      <Profiles deviceId={device.id} profiles={permissionProfiles} locks={locks} mayEdit={mayEdit} />
      <Locks device={device} locks={locks} mayEdit={device.company !== null && administrator} />
      <Discovery deviceId={device.id} on={discovery} mayEdit={mayEdit} />
    </Stack>
  );
}
