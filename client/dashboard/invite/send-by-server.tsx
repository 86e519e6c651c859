import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { SendEmailInvitation } from './email-operations.ts';

/** Sends a prepared invitation through the server's mailer: to one person after the other, each an explicit choice. */
export function SendByServer({ invitationId }: { invitationId: string }) {
  const { t } = useTranslation('invite');
  const form = useForm({ mode: 'uncontrolled', initialValues: { to: '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = useMutate(SendEmailInvitation);
  const submit = form.onSubmit(async ({ to }) => {
    setRefused(null);
    setSentTo(null);
    const { payload, refusal } = await send.run({ id: invitationId, to });
    if (!payload) return setRefused(showRefusal(form, refusal));
    setSentTo(to);
    form.reset();
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('mail.serverLead')}
        </Text>
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('mail.to')}
            type="email"
            autoComplete="off"
            required
            flex={1}
            miw={200}
            key={form.key('to')}
            {...form.getInputProps('to')}
          />
          <Button type="submit" variant="default" loading={send.busy}>
            {t('mail.send')}
          </Button>
        </Group>
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        {sentTo && (
          <Text size="sm" role="status">
            {t('mail.sent', { to: sentTo })}
          </Text>
        )}
      </Stack>
    </form>
  );
}
