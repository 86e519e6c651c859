import { Button, Center, Group, Loader } from '@mantine/core';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../app/failure.tsx';
import { useDistinct } from '../data/distinct.ts';
import type { Pages } from '../data/use-pages.ts';
import classes from './tiles.module.css';

interface TilesProps<Row> {
  /** What they are, for screen readers. */
  readonly label: string;
  readonly pages: Pages<Row>;
  keyOf(row: Row): string;
  /** A `Tile`. */
  tile(row: Row): ReactNode;
  /** What stands there while there is none. */
  readonly empty: ReactNode;
}

/** Contacts as tiles; at most a thousand, of which more are read while one scrolls. */
export function Tiles<Row>({ label, pages, keyOf, tile, empty }: TilesProps<Row>) {
  const { t } = useTranslation();
  const { rows, keys } = useDistinct(pages.rows, keyOf);
  const { loading, error, hasMore, loadMore, loadingMore, show, outdated } = pages;
  const end = useRef<HTMLDivElement>(null);
  // All of them are in the document.
  useEffect(() => show(0, rows.length - 1), [show, rows.length]);
  useEffect(() => {
    if (!end.current || !hasMore || error) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), {
      rootMargin: '800px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
    // Anew for each page, because one that leaves the end in sight is no intersection that begins.
  }, [hasMore, error, loadMore]);

  if (error && rows.length === 0) return <Failure error={error} again={loadMore} />;
  if (loading) {
    return (
      <Center py="xl" role="status" aria-label={t('loading')}>
        <Loader type="dots" aria-hidden />
      </Center>
    );
  }
  if (rows.length === 0) return empty;
  return (
    <>
      <ul aria-label={label} aria-busy={outdated} className={classes['tiles']}>
        {rows.map((row, at) => (
          <Fragment key={keys[at]}>{tile(row)}</Fragment>
        ))}
      </ul>
      <div ref={end} />
      {hasMore && (
        <Group justify="center">
          <Button variant="subtle" loading={loadingMore} onClick={loadMore}>
            {error ? t('tryAgain') : t('showMore')}
          </Button>
        </Group>
      )}
    </>
  );
}
