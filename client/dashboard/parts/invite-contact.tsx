import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InviteDevice } from '../../api/operations/invitations.ts';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { FromDevice } from '../invite/from-device.tsx';
import { type OwnDevice, usualDevice } from '../invite/start.ts';
import type { Recipient } from './invite-dialog.tsx';
import { OfferFields } from './offer-fields.tsx';
import { useOffer } from './use-offer.ts';

/** At most so many characters of words to the recipient (the API's bound). */
const NOTE_LENGTH = 500;

interface InviteContactProps {
  readonly devices: readonly OwnDevice[];
  readonly recipient: Recipient;
  readonly origin: InvitationOrigin;
  onSent(id: string): void;
  onCancel(): void;
}

/** To which of the own devices, with which permissions and words. */
export function InviteContact({ devices, recipient, origin, onSent, onCancel }: InviteContactProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const [deviceId, setDeviceId] = useState(() => usualDevice(devices)?.id ?? '');
  const device = devices.find(({ id }) => id === deviceId) ?? devices[0];
  const offer = useOffer(device, device?.id ?? '');
  const form = useForm({ mode: 'uncontrolled', initialValues: { deviceId, note: '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const invite = useMutate(InviteDevice);

  const submit = form.onSubmit(async ({ note }) => {
    if (!device) return;
    setRefused(null);
    const { payload, refusal } = await invite.run({
      deviceId: device.id,
      recipient: recipient.address,
      origin,
      note,
      ...offer.input,
    });
    if (payload) onSent(payload.invitation.id);
    else setRefused(showRefusal(form, refusal ?? null));
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <FromDevice
          label={t('form.device')}
          devices={devices}
          value={device?.id ?? ''}
          error={form.errors['deviceId']}
          onChange={(id) => {
            setDeviceId(id);
            form.clearFieldError('deviceId');
            setRefused(null);
          }}
        />
        <OfferFields offer={offer} />
        <Textarea
          label={t('form.note')}
          maxLength={NOTE_LENGTH}
          rows={2}
          key={form.key('note')}
          {...form.getInputProps('note')}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={invite.busy} leftSection={<IconSend size={16} />} data-autofocus>
            {t('form.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
