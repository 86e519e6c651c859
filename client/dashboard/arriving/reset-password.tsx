import { Alert, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMutate } from '../data/use-mutate.ts';
import { NewPassword } from '../forms/new-password.tsx';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { dropLinkToken, linkToken } from './link-token.ts';
import { ResetPassword } from './operations.ts';
import { SignInAs } from './sign-in-as.tsx';

/** Chooses a new password by a mailed link. Nobody is signed in by it: that comes next. */
export default function ResetPasswordPage() {
  const { t } = useTranslation('arriving');
  const [token] = useState(() => linkToken('reset-password'));
  const [done, setDone] = useState<string | null>(null);
  const [dead, setDead] = useState<string | null>(token === null ? t('reset.none') : null);
  if (done !== null) {
    return (
      <Arrival title={t('reset.doneTitle')}>
        <Stack>
          <Text>{t('reset.done', { email: done })}</Text>
          <SignInAs email={done} next="/">
            {t('signIn.submit')}
          </SignInAs>
        </Stack>
      </Arrival>
    );
  }
  if (token === null || dead !== null) {
    return (
      <Arrival title={t('reset.deadTitle')} lead={dead}>
        <Button component={Link} href="/forgot-password" fullWidth>
          {t('reset.again')}
        </Button>
      </Arrival>
    );
  }
  return <ChoosePassword token={token} onDone={setDone} onDead={setDead} />;
}

interface ChoosePasswordProps {
  readonly token: string;
  onDone(email: string): void;
  onDead(why: string): void;
}

function ChoosePassword({ token, onDone, onDead }: ChoosePasswordProps) {
  const { t } = useTranslation('arriving');
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  const reset = useMutate(ResetPassword);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async ({ password }) => {
    setRefused(null);
    const { payload, refusal } = await reset.run({ token, password });
    if (payload || refusal?.__typename === 'LinkRefused') dropLinkToken('reset-password');
    if (payload) onDone(payload.email);
    else if (refusal?.__typename === 'LinkRefused') onDead(refusal.message);
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <Arrival title={t('reset.title')} lead={t('reset.lead')}>
      <form onSubmit={submit}>
        <Stack>
          <NewPassword
            label={t('reset.password')}
            autoFocus
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" loading={reset.busy} fullWidth>
            {t('reset.submit')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}
