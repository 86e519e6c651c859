import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { DisableSecondFactor } from './operations.ts';

/** Turns the second factor off, with the password and a code. */
export function DisableSecondFactorForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { email } = useAccount();
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '', code: '' } });
  const disable = useMutate(DisableSecondFactor);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await disable.run(input);
    if (!payload) return setRefused(showRefusal(form, refusal));
    notifications.show({ message: t('disable.done') });
    onDone();
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('disable.text')}</Text>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t('setUp.password')}
          autoComplete="current-password"
          required
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': common('password.show') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <TextInput
          label={t('disable.code')}
          description={t('disable.codeHint')}
          autoComplete="one-time-code"
          required
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Button type="submit" color="red" loading={disable.busy} fullWidth>
          {t('disable.submit')}
        </Button>
      </Stack>
    </form>
  );
}
