import { Alert, Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { createBeckonClient } from '../../api/client.ts';
import { isAuthenticationLost } from '../../api/errors.ts';
import { presentLanguage } from '../app/words.ts';
import { Arrival } from '../arriving/arrival.tsx';
import { messageOf } from '../data/use-mutate.ts';
import { TokenKind } from './operations.ts';

interface OperatorSignInProps {
  /** A token that was kept is not taken any more. */
  readonly refused: boolean;
  onToken(token: string): void;
}

/** Asks for the operator's token. */
export function OperatorSignIn({ refused, onToken }: OperatorSignInProps) {
  const { t } = useTranslation('operator');
  const { t: common } = useTranslation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { token: '' } });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(refused ? t('wrong') : null);

  const submit = form.onSubmit(async ({ token: typed }) => {
    const token = typed.trim();
    setBusy(true);
    const beckon = createBeckonClient({ url: window.location.origin, token, language: presentLanguage() });
    try {
      const { viewer } = await beckon.query(TokenKind, {});
      if (viewer.kind === 'OPERATOR') return onToken(token);
      setWrong(t('notOperator'));
    } catch (error) {
      setWrong(isAuthenticationLost(error) ? t('wrong') : messageOf(error, common('unexpected')));
    } finally {
      beckon.close();
      setBusy(false);
    }
  });
  return (
    <Arrival
      title={t('title')}
      lead={t('lead')}
      ways={
        <Anchor component={Link} href="/" inherit>
          {t('toDashboard')}
        </Anchor>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          <PasswordInput
            label={t('token')}
            description={t('tokenHint')}
            autoComplete="off"
            required
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': common('password.show') }}
            key={form.key('token')}
            {...form.getInputProps('token')}
          />
          <Text size="sm" c="dimmed">
            {t('tokenKept')}
          </Text>
          {wrong && (
            <Alert color="red" role="alert">
              {wrong}
            </Alert>
          )}
          <Button type="submit" loading={busy} fullWidth>
            {t('open')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}
