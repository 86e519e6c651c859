import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AcceptInvitation, RejectInvitation } from '../../api/operations/invitations.ts';
import type { ReceivedInvitationFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Countdown } from '../parts/countdown.tsx';
import { PeerName } from '../parts/peer.tsx';
import { PermissionSummary, usePermissionList } from '../parts/permission-summary.tsx';
import { useProfileName } from '../parts/profile-name.ts';
import { IncomingCard } from './incoming-card.tsx';

/** Connect waits for so long after a modification, in ms: a click that was meant for what stood there before is none. */
const HELD_MS = 1_000;

interface IncomingInvitationProps {
  readonly invitation: ReceivedInvitationFieldsFragment;
  onAnswer(id: string): void;
}

/** An invitation: who invites, what one may do there, for how long it stands; Connect or Reject (INV-14, INV-15). */
export function IncomingInvitation({ invitation, onAnswer }: IncomingInvitationProps) {
  const { t } = useTranslation('incoming');
  const profileName = useProfileName();
  const [, go] = useLocation();
  const accept = useMutate(AcceptInvitation);
  const reject = useMutate(RejectInvitation);
  const [refused, setRefused] = useState<string | null>(null);
  const { held, changes } = useModified(invitation);
  const { id, revision, inviter, permissions, note, expiresAt } = invitation;

  const connect = async (): Promise<void> => {
    setRefused(null);
    onAnswer(id);
    // The revision that is on the screen: one that came since is refused, and shown first (INV-16).
    const { payload, refusal } = await accept.run({ id, revision });
    if (payload?.invitation.session) go(`/sessions/${payload.invitation.session.id}`);
    else setRefused(refusal?.message ?? null);
  };
  const refuse = async (): Promise<void> => {
    setRefused(null);
    onAnswer(id);
    const { refusal } = await reject.run({ id });
    setRefused(refusal?.message ?? null);
  };
  return (
    <IncomingCard
      title={t('invitation.title')}
      from={<PeerName peer={inviter} />}
      left={<Countdown until={expiresAt} />}
      notice={refused ?? changes}
      actions={
        <>
          <Button
            size="xs"
            loading={accept.busy}
            disabled={reject.busy}
            // Not `disabled`, which would take the focus away.
            {...(held && { 'aria-disabled': true, 'data-disabled': true })}
            onClick={() => {
              if (!held) void connect();
            }}
          >
            {t('invitation.connect')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={reject.busy}
            disabled={accept.busy}
            onClick={() => void refuse()}
          >
            {t('invitation.reject')}
          </Button>
        </>
      }
    >
      <Text size="sm" mt={4}>
        <Text component="span" inherit fw={600}>
          {t('invitation.youMay')}
        </Text>{' '}
        <PermissionSummary permissions={permissions} />{' '}
        <Text component="span" inherit c="dimmed">
          ({profileName(invitation.profileName)})
        </Text>
      </Text>
      {note && (
        <Text size="sm" mt={4} fs="italic" lineClamp={4} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
    </IncomingCard>
  );
}

/** What the latest modification changed, in words; and whether it came so lately that nobody can have read it. */
function useModified({ revision, permissions }: ReceivedInvitationFieldsFragment) {
  const { t } = useTranslation('incoming');
  const list = usePermissionList();
  const read = useRef({ revision, permissions });
  const [before, setBefore] = useState<typeof permissions | null>(null);
  const [readable, setReadable] = useState(revision);
  useEffect(() => {
    const earlier = read.current;
    read.current = { revision, permissions };
    if (earlier.revision !== revision) setBefore(earlier.permissions);
  }, [revision, permissions]);
  useEffect(() => {
    const timer = setTimeout(() => setReadable(revision), HELD_MS);
    return () => clearTimeout(timer);
  }, [revision]);
  const held = readable !== revision;
  if (before === null) return { held, changes: revision > 1 ? t('invitation.wasModified') : null };
  const added = permissions.filter((permission) => !before.includes(permission));
  const removed = before.filter((permission) => !permissions.includes(permission));
  const changes = [
    t('invitation.wasModified'),
    added.length > 0 ? t('invitation.added', { list: list(added) }) : '',
    removed.length > 0 ? t('invitation.removed', { list: list(removed) }) : '',
  ];
  return { held, changes: changes.filter(Boolean).join(' ') };
}
