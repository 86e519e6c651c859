import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service } from '../../../graphql/graphql.ts';
import { SERVICES, servicePath } from '../../app/services.ts';
import { useAccount } from '../../data/session.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { may } from '../../services/may.ts';
import { type ShownDevice, useStanding } from '../device.ts';
import { ServiceOnDevice } from './service-on-device.tsx';

/** The services on a device: how far each is, and what it does there by which policy (SVC-08, SVC-09). */
export default function Services({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const present = SERVICES.flatMap((service) => {
    const found = device.services.find((one) => one.service === service && one.state !== 'DEACTIVATED');
    return found ? [found] : [];
  });
  return (
    <Stack>
      {present.length === 0 && <Text size="sm">{t('services.none')}</Text>}
      {present.map((activation) => (
        <ServiceOnDevice key={activation.id} device={device} activation={activation} />
      ))}
      <Missing device={device} services={SERVICES.filter((one) => !present.some(({ service }) => service === one))} />
    </Stack>
  );
}

/** The services that are not on it, with a way to put those there that one may. */
function Missing({ device, services }: { device: ShownDevice; services: readonly Service[] }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const { own } = useStanding(device);
  // Backup is its account's own business (PER-07).
  const possible = services.filter((service) =>
    service === 'BACKUP' ? own : may(company, service, 'ASSIGN_POLICIES'),
  );
  if (services.length === 0) return null;
  return (
    <SectionCard title={t('services.missing')}>
      <Text size="sm" mb={possible.length > 0 ? 'sm' : 0}>
        {services.map((service) => common(`service.${service}`)).join(', ')}
      </Text>
      <Group gap="xs">
        {possible.map((service) => (
          <Button
            key={service}
            size="xs"
            variant="default"
            component={Link}
            href={`${servicePath(service)}/activate?device=${device.id}`}
            leftSection={<IconPlus size={16} />}
          >
            {t('services.activate', { service: common(`service.${service}`) })}
          </Button>
        ))}
      </Group>
    </SectionCard>
  );
}
