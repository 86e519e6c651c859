import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OneBackupQuery } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { DeviceName } from '../device-name.tsx';
import { StateMark } from '../states.tsx';
import { OneBackup } from './operations.ts';
import { PassOn } from './pass-on.tsx';
import { SnapshotList } from './snapshots.tsx';

export type Backup = Extract<OneBackupQuery['node'], { __typename: 'ServiceActivation' }>;

/** The snapshots of one device, for the account that its Backup is assigned to, and for nobody else (PER-07, PER-08). */
export default function BackupPage({ id }: { id: string }) {
  const { t } = useTranslation('services');
  const { id: accountId } = useAccount();
  const { data, instead } = useData(OneBackup, { id });
  if (!data) return instead;
  const backup = data.node;
  if (backup?.__typename !== 'ServiceActivation' || backup.service !== 'BACKUP') return <NotFound />;
  const own = backup.assignedTo?.accountId === accountId;
  return (
    <Page
      title={t('backup.title', { name: backup.device.name })}
      lead={t('backup.lead')}
      actions={own && backup.state !== 'DEACTIVATED' && backup.state !== 'FAILED' && <PassOn backup={backup} />}
    >
      <Anchor component={Link} href="/services/backup/snapshots" size="sm">
        <Group component="span" gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('backup.back')}
        </Group>
      </Anchor>
      <Group gap="xl">
        <DeviceName device={backup.device} detail={backup.device.alias ?? backup.device.addressGrouped} />
        <StateMark state={backup.state} />
      </Group>
      {own ? (
        <Stack>
          <WhyNoRestore backup={backup} accountId={accountId} />
          <SnapshotList backup={backup} restorable={obstacle(backup, accountId) === null} />
        </Stack>
      ) : (
        <Alert icon={<IconLock />} color="gray">
          {t('backup.notYours', { name: backup.assignedTo?.name ?? '–' })}
        </Alert>
      )}
    </Page>
  );
}

/** What stands against restoring, so that nobody presses a button that cannot work. */
function obstacle(backup: Backup, accountId: string): 'notActive' | 'reassigned' | null {
  if (backup.device.account?.accountId !== accountId) return 'reassigned';
  return backup.state === 'ACTIVE' ? null : 'notActive';
}

function WhyNoRestore({ backup, accountId }: { backup: Backup; accountId: string }) {
  const { t } = useTranslation('services');
  const why = obstacle(backup, accountId);
  if (!why) return null;
  return (
    <Alert color="orange">
      <Text size="sm">{t(`backup.${why}`)}</Text>
    </Alert>
  );
}
