import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../app/failure.tsx';
import { useDistinct } from '../data/distinct.ts';
import type { Pages } from '../data/use-pages.ts';
import { RowTable } from './row-table.tsx';

export interface Column<Row> {
  readonly name: string;
  /** The words above it; also beside each value on a card. Empty for the column of actions. */
  readonly title: string;
  /** Its share of the width, as CSS grid takes it: `2fr`, `minmax(8rem, 1fr)`, `6rem`; not `auto`, rows are grids each. */
  readonly width: string;
  cell(row: Row): ReactNode;
  /** What stands above it in place of the title, such as a box that chooses all rows. */
  readonly head?: ReactNode;
  /** Left out where there is little room. */
  readonly wideOnly?: boolean;
}

interface RowsProps<Row> {
  /** What the list is of, for screen readers. */
  readonly label: string;
  readonly pages: Pages<Row>;
  /** The same array (useMemo) for as long as nothing in it changes: then scrolling renders only rows that come into sight. */
  readonly columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  /** What stands there while the list has nothing in it. */
  readonly empty: ReactNode;
  /** The usual height of a row, in px: a first guess, each is measured. */
  readonly rowHeight?: number;
}

/**
 * A list of any length: only the rows on the screen are in the document, and more are read while one scrolls. Where there
 * is little room each row is a card, with the columns' titles beside the values. The arrow keys go from row to row; a
 * click beside everything in a row follows its `RowLink`.
 */
export function Rows<Row>({ label, pages, columns, keyOf, empty, rowHeight = 56 }: RowsProps<Row>) {
  const { t } = useTranslation();
  const { error, loading, loadMore } = pages;
  const distinct = useDistinct(pages.rows, keyOf);
  if (error && distinct.rows.length === 0) return <Failure error={error} again={loadMore} />;
  if (loading) {
    return (
      <Center py="xl" role="status" aria-label={t('loading')}>
        <Loader type="dots" aria-hidden />
      </Center>
    );
  }
  if (distinct.rows.length === 0) return empty;
  return <RowTable {...distinct} {...{ label, pages, columns, rowHeight }} />;
}
