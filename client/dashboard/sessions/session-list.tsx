import { Anchor, Button, Card, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { EndSession } from '../../api/operations/sessions.ts';
import type { ListedSessionFieldsFragment, SessionSide } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { Instant } from '../parts/ago.tsx';
import { Duration } from '../parts/duration.tsx';
import { Empty } from '../parts/empty.tsx';
import { PeerName, peerName } from '../parts/peer.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Sessions } from './operations.ts';
import { sidesOf } from './sides.ts';

/** As many as run at the same time for nearly everybody; the others stand in the history as well. */
const RUNNING_SHOWN = 25;
const PAGE_ROWS = 50;

/** The sessions that run, then all there were. */
export function SessionList() {
  const { t } = useTranslation('sessions');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Running />
      <History />
    </Page>
  );
}

function Running() {
  const { t } = useTranslation('sessions');
  const { data, instead } = useData(Sessions, { first: RUNNING_SHOWN, running: true, side: null, after: null });
  if (!data) return instead;
  const running = data.viewer.account?.sessions?.nodes ?? [];
  return (
    <Stack component="section" gap="sm" aria-labelledby="running">
      <Title order={2} size="h4" id="running">
        {t('running.title')}
      </Title>
      {running.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('running.none')}
        </Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
          {running.map((session) => (
            <RunningCard key={session.id} session={session} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function RunningCard({ session }: { session: ListedSessionFieldsFragment }) {
  const { t } = useTranslation('sessions');
  const end = useMutate(EndSession);
  const { id, startedAt } = session;
  const { side, own, other } = sidesOf(session);
  return (
    <Card component="article" withBorder padding="md" aria-label={t('with', { name: peerName(other) })}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={3} size="md" style={{ overflowWrap: 'anywhere' }}>
          {peerName(other)}
        </Title>
        <Text size="sm" style={{ flexShrink: 0 }}>
          <Duration from={startedAt} />
        </Text>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`side.${side}`, { name: peerName(own) })}
      </Text>
      <Group gap="xs">
        <Button size="xs" component={Link} href={`/sessions/${id}`}>
          {t('open')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          loading={end.busy}
          onClick={() => void end.run({ id })}
          aria-label={t('endWith', { name: peerName(other) })}
        >
          {t('end')}
        </Button>
      </Group>
    </Card>
  );
}

const SIDES = ['HOST', 'GUEST'] as const satisfies readonly SessionSide[];
const STATES = { running: true, ended: false } as const;

/** Every session, newest first; which ones, stands in the address of the page. */
function History() {
  const { t } = useTranslation('sessions');
  const [parameters, setParameters] = useSearchParams();
  const side = SIDES.find((known) => known === parameters.get('side')) ?? null;
  const state = parameters.get('state');
  const running = state === 'running' || state === 'ended' ? STATES[state] : null;
  const pages = usePages(Sessions, { first: PAGE_ROWS, side, running }, (data) => data.viewer.account?.sessions);
  const filter = (name: string, value: string): void => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  };
  const filtered = side !== null || running !== null;
  return (
    <Stack component="section" gap="sm" aria-labelledby="history">
      <Group justify="space-between" align="flex-end">
        <Title order={2} size="h4" id="history">
          {t('history.title')}
        </Title>
        <Group gap="sm">
          <NativeSelect
            label={t('history.side')}
            value={side ?? ''}
            data={[
              { value: '', label: t('history.anySide') },
              { value: 'HOST', label: t('history.host') },
              { value: 'GUEST', label: t('history.guest') },
            ]}
            onChange={(event) => filter('side', event.currentTarget.value)}
          />
          <NativeSelect
            label={t('history.state')}
            value={running === null ? '' : (state ?? '')}
            data={[
              { value: '', label: t('history.anyState') },
              { value: 'running', label: t('history.running') },
              { value: 'ended', label: t('history.ended') },
            ]}
            onChange={(event) => filter('state', event.currentTarget.value)}
          />
        </Group>
      </Group>
      <Rows
        label={t('history.title')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={IconHistory} title={t(filtered ? 'history.noneSo' : 'history.none')}>
            {!filtered && (
              <>
                <Text c="dimmed">{t('history.noneText')}</Text>
                <Anchor component={Link} href="/">
                  {t('history.toInvite')}
                </Anchor>
              </>
            )}
          </Empty>
        }
      />
    </Stack>
  );
}

function useColumns(): readonly Column<ListedSessionFieldsFragment>[] {
  const { t } = useTranslation('sessions');
  return [
    {
      name: 'other',
      title: t('column.other'),
      width: 'minmax(10rem, 2fr)',
      cell: (session) => (
        <Anchor component={Link} href={`/sessions/${session.id}`} size="sm">
          <PeerName peer={sidesOf(session).other} />
        </Anchor>
      ),
    },
    {
      name: 'own',
      title: t('column.own'),
      width: 'minmax(8rem, 2fr)',
      cell: (session) => {
        const { side, own } = sidesOf(session);
        return <Text size="sm">{t(`${session.endedAt ? 'was' : 'side'}.${side}`, { name: peerName(own) })}</Text>;
      },
    },
    {
      name: 'started',
      title: t('column.started'),
      width: 'minmax(11rem, 1fr)',
      cell: ({ startedAt }) => (
        <Text size="sm" component="div">
          <Instant at={startedAt} />
        </Text>
      ),
    },
    {
      name: 'duration',
      title: t('column.duration'),
      width: 'minmax(9rem, 1.5fr)',
      cell: ({ startedAt, endedAt, endReason }) => (
        <Text size="sm" component="div">
          <Duration from={startedAt} to={endedAt} />
          {' · '}
          {endReason ? t(`reason.${endReason}`) : t('history.running')}
        </Text>
      ),
    },
  ];
}
