import { Badge, Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconUserPlus, IconUserSearch } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { MemberFieldsFragment } from '../../../graphql/graphql.ts';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchInput } from '../../parts/search-input.tsx';
import { RoleBadges } from './member-roles.tsx';
import { Members } from './operations.ts';
import { PendingMemberInvitations } from './pending-invitations.tsx';

const InviteMemberDialog = lazy(() => import('./invite-member.tsx'));

/** Who belongs to the company, with which roles, and who is invited. */
export default function MembersPage() {
  const { t } = useTranslation('members');
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={t('title')}
      lead={administrator ? t('lead') : t('leadForMembers')}
      actions={
        administrator && (
          <Button leftSection={<IconUserPlus size={18} />} onClick={() => setInviting(true)}>
            {t('invite.title')}
          </Button>
        )
      }
    >
      {administrator && <PendingMemberInvitations />}
      <MemberList administrator={administrator} />
      {inviting && (
        <Suspense>
          <InviteMemberDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </Page>
  );
}

/** Members by name; what is searched and filtered stands in the address. */
function MemberList({ administrator }: { administrator: boolean }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const columns = useMemo(() => columnsOf(t, common('you')), [t, common]);
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const factor = parameters.get('secondFactor') ?? '';
  const secondFactor = administrator && factor !== '' ? factor === 'yes' : null;
  const pages = usePages(Members, { search, secondFactor }, (data) => data.viewer.account?.company?.members);
  const set = (name: string, value: string): void =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <Group align="flex-end" gap="sm">
        <SearchInput label={t('search')} value={search} onSearch={(text) => set('search', text)} />
        {administrator && (
          <NativeSelect
            label={t('factor.label')}
            value={factor}
            onChange={(event) => set('secondFactor', event.currentTarget.value)}
            data={[
              { value: '', label: t('factor.all') },
              { value: 'yes', label: t('factor.with') },
              { value: 'no', label: t('factor.without') },
            ]}
          />
        )}
        {pages.totalCount !== undefined && (
          <Text size="sm" c="dimmed" role="status" pb={8}>
            {t('count', { count: pages.totalCount })}
          </Text>
        )}
      </Group>
      <Rows
        label={t('title')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={IconUserSearch} title={t('nobody')} />}
      />
    </>
  );
}

function columnsOf(t: TFunction<'members'>, you: string): Column<MemberFieldsFragment>[] {
  return [
    {
      name: 'name',
      title: t('name'),
      width: '2fr',
      cell: ({ id, name, email, isViewer }) => (
        <div>
          <Group gap="xs">
            <RowLink href={`/company/members/${id}`}>{name}</RowLink>
            {isViewer && (
              <Badge variant="outline" size="sm" tt="none">
                {you}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {email}
          </Text>
        </div>
      ),
    },
    { name: 'roles', title: t('roles'), width: '2fr', cell: ({ roles }) => <RoleBadges roles={roles} /> },
    {
      name: 'joined',
      title: t('joinedColumn'),
      width: '9rem',
      cell: ({ joinedAt }) => (
        <Text size="sm" span>
          <Instant at={joinedAt} dateOnly />
        </Text>
      ),
    },
  ];
}
