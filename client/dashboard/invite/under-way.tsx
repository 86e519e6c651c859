import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SentInvitationFieldsFragment, UnderWayQuery } from '../../graphql/graphql.ts';
import { useServerNow } from '../data/use-server-now.ts';
import { RunningSession } from './running-session.tsx';
import { SentInvitation } from './sent-invitation.tsx';
import { SentRequest } from './sent-request.tsx';
import type { OwnDevice } from './start.ts';
import classes from './under-way.module.css';

/** How long the outcome of something stays to be seen, in ms. */
const OUTCOME_SHOWN_MS = 60_000;

interface Settling {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly settledAt?: string | null | undefined;
}

/** What waits for the other side, how the last of it came out, and what runs. */
export function UnderWay({ data, devices }: { data: UnderWayQuery; devices: readonly OwnDevice[] }) {
  const { t } = useTranslation('invite');
  const now = useServerNow(1_000);
  const account = data.viewer.account;
  const invitations = present([...direct(account?.pendingInvitations), ...direct(account?.lastInvitations)], now);
  const requests = present([...(account?.pendingRequests?.nodes ?? []), ...(account?.lastRequests?.nodes ?? [])], now);
  const led = new Set([...invitations, ...requests].map(({ session }) => session?.id));
  const sessions = (account?.runningSessions?.nodes ?? []).filter(({ id }) => !led.has(id));
  const nothing = invitations.length + requests.length + sessions.length === 0;
  return (
    <Stack component="section" gap="sm" aria-labelledby="under-way">
      <Title order={2} size="h4" id="under-way" className={classes['title']}>
        {t('underWay.title')}
      </Title>
      {nothing && (
        <Text size="sm" c="dimmed">
          {t('underWay.nothing')}
        </Text>
      )}
      {invitations.map((invitation) => (
        <SentInvitation key={invitation.id} invitation={invitation} devices={devices} now={now} />
      ))}
      {requests.map((request) => (
        <SentRequest key={request.id} request={request} now={now} />
      ))}
      {sessions.map((session) => (
        <RunningSession key={session.id} session={session} />
      ))}
    </Stack>
  );
}

/** Invitations by e-mail wait for nobody, and are not asked for. */
function direct(page: { readonly nodes: readonly object[] } | null | undefined): SentInvitationFieldsFragment[] {
  return (page?.nodes ?? []).filter((node): node is SentInvitationFieldsFragment => 'recipient' in node);
}

/** Those that wait or came out a moment ago, each once, the newest first. */
function present<Item extends Settling>(items: readonly Item[], now: number): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return [...byId.values()]
    .filter(({ status, settledAt, expiresAt }) => {
      return status === 'PENDING' || now - Date.parse(settledAt ?? expiresAt) < OUTCOME_SHOWN_MS;
    })
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
