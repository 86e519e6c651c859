import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { servicePath } from '../../app/services.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { RemovePolicy, RenamePolicy } from './operations.ts';
import type { Policy } from './policy-page.tsx';

/** Renames a policy, or removes it where it is assigned to nothing. */
export function PolicyActions({ policy }: { policy: Policy }) {
  return (
    <>
      <Rename policy={policy} />
      {policy.assignments.totalCount > 0 ? <InUse policy={policy} /> : <Remove policy={policy} />}
    </>
  );
}

function Rename({ policy }: { policy: Policy }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('policies.rename')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('policies.renameTitle', { name: policy.name })}
        centered
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <RenameForm policy={policy} onDone={close} />
      </Modal>
    </>
  );
}

function RenameForm({ policy, onDone }: { policy: Policy; onDone(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: policy.name } });
  const [refused, setRefused] = useState<string | null>(null);
  const { run, busy } = useMutate(RenamePolicy);
  const submit = form.onSubmit(async ({ name }) => {
    const { payload, refusal } = await run({ id: policy.id, name });
    if (payload) onDone();
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('policies.name')}
          required
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
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
          <Button type="submit" loading={busy}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Remove({ policy }: { policy: Policy }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const { run } = useMutate(RemovePolicy);
  return (
    <ConfirmButton
      variant="default"
      title={t('policies.removeTitle', { name: policy.name })}
      text={t('policies.removeText')}
      action={common('remove')}
      onConfirm={async () => {
        const { payload, refusal } = await run({ id: policy.id });
        if (!payload) return refusal?.message ?? t('policies.notRemoved');
        notifications.show({ message: t('policies.removed', { name: policy.name }) });
        go(`${servicePath(policy.service)}/policies`);
        return null;
      }}
    >
      {common('remove')}
    </ConfirmButton>
  );
}

/** What has the policy has to lose it first: where that is. */
function InUse({ policy }: { policy: Policy }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {common('remove')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('policies.inUseTitle')}
        centered
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Text size="sm">{t('policies.inUse', { count: policy.assignments.totalCount })}</Text>
        <Group justify="flex-end" mt="lg">
          <Button
            component={Link}
            href={`${servicePath(policy.service)}/policies/${policy.id}/assignments`}
            onClick={close}
          >
            {t('policies.toAssignments')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
