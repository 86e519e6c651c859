import { Alert, Button, Card, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestSession } from '../../api/operations/session-requests.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { peerName } from '../parts/peer.tsx';
import { AddressInput } from './address-input.tsx';
import { FromDevice } from './from-device.tsx';
import { SentNotice } from './sent-notice.tsx';
import { type OwnDevice, usualDevice } from './start.ts';

/** Asks to be let in to another device, as who received an invitation by e-mail does (INV-09). */
export function ConnectForm({ devices }: { devices: readonly OwnDevice[] }) {
  const { t } = useTranslation('invite');
  const [deviceId, setDeviceId] = useState(() => usualDevice(devices)?.id ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { address: '' } });
  const connect = useMutate(RequestSession);
  const device = devices.find(({ id }) => id === deviceId) ?? devices[0];
  const submit = form.onSubmit(async ({ address }) => {
    if (!device) return;
    setRefused(null);
    setSentTo(null);
    const { payload, refusal } = await connect.run({ deviceId: device.id, address });
    if (!payload) return setRefused(showRefusal(form, refusal));
    form.setFieldValue('address', '');
    setSentTo(peerName(payload.request.host));
  });
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="connect-to">
      <Title order={2} size="h4" id="connect-to">
        {t('connect.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('connect.lead')}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <AddressInput label={t('connect.address')} key={form.key('address')} {...form.getInputProps('address')} />
          <FromDevice label={t('connect.device')} devices={devices} value={device?.id ?? ''} onChange={setDeviceId} />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" variant="light" loading={connect.busy} leftSection={<IconPlugConnected size={16} />}>
            {t('connect.submit')}
          </Button>
          <SentNotice text={sentTo && t('connect.sent', { name: sentTo })} />
        </Stack>
      </form>
    </Card>
  );
}
