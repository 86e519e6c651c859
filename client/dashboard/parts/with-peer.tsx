import type { ReactNode } from 'react';

/** A sentence with a side in it: “Invitation to {{peer}}”, the side set off from the words. */
export function WithPeer({ sentence, peer }: { sentence: string; peer: ReactNode }) {
  const [before, after] = sentence.split(PLACE);
  return (
    <>
      {before}
      {peer}
      {after}
    </>
  );
}

/** Stands for the side in the sentence; hand it over as the value `peer`. */
export const PLACE = '\u0000';
