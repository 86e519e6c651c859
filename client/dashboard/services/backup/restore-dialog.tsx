import { Alert, Button, Group, List, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SnapshotFieldsFragment } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { exactTime } from '../../parts/ago.tsx';
import type { Backup } from './backup-page.tsx';
import { RequestRestore } from './operations.ts';

interface RestoreDialogProps {
  readonly backup: Backup;
  /** Null: closed. */
  readonly snapshot: SnapshotFieldsFragment | null;
  onClose(): void;
}

/** Asks the device to restore from a snapshot, all of it or some paths, after saying what that does. */
export function RestoreDialog({ backup, snapshot, onClose }: RestoreDialogProps) {
  const { t, i18n } = useTranslation('services');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={snapshot !== null}
      onClose={onClose}
      centered
      size="lg"
      title={snapshot && t('restore.title', { taken: exactTime(snapshot.takenAt, i18n.language) })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {snapshot && <RestoreForm key={snapshot.id} backup={backup} snapshot={snapshot} onDone={onClose} />}
    </Modal>
  );
}

interface RestoreFormProps {
  readonly backup: Backup;
  readonly snapshot: SnapshotFieldsFragment;
  onDone(): void;
}

function RestoreForm({ backup, snapshot, onDone }: RestoreFormProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [what, setWhat] = useState<'ALL' | 'PATHS'>('ALL');
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<{ field: string | null; message: string } | null>(null);
  const { run, busy } = useMutate(RequestRestore);
  // Blanks at the ends of a path may be part of it.
  const paths = text.split('\n').filter((line) => line !== '');

  const submit = async (): Promise<void> => {
    setRefused(null);
    if (what === 'PATHS' && paths.length === 0) return setRefused({ field: 'paths', message: t('restore.noPaths') });
    const input = { snapshotId: snapshot.id, ...(what === 'PATHS' && { paths }) };
    const { payload, refusal } = await run(input);
    if (refusal) setRefused({ field: refusal.path[0] ?? null, message: refusal.message });
    if (!payload) return;
    notifications.show({ message: t('restore.asked', { name: backup.device.name }) });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <Radio.Group label={t('restore.what')} value={what} onChange={(value) => setWhat(value as 'ALL' | 'PATHS')}>
          <Stack gap="xs" mt="xs">
            <Radio value="ALL" label={t('restore.all')} />
            <Radio value="PATHS" label={t('restore.some')} />
          </Stack>
        </Radio.Group>
        {what === 'PATHS' && (
          <Textarea
            label={t('restore.paths')}
            description={t('restore.pathsHint')}
            autosize
            minRows={3}
            value={text}
            error={refused?.field === 'paths' ? refused.message : null}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Alert color="orange" title={t('restore.consequences')}>
          <List size="sm" spacing={4}>
            <List.Item>{t('restore.beside', { name: backup.device.name })}</List.Item>
            <List.Item>{backup.device.online ? t('restore.atOnce') : t('restore.whenBack')}</List.Item>
            <List.Item>{t('restore.cancellable')}</List.Item>
          </List>
        </Alert>
        {refused && refused.field !== 'paths' && (
          <Alert color="red" role="alert">
            {refused.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('restore.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
