import { Button, Text } from '@mantine/core';
import { IconFolders, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFieldsFragment } from '../../../graphql/graphql.ts';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { GroupPolicies } from './group-policies.tsx';
import { NameGroup } from './name-group.tsx';
import { DeviceGroups } from './operations.ts';

/** The groups of devices, how many are in each, and which policies they have by it. */
export default function GroupsPage() {
  const { t } = useTranslation('company');
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const [making, setMaking] = useState(false);
  const pages = usePages(DeviceGroups, {}, (data) => data.viewer.account?.company?.deviceGroups);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Page
      title={t('group.title')}
      lead={t('group.lead')}
      actions={
        administrator && (
          <Button leftSection={<IconPlus size={18} />} onClick={() => setMaking(true)}>
            {t('group.create')}
          </Button>
        )
      }
    >
      <Rows
        label={t('group.title')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={IconFolders} title={t('group.none')}>
            <Text size="sm">{administrator ? t('group.noneText') : t('group.noneForMembers')}</Text>
          </Empty>
        }
      />
      {making && <NameGroup onClose={() => setMaking(false)} />}
    </Page>
  );
}

function columnsOf(t: TFunction<'company'>): Column<GroupFieldsFragment>[] {
  return [
    {
      name: 'name',
      title: t('group.name'),
      width: 'minmax(10rem, 2fr)',
      cell: ({ id, name }) => <RowLink href={`/company/groups/${id}`}>{name}</RowLink>,
    },
    {
      name: 'devices',
      title: t('group.devices'),
      width: 'minmax(6rem, 1fr)',
      cell: ({ deviceCount }) => <Text size="sm">{t('group.deviceCount', { count: deviceCount })}</Text>,
    },
    {
      name: 'policies',
      title: t('group.policies'),
      width: 'minmax(10rem, 2fr)',
      cell: ({ policies }) => <GroupPolicies policies={policies} />,
    },
  ];
}
