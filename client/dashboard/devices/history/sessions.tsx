import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceSessionHistoryQuery } from '../../../graphql/graphql.ts';
import { usePages } from '../../data/use-pages.ts';
import { Instant } from '../../parts/ago.tsx';
import { Duration } from '../../parts/duration.tsx';
import { Empty } from '../../parts/empty.tsx';
import { peerName } from '../../parts/peer.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { DeviceSessions } from './operations.ts';

type Session = NonNullable<
  Extract<DeviceSessionHistoryQuery['node'], { __typename: 'Device' }>['sessions']
>['nodes'][number];

interface OfDevice {
  readonly deviceId: string;
  /** The device's own ID, by which its side is told. */
  readonly address: string;
}

/** Every session that a device took part in, newest first (INV-28). */
export function Sessions({ deviceId, address }: OfDevice) {
  const { t } = useTranslation('devices');
  const pages = usePages(DeviceSessions, { id: deviceId }, ({ node }) =>
    node?.__typename === 'Device' ? node.sessions : null,
  );
  const columns = useMemo<Column<Session>[]>(
    () => [
      {
        name: 'other',
        title: t('history.other'),
        width: '2fr',
        cell: ({ id, host, guest }) => (
          <RowLink href={`/sessions/${id}`}>{peerName(host.address === address ? guest : host)}</RowLink>
        ),
      },
      {
        name: 'side',
        title: t('history.side'),
        width: '1.5fr',
        cell: ({ host }) => (host.address === address ? t('history.asHost') : t('history.asGuest')),
      },
      {
        name: 'started',
        title: t('history.started'),
        width: '12.5rem',
        cell: ({ startedAt }) => <Instant at={startedAt} />,
      },
      {
        name: 'duration',
        title: t('history.duration'),
        width: '8rem',
        cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
      },
    ],
    [t, address],
  );
  return (
    <SectionCard title={t('history.sessions')}>
      <Rows
        label={t('history.sessions')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        rowHeight={49}
        empty={<Empty icon={IconHistory} title={t('history.noSessions')} />}
      />
    </SectionCard>
  );
}
