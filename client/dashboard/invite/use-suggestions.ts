import { useQuery } from 'urql';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { RecipientSuggestions } from './operations.ts';

export interface Suggestion {
  readonly address: string;
  readonly addressGrouped: string;
  readonly name: string;
  readonly origin: InvitationOrigin;
}

/** As many as are taken in at a glance. */
const MOST_SHOWN = 7;

/**
 * Favourites and recent sessions that what was written so far may mean, favourites first; each device once.
 * @param wanted nothing is asked for before.
 */
export function useSuggestions(written: string, wanted: boolean): readonly Suggestion[] {
  const [{ data }] = useQuery({ query: RecipientSuggestions, variables: {}, pause: !wanted });
  const account = data?.viewer.account;
  if (!account) return [];
  const text = written.trim().toLowerCase();
  const digits = text.replace(/\s/g, '');
  const found = new Map<string, Suggestion>();
  for (const { peer, label, name, origin } of [
    ...(account.favourites?.nodes ?? []),
    ...(account.recentSessions?.nodes ?? []),
  ]) {
    const { address, addressGrouped, alias } = peer;
    const names = [label, name, alias].filter((each) => each != null);
    const matches = text === '' || address.includes(digits) || names.some((each) => each.toLowerCase().includes(text));
    if (!matches || found.has(address)) continue;
    found.set(address, { address, addressGrouped, name: names[0] ?? addressGrouped, origin });
  }
  return [...found.values()].slice(0, MOST_SHOWN);
}
