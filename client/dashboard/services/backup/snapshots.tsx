import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArchive, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SnapshotFieldsFragment } from '../../../graphql/graphql.ts';
import { usePages } from '../../data/use-pages.ts';
import { Ago, exactTime, Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import type { Backup } from './backup-page.tsx';
import { Bytes } from './bytes.tsx';
import { Snapshots } from './operations.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { Restores } from './restores.tsx';

interface SnapshotListProps {
  readonly backup: Backup;
  readonly restorable: boolean;
}

/** All snapshots that the device reported, and what was restored from each. */
export function SnapshotList({ backup, restorable }: SnapshotListProps) {
  const { t, i18n } = useTranslation('services');
  const [restoring, setRestoring] = useState<SnapshotFieldsFragment | null>(null);
  const pages = usePages(Snapshots, { id: backup.id, first: 25 }, ({ node }) =>
    node?.__typename === 'ServiceActivation' ? node.snapshots : null,
  );
  const columns = useMemo<Column<SnapshotFieldsFragment>[]>(
    () => [
      {
        name: 'taken',
        title: t('snapshot.taken'),
        width: '2fr',
        cell: ({ takenAt, reference }) => (
          <div>
            <Instant at={takenAt} />
            <Text size="sm" c="dimmed" truncate title={reference}>
              {reference}
            </Text>
          </div>
        ),
      },
      {
        name: 'size',
        title: t('snapshot.size'),
        width: '1.5fr',
        cell: ({ bytes, addedBytes, files }) => (
          <Stack gap={0}>
            <Text size="sm">
              <Bytes count={bytes} /> ·{' '}
              {t('snapshot.files', { count: files, files: files.toLocaleString(i18n.language) })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('snapshot.added')} <Bytes count={addedBytes} />
            </Text>
          </Stack>
        ),
      },
      { name: 'verified', title: t('snapshot.verified'), width: '1.5fr', cell: (one) => <Verified snapshot={one} /> },
      {
        name: 'restores',
        title: t('snapshot.restores'),
        width: '2.5fr',
        cell: (snapshot) => (
          <Stack gap="xs" align="flex-start">
            <Restores restores={snapshot.restores} />
            {restorable && snapshot.prunedAt === null && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('restore.from', { taken: exactTime(snapshot.takenAt, i18n.language) })}
                onClick={() => setRestoring(snapshot)}
              >
                {t('restore.action')}
              </Button>
            )}
          </Stack>
        ),
      },
    ],
    [t, i18n.language, restorable],
  );
  return (
    <>
      <Rows
        label={t('snapshot.list', { name: backup.device.name })}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={IconArchive} title={t('snapshot.none')}>
            <Text size="sm">{t('snapshot.noneText')}</Text>
          </Empty>
        }
      />
      <RestoreDialog backup={backup} snapshot={restoring} onClose={() => setRestoring(null)} />
    </>
  );
}

function Verified({ snapshot: { verifiedAt, prunedAt } }: { snapshot: SnapshotFieldsFragment }) {
  const { t } = useTranslation('services');
  if (prunedAt) {
    return (
      <Group gap={6} wrap="nowrap">
        <IconTrash size={16} aria-hidden />
        <Text size="sm">
          {t('snapshot.pruned')} <Ago at={prunedAt} />
        </Text>
      </Group>
    );
  }
  if (!verifiedAt) return <Text size="sm">{t('snapshot.notVerified')}</Text>;
  return (
    <Group gap={6} wrap="nowrap">
      <IconShieldCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
      <Text size="sm">
        {t('snapshot.whole')} <Ago at={verifiedAt} />
      </Text>
    </Group>
  );
}
