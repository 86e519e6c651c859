import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OfferFields } from '../parts/offer-fields.tsx';
import { FromDevice } from './from-device.tsx';
import { NoteInput } from './note-input.tsx';
import type { useInvitation } from './use-invitation.ts';

/** To which of the own devices, with which permissions and words; and why it was not taken. */
export function InvitationFields({ invitation }: { invitation: ReturnType<typeof useInvitation> }) {
  const { t } = useTranslation('invite');
  const { devices, device, offer, form, refused, choose } = invitation;
  return (
    <>
      <FromDevice
        label={t('form.device')}
        devices={devices}
        value={device?.id ?? ''}
        error={form.errors['deviceId']}
        onChange={choose}
      />
      <OfferFields offer={offer} error={refused?.offer ? refused.text : null} />
      <NoteInput key={form.key('note')} {...form.getInputProps('note')} />
      {refused && !refused.offer && (
        <Alert color="red" role="alert">
          {refused.text}
        </Alert>
      )}
    </>
  );
}
