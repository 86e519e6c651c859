import { Button, NavLink, Text } from '@mantine/core';
import { IconAddressBook, IconBook, IconPlus, IconUsers } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useLocation, useParams } from 'wouter';
import { Waiting } from '../app/app.tsx';
import { useAll } from '../data/use-all.ts';
import { usePages } from '../data/use-pages.ts';
import { Empty } from '../parts/empty.tsx';
import { Book } from './book.tsx';
import { AddressBooks } from './book-operations.ts';
import classes from './books.module.css';
import { ContactsPage } from './contacts-page.tsx';

const BookForm = lazy(() => import('./book-form.tsx'));

/** The address books that one may use: one's own, and those that colleagues share (INV-27). */
export default function Books() {
  const { t } = useTranslation('contacts');
  const { id } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const [creating, setCreating] = useState(false);
  const pages = usePages(AddressBooks, {}, (data) => data.viewer.account?.addressBooks);
  const books = useAll(pages);
  const [first] = books;
  const create = (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('newBook')}
    </Button>
  );
  return (
    <ContactsPage>
      {pages.loading && <Waiting />}
      {!pages.loading && !first && (
        <Empty icon={IconAddressBook} title={t('noBooks')}>
          <Text size="sm">{t('howToBook')}</Text>
          {create}
        </Empty>
      )}
      {!id && first && <Redirect to={`/contacts/books/${first.id}`} replace />}
      {id && first && (
        <div className={classes['books']}>
          <nav aria-label={t('tab.books')}>
            {books.map((book) => (
              <NavLink
                key={book.id}
                component={Link}
                href={`/contacts/books/${book.id}`}
                active={book.id === id}
                aria-current={book.id === id ? 'page' : undefined}
                label={book.name}
                description={book.shared ? t('shared') : t('personal')}
                leftSection={book.shared ? <IconUsers size={18} stroke={1.6} /> : <IconBook size={18} stroke={1.6} />}
              />
            ))}
            <div className={classes['create']}>{create}</div>
          </nav>
          <Book key={id} id={id} />
        </div>
      )}
      {creating && (
        <Suspense>
          <BookForm
            onClose={(made) => {
              setCreating(false);
              if (made) go(`/contacts/books/${made}`);
            }}
          />
        </Suspense>
      )}
    </ContactsPage>
  );
}
