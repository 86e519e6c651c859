import { Button, Text } from '@mantine/core';
import { IconCheck, IconClockOff, IconPlugConnected, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { WithdrawSessionRequest } from '../../api/operations/session-requests.ts';
import type { SentRequestFieldsFragment, SessionRequestStatus } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Countdown } from '../parts/countdown.tsx';
import { PeerName, peerName } from '../parts/peer.tsx';
import { PLACE, WithPeer } from '../parts/with-peer.tsx';
import { UnderWayRow } from './under-way-row.tsx';

const LOOKS: Readonly<Record<SessionRequestStatus, { icon: typeof IconX; color: string }>> = {
  PENDING: { icon: IconPlugConnected, color: 'signal' },
  ACCEPTED: { icon: IconCheck, color: 'teal' },
  DISMISSED: { icon: IconX, color: 'red' },
  WITHDRAWN: { icon: IconX, color: 'gray' },
  EXPIRED: { icon: IconClockOff, color: 'gray' },
};

/** A request to be let in: counted down, to be withdrawn; then what became of it. */
export function SentRequest({ request, now }: { request: SentRequestFieldsFragment; now: number }) {
  const { t } = useTranslation('invite');
  const withdraw = useMutate(WithdrawSessionRequest);
  const { id, host, guest, expiresAt, session } = request;
  const status = request.status === 'PENDING' && Date.parse(expiresAt) <= now ? ('EXPIRED' as const) : request.status;
  const pending = status === 'PENDING';
  return (
    <UnderWayRow
      {...LOOKS[status]}
      label={t('asked.label', { name: peerName(host) })}
      title={<WithPeer sentence={t('asked.title', { peer: PLACE })} peer={<PeerName peer={host} />} />}
      state={pending ? <Countdown until={expiresAt} /> : <span role="status">{t(`asked.status.${status}`)}</span>}
      detail={
        <Text size="sm" c="dimmed">
          {t('asked.from', { name: peerName(guest) })}
        </Text>
      }
      actions={
        pending ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={withdraw.busy}
            onClick={() => void withdraw.run({ id })}
          >
            {t('asked.withdraw')}
          </Button>
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
