import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../data/use-data.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { InviteMember, RolesToGive } from './operations.ts';

/** Invites a colleague by mail, with the roles that they will have. */
export default function InviteMemberDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const { data, instead } = useData(RolesToGive, {});
  const roles = data?.viewer.account?.company?.roles;
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': common('close') }}>
      {roles ? <InviteForm roles={roles} onClose={onClose} /> : instead}
    </Modal>
  );
}

interface InviteFormProps {
  readonly roles: readonly { readonly id: string; readonly name: string; readonly builtIn?: string | null }[];
  onClose(): void;
}

function InviteForm({ roles, onClose }: InviteFormProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const usual = roles.filter(({ builtIn }) => builtIn === 'USER').map(({ id }) => id);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', roleIds: usual } });
  const [refused, setRefused] = useState<string | null>(null);
  const invite = useMutate(InviteMember);
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await invite.run(input);
    if (!payload) return setRefused(showRefusal(form, refusal));
    notifications.show({ message: t('invite.done', { email: payload.memberInvitation.email }) });
    onClose();
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('invite.text')}</Text>
        <TextInput
          label={t('invite.email')}
          type="email"
          autoComplete="off"
          required
          data-autofocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Checkbox.Group
          label={t('roles')}
          description={t('invite.rolesHint')}
          key={form.key('roleIds')}
          {...form.getInputProps('roleIds')}
        >
          <Stack gap={6} mt="xs">
            {roles.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={invite.busy}>
            {t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
