import { Alert, Stack, Text } from '@mantine/core';
import { IconPackages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceInventoryQuery } from '../../../graphql/graphql.ts';
import { useData } from '../../data/use-data.tsx';
import { Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import type { ShownDevice } from '../device.ts';
import { Disks, Hardware, Networks } from './hardware.tsx';
import { DeviceInventory } from './operations.ts';
import { Packages } from './packages.tsx';

type WithInventory = Extract<DeviceInventoryQuery['node'], { __typename: 'Device' }>;
export type Inventory = NonNullable<WithInventory['inventory']>;
export type HardwareFound = NonNullable<Inventory['hardware']>;
export type PackageFound = NonNullable<Inventory['packages']>[number];

/** What Asset management found on a device last. */
export default function InventoryTab({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { data, instead } = useData(DeviceInventory, { id: device.id });
  if (!data) return instead;
  const inventory = data.node?.__typename === 'Device' ? data.node.inventory : null;
  if (!inventory) return <Nothing device={device} />;
  const { takenAt, hardware, packages, omittedPackages } = inventory;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('inventory.taken')} <Instant at={takenAt} />
      </Text>
      {hardware && (
        <>
          <Hardware hardware={hardware} />
          <Disks disks={hardware.disks} />
          <Networks networks={hardware.networks} />
        </>
      )}
      {packages && <Packages packages={packages} />}
      {omittedPackages > 0 && <Alert color="orange">{t('inventory.omitted', { count: omittedPackages })}</Alert>}
      {!hardware && !packages && <Text size="sm">{t('inventory.emptyByPolicy')}</Text>}
    </Stack>
  );
}

/** Why there is no inventory, as far as that can be told. */
function Nothing({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const asset = device.services.find(({ service }) => service === 'ASSET_MANAGEMENT');
  const on = asset !== undefined && asset.state !== 'DEACTIVATED' && asset.state !== 'FAILED';
  return (
    <Empty icon={IconPackages} title={t('inventory.none')}>
      <Text size="sm">{on ? t('inventory.willCome') : t('inventory.howTo')}</Text>
    </Empty>
  );
}
