import { Box, Button, Center, Loader, Text, VisuallyHidden } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../app/failure.tsx';
import type { Pages } from '../data/use-pages.ts';
import classes from './rows.module.css';

export interface Column<Row> {
  readonly name: string;
  /** The words above it; also beside each value on a phone. Empty for the column of actions. */
  readonly title: string;
  /** Its share of the width, as CSS grid takes it: `2fr`, `minmax(8rem, 1fr)`, `auto`. */
  readonly width: string;
  cell(row: Row): ReactNode;
  /** Left out on narrow screens. */
  readonly wideOnly?: boolean;
}

interface RowsProps<Row> {
  /** What the list is of, for screen readers. */
  readonly label: string;
  readonly pages: Pages<Row>;
  readonly columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  /** What stands there while the list has nothing in it. */
  readonly empty: ReactNode;
  /** The usual height of a row, in px: a first guess, each is measured. */
  readonly rowHeight?: number;
}

/** Rows from the end of what is loaded when more is asked for. */
const AHEAD = 15;

/**
 * A list of any length: only the rows on the screen are in the document, and more are read while one scrolls. On narrow
 * screens each row is a card, with the columns' titles beside the values.
 */
export function Rows<Row>({ label, pages, columns, keyOf, empty, rowHeight = 56 }: RowsProps<Row>) {
  const { t } = useTranslation();
  const { rows, loading, error, hasMore, loadMore, totalCount } = pages;
  const list = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (at) => {
      const row = rows[at];
      return row === undefined ? at : keyOf(row);
    },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) loadMore();
  }, [hasMore, last, rows.length, loadMore]);

  if (error && rows.length === 0) return <Failure error={error} />;
  if (loading) {
    return (
      <Center py="xl" role="status" aria-label={t('loading')}>
        <Loader type="dots" aria-hidden />
      </Center>
    );
  }
  if (rows.length === 0) return empty;
  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div>
      <Box role="table" aria-label={label} aria-rowcount={totalCount ?? -1} __vars={{ '--beckon-columns': template }}>
        <div role="rowgroup" className={classes['head']}>
          <div role="row" className={classes['row']}>
            {columns.map(({ name, title, wideOnly }) => (
              <Text key={name} role="columnheader" size="sm" fw={600} data-wide-only={wideOnly || undefined}>
                {title || <VisuallyHidden>{t('actions')}</VisuallyHidden>}
              </Text>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={list} style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                ref={virtual.measureElement}
                data-index={index}
                className={`${classes['row']} ${classes['body']}`}
                style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
              >
                {columns.map(({ name, title, cell, wideOnly }) => (
                  <div key={name} role="cell" data-title={title} data-wide-only={wideOnly || undefined}>
                    {cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </Box>
      {hasMore && (
        <Box ta="center" pt="sm">
          <Button variant="subtle" onClick={loadMore}>
            {t('showMore')}
          </Button>
        </Box>
      )}
    </div>
  );
}
