import { useEffect } from 'react';

/** Asks again whenever one comes back to the page: no stream tells the operator what other windows and commands do. */
export function useFreshOnReturn(refresh: () => void): void {
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') refresh();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [refresh]);
}
