import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { RenewRecoveryCodes } from './operations.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Makes new recovery codes, with a code of the app; the ones before are void. */
export function RenewRecoveryCodesForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation('account');
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } });
  const renew = useMutate(RenewRecoveryCodes);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  const submit = form.onSubmit(async (input) => {
    setRefused(null);
    const { payload, refusal } = await renew.run(input);
    if (payload) setCodes(payload.recoveryCodes);
    else setRefused(showRefusal(form, refusal));
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('recovery.renewText')}</Text>
        <TextInput
          label={t('disable.code')}
          description={t('disable.codeHint')}
          autoComplete="one-time-code"
          required
          data-autofocus
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Button type="submit" loading={renew.busy} fullWidth>
          {t('recovery.make')}
        </Button>
      </Stack>
    </form>
  );
}
