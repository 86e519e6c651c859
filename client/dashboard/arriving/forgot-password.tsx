import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { RequestPasswordReset } from './operations.ts';

/** Has a link mailed by which a new password is chosen; it says the same whether or not there is such an account. */
export default function ForgotPasswordPage() {
  const { t } = useTranslation('arriving');
  const { person } = useSession();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: person?.email ?? '' } });
  const request = useMutate(RequestPasswordReset);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const submit = form.onSubmit(async (input) => {
    const { payload, refusal } = await request.run(input);
    if (payload) setSentTo(payload.email);
    else setRefused(showRefusal(form, refusal));
  });
  const back = (
    <Anchor component={Link} href="/sign-in" inherit>
      {t('forgot.back')}
    </Anchor>
  );
  if (sentTo !== null) {
    return (
      <Arrival title={t('forgot.sentTitle')} ways={back}>
        <Text>{t('forgot.sent', { email: sentTo })}</Text>
      </Arrival>
    );
  }
  return (
    <Arrival title={t('forgot.title')} lead={t('forgot.lead')} ways={back}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" loading={request.busy} fullWidth>
            {t('forgot.submit')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}
