import { Button, Card, Stack, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { peerName } from '../parts/peer.tsx';
import { AddressInput } from './address-input.tsx';
import { InvitationFields } from './invitation-fields.tsx';
import { SentNotice } from './sent-notice.tsx';
import type { OwnDevice, Start } from './start.ts';
import { useInvitation } from './use-invitation.ts';

/** Invites somebody to one of the own devices. */
export function InviteForm({ devices, start }: { devices: readonly OwnDevice[]; start: Start | null }) {
  const { t } = useTranslation('invite');
  // Where the form was opened from goes behind where the recipient was picked from (INV-08).
  const [opener, setOpener] = useState<InvitationOrigin>('OWN_ID');
  const [picked, setPicked] = useState<InvitationOrigin | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const invitation = useInvitation(devices, { recipient: '' });
  const { form } = invitation;
  const card = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another start alone fills in the form
  useEffect(() => {
    if (!start) return;
    if (start.deviceId) invitation.choose(start.deviceId);
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

  const submit = form.onSubmit(async ({ recipient = '' }) => {
    setSentTo(null);
    const sent = await invitation.send(recipient, picked ?? opener);
    if (!sent) return;
    setOpener('OWN_ID');
    setPicked(null);
    setSentTo(peerName(sent.recipient));
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
          <InvitationFields invitation={invitation} />
          <Button type="submit" loading={invitation.busy} leftSection={<IconSend size={16} />}>
            {t('form.submit')}
          </Button>
          <SentNotice text={sentTo && t('form.sent', { name: sentTo })} />
        </Stack>
      </form>
    </Card>
  );
}
