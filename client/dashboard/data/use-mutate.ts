import { notifications } from '@mantine/notifications';
import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BeckonError } from '../../api/errors.ts';
import { isRefusal, type PayloadOf, type RefusalOf } from '../../api/results.ts';
import { presentLanguage } from '../app/words.ts';
import { useSession } from './session.tsx';

type ResultOf<Data> = Exclude<Extract<Data[Exclude<keyof Data, '__typename'>], object>, null>;

/** How a mutation went: done, refused for a reason that the form shows, or failed (told in a notification already). */
export type Outcome<Result extends object> =
  | { readonly payload: PayloadOf<Result>; readonly refusal?: undefined }
  | { readonly payload?: undefined; readonly refusal: RefusalOf<Result> | null };

/**
 * A mutation as components run it: `run(input)` never throws. The document has one field; its input gets an idempotency key,
 * so that a lost connection is mended by sending it again.
 */
export function useMutate<Data extends object, Input extends { idempotencyKey?: string | null | undefined }>(
  document:
    | TypedDocumentNode<Data, { input: Input } & { [key: string]: never }>
    | TypedDocumentNode<Data, { input: Input }>,
): { run(input: Input): Promise<Outcome<ResultOf<Data>>>; busy: boolean } {
  const { beckon } = useSession();
  const { t } = useTranslation();
  const [running, setRunning] = useState(0);

  const run = useCallback(
    async (input: Input): Promise<Outcome<ResultOf<Data>>> => {
      setRunning((count) => count + 1);
      try {
        const variables = { input: { idempotencyKey: newKey(), ...input } };
        const data = await beckon.mutate(document as TypedDocumentNode<Data, { input: Input }>, variables);
        const result = Object.values(data).find((value) => typeof value === 'object') as ResultOf<Data>;
        if (isRefusal(result)) return { refusal: result };
        return { payload: result as PayloadOf<ResultOf<Data>> };
      } catch (error) {
        notifications.show({ color: 'red', title: t('failed'), message: messageOf(error, t('unexpected')) });
        return { refusal: null };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [beckon, document, t],
  );
  return { run, busy: running > 0 };
}

/** 128 random bits. Not `randomUUID`, which pages that came over plain http lack. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}

/** What to tell a person of an error; the reference helps whoever runs the server to find it. */
export function messageOf(error: unknown, otherwise: string): string {
  if (!(error instanceof BeckonError)) return otherwise;
  const message = error.messageIn(presentLanguage());
  return error.reference ? `${message} (${error.reference})` : message;
}
