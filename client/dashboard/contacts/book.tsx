import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import type { AddressBookByIdQuery, BookEntriesQuery } from '../../graphql/graphql.ts';
import { useData } from '../data/use-data.tsx';
import { usePages } from '../data/use-pages.ts';
import { Empty } from '../parts/empty.tsx';
import { BookHead } from './book-head.tsx';
import { AddressBookById, BookEntries } from './book-operations.ts';
import { EntryItems } from './entry-items.tsx';
import { Tile } from './tile.tsx';
import { Tiles } from './tiles.tsx';

const EntryForm = lazy(() => import('./entry-form.tsx'));

export type AddressBook = Extract<AddressBookByIdQuery['node'], { __typename: 'AddressBook' }>;
export type Entry = Extract<BookEntriesQuery['node'], { __typename: 'AddressBook' }>['entries']['nodes'][number];

/** One address book: what it is, and its entries, those with one tag where one is chosen in the address. */
export function Book({ id }: { id: string }) {
  const { t } = useTranslation('contacts');
  const { data, instead } = useData(AddressBookById, { id });
  if (!data) return instead;
  if (data.node?.__typename === 'AddressBook') return <Entries book={data.node} />;
  return (
    <Empty icon={IconAddressBook} title={t('bookGone')}>
      <Anchor component={Link} href="/contacts/books">
        {t('toBooks')}
      </Anchor>
    </Empty>
  );
}

function Entries({ book }: { book: AddressBook }) {
  const { t } = useTranslation('contacts');
  const [parameters, setParameters] = useSearchParams();
  const tag = parameters.get('tag');
  const pages = usePages(BookEntries, { id: book.id, tag }, ({ node }) =>
    node?.__typename === 'AddressBook' ? node.entries : null,
  );
  const [edited, setEdited] = useState<Entry | 'new' | null>(null);
  const { viewerCanEdit } = book;
  const add = viewerCanEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('addEntry')}
    </Button>
  );
  return (
    <Stack>
      <BookHead book={book}>{add}</BookHead>
      {book.tags.length > 0 && (
        <TagFilter
          tags={book.tags}
          chosen={tag}
          onChoose={(chosen) => setParameters(chosen === null ? {} : { tag: chosen }, { replace: true })}
        />
      )}
      <Tiles
        label={t('entriesOf', { name: book.name })}
        pages={pages}
        keyOf={(entry) => entry.id}
        tile={(entry) => (
          <Tile
            contact={entry}
            tags={entry.tags}
            order={3}
            {...(viewerCanEdit && { items: <EntryItems entry={entry} onEdit={() => setEdited(entry)} /> })}
          />
        )}
        empty={
          <Empty icon={IconAddressBook} title={tag === null ? t('noEntries') : t('noneTagged', { tag })}>
            <Text size="sm">{viewerCanEdit ? t('howToEntry') : t('readOnlyText')}</Text>
          </Empty>
        }
      />
      {edited && (
        <Suspense>
          <EntryForm book={book} entry={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </Stack>
  );
}

interface TagFilterProps {
  readonly tags: readonly string[];
  readonly chosen: string | null;
  onChoose(tag: string | null): void;
}

function TagFilter({ tags, chosen, onChoose }: TagFilterProps) {
  const { t } = useTranslation('contacts');
  return (
    <Group gap={6} role="group" aria-label={t('filterByTag')}>
      {tags.map((tag) => (
        <Button
          key={tag}
          size="compact-sm"
          radius="xl"
          variant={tag === chosen ? 'filled' : 'default'}
          aria-pressed={tag === chosen}
          onClick={() => onChoose(tag === chosen ? null : tag)}
        >
          {tag}
        </Button>
      ))}
    </Group>
  );
}
