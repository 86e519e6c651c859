import { Anchor, Button, Text } from '@mantine/core';
import { IconFileText, IconLock, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PolicyRowFragment, Service } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Ago } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { may } from '../may.ts';
import { ServicePage } from '../service-page.tsx';
import { Policies } from './operations.ts';

/** The policies of a service: what it is to do on the devices that they are assigned to (SVC-09). */
export default function PoliciesPage({ service }: { service: Service }) {
  const { t } = useTranslation('services');
  const { company } = useAccount();
  // Whose device it is chooses among Backup's policies without a role (PER-07): the server says.
  const maySee = may(company, service, 'ASSIGN_POLICIES') || service === 'BACKUP';
  const mayManage = may(company, service, 'MANAGE_POLICIES');
  return (
    <ServicePage
      service={service}
      actions={
        mayManage && (
          <Button component={Link} href={`${servicePath(service)}/policies/new`} leftSection={<IconPlus size={18} />}>
            {t('policies.new')}
          </Button>
        )
      }
    >
      {maySee ? <PolicyList service={service} mayManage={mayManage} /> : <Hidden />}
    </ServicePage>
  );
}

function Hidden() {
  const { t } = useTranslation('services');
  return (
    <Empty icon={IconLock} title={t('policies.hidden')}>
      <Text size="sm">{t('policies.hiddenText')}</Text>
    </Empty>
  );
}

function PolicyList({ service, mayManage }: { service: Service; mayManage: boolean }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const pages = usePages(Policies, { service }, (data) => data.viewer.account?.company?.policies);
  const columns = useMemo<Column<PolicyRowFragment>[]>(
    () => [
      {
        name: 'name',
        title: t('policies.name'),
        width: '2fr',
        cell: ({ id, name }) => (
          <Anchor component={Link} href={`${servicePath(service)}/policies/${id}`} size="sm" fw={500}>
            {name}
          </Anchor>
        ),
      },
      { name: 'version', title: t('policies.versionTitle'), width: '5rem', cell: ({ version }) => version },
      {
        name: 'assigned',
        title: t('policies.assignedTitle'),
        width: '1fr',
        cell: ({ assignments }) => t('policies.targets', { count: assignments.totalCount }),
      },
      {
        name: 'changed',
        title: t('policies.changed'),
        width: '1.5fr',
        cell: ({ changedAt, changedBy }) => (
          <Text size="sm">
            <Ago at={changedAt} /> {changedBy && t('policies.by', { name: changedBy.name })}
          </Text>
        ),
      },
    ],
    [t, service],
  );
  if (service === 'BACKUP' && pages.error && pages.rows.length === 0) return <Hidden />;
  return (
    <Rows
      label={t('policies.list', { service: common(`service.${service}`) })}
      pages={pages}
      columns={columns}
      keyOf={({ id }) => id}
      empty={
        <Empty icon={IconFileText} title={t('policies.empty')}>
          <Text size="sm">{t('policies.emptyText')}</Text>
          {mayManage && (
            <Button component={Link} href={`${servicePath(service)}/policies/new`}>
              {t('policies.new')}
            </Button>
          )}
        </Empty>
      }
    />
  );
}
