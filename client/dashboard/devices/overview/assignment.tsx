import { Button, Group, Text } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../data/session.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { type ShownDevice, useStanding } from '../device.ts';

const AssignDialog = lazy(() => import('./assign-dialog.tsx'));

/** Whom a device is assigned to: who acts for it (INV-10), and may have a Backup of it (PER-07). */
export function Assignment({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const { administrator } = useStanding(device);
  const { id } = useAccount();
  const [assigning, setAssigning] = useState(false);
  const { account } = device;
  return (
    <SectionCard
      title={t('column.person')}
      actions={
        administrator && (
          <Button size="xs" variant="default" onClick={() => setAssigning(true)}>
            {account ? t('assign.change') : t('assign.action')}
          </Button>
        )
      }
    >
      {account ? (
        <Group gap="sm" wrap="nowrap">
          <IconUserCircle size={28} stroke={1.4} aria-hidden />
          <div>
            <Text size="sm" fw={600}>
              {account.name}
              {account.accountId === id && ` (${common('you')})`}
            </Text>
            <Text size="sm" c="dimmed">
              {account.email}
            </Text>
          </div>
        </Group>
      ) : (
        <Text size="sm">{administrator ? t('assign.nobody') : t('assign.nobodyAsk')}</Text>
      )}
      {assigning && (
        <Suspense>
          <AssignDialog device={device} onClose={() => setAssigning(false)} />
        </Suspense>
      )}
    </SectionCard>
  );
}
