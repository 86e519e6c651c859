import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Arrival } from './arrival.tsx';
import type { SignUpFor } from './sign-up.tsx';
import { useResend } from './use-resend.ts';

interface CheckMailProps {
  readonly email: string;
  readonly purpose: SignUpFor;
  /** Begins again with another address. */
  onOther(): void;
}

/** That a mail with a link is on its way, what to do with it, and what to do where it does not arrive. */
export function CheckMail({ email, purpose, onOther }: CheckMailProps) {
  const { t } = useTranslation('arriving');
  return (
    <Arrival
      title={t('checkMail.title')}
      ways={
        <Anchor component="button" type="button" onClick={onOther} inherit>
          {t('checkMail.other')}
        </Anchor>
      }
    >
      <Stack>
        <Text>
          <IconMailOpened size={20} stroke={1.6} aria-hidden style={{ verticalAlign: 'text-bottom' }} />{' '}
          {t('checkMail.text', { email })} {purpose === 'ACTIVATING' && t('checkMail.activating')}
          {purpose === 'JOINING' && t('checkMail.joining')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('checkMail.hours')}
        </Text>
        <ResendButton email={email} />
      </Stack>
    </Arrival>
  );
}

/** Sends a new verification link to an address that is known, and says so. */
export function ResendButton({ email }: { email: string }) {
  const { t } = useTranslation('arriving');
  const { send, busy, sent, refused } = useResend();
  return (
    <>
      {(sent || refused) && (
        <Alert color={sent ? 'teal' : 'red'} role={sent ? 'status' : 'alert'}>
          {refused ?? t('checkMail.sent')}
        </Alert>
      )}
      <Button variant="default" loading={busy} onClick={() => void send(email)}>
        {t('checkMail.again')}
      </Button>
    </>
  );
}
