import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { CompleteSignIn } from './operations.ts';

/** Completes a sign-in by a code of the authenticator app, or by a recovery code. */
export function SecondStep({ token, onRestart }: { token: string; onRestart(): void }) {
  const { t } = useTranslation('arriving');
  const { restart } = useSession();
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const complete = useMutate(CompleteSignIn);

  const submit = form.onSubmit(async ({ code }) => {
    setRefused(null);
    const { payload, refusal } = await complete.run({ token, code });
    if (!payload) return setRefused(showRefusal(form, refusal));
    const left = payload.recoveryCodesLeft;
    if (left !== null) {
      notifications.show({
        color: left > 2 ? 'blue' : 'orange',
        autoClose: false,
        title: t('code.left', { count: left }),
        message: t('code.renew'),
      });
    }
    restart();
  });
  return (
    <Arrival
      title={t('code.title')}
      lead={t('code.lead')}
      ways={
        <Anchor component="button" type="button" onClick={onRestart} inherit>
          {t('code.restart')}
        </Anchor>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('code.label')}
            description={t('code.hint')}
            autoComplete="one-time-code"
            autoCapitalize="off"
            spellCheck={false}
            required
            autoFocus
            key={form.key('code')}
            {...form.getInputProps('code')}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" loading={complete.busy} fullWidth>
            {t('code.submit')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}
