import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { errorFromUrql } from '../../api/errors.ts';
import { Waiting } from '../app/app.tsx';
import { Failure } from '../app/failure.tsx';
import { useMended } from './use-mended.ts';

/** Data, or what stands in its place until it is there: `if (!data) return instead;`. */
export type Loaded<Data> =
  | { readonly data: Data; readonly instead: null; readonly again: () => void }
  | { readonly data: null; readonly instead: ReactNode; readonly again: () => void };

/**
 * A query as pages run it: what is in the cache at once, and from the server what is new. Stays live: events outdate the
 * cache, and the query is run again; so it is where there was no connection.
 */
export function useData<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Loaded<Data> {
  const [{ data, error }, run] = useQuery<Data, AnyVariables>({
    query: query as TypedDocumentNode<Data, AnyVariables>,
    variables: variables as AnyVariables,
    requestPolicy: 'cache-and-network',
  });
  const again = (): void => run({ requestPolicy: 'network-only' });
  useMended(error, again);
  if (data) return { data, instead: null, again };
  const instead = error ? <Failure error={errorFromUrql(error, window.location.origin)} again={again} /> : <Waiting />;
  return { data: null, instead, again };
}
