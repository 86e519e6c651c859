import { IconUserPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceInvitationHistoryQuery } from '../../../graphql/graphql.ts';
import { usePages } from '../../data/use-pages.ts';
import { Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { peerName } from '../../parts/peer.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { DeviceInvitations } from './operations.ts';

type Invitation = NonNullable<
  Extract<DeviceInvitationHistoryQuery['node'], { __typename: 'Device' }>['invitations']
>['nodes'][number];

interface OfDevice {
  readonly deviceId: string;
  readonly address: string;
}

/** Every invitation that a device sent or received, newest first. */
export function Invitations({ deviceId, address }: OfDevice) {
  const { t } = useTranslation('devices');
  const pages = usePages(DeviceInvitations, { id: deviceId }, ({ node }) =>
    node?.__typename === 'Device' ? node.invitations : null,
  );
  const columns = useMemo<Column<Invitation>[]>(
    () => [
      {
        name: 'other',
        title: t('history.other'),
        width: '2fr',
        cell: (invitation) =>
          invitation.__typename === 'DirectInvitation'
            ? peerName(invitation.inviter.address === address ? invitation.recipient : invitation.inviter)
            : t('history.byMail'),
      },
      {
        name: 'direction',
        title: t('history.direction'),
        width: '1fr',
        cell: ({ inviter }) => (inviter.address === address ? t('history.sent') : t('history.received')),
      },
      {
        name: 'status',
        title: t('history.status'),
        width: '1.5fr',
        cell: (invitation) =>
          invitation.__typename === 'DirectInvitation'
            ? t(`history.state.${invitation.status}`)
            : t('history.prepared'),
      },
      {
        name: 'created',
        title: t('history.when'),
        width: '12.5rem',
        cell: ({ createdAt }) => <Instant at={createdAt} />,
      },
    ],
    [t, address],
  );
  return (
    <SectionCard title={t('history.invitations')}>
      <Rows
        label={t('history.invitations')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        rowHeight={49}
        empty={<Empty icon={IconUserPlus} title={t('history.noInvitations')} />}
      />
    </SectionCard>
  );
}
