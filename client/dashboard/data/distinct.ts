import { useMemo, useRef } from 'react';

/** Rows with their keys, each once: one that has moved from page to page is in both until both have been read anew. */
export function useDistinct<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const key = useRef(keyOf);
  key.current = keyOf;
  return useMemo(() => {
    const byKey = new Map<string, Row>();
    for (const row of rows) {
      const name = key.current(row);
      if (!byKey.has(name)) byKey.set(name, row);
    }
    return { rows: [...byKey.values()], keys: [...byKey.keys()] };
  }, [rows]);
}
