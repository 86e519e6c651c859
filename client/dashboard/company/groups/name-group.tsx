import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { CreateDeviceGroup, RenameDeviceGroup } from './operations.ts';

interface NameGroupProps {
  /** The group to be renamed; absent: a new one. */
  readonly group?: { readonly id: string; readonly name: string };
  onClose(): void;
}

/** Asks for the name of a group, a new one or one that is there. */
export function NameGroup({ group, onClose }: NameGroupProps) {
  const { t } = useTranslation(['company', 'common']);
  const [, go] = useLocation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: group?.name ?? '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const create = useMutate(CreateDeviceGroup);
  const rename = useMutate(RenameDeviceGroup);
  const submit = form.onSubmit(async ({ name }) => {
    setRefused(null);
    const { payload, refusal } = group ? await rename.run({ id: group.id, name }) : await create.run({ name });
    if (!payload) return setRefused(showRefusal(form, refusal));
    notifications.show({ message: t('group.saved', { name: payload.group.name }) });
    onClose();
    if (!group) go(`/company/groups/${payload.group.id}`);
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={group ? t('group.renameTitle', { name: group.name }) : t('group.create')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('group.name')}
            required
            maxLength={100}
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
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={create.busy || rename.busy}>
              {group ? t('common:save') : t('common:create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
