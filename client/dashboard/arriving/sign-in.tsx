import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { NewServer } from './new-server.tsx';
import { SignIn } from './operations.ts';
import { ownPath, withNext } from './own-path.ts';
import { SecondStep } from './second-step.tsx';

/** What leads here knows of who is to sign in. */
export interface KnownPerson {
  readonly email?: string;
}

/** Signs in by e-mail address and password, by a second factor where there is one, and goes on to where one was on the way to. */
export default function SignInPage() {
  const { person } = useSession();
  const [parameters] = useSearchParams();
  const next = parameters.get('next');
  const [token, setToken] = useState<string | null>(null);
  if (person) return <Redirect to={ownPath(next)} replace />;
  if (token !== null) return <SecondStep token={token} onRestart={() => setToken(null)} />;
  return <FirstStep next={next} onSecondFactor={setToken} />;
}

function FirstStep({ next, onSecondFactor }: { next: string | null; onSecondFactor(token: string): void }) {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { restart } = useSession();
  const known = useHistoryState<KnownPerson | null>();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: known?.email ?? '', password: '' } });
  const [refused, setRefused] = useState<string | null>(null);
  const signIn = useMutate(SignIn);

  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await signIn.run(input);
    if (payload) restart();
    else if (refusal?.__typename === 'SecondFactorNeeded') onSecondFactor(refusal.token);
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <Arrival
      title={t('signIn.title')}
      lead={ownPath(next) === '/' ? undefined : t('signIn.next')}
      ways={
        <>
          {t('signIn.noAccount')}{' '}
          <Anchor component={Link} href={withNext('/sign-up', next)} underline="always" inherit>
            {common('signUp')}
          </Anchor>
        </>
      }
    >
      <NewServer />
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            autoFocus={!known?.email}
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            autoFocus={Boolean(known?.email)}
            visibilityToggleButtonProps={{ 'aria-label': common('password.show') }}
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
