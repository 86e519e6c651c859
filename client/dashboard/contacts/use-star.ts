import type { ContactTileFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { AddFavourite, RemoveFavourite } from './operations.ts';

/** Makes a contact a favourite, or one no more; its lists follow by the event. */
export function useStar({ peer: { address }, isFavourite }: ContactTileFragment): () => void {
  const add = useMutate(AddFavourite);
  const remove = useMutate(RemoveFavourite);
  return () => void (isFavourite ? remove : add).run({ address });
}
