import { useMemo } from 'react';
import type { Pages } from './use-pages.ts';

/** A list that came whole, as lists that are read page after page are shown. */
export function useWholeList<Row>(rows: readonly Row[]): Pages<Row> {
  return useMemo(
    () => ({
      rows,
      totalCount: rows.length,
      more: false,
      loading: false,
      outdated: false,
      loadingMore: false,
      error: null,
      hasMore: false,
      loadMore() {},
      refresh() {},
      show() {},
    }),
    [rows],
  );
}
