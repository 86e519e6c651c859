import { Alert, Button, Center, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Copyable } from '../parts/copyable.tsx';
import { ConfirmSecondFactor, SetUpSecondFactor as SetUp } from './operations.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

const QrCode = lazy(() => import('./qr-code.tsx'));

interface Key {
  readonly uri: string;
  readonly secret: string;
}

/** Sets up an authenticator app: the password, the key for the app, its first code, and then the recovery codes. */
export function SetUpSecondFactor({ onDone }: { onDone(): void }) {
  const [key, setKey] = useState<Key | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return key ? <FirstCode appKey={key} onCodes={setCodes} /> : <Password onKey={setKey} />;
}

function Password({ onKey }: { onKey(key: Key): void }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { person } = useSession();
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  const setUp = useMutate(SetUp);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await setUp.run(input);
    if (payload) onKey(payload);
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <input type="email" autoComplete="username" value={person?.email ?? ''} readOnly hidden />
        <PasswordInput
          label={t('setUp.password')}
          description={t('setUp.passwordHint')}
          autoComplete="current-password"
          required
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': common('password.show') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Button type="submit" loading={setUp.busy} fullWidth>
          {common('next')}
        </Button>
      </Stack>
    </form>
  );
}

function FirstCode({ appKey, onCodes }: { appKey: Key; onCodes(codes: readonly string[]): void }) {
  const { t } = useTranslation('account');
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } });
  const confirm = useMutate(ConfirmSecondFactor);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await confirm.run(input);
    if (payload) onCodes(payload.recoveryCodes);
    else setRefused(showRefusal(form, refusal));
  });
  const grouped = appKey.secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('setUp.scan')}</Text>
        <Center mih={216}>
          <Suspense>
            <QrCode text={appKey.uri} label={t('setUp.qr')} />
          </Suspense>
        </Center>
        <Text size="sm" component="div">
          {t('setUp.manual')}{' '}
          <Copyable value={appKey.secret} shown={grouped} label={t('setUp.copyKey')} size="sm" breakable />
        </Text>
        <TextInput
          label={t('setUp.code')}
          description={t('setUp.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
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
        <Button type="submit" loading={confirm.busy} fullWidth>
          {t('setUp.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
