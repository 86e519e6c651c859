import { Button, Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../data/use-mutate.ts';
import type { Pages } from '../data/use-pages.ts';
import classes from './rows.module.css';

interface RowsEndProps {
  readonly pages: Pages<unknown>;
  /** The rows on the screen. */
  readonly first: number;
  readonly last: number;
}

/** The end of a list: that more is coming, or why it is not; and, in sight all the time, where in the list one is. */
export function RowsEnd({ pages, first, last }: RowsEndProps) {
  const { t } = useTranslation();
  const { rows, totalCount, more, hasMore, loadMore, loadingMore, error } = pages;
  const whole = !hasMore && first === 0 && last >= rows.length - 1;
  return (
    <>
      {(hasMore || error) && (
        <Group justify="center" pt="sm" mih={52}>
          {error && (
            <Text role="alert" size="sm">
              {messageOf(error, t('unexpected'))}
            </Text>
          )}
          {loadingMore ? (
            <Loader type="dots" size="sm" role="status" aria-label={t('loading')} />
          ) : (
            <Button variant="subtle" onClick={loadMore}>
              {error ? t('tryAgain') : t('showMore')}
            </Button>
          )}
        </Group>
      )}
      {totalCount !== undefined && !whole && (
        <div className={classes['place']}>
          <Text size="xs" className="beckon-code">
            {t(more ? 'rowsOfMore' : 'rowsOfTotal', { first: first + 1, last: last + 1, total: totalCount })}
          </Text>
        </div>
      )}
    </>
  );
}
