import { useEffect, useState } from 'react';
import type { Outcome } from '../../data/use-mutate.ts';

/** How a preview stands: on its way, or what would be, or why it would be refused. */
export type Preview<Payload extends object> =
  | { readonly state: 'waiting' }
  | { readonly state: 'previewed'; readonly payload: Payload }
  | { readonly state: 'refused'; readonly message: string | null };

/**
 * Asks what a change would do (API-03), anew for each `key`; null asks for nothing.
 * @param run the mutation with `dryRun`.
 */
export function usePreview<Result extends object>(
  key: string | null,
  run: () => Promise<Outcome<Result>>,
): Preview<Exclude<Result, { code: string }>> {
  type Payload = Exclude<Result, { code: string }>;
  const [answer, setAnswer] = useState<{ key: string; preview: Preview<Payload> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is asked
  useEffect(() => {
    if (key === null) return undefined;
    let over = false;
    void run().then(({ payload, refusal }) => {
      if (over) return;
      const preview: Preview<Payload> = payload
        ? { state: 'previewed', payload: payload as unknown as Payload }
        : { state: 'refused', message: refusal?.message ?? null };
      setAnswer({ key, preview });
    });
    return () => {
      over = true;
    };
  }, [key]);
  return answer && answer.key === key ? answer.preview : { state: 'waiting' };
}
