import { Alert, Button, Card, Stack, Textarea, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InviteDevice } from '../../api/operations/invitations.ts';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { OfferFields } from '../parts/offer-fields.tsx';
import { peerName } from '../parts/peer.tsx';
import { useOffer } from '../parts/use-offer.ts';
import { AddressInput } from './address-input.tsx';
import { FromDevice } from './from-device.tsx';
import { SentNotice } from './sent-notice.tsx';
import { type OwnDevice, type Start, usualDevice } from './start.ts';

/** At most so many characters of words to the recipient (the API's bound). */
export const NOTE_LENGTH = 500;

/** What the refusal of an offer is about is shown where the offer is made. */
const OF_THE_OFFER: readonly string[] = ['PERMISSIONS_LOCKED', 'PROFILE_DISABLED', 'CONTRADICTION'];

/** Invites somebody to one of the own devices (INV-10 … INV-14). */
export function InviteForm({ devices, start }: { devices: readonly OwnDevice[]; start: Start | null }) {
  const { t } = useTranslation('invite');
  const [deviceId, setDeviceId] = useState(() => usualDevice(devices)?.id ?? '');
  // Where the form was opened from goes behind where the recipient was picked from (INV-08).
  const [opener, setOpener] = useState<InvitationOrigin>('OWN_ID');
  const [picked, setPicked] = useState<InvitationOrigin | null>(null);
  const [refused, setRefused] = useState<{ text: string; offer: boolean } | null>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { recipient: '', deviceId, note: '' } });
  const invite = useMutate(InviteDevice);
  const device = devices.find(({ id }) => id === deviceId) ?? devices[0];
  const [sent, setSent] = useState<{ count: number; to: string | null }>({ count: 0, to: null });
  // What was widened for one invitation is not for the next.
  const offer = useOffer(device, `${device?.id} ${sent.count}`);
  const card = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another start alone fills in the form
  useEffect(() => {
    if (!start) return;
    if (start.deviceId) choose(start.deviceId);
    if (start.recipient) {
      form.setFieldValue('recipient', start.recipient);
      setPicked(start.origin);
    } else {
      setOpener(start.origin);
    }
    card.current?.scrollIntoView({ block: 'nearest' });
    // Filling a field in makes another input of it: that one is to have the focus.
    setTimeout(() => form.getInputNode('recipient')?.focus());
  }, [start]);

  const choose = (id: string): void => {
    setDeviceId(id);
    form.clearFieldError('deviceId');
    setRefused(null);
  };
  const submit = form.onSubmit(async ({ recipient, note }) => {
    if (!device) return;
    setRefused(null);
    setSent({ ...sent, to: null });
    const origin = picked ?? opener;
    const { payload, refusal } = await invite.run({ deviceId: device.id, recipient, origin, note, ...offer.input });
    if (payload) {
      form.reset();
      setOpener('OWN_ID');
      setPicked(null);
      setSent({ count: sent.count + 1, to: peerName(payload.invitation.recipient) });
      return;
    }
    const text = showRefusal(form, refusal);
    if (text) setRefused({ text, offer: OF_THE_OFFER.includes(refusal?.code ?? '') });
  });
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="invite-somebody" ref={card}>
      <Title order={2} size="h4" id="invite-somebody" mb="sm">
        {t('form.title')}
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <AddressInput
            label={t('form.recipient')}
            key={form.key('recipient')}
            {...form.getInputProps('recipient')}
            onOrigin={setPicked}
          />
          <FromDevice
            label={t('form.device')}
            devices={devices}
            value={device?.id ?? ''}
            error={form.errors['deviceId']}
            onChange={choose}
          />
          <OfferFields offer={offer} error={refused?.offer ? refused.text : null} />
          <Textarea
            label={t('form.note')}
            maxLength={NOTE_LENGTH}
            rows={2}
            key={form.key('note')}
            {...form.getInputProps('note')}
          />
          {refused && !refused.offer && (
            <Alert color="red" role="alert">
              {refused.text}
            </Alert>
          )}
          <Button type="submit" loading={invite.busy} leftSection={<IconSend size={16} />}>
            {t('form.submit')}
          </Button>
          <SentNotice text={sent.to && t('form.sent', { name: sent.to })} />
        </Stack>
      </form>
    </Card>
  );
}
