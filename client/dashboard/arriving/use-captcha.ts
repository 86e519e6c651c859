import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { CaptchaQuery } from './operations.ts';

export type CaptchaState = 'WORKING' | 'SOLVED' | 'FAILED' | 'INSECURE';

/** So long before a solution lapses, in ms, that it still gets to the server, a new one is begun. */
const RENEWED_BEFORE_MS = 60_000;

export interface Captcha {
  readonly state: CaptchaState;
  /** The solution, as soon as it is there. @throws where the work failed. */
  solution(): Promise<string>;
  /** Begins with a new challenge: after one was spent or refused. */
  again(): void;
}

/**
 * Does the work that the server asks for before somebody signs up, while they fill in the form: there is no puzzle for
 * people (LIC-05).
 */
export function useCaptcha(): Captcha {
  const client = useClient();
  const [state, setState] = useState<CaptchaState>('WORKING');
  const [round, setRound] = useState(0);
  const work = useRef<Promise<string>>(new Promise(() => {}));
  const again = useCallback(() => setRound((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round is a new challenge
  useEffect(() => {
    // WebCrypto, which does the work, is kept from pages that came over plain http.
    if (!window.isSecureContext) {
      setState('INSECURE');
      return undefined;
    }
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const solve = async (): Promise<string> => {
      const [{ solveCaptcha }, { data, error }] = await Promise.all([
        import('../../api/captcha.ts'),
        client.query(CaptchaQuery, {}, { requestPolicy: 'network-only' }).toPromise(),
      ]);
      if (!data) throw error ?? new Error('no captcha');
      const solved = await solveCaptcha(data.captcha.challenge);
      const goodFor = Date.parse(data.captcha.expiresAt) - Date.now() - RENEWED_BEFORE_MS;
      if (!over) timer = setTimeout(again, Math.max(goodFor, RENEWED_BEFORE_MS));
      return solved;
    };
    setState('WORKING');
    work.current = solve();
    work.current.then(
      () => !over && setState('SOLVED'),
      () => !over && setState('FAILED'),
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, round, again]);

  return { state, again, solution: () => work.current };
}
