import { useEffect, useRef } from 'react';
import { BeckonError } from '../../api/errors.ts';

/** From a query that found no server to the next try, in ms: soon after the events’ own socket is back (data/live.tsx). */
const AGAIN_AFTER_MS = 3_000;

/**
 * Runs a query again and again while it fails for want of a connection: what it would have shown may have changed
 * meanwhile, and no event tells of that which was never read.
 * @param error why it failed last, another one each time: urql's, or one made of that.
 */
export function useMended(error: Error | null | undefined, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!error || !isLost(error)) return undefined;
    const timer = setTimeout(() => latest.current(), AGAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [error]);
}

function isLost(error: Error): boolean {
  return error instanceof BeckonError ? error.code === 'NETWORK' : 'networkError' in error && !!error.networkError;
}
