import { Alert, Anchor, Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { presentLanguage } from '../app/words.ts';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { NewPassword } from '../forms/new-password.tsx';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { CaptchaProgress } from './captcha-progress.tsx';
import { CheckMail } from './check-mail.tsx';
import { Eula } from './eula.tsx';
import { dropLinkToken, linkToken } from './link-token.ts';
import { EulaQuery, SignUp } from './operations.ts';
import { ownPath, withNext } from './own-path.ts';
import type { KnownPerson } from './sign-in.tsx';
import { useCaptcha } from './use-captcha.ts';

/** What the sign-up leads on to. */
export type SignUpFor = 'ACTIVATING' | 'JOINING' | null;

/** Creates an account (LIC-05 … LIC-08), and carries an activation on where it comes from one (LIC-09). */
export default function SignUpPage() {
  const { t } = useTranslation('arriving');
  const [parameters] = useSearchParams();
  const next = parameters.get('next');
  const path = ownPath(next).split('?')[0];
  const purpose: SignUpFor =
    path === '/activate' && linkToken('activate') ? 'ACTIVATING' : path === '/join' ? 'JOINING' : null;
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) return <CheckMail email={sentTo} purpose={purpose} onOther={() => setSentTo(null)} />;
  return (
    <Arrival
      wide
      title={t('signUp.title')}
      lead={`${t('signUp.lead')} ${
        purpose === 'ACTIVATING' ? t('signUp.activating') : purpose === 'JOINING' ? t('signUp.joining') : ''
      }`}
      ways={
        <>
          {t('signUp.haveOne')}{' '}
          <Anchor component={Link} href={withNext('/sign-in', next)} underline="always" inherit>
            {t('signIn.submit')}
          </Anchor>
        </>
      }
    >
      <SignUpForm activating={purpose === 'ACTIVATING'} onSent={setSentTo} />
    </Arrival>
  );
}

function SignUpForm({ activating, onSent }: { activating: boolean; onSent(email: string): void }) {
  const { t } = useTranslation('arriving');
  const known = useHistoryState<KnownPerson | null>();
  const { data, instead } = useData(EulaQuery, { language: presentLanguage() });
  const captcha = useCaptcha();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: known?.email ?? '', name: '', password: '', acceptEula: false },
  });
  const [refused, setRefused] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const signUp = useMutate(SignUp);
  if (!data) return instead;
  const { version, text } = data.eula;

  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    setWaiting(true);
    const solution = await captcha.solution().catch(() => null);
    setWaiting(false);
    if (solution === null) return;
    const activationToken = activating ? linkToken('activate') : null;
    const { payload, refusal } = await signUp.run({
      ...input,
      eulaVersion: version,
      captcha: solution,
      activationToken,
    });
    if (payload) return onSent(payload.email);
    // One solution is good for one try that got as far as the captcha.
    captcha.again();
    if (refusal?.path[0] === 'activationToken') dropLinkToken('activate');
    setRefused(showRefusal(form, refusal));
  });
  return (
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
        <TextInput
          label={t('signUp.name')}
          description={t('signUp.nameHint')}
          autoComplete="name"
          required
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <NewPassword
          label={t('password')}
          known={() => [form.getValues().email, form.getValues().name]}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Eula version={version} text={text} />
        <Checkbox
          label={t('eula.accept', { version })}
          required
          key={form.key('acceptEula')}
          {...form.getInputProps('acceptEula', { type: 'checkbox' })}
        />
        <CaptchaProgress captcha={captcha} />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Button
          type="submit"
          fullWidth
          loading={waiting || signUp.busy}
          disabled={captcha.state === 'FAILED' || captcha.state === 'INSECURE'}
        >
          {t('signUp.submit')}
        </Button>
      </Stack>
    </form>
  );
}
