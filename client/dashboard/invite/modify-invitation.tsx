import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ModifyInvitation as ModifyMutation } from '../../api/operations/invitations.ts';
import type { SentInvitationFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Countdown } from '../parts/countdown.tsx';
import { OfferFields } from '../parts/offer-fields.tsx';
import { peerName } from '../parts/peer.tsx';
import { useProfileName } from '../parts/profile-name.ts';
import { useOffer } from '../parts/use-offer.ts';
import { NoteInput } from './note-input.tsx';
import type { OwnDevice } from './start.ts';

interface ModifyInvitationProps {
  readonly invitation: SentInvitationFieldsFragment;
  readonly device: OwnDevice | undefined;
  onClose(): void;
}

/** Changes what a pending invitation offers; the recipient sees it at once, and the deadline stays (INV-16, INV-20). */
export default function ModifyInvitation({ invitation, device, onClose }: ModifyInvitationProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const profileName = useProfileName();
  const [note, setNote] = useState(invitation.note ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  const modify = useMutate(ModifyMutation);
  const offer = useOffer(device, `${invitation.id} ${invitation.revision}`, invitation.permissions);
  const save = async (): Promise<void> => {
    setRefused(null);
    const { payload, refusal } = await modify.run({ id: invitation.id, note: note.trim() || null, ...offer.input });
    if (payload) onClose();
    else setRefused(refusal?.message ?? null);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('modify.title', { name: peerName(invitation.recipient) })}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <Text size="sm">
          {t('modify.lead')} <Countdown until={invitation.expiresAt} />
        </Text>
        <OfferFields offer={offer} keep={t('modify.keep', { name: profileName(invitation.profileName) })} />
        <NoteInput value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button loading={modify.busy} onClick={() => void save()}>
            {t('modify.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
