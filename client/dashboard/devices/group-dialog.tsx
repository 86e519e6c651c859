import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAll } from '../data/use-all.ts';
import { useMutate } from '../data/use-mutate.ts';
import { usePages } from '../data/use-pages.ts';
import { AddDevicesToGroup, CreateGroupForDevices, GroupsToChoose } from './operations.ts';

/** Devices that one call puts into a group at most (server/domain/device-groups.ts). */
const AT_ONCE = 100;

/** The choice that makes a group. */
const NEW = '';

interface GroupDialogProps {
  readonly deviceIds: readonly string[];
  onClose(done: boolean): void;
}

/** Puts devices into a group, one that is there or a new one. */
export default function GroupDialog({ deviceIds, onClose }: GroupDialogProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const groups = useAll(usePages(GroupsToChoose, {}, (data) => data.viewer.account?.company?.deviceGroups));
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const create = useMutate(CreateGroupForDevices);
  const add = useMutate(AddDevicesToGroup);
  const groupId = chosen ?? groups[0]?.id ?? NEW;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefused(null);
    const id = groupId === NEW ? await newGroup() : groupId;
    if (!id) return;
    for (let from = 0; from < deviceIds.length; from += AT_ONCE) {
      const { payload, refusal } = await add.run({ id, deviceIds: deviceIds.slice(from, from + AT_ONCE) });
      if (!payload) {
        setRefused(refusal?.message ?? null);
        return;
      }
    }
    notifications.show({ message: t('addedToGroup', { count: deviceIds.length }) });
    onClose(true);
  };
  const newGroup = async (): Promise<string | null> => {
    const { payload, refusal } = await create.run({ name });
    if (!payload) setRefused(refusal?.message ?? null);
    return payload?.group.id ?? null;
  };
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      title={t('groupTitle', { count: deviceIds.length })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <NativeSelect
            label={t('group')}
            value={groupId}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[...groups.map(({ id, name }) => ({ value: id, label: name })), { value: NEW, label: t('newGroup') }]}
            data-autofocus
          />
          {groupId === NEW && (
            <TextInput
              label={t('groupName')}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={create.busy || add.busy}>
              {t('addToGroup')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
