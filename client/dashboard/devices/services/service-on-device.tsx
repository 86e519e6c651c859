import { Alert, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../../app/app.tsx';
import { Ago } from '../../parts/ago.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { StateMark } from '../../services/states.tsx';
import type { ShownDevice } from '../device.ts';

const EffectiveSettings = lazy(() => import('../../services/overview/effective-settings.tsx'));

interface ServiceOnDeviceProps {
  readonly device: ShownDevice;
  readonly activation: ShownDevice['services'][number];
}

/** A service on a device: its state, why it failed, whether it works by what its policies say; on demand every setting. */
export function ServiceOnDevice({ device, activation }: ServiceOnDeviceProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const settings = useId();
  const { service, state, failure, policyApplied, changedAt, assignedTo } = activation;
  return (
    <SectionCard title={common(`service.${service}`)} actions={<StateMark state={state} />}>
      <Stack gap="xs">
        <Text size="sm">
          {t('services.since')} <Ago at={changedAt} />
          {state === 'PENDING' && !device.online && ` – ${t('services.whenBack')}`}
        </Text>
        {failure && (
          <Alert color="red" icon={<IconAlertCircle size={18} />} title={t('services.failed')}>
            {failure}
          </Alert>
        )}
        {state === 'ACTIVE' && (
          <Text size="sm">{policyApplied ? t('services.applied') : t('services.notApplied')}</Text>
        )}
        {assignedTo && <Text size="sm">{t('services.assignedTo', { name: assignedTo.name })}</Text>}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            ml={-8}
            aria-expanded={opened}
            aria-controls={settings}
            rightSection={opened ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
            onClick={() => {
              setWanted(true);
              toggle();
            }}
          >
            {t('services.settings')}
          </Button>
        </Group>
        <Collapse expanded={opened} id={settings}>
          {wanted && (
            <Suspense fallback={<Waiting />}>
              <Stack>
                <EffectiveSettings deviceId={device.id} service={service} />
              </Stack>
            </Suspense>
          )}
        </Collapse>
      </Stack>
    </SectionCard>
  );
}
