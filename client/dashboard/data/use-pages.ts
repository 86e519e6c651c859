import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { errorFromUrql } from '../../api/errors.ts';

/** A page of a Relay connection, as far as paging needs it. */
export interface PageOf<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
  readonly totalCount?: number | undefined;
}

export interface Pages<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; undefined where the document does not ask for it, or nothing has arrived yet. */
  readonly totalCount: number | undefined;
  /** Nothing has arrived yet. */
  readonly loading: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  loadMore(): void;
}

/**
 * A list that is read page after page, by key. Every page that was loaded stays live: where a change in the cache
 * makes one outdated it is asked for again, and those behind it follow where its end has moved.
 * @param variables all but `after`; another object with the same content is the same list.
 */
export function usePages<Data, Variables extends { after?: string | null | undefined }, Row>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pageIn: (data: Data) => PageOf<Row> | null | undefined,
): Pages<Row> {
  const client = useClient();
  const key = JSON.stringify(variables);
  const [list, setList] = useState<{ key: string; wanted: number }>({ key, wanted: 1 });
  const wanted = list.key === key ? list.wanted : 1;
  const [loaded, setLoaded] = useState<{ key: string; pages: readonly PageOf<Row>[]; error: Error | null }>({
    key,
    pages: [],
    error: null,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables; `pageIn` never changes what it picks
  useEffect(() => {
    const chain: { after: string | null; page: PageOf<Row> | null; stop: () => void }[] = [];
    let over = false;
    const publish = (error: Error | null = null): void => {
      const pages: PageOf<Row>[] = [];
      for (const { page } of chain) {
        if (!page) break;
        pages.push(page);
      }
      if (!over && (pages.length > 0 || error)) setLoaded({ key, pages, error });
    };
    const follow = (index: number, after: string | null): void => {
      for (const link of chain.splice(index)) link.stop();
      const link = { after, page: null as PageOf<Row> | null, stop: () => {} };
      chain[index] = link;
      const asked = { ...(JSON.parse(key) as object), after } as unknown as Variables;
      const { unsubscribe } = client
        .query(document, asked as never, {
          requestPolicy: index === 0 && wanted === 1 ? 'cache-and-network' : 'cache-first',
        })
        .subscribe((result) => {
          if (over || chain[index] !== link) return;
          if (result.error) return publish(errorFromUrql(result.error, window.location.origin));
          const page = result.data ? pageIn(result.data as Data) : null;
          if (!page) return;
          link.page = page;
          const next = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
          const behind = chain[index + 1];
          if (next === null) for (const gone of chain.splice(index + 1)) gone.stop();
          else if (index + 1 < wanted && behind?.after !== next) follow(index + 1, next);
          publish();
        });
      link.stop = unsubscribe;
      if (chain[index] !== link) unsubscribe();
    };
    follow(0, null);
    return () => {
      over = true;
      for (const { stop } of chain) stop();
    };
  }, [client, document, key, wanted]);

  const pages = loaded.key === key ? loaded.pages : [];
  const last = pages.at(-1);
  const hasMore = last?.pageInfo.hasNextPage ?? false;
  const loadMore = useCallback(() => {
    setList({ key, wanted: Math.max(wanted, pages.length + 1) });
  }, [key, wanted, pages.length]);
  const rows = useMemo(() => pages.flatMap(({ nodes }) => nodes), [pages]);
  return {
    rows,
    totalCount: pages[0]?.totalCount,
    loading: pages.length === 0 && !(loaded.key === key && loaded.error),
    error: loaded.key === key ? loaded.error : null,
    hasMore,
    loadMore,
  };
}
