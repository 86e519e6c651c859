import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { TabLinks } from '../parts/tab-links.tsx';
import { ContactActions } from './contact-actions.tsx';

/** What the four lists of contacts have in common. */
export function ContactsPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('contacts');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <TabLinks
        label={t('title')}
        tabs={[
          { path: '/contacts/favourites', label: t('tab.favourites') },
          { path: '/contacts/recent', label: t('tab.recent') },
          { path: '/contacts/discovery', label: t('tab.discovery') },
          { path: '/contacts/books', label: t('tab.books') },
        ]}
      />
      <ContactActions>
        <Stack>{children}</Stack>
      </ContactActions>
    </Page>
  );
}
