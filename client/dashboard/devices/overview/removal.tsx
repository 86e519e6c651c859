import { Group, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMutate } from '../../data/use-mutate.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { type ShownDevice, useStanding } from '../device.ts';
import { RemoveManagedDevice } from '../device-operations.ts';

/** The removal of a device, with all that goes with it; who may not is told who does. */
export function Removal({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { administrator } = useStanding(device);
  const [, go] = useLocation();
  const { run } = useMutate(RemoveManagedDevice);
  const { id, name, company, groups } = device;
  const services = device.services.filter(({ state }) => state !== 'DEACTIVATED').length;
  if (!administrator) {
    return (
      <SectionCard title={t('remove.title')}>
        <Text size="sm">{company ? t('remove.byAdministrators') : t('remove.byItself')}</Text>
      </SectionCard>
    );
  }
  return (
    <SectionCard title={t('remove.title')}>
      <Text size="sm" mb="sm">
        {t('remove.lead')}
      </Text>
      <Group>
        <ConfirmButton
          variant="outline"
          color="red"
          title={t('remove.question', { name })}
          action={t('remove.action')}
          text={
            <List size="sm" spacing="xs">
              <List.Item>{t('remove.credential')}</List.Item>
              <List.Item>{t('remove.sessions')}</List.Item>
              {services > 0 && <List.Item>{t('remove.services', { count: services })}</List.Item>}
              {groups.length > 0 && <List.Item>{t('remove.groups', { count: groups.length })}</List.Item>}
              <List.Item>{t('remove.address')}</List.Item>
              <List.Item>{t('remove.history')}</List.Item>
            </List>
          }
          onConfirm={async () => {
            const { payload } = await run({ deviceId: id });
            if (!payload) return '';
            notifications.show({ message: t('remove.done', { name }) });
            go('/devices');
            return null;
          }}
        >
          {t('remove.action')}
        </ConfirmButton>
      </Group>
    </SectionCard>
  );
}
