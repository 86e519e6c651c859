import { Card, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PeerFieldsFragment } from '../../graphql/graphql.ts';
import { Instant } from '../parts/ago.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Duration } from '../parts/duration.tsx';
import { peerName } from '../parts/peer.tsx';
import classes from './facts.module.css';
import type { ShownSession } from './history.ts';

/** Who, since when, for how long and, once it is over, why it ended. */
export function Facts({ session }: { session: ShownSession }) {
  const { t } = useTranslation('sessions');
  const { host, guest, startedAt, endedAt, endReason } = session;
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="facts">
      <Title order={2} size="h4" id="facts" mb="sm">
        {t('facts.title')}
      </Title>
      <dl className={classes['facts']}>
        <dt>{t('facts.host')}</dt>
        <dd>
          <Party peer={host} />
        </dd>
        <dt>{t('facts.guest')}</dt>
        <dd>
          <Party peer={guest} />
        </dd>
        <dt>{t('column.started')}</dt>
        <dd>
          <Instant at={startedAt} />
        </dd>
        <dt>{t('column.duration')}</dt>
        <dd>
          <Duration from={startedAt} to={endedAt} />
        </dd>
        {endedAt && endReason && (
          <>
            <dt>{t('column.end')}</dt>
            <dd>
              <Instant at={endedAt} />
              <br />
              {t(`reason.${endReason}`)}
            </dd>
          </>
        )}
      </dl>
    </Card>
  );
}

/** A side by its name, and its ID to copy. */
function Party({ peer }: { peer: PeerFieldsFragment }) {
  const { t } = useTranslation();
  const name = peerName(peer);
  return (
    <>
      {name !== peer.addressGrouped && (
        <>
          <Text component="span" inherit fw={600}>
            {name}
          </Text>{' '}
        </>
      )}
      {peer.viewerActsFor && (
        <Text component="span" inherit c="dimmed">
          ({t('you')}){' '}
        </Text>
      )}
      <Copyable value={peer.address} shown={peer.addressGrouped} size="sm" />
    </>
  );
}
