import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import type { Editing } from './device-card.tsx';
import { RemoveOwnDevice, RenameOwnDevice, SetOwnAlias } from './device-operations.ts';
import type { OwnDevice } from './start.ts';

type Edited = Pick<OwnDevice, 'id' | 'name' | 'alias' | 'company'>;

interface EditDeviceProps {
  readonly device: Edited;
  readonly editing: Editing;
  onClose(): void;
}

/** The dialogs behind a device's menu: its name, its alias, its removal. */
export default function EditDevice({ device, editing, onClose }: EditDeviceProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const title = t(`edit.${editing}Title`, { name: device.name });
  const Form = { name: RenameForm, alias: AliasForm, remove: RemoveForm }[editing];
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': common('close') }}>
      <Form device={device} onDone={onClose} />
    </Modal>
  );
}

interface FormProps {
  readonly device: Edited;
  onDone(): void;
}

function RenameForm({ device, onDone }: FormProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: device.name } });
  const [refused, setRefused] = useState<string | null>(null);
  const rename = useMutate(RenameOwnDevice);
  const submit = form.onSubmit(async ({ name }) => {
    const { payload, refusal } = await rename.run({ deviceId: device.id, name });
    if (payload) onDone();
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('edit.name')}
          required
          maxLength={100}
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Refused text={refused} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={rename.busy}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AliasForm({ device, onDone }: FormProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const namespace = device.company?.namespace ?? '';
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { alias: device.alias?.slice(0, -namespace.length - 1) ?? '' },
  });
  const [refused, setRefused] = useState<string | null>(null);
  const set = useMutate(SetOwnAlias);
  const save = async (alias: string | null): Promise<void> => {
    const { payload, refusal } = await set.run({ deviceId: device.id, alias });
    if (payload) onDone();
    else setRefused(showRefusal(form, refusal));
  };
  const submit = form.onSubmit(({ alias }) => {
    const name = alias.trim();
    // Who writes the whole alias means the same.
    if (name === '' || name.includes('@')) return save(name || null);
    return save(`${name}@${namespace}`);
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('edit.alias')}
          description={t('edit.aliasHint')}
          data-autofocus
          autoCapitalize="none"
          spellCheck={false}
          rightSection={
            <Text size="sm" c="dimmed" truncate>
              @{namespace}
            </Text>
          }
          rightSectionWidth={`${namespace.length + 3}ch`}
          rightSectionPointerEvents="none"
          key={form.key('alias')}
          {...form.getInputProps('alias')}
        />
        <Refused text={refused} />
        <Group justify="flex-end">
          {device.alias && (
            <Button variant="subtle" mr="auto" disabled={set.busy} onClick={() => void save(null)}>
              {t('edit.aliasRemove')}
            </Button>
          )}
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={set.busy}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RemoveForm({ device, onDone }: FormProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const remove = useMutate(RemoveOwnDevice);
  const confirm = async (): Promise<void> => {
    const { payload } = await remove.run({ deviceId: device.id });
    onDone();
    if (payload) notifications.show({ message: t('edit.removed', { name: device.name }) });
  };
  return (
    <>
      <Text size="sm">{t('edit.removeText')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone} data-autofocus>
          {common('cancel')}
        </Button>
        <Button color="red" loading={remove.busy} onClick={() => void confirm()}>
          {common('remove')}
        </Button>
      </Group>
    </>
  );
}

function Refused({ text }: { text: string | null }) {
  return text ? (
    <Alert color="red" role="alert">
      {text}
    </Alert>
  ) : null;
}
