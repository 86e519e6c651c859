import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useSearchParams } from 'wouter';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { SignIn } from './operations.ts';

/** Signs in by e-mail address and password, and goes on to where one was on the way to. */
export default function SignInPage() {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { account, restart } = useSession();
  const [parameters] = useSearchParams();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const signIn = useMutate(SignIn);

  if (account) return <Redirect to={ownPath(parameters.get('next'))} replace />;

  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await signIn.run(input);
    if (payload) restart();
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <Arrival
      title={t('signIn.title')}
      ways={
        <>
          {t('signIn.noAccount')}{' '}
          <Anchor component={Link} href="/sign-up">
            {common('signUp')}
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" loading={signIn.busy} fullWidth>
            {t('signIn.submit')}
          </Button>
          <Anchor component={Link} href="/forgot-password" size="sm" ta="center">
            {t('signIn.forgot')}
          </Anchor>
        </Stack>
      </form>
    </Arrival>
  );
}

/** A place of our own to go to: what another site wrote into the link is not followed. */
export function ownPath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}
