import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';

/** The minutes and seconds left until a deadline, by the server's clock: `1:59`. Stays at 0:00. */
export function Countdown({ until, label }: { until: string; label?: string }) {
  const { t } = useTranslation();
  const { beckon } = useSession();
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - beckon.serverNow()) / 1000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is a function of the two
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [until, beckon]);
  return (
    <Text component="span" inherit role="timer" aria-label={label ?? t('timeLeft')} className="beckon-code" fw={600}>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </Text>
  );
}
