import { Button, Kbd, Stack, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import type { IncomingQuery, ReceivedInvitationFieldsFragment } from '../../graphql/graphql.ts';
import { useMended } from '../data/use-mended.ts';
import { useServerNow } from '../data/use-server-now.ts';
import { peerName } from '../parts/peer.tsx';
import { usePermissionList } from '../parts/permission-summary.tsx';
import classes from './incoming.module.css';
import { IncomingInvitation } from './incoming-invitation.tsx';
import { Incoming as IncomingDocument } from './incoming-operations.ts';
import { IncomingRequest } from './incoming-request.tsx';
import { IncomingWish } from './incoming-wish.tsx';
import { type Told, useTold } from './use-told.ts';
import { useWayBack } from './use-way-back.ts';

/**
 * What waits for an answer from this side, at the bottom right of every page (INV-13): invitations, requests to be let
 * in, wishes for more permissions. It takes no focus; Alt+I leads to it, and back.
 */
export default function Incoming() {
  const { t } = useTranslation('incoming');
  const list = usePermissionList();
  const { invitations, requests, wishes } = useWaiting();
  const { spoken, answered } = useTold([
    ...invitations.map(({ id, revision, inviter, note }): Told => {
      const name = peerName(inviter);
      return {
        id,
        revision,
        title: t('invitation.told', { name }),
        body: note ?? '',
        again: t('invitation.modifiedTold', { name }),
        over: t('invitation.over', { name }),
      };
    }),
    ...requests.map(({ id, guest, host }): Told => {
      const name = peerName(guest);
      const title = t('request.told', { name, device: peerName(host) });
      return { id, revision: 1, title, body: '', again: title, over: t('request.over', { name }) };
    }),
    ...wishes.map(({ id, session, permissions }): Told => {
      const name = peerName(session.guest);
      const title = t('wish.told', { name });
      return { id, revision: 1, title, body: list(permissions), again: title, over: t('wish.over', { name }) };
    }),
  ]);
  const count = invitations.length + requests.length + wishes.length;
  const corner = useWayBack(count);
  // Put aside up to here: what is told after that is shown again.
  const [asideUpTo, setAside] = useState(0);
  const aside = asideUpTo === spoken.arrivals && asideUpTo > 0;
  return (
    <>
      <VisuallyHidden role="alert">
        <span key={spoken.number}>
          {spoken.text} {spoken.text && count > 0 && t('shortcut')}
        </span>
      </VisuallyHidden>
      {count > 0 && (
        <Stack
          component="section"
          gap="sm"
          className={classes['corner']}
          aria-label={t('label')}
          aria-keyshortcuts="Alt+I"
          {...corner}
        >
          <Button
            size="compact-sm"
            variant="default"
            className={classes['toggle']}
            aria-expanded={!aside}
            leftSection={aside ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
            rightSection={
              <Kbd size="xs" visibleFrom="sm">
                Alt+I
              </Kbd>
            }
            onClick={() => setAside(aside ? 0 : spoken.arrivals)}
          >
            {t('waiting', { count })}
          </Button>
          {!aside && (
            <>
              {invitations.map((invitation) => (
                <IncomingInvitation key={invitation.id} invitation={invitation} onAnswer={answered} />
              ))}
              {requests.map((request) => (
                <IncomingRequest key={request.id} request={request} onAnswer={answered} />
              ))}
              {wishes.map((wish) => (
                <IncomingWish key={wish.id} wish={wish} onAnswer={answered} />
              ))}
            </>
          )}
        </Stack>
      )}
    </>
  );
}

type Account = NonNullable<IncomingQuery['viewer']['account']>;
type HostedSession = NonNullable<Account['hosted']>['nodes'][number];
export type Wish = HostedSession['permissionRequests'][number] & { readonly session: HostedSession };

/** All that waits, the oldest first, so that what comes in later moves nothing that is being read. */
function useWaiting() {
  const [path] = useLocation();
  const [{ data, error }, run] = useQuery({
    query: IncomingDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  useMended(error, () => run({ requestPolicy: 'network-only' }));
  const account = data?.viewer.account;
  const received = (account?.received?.nodes ?? []).filter(
    (node): node is ReceivedInvitationFieldsFragment => 'recipient' in node,
  );
  const asked = account?.asked?.nodes ?? [];
  const now = useServerNow(received.length + asked.length > 0 ? 1_000 : null);
  // By the clock too: while the connection is lost, nobody says that they have expired.
  const waits = ({ status, expiresAt }: { status: string; expiresAt: string }): boolean =>
    status === 'PENDING' && Date.parse(expiresAt) > now;
  const wishes = (account?.hosted?.nodes ?? [])
    // On its own page the session tells them itself.
    .filter(({ id }) => path !== `/sessions/${id}`)
    .flatMap((session) =>
      session.permissionRequests
        .filter(({ status }) => status === 'PENDING')
        .map((request): Wish => ({ ...request, session })),
    );
  return { invitations: received.filter(waits).reverse(), requests: asked.filter(waits).reverse(), wishes };
}
