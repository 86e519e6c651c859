import { Button, Text } from '@mantine/core';
import { IconCheck, IconClockOff, IconSend, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CancelInvitation } from '../../api/operations/invitations.ts';
import type { InvitationStatus, SentInvitationFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Countdown } from '../parts/countdown.tsx';
import { PeerName, peerName } from '../parts/peer.tsx';
import { PermissionSummary } from '../parts/permission-summary.tsx';
import { useProfileName } from '../parts/profile-name.ts';
import { PLACE, WithPeer } from '../parts/with-peer.tsx';
import type { OwnDevice } from './start.ts';
import { UnderWayRow } from './under-way-row.tsx';

const ModifyInvitation = lazy(() => import('./modify-invitation.tsx'));

const LOOKS: Readonly<Record<InvitationStatus, { icon: typeof IconSend; color: string }>> = {
  PENDING: { icon: IconSend, color: 'signal' },
  ACCEPTED: { icon: IconCheck, color: 'teal' },
  REJECTED: { icon: IconX, color: 'red' },
  CANCELLED: { icon: IconX, color: 'gray' },
  EXPIRED: { icon: IconClockOff, color: 'gray' },
};

interface SentInvitationProps {
  readonly invitation: SentInvitationFieldsFragment;
  readonly devices: readonly OwnDevice[];
  readonly now: number;
}

/** An invitation that was sent: counted down, to be modified or taken back; then what became of it. */
export function SentInvitation({ invitation, devices, now }: SentInvitationProps) {
  const { t } = useTranslation('invite');
  const profileName = useProfileName();
  const [modifying, setModifying] = useState(false);
  const cancel = useMutate(CancelInvitation);
  const { id, recipient, inviter, permissions, note, revision, expiresAt, session } = invitation;
  const status =
    invitation.status === 'PENDING' && Date.parse(expiresAt) <= now ? ('EXPIRED' as const) : invitation.status;
  const pending = status === 'PENDING';
  const device = devices.find(({ address }) => address === inviter.address);
  return (
    <UnderWayRow
      {...LOOKS[status]}
      label={t('sent.label', { name: peerName(recipient) })}
      title={<WithPeer sentence={t('sent.title', { peer: PLACE })} peer={<PeerName peer={recipient} />} />}
      state={pending ? <Countdown until={expiresAt} /> : <span role="status">{t(`sent.status.${status}`)}</span>}
      detail={
        <>
          <Text size="sm" c="dimmed">
            {t('sent.to', { name: peerName(inviter) })} · {profileName(invitation.profileName)} ·{' '}
            <PermissionSummary permissions={permissions} />
          </Text>
          {note && (
            <Text size="sm" fs="italic" lineClamp={2}>
              {note}
            </Text>
          )}
          {pending && revision > 1 && (
            <Text size="xs" c="dimmed">
              {t('sent.modified', { count: revision - 1 })}
            </Text>
          )}
        </>
      }
      actions={
        pending ? (
          <>
            <Button size="compact-sm" variant="default" onClick={() => setModifying(true)}>
              {t('sent.modify')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              loading={cancel.busy}
              onClick={() => void cancel.run({ id })}
            >
              {t('sent.cancel')}
            </Button>
            {modifying && (
              <Suspense>
                <ModifyInvitation invitation={invitation} device={device} onClose={() => setModifying(false)} />
              </Suspense>
            )}
          </>
        ) : (
          session && (
            <Button size="compact-sm" variant="light" component={Link} href={`/sessions/${session.id}`}>
              {t('openSession')}
            </Button>
          )
        )
      }
    />
  );
}
