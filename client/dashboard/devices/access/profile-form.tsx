import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionPermission } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { PermissionPicker } from '../../parts/permission-picker.tsx';
import { useProfileName } from '../../parts/profile-name.ts';
import { type Lock, SESSION_PERMISSIONS } from '../../parts/session-permissions.ts';
import { CreateProfile, UpdateProfile } from './operations.ts';
import type { Profile } from './profiles.tsx';

interface ProfileFormProps {
  readonly deviceId: string;
  /** The one that is changed; null for a new one. */
  readonly profile: Profile | null;
  readonly locks: readonly Lock[];
  onClose(): void;
}

/** A permission profile's name and what it grants; the device's locks bend it when it is used (INV-25). */
export default function ProfileForm({ deviceId, profile, locks, onClose }: ProfileFormProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const profileName = useProfileName();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: profile?.name ?? '' } });
  const [chosen, setChosen] = useState<ReadonlySet<SessionPermission>>(new Set(profile?.permissions));
  const [refused, setRefused] = useState<string | null>(null);
  const create = useMutate(CreateProfile);
  const update = useMutate(UpdateProfile);

  const submit = form.onSubmit(async ({ name }) => {
    setRefused(null);
    const permissions = SESSION_PERMISSIONS.filter((permission) => chosen.has(permission));
    const { payload, refusal } = profile
      ? await update.run({ id: profile.id, name, permissions })
      : await create.run({ deviceId, name, permissions });
    if (payload) onClose();
    else setRefused(showRefusal(form, refusal ?? null));
  });
  const choose = (permission: SessionPermission, allowed: boolean): void => {
    const after = new Set(chosen);
    if (allowed) after.add(permission);
    else after.delete(permission);
    setChosen(after);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={profile ? t('profiles.editOf', { name: profileName(profile.name) }) : t('profiles.add')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('profiles.name')}
            required
            withAsterisk={false}
            maxLength={100}
            data-autofocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <PermissionPicker legend={t('profiles.grants')} chosen={[...chosen]} locks={locks} onChange={choose} />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={create.busy || update.busy}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
