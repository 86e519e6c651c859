import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ShownDevice, useStanding } from '../device.ts';
import { Invitations } from './invitations.tsx';
import { Sessions } from './sessions.tsx';

/** The sessions and invitations of a device, for whoever acts for it. */
export default function History({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { own } = useStanding(device);
  if (!own) return <Text>{t('history.notYours')}</Text>;
  return (
    <Stack>
      <Sessions deviceId={device.id} address={device.address} />
      <Invitations deviceId={device.id} address={device.address} />
    </Stack>
  );
}
