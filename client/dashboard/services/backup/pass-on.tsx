import { Alert, Button, Group, List, Modal, NativeSelect, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAll } from '../../data/use-all.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import type { Backup } from './backup-page.tsx';
import { MembersToPassOnTo, PassOnBackup } from './operations.ts';

/** Hands a Backup with its snapshots to another member: for its account alone, and not to be taken back (PER-08a). */
export function PassOn({ backup }: { backup: Backup }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('passOn.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        centered
        title={t('passOn.title', { name: backup.device.name })}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <PassOnForm backup={backup} onDone={close} />
      </Modal>
    </>
  );
}

function PassOnForm({ backup, onDone }: { backup: Backup; onDone(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [accountId, setAccountId] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const members = useAll(usePages(MembersToPassOnTo, {}, (data) => data.viewer.account?.company?.members));
  const { run, busy } = useMutate(PassOnBackup);
  const others = members.filter(({ isViewer }) => !isViewer);
  const submit = async (): Promise<void> => {
    const { payload, refusal } = await run({ activationId: backup.id, accountId });
    setRefused(refusal?.message ?? null);
    if (!payload) return;
    notifications.show({ message: t('passOn.done', { name: payload.activation.assignedTo?.name ?? '' }) });
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
        <NativeSelect
          label={t('passOn.to')}
          required
          value={accountId}
          onChange={(event) => setAccountId(event.currentTarget.value)}
          data={[
            { value: '', label: t('passOn.choose') },
            ...others.map((member) => ({ value: member.accountId, label: `${member.name} – ${member.email}` })),
          ]}
        />
        <Alert color="orange">
          <List size="sm" spacing={4}>
            <List.Item>{t('passOn.all')}</List.Item>
            <List.Item>{t('passOn.gone')}</List.Item>
            <List.Item>{t('passOn.pending')}</List.Item>
          </List>
        </Alert>
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={accountId === ''}>
            {t('passOn.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
