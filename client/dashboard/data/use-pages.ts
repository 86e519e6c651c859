import type { TypedDocumentNode } from '@urql/core';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { errorFromUrql } from '../../api/errors.ts';
import { cameBack } from '../app/scroll-place.ts';
import { PageList, type PageOf, type ReadPage } from './page-list.ts';
import { useMended } from './use-mended.ts';

/** Pages that a list begins with at most. */
const MOST_AT_ONCE = 40;

/** How many pages of each list were there when it was left, by its document and variables. */
const left = new Map<unknown, Map<string, number>>();

export interface Pages<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; undefined where the document does not ask for it, or nothing has arrived yet. */
  readonly totalCount: number | undefined;
  /** There are more than `totalCount`; nobody has counted how many. */
  readonly more: boolean;
  /** Nothing has arrived yet. */
  readonly loading: boolean;
  /** The rows are those of the variables before, until the first of these have arrived. */
  readonly outdated: boolean;
  /** A page more is on its way. */
  readonly loadingMore: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  /** Reads one page more; also tries again where one did not arrive. */
  loadMore(): void;
  /** Asks the server again: for lists that change without an event. */
  refresh(): void;
  /** Says which rows are on the screen, from which follows what is kept up to date. */
  show(first: number, last: number): void;
}

/**
 * A list that is read page after page, by key. What is on the screen stays live: where a change in the cache makes a page
 * outdated it is asked for again, and those behind it follow where its end has moved.
 * @param variables all but `after`; another object with the same content is the same list.
 */
export function usePages<Data, Variables extends { after?: string | null | undefined }, Row>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pageIn: (data: Data) => PageOf<Row> | null | undefined,
): Pages<Row> {
  const client = useClient();
  const key = JSON.stringify(variables);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `pageIn` never changes what it picks
  const list = useMemo(() => {
    const read: ReadPage<Row> = (after, fresh, told) => {
      const asked = { ...(JSON.parse(key) as object), after } as unknown as Variables;
      const requestPolicy = fresh ? 'cache-and-network' : 'cache-first';
      return client.query(document, asked as never, { requestPolicy }).subscribe(({ data, error }) => {
        if (error) told(null, errorFromUrql(error, window.location.origin));
        else told((data && pageIn(data as Data)) ?? null, null);
      }).unsubscribe;
    };
    // Whoever goes back finds the list as long as they left it.
    return new PageList<Row>(read, cameBack() ? left.get(document)?.get(key) : 1);
  }, [client, document, key]);
  useEffect(() => {
    list.open();
    return () => {
      const lengths = left.get(document) ?? new Map<string, number>();
      left.set(document, lengths.set(key, Math.min(list.loaded().pages.length, MOST_AT_ONCE)));
      list.close();
    };
  }, [list, document, key]);
  const present = useSyncExternalStore(list.subscribe, list.loaded);
  useMended(present.error, list.mend);

  const arrived = present.pages.length > 0 || present.error !== null;
  const before = useRef(present);
  if (arrived) before.current = present;
  const { pages, totalCount, more, loadingMore, error } = before.current;
  const rows = useMemo(() => pages.flatMap(({ nodes }) => nodes), [pages]);
  return {
    rows,
    totalCount,
    more,
    loading: pages.length === 0 && error === null,
    outdated: !arrived && pages.length > 0,
    loadingMore: arrived && loadingMore,
    error,
    hasMore: pages.at(-1)?.pageInfo.hasNextPage ?? false,
    loadMore: list.loadMore,
    refresh: list.refresh,
    show: list.show,
  };
}
