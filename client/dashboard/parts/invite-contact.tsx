import { Button, Group, Stack } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { InvitationFields } from '../invite/invitation-fields.tsx';
import type { OwnDevice } from '../invite/start.ts';
import { useInvitation } from '../invite/use-invitation.ts';
import type { Recipient } from './invite-dialog.tsx';

interface InviteContactProps {
  readonly devices: readonly OwnDevice[];
  readonly recipient: Recipient;
  readonly origin: InvitationOrigin;
  onSent(id: string): void;
  onCancel(): void;
}

/** Invites somebody who was picked already. */
export function InviteContact({ devices, recipient, origin, onSent, onCancel }: InviteContactProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const invitation = useInvitation(devices);
  const submit = invitation.form.onSubmit(async () => {
    const sent = await invitation.send(recipient.address, origin);
    if (sent) onSent(sent.id);
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <InvitationFields invitation={invitation} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={invitation.busy} leftSection={<IconSend size={16} />} data-autofocus>
            {t('form.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
