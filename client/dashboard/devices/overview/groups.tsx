import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMutate } from '../../data/use-mutate.ts';
import { SectionCard } from '../../parts/section-card.tsx';
import { type ShownDevice, useStanding } from '../device.ts';
import { RemoveDevicesFromGroup } from '../device-operations.ts';
import classes from './groups.module.css';

const GroupDialog = lazy(() => import('../group-dialog.tsx'));

/** The groups that a device is in: policies reach it by them, too. */
export function Groups({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { administrator } = useStanding(device);
  const [adding, setAdding] = useState(false);
  const { run } = useMutate(RemoveDevicesFromGroup);
  return (
    <SectionCard
      title={t('column.groups')}
      actions={
        administrator && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {t('addToGroup')}
          </Button>
        )
      }
    >
      {device.groups.length === 0 ? (
        <Text size="sm">{t('inNoGroup')}</Text>
      ) : (
        <Group component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {device.groups.map(({ id, name }) => (
            <li key={id} className={classes['group']}>
              <Link href={`/devices?group=${id}`} className={classes['link'] ?? ''}>
                {name}
              </Link>
              {administrator && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('takeOutOf', { name })}
                  onClick={() => void run({ id, deviceIds: [device.id] })}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </Group>
      )}
      {adding && (
        <Suspense>
          <GroupDialog deviceIds={[device.id]} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </SectionCard>
  );
}
