import { Button, Text } from '@mantine/core';
import { IconScreenShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UnderWayQuery } from '../../graphql/graphql.ts';
import { Duration } from '../parts/duration.tsx';
import { PeerName, peerName } from '../parts/peer.tsx';
import { PLACE, WithPeer } from '../parts/with-peer.tsx';
import { UnderWayRow } from './under-way-row.tsx';

type Session = NonNullable<NonNullable<UnderWayQuery['viewer']['account']>['runningSessions']>['nodes'][number];

/** A session that runs, seen from this side. */
export function RunningSession({ session }: { session: Session }) {
  const { t } = useTranslation('invite');
  const { id, host, guest, startedAt } = session;
  const hosting = host.viewerActsFor;
  const [own, other] = hosting ? [host, guest] : [guest, host];
  return (
    <UnderWayRow
      icon={IconScreenShare}
      color="teal"
      label={t('running.label', { name: peerName(other) })}
      title={
        <WithPeer
          sentence={t(hosting ? 'running.host' : 'running.guest', { peer: PLACE })}
          peer={<PeerName peer={other} />}
        />
      }
      state={<Duration from={startedAt} />}
      detail={
        <Text size="sm" c="dimmed">
          {t(hosting ? 'running.onOwn' : 'running.fromOwn', { name: peerName(own) })}
        </Text>
      }
      actions={
        <Button size="compact-sm" variant="light" component={Link} href={`/sessions/${id}`}>
          {t('openSession')}
        </Button>
      }
    />
  );
}
