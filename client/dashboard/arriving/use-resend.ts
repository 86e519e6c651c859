import { useState } from 'react';
import { useMutate } from '../data/use-mutate.ts';
import { RequestVerification } from './operations.ts';

/** Asks for a new verification link, which voids the one before. */
export function useResend() {
  const request = useMutate(RequestVerification);
  const [sent, setSent] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const send = async (email: string): Promise<void> => {
    setSent(false);
    const { payload, refusal } = await request.run({ email });
    setSent(payload !== undefined);
    setRefused(refusal?.message ?? null);
  };
  return { send, busy: request.busy, sent, refused };
}
