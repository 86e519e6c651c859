import { Drawer, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DeviceName } from '../device-name.tsx';
import { StateMark } from '../states.tsx';
import EffectiveSettings from './effective-settings.tsx';
import type { Endpoint } from './endpoints.tsx';

/** A service on a device, with all that it does there. */
export function EndpointDetails({ endpoint, onClose }: { endpoint: Endpoint | null; onClose(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  return (
    <Drawer
      opened={endpoint !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        endpoint && t('details.title', { service: common(`service.${endpoint.service}`), name: endpoint.device.name })
      }
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {endpoint && (
        <Stack>
          <DeviceName device={endpoint.device} detail={endpoint.device.alias ?? endpoint.device.addressGrouped} />
          <StateMark state={endpoint.state} />
          {endpoint.failure && <Text size="sm">{endpoint.failure}</Text>}
          <EffectiveSettings deviceId={endpoint.device.id} service={endpoint.service} />
        </Stack>
      )}
    </Drawer>
  );
}
