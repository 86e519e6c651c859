import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { IconArchive, IconInfoCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { DeviceName } from '../device-name.tsx';
import { Endpoints } from '../operations.ts';
import type { Endpoint } from '../overview/endpoints.tsx';
import { ServicePage } from '../service-page.tsx';
import { StateMark } from '../states.tsx';

/** The Backups of the company: one's own lead to their snapshots, of others one sees that they are there (PER-07, PER-08). */
export default function Backups() {
  const { t } = useTranslation('services');
  return (
    <ServicePage service="BACKUP">
      <Stack gap="xl">
        <Alert icon={<IconInfoCircle />} color="gray">
          {t('backup.rule')}
        </Alert>
        <BackupList mine />
        <BackupList mine={false} />
      </Stack>
    </ServicePage>
  );
}

function BackupList({ mine }: { mine: boolean }) {
  const { t } = useTranslation('services');
  const { id: accountId } = useAccount();
  const pages = usePages(
    Endpoints,
    { service: 'BACKUP', mine: mine ? true : null },
    (data) => data.viewer.account?.company?.serviceOverview.activations,
  );
  const title = mine ? t('backup.yours') : t('backup.all');
  const columns = useMemo<Column<Endpoint>[]>(
    () => [
      { name: 'device', title: t('column.device'), width: '2fr', cell: ({ device }) => <DeviceName device={device} /> },
      { name: 'state', title: t('column.state'), width: '1fr', cell: ({ state }) => <StateMark state={state} /> },
      {
        name: 'snapshots',
        title: t('tabs.snapshots'),
        width: '2fr',
        cell: ({ id, assignedTo, device }) =>
          assignedTo?.accountId === accountId ? (
            <Anchor component={Link} href={`/services/backup/snapshots/${id}`} size="sm">
              {t('backup.open', { name: device.name })}
            </Anchor>
          ) : (
            <Text size="sm">{t('backup.only', { name: assignedTo?.name ?? '–' })}</Text>
          ),
      },
    ],
    [t, accountId],
  );
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <Rows
        label={title}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={IconArchive} title={mine ? t('backup.noneYours') : t('backup.none')}>
            <Text size="sm">{mine ? t('backup.noneYoursText') : t('backup.noneText')}</Text>
          </Empty>
        }
      />
    </section>
  );
}
