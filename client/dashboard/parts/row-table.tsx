import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { cameBack } from '../app/scroll-place.ts';
import type { Pages } from '../data/use-pages.ts';
import { useRowFocus } from './row-focus.ts';
import classes from './rows.module.css';
import type { Column } from './rows.tsx';
import { RowsEnd } from './rows-end.tsx';
import { useTopOf } from './top-of.ts';

/** Rows from the end of what is loaded when more is asked for: what a fling of the wheel passes while it arrives. */
const AHEAD = 30;

/** Rows that are ready beyond each edge of the screen. */
const OVERSCAN = 8;

/** How high the rows of each list were when it was left: whoever goes back finds each where it was. */
const heights = new Map<string, VirtualItem[]>();

interface RowTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keys: readonly string[];
  readonly pages: Pages<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowHeight: number;
}

/** The table of a list that has rows, and what stands at its end. */
export function RowTable<Row>({ label, rows, keys, pages, columns, rowHeight }: RowTableProps<Row>) {
  const { t } = useTranslation();
  const { hasMore, loadMore, show, error, totalCount, more, outdated } = pages;
  const count = rows.length;
  const body = useRef<HTMLDivElement | null>(null);
  const scrollTo = useRef<(row: number) => void>(() => {});
  const { rangeExtractor, ...focus } = useRowFocus(body, count, (row) => scrollTo.current(row));
  const [measured] = useState(() => (cameBack() ? heights.get(label) : undefined) ?? []);
  const virtual = useWindowVirtualizer<HTMLDivElement>({
    count,
    initialMeasurementsCache: measured,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    getItemKey: useCallback((at: number) => keys[at] ?? at, [keys]),
    overscan: OVERSCAN,
    scrollMargin: useTopOf(body),
    rangeExtractor,
    // Rows are put in their places without rendering anything anew.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  });
  scrollTo.current = (row) => virtual.scrollToIndex(row, { align: 'center' });
  const { startIndex: first, endIndex: last } = virtual.range ?? { startIndex: 0, endIndex: 0 };

  useEffect(
    () => () => {
      heights.set(label, virtual.takeSnapshot());
    },
    [label, virtual],
  );
  useEffect(() => show(first, last), [show, first, last]);
  useEffect(() => {
    if (hasMore && !error && last >= count - AHEAD) loadMore();
  }, [hasMore, error, last, count, loadMore]);

  const template = (shown: readonly Column<Row>[]): string => shown.map(({ width }) => width).join(' ');
  const templates = {
    '--beckon-columns': template(columns),
    '--beckon-columns-narrow': template(columns.filter(({ wideOnly }) => !wideOnly)),
  } as CSSProperties;
  return (
    <div className={classes['frame']} style={templates}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={totalCount === undefined || more ? -1 : totalCount + 1}
        aria-busy={outdated}
        className={classes['table']}
      >
        <div role="rowgroup" className={classes['head']}>
          <div role="row" aria-rowindex={1} className={classes['row']}>
            {columns.map(({ name, title, head, wideOnly }) => (
              <div key={name} role="columnheader" data-wide-only={wideOnly || undefined}>
                {head ?? (title || <span className={classes['unseen']}>{t('actions')}</span>)}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={classes['body']}
          ref={(element) => {
            body.current = element;
            virtual.containerRef(element);
          }}
          onClick={followRowLink}
          {...focus}
        >
          {virtual.getVirtualItems().map(({ index, key }) => (
            <Line key={key} row={rows[index] as Row} {...{ index, columns }} measure={virtual.measureElement} />
          ))}
        </div>
      </div>
      <RowsEnd pages={pages} first={first} last={last} />
    </div>
  );
}

interface LineProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  measure(element: HTMLDivElement | null): void;
}

const Line = memo(function Line<Row>({ row, index, columns, measure }: LineProps<Row>): ReactNode {
  const heading = columns.find(({ title }) => title)?.name;
  return (
    <div
      role="row"
      // The first is the one of the titles.
      aria-rowindex={index + 2}
      ref={measure}
      data-index={index}
      className={`${classes['row']} ${classes['line']}`}
    >
      {columns.map(({ name, title, cell, wideOnly }) => (
        <div
          key={name}
          role="cell"
          data-column={name}
          data-title={title || undefined}
          data-heading={name === heading || undefined}
          data-wide-only={wideOnly || undefined}
        >
          {cell(row)}
        </div>
      ))}
    </div>
  );
}) as <Row>(props: LineProps<Row>) => ReactNode;

/** Follows the link of a row, where nothing else in it was clicked. */
function followRowLink(event: MouseEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  // What a row has opened elsewhere in the document tells of its clicks here too.
  if (!event.currentTarget.contains(target) || target.closest('a, button, input, label, select')) return;
  if (window.getSelection()?.isCollapsed === false) return;
  target.closest('[role="row"]')?.querySelector<HTMLElement>('[data-row-link]')?.click();
}
