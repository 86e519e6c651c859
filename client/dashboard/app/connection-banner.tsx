import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';

/** Losses shorter than this, in ms, are mended before anyone reads of them. */
const SHOWN_AFTER_MS = 1_000;

/** Says that the live connection is lost, and when the next try comes; what was missed arrives when it is back. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { beckon, connection } = useSession();
  const lost = connection.status === 'waiting' || (connection.status === 'connecting' && connection.attempt > 1);
  const [shown, setShown] = useState(false);
  const [retryAt, setRetryAt] = useState(0);
  const [now, setNow] = useState(0);

  useEffect(() => {
    if (connection.status === 'waiting') setRetryAt(Date.now() + connection.retryInMs);
  }, [connection]);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return undefined;
    }
    const appear = setTimeout(() => setShown(true), SHOWN_AFTER_MS);
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => {
      clearTimeout(appear);
      clearInterval(tick);
    };
  }, [lost]);

  if (!lost || !shown) return null;
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <Alert color="orange" variant="light" mb="md" role="status">
      <Group justify="space-between">
        <Text size="sm">
          {t('connection.lost')}{' '}
          {connection.status === 'connecting' || seconds === 0
            ? t('connection.connecting')
            : t('connection.again', { seconds })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => beckon.retryNow()}>
          {t('connection.now')}
        </Button>
      </Group>
    </Alert>
  );
}
