import { Badge, Button, Grid, Stack, Text } from '@mantine/core';
import { IconCircleFilled, IconPlayerStop, IconUserPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { SessionEvents } from '../../api/operations/events.ts';
import { EndSession } from '../../api/operations/sessions.ts';
import { NotFound } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { useSession } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { durationText } from '../parts/duration.tsx';
import { peerName } from '../parts/peer.tsx';
import { AskForMore } from './ask-for-more.tsx';
import { Facts } from './facts.tsx';
import { GuestPermissions } from './guest-permissions.tsx';
import type { ShownSession } from './history.ts';
import { HostPermissions } from './host-permissions.tsx';
import { SessionQuery } from './operations.ts';
import { SessionTimeline } from './session-timeline.tsx';
import { sidesOf } from './sides.ts';
import { Wishes } from './wishes.tsx';

/** One session: while it runs, live for both sides; afterwards, what happened in it. */
export default function SessionPage({ id }: { id: string }) {
  const { data, instead } = useData(SessionQuery, { id });
  if (!data) return instead;
  if (data.node?.__typename !== 'SupportSession') return <NotFound />;
  return <Shown session={data.node} />;
}

function Shown({ session }: { session: ShownSession }) {
  const { t, i18n } = useTranslation('sessions');
  useSessionEvents(session);
  const end = useMutate(EndSession);
  const { id, endedAt } = session;
  const { side, own, other } = sidesOf(session);
  const running = endedAt == null;
  return (
    <Page
      title={t('with', { name: peerName(other) })}
      lead={t(running ? `side.${side}` : `was.${side}`, { name: peerName(own) })}
      actions={
        running ? (
          <>
            <Badge variant="light" color="teal" tt="none" leftSection={<IconCircleFilled size={8} aria-hidden />}>
              {t('history.running')}
            </Badge>
            <Button
              color="red"
              leftSection={<IconPlayerStop size={16} />}
              loading={end.busy}
              onClick={() => void end.run({ id })}
            >
              {t('end')}
            </Button>
          </>
        ) : (
          <>
            <Badge variant="light" color="gray" tt="none">
              {t('ended')}
            </Badge>
            <Button
              variant="default"
              leftSection={<IconUserPlus size={16} />}
              component={Link}
              href={`/?invite=${other.address}&origin=RECENT_SESSIONS`}
            >
              {t('inviteAgain')}
            </Button>
          </>
        )
      }
    >
      {endedAt && session.endReason && (
        <Text role="status">
          {t('summary', {
            reason: t(`reason.${session.endReason}`),
            duration: durationText(Date.parse(endedAt) - Date.parse(session.startedAt), i18n.language),
            count: session.permissionTimeline.length - 1,
          })}
        </Text>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <Wishes session={session} />
            {running && side === 'HOST' && <HostPermissions session={session} />}
            {running && side === 'GUEST' && (
              <>
                <GuestPermissions permissions={session.permissions} />
                <AskForMore session={session} />
              </>
            )}
            {!running && <SessionTimeline session={session} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <Facts session={session} />
            {running && <SessionTimeline session={session} />}
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

/** Follows the session’s own stream while it runs and is looked at; the cache hears of each event (data/cache.ts). */
function useSessionEvents({ id, eventCursor, endedAt }: ShownSession): void {
  const { beckon } = useSession();
  const running = endedAt == null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stream goes on from its first cursor by itself
  useEffect(() => {
    if (!running) return undefined;
    return beckon.urql.subscription(SessionEvents, { id, after: eventCursor }).subscribe(() => {}).unsubscribe;
  }, [beckon, id, running]);
}
