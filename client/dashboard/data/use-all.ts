import { useEffect } from 'react';
import type { Pages } from './use-pages.ts';

/** Entries that a choice has at most: more is nothing to choose from. */
const MOST = 2_000;

/** All of a list that somebody chooses from: reads on until everything is there. */
export function useAll<Row>({ rows, hasMore, error, loadMore, loadingMore }: Pages<Row>): readonly Row[] {
  useEffect(() => {
    if (hasMore && !loadingMore && !error && rows.length < MOST) loadMore();
  }, [hasMore, loadingMore, error, rows.length, loadMore]);
  return rows;
}
