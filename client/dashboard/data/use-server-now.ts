import { useEffect, useState } from 'react';
import { useSession } from './session.tsx';

/** The server's time in ms since 1970, told anew every `stepMs`; stands still where that is null. */
export function useServerNow(stepMs: number | null): number {
  const { beckon } = useSession();
  const [now, setNow] = useState(() => beckon.serverNow());
  useEffect(() => {
    setNow(beckon.serverNow());
    if (stepMs === null) return undefined;
    const timer = setInterval(() => setNow(beckon.serverNow()), stepMs);
    return () => clearInterval(timer);
  }, [beckon, stepMs]);
  return now;
}
