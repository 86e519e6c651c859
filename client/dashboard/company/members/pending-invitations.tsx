import { Group, Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PendingInvitationsQuery } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { Ago } from '../../parts/ago.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { RoleBadges } from './member-roles.tsx';
import { PendingInvitations, RevokeMemberInvitation } from './operations.ts';

type Pending = NonNullable<
  NonNullable<PendingInvitationsQuery['viewer']['account']>['company']
>['memberInvitations']['nodes'][number];

/** Invitations of colleagues that nobody has accepted yet; nothing where there is none. */
export function PendingMemberInvitations() {
  const { t } = useTranslation('members');
  const pages = usePages(PendingInvitations, {}, (data) => data.viewer.account?.company?.memberInvitations);
  const columns = useMemo(() => columnsOf(t), [t]);
  if (pages.rows.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-labelledby="pending-invitations">
      <Title order={2} size="h4" id="pending-invitations">
        {t('pending.title')}
      </Title>
      <Rows label={t('pending.title')} pages={pages} columns={columns} keyOf={({ id }) => id} empty={null} />
    </Stack>
  );
}

function columnsOf(t: TFunction<'members'>): Column<Pending>[] {
  return [
    { name: 'email', title: t('invite.email'), width: '2fr', cell: ({ email }) => <Text size="sm">{email}</Text> },
    { name: 'roles', title: t('roles'), width: '1.5fr', cell: ({ roles }) => <RoleBadges roles={roles} /> },
    {
      name: 'sent',
      title: t('pending.sent'),
      width: '1.5fr',
      cell: ({ createdAt, invitedByName }) => (
        <Text size="sm" span>
          <Ago at={createdAt} /> · {invitedByName}
        </Text>
      ),
    },
    {
      name: 'expires',
      title: t('pending.expires'),
      width: '1fr',
      cell: ({ expiresAt }) => (
        <Text size="sm" span>
          <Ago at={expiresAt} />
        </Text>
      ),
    },
    {
      name: 'actions',
      title: '',
      width: '7rem',
      cell: ({ id, email }) => <Revoke id={id} email={email} />,
    },
  ];
}

function Revoke({ id, email }: { id: string; email: string }) {
  const { t } = useTranslation('members');
  const { run } = useMutate(RevokeMemberInvitation);
  return (
    <Group justify="flex-end" flex={1}>
      <ConfirmButton
        size="compact-sm"
        variant="default"
        title={t('pending.revokeTitle', { email })}
        text={t('pending.revokeText')}
        action={t('pending.revoke')}
        aria-label={t('pending.revokeOf', { email })}
        onConfirm={async () => (await run({ id })).refusal?.message}
      >
        {t('pending.revoke')}
      </ConfirmButton>
    </Group>
  );
}
