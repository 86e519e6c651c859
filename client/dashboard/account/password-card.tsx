import { Alert, Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { NewPassword } from '../forms/new-password.tsx';
import { showRefusal } from '../forms/refused-form.ts';
import { SectionCard } from '../parts/section-card.tsx';
import { ChangePassword } from './operations.ts';

export function PasswordCard() {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <SectionCard title={t('password.title')} text={t('password.text')}>
      <Button variant="default" onClick={open}>
        {t('password.change')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('password.change')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <PasswordForm onDone={close} />
      </Modal>
    </SectionCard>
  );
}

function PasswordForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { name, email } = useAccount();
  const form = useForm({ mode: 'uncontrolled', initialValues: { currentPassword: '', newPassword: '' } });
  const change = useMutate(ChangePassword);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await change.run(input);
    if (!payload) return setRefused(showRefusal(form, refusal));
    notifications.show({ color: 'teal', message: t('password.done') });
    onDone();
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        {/* For the browser's store of passwords, which files them by it. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': common('password.show') }}
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <NewPassword
          label={t('password.new')}
          known={() => [name, email]}
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={change.busy}>
            {t('password.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
